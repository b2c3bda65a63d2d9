package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.Fixtures;
import dev.madeleine.LocatedAttributes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags that a later release may have: they cost an attribute, never a session. */
final class LaterTagsTest {
  private static final JsonSerializer JSON = JsonSerializer.PLAIN;

  record Size(int width) {}

  private static LocatedAttributes read(JsonSerializer json, String text) throws IOException {
    byte[] bytes = Fixtures.utf8(text);
    return json.read(bytes, 0, bytes.length);
  }

  private static void assertUnreadable(JsonSerializer json, String stored) throws IOException {
    String text = "{\"first\":true,\"x\":" + stored + ",\"last\":{\"~long\":\"1\"}}";
    LocatedAttributes located = read(json, text);
    assertThat(located.asMap()).as(stored).isEqualTo(Map.of("first", true, "last", 1L));
    assertThat(located.unreadable()).containsExactly("x");
    assertThatThrownBy(() -> json.fromBytes(Fixtures.utf8(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"x\"");
    assertRefused(json.withStrictReading(), stored);
  }

  private static void assertRefused(JsonSerializer json, String stored) {
    assertThatThrownBy(() -> read(json, "{\"first\":true,\"x\":" + stored + "}"))
        .as(stored.substring(0, Math.min(60, stored.length())))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~money\":{\"amount\":\"5\"}}",
        "{\"~money\":\"5\"}",
        "{\"~money\":5}",
        "{\"~money\":null}",
        "{\"~money\":[]}",
        "{\"~money\":{}}",
        "{\"~money\":{\"~money\":1}}",
        "{\"~money\":{\"~long\":\"5\"}}",
        "{\"~money\":{\"~later\":1}}",
        "[1,{\"~money\":1}]",
        "[[[{\"~money\":1}]]]",
        "{\"a\":{\"~money\":1},\"b\":2}",
        "{\"~\":{\"~a\":{\"~money\":1}}}",
        "{\"~set\":[{\"~money\":1}]}",
        "{\"~set\":[1,{\"~money\":1},{\"~money\":1},{\"~money\":2}]}",
        "{\"~set\":[{\"~money\":{\"~bytes\":\"AQ\"}}]}",
        "{\"~set\":[[{\"~\":{\"~a\":[{\"~money\":1}]}}]]}"
      })
  void oneMakesItsAttributeUnreadableAlone(String stored) throws IOException {
    assertUnreadable(JSON, stored);
    assertUnreadable(JSON.withAttributes(Attribute.of("x", Size.class)), stored);
    assertUnreadable(JSON.withAttributes(Attribute.of("x", Object.class)), stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~money\":1,\"b\":2}",
        "{\"~money\":1,\"~money\":1}",
        "{\"~money\"}",
        "{\"~money\":}",
        "{\"~money\":01}",
        "{\"~money\":-0}",
        "{\"~money\":1e999}",
        "{\"~money\":9223372036854775808}",
        "{\"~money\":0.1234567890123456789012345678901}",
        "{\"~money\":{\"a\":1,\"a\":2}}",
        "{\"~money\":{\"\\ud83c\":1}}",
        "{\"~money\":{\"~long\":5}}",
        "{\"~money\":{\"~long\":\"05\"}}",
        "{\"~money\":{\"~own\":1}}",
        "{\"~money\":{\"~\":{\"a\":1}}}",
        "{\"~money\":{\"~set\":[1,1]}}",
        "{\"~set\":[1,1,{\"~money\":1}]}",
        "{\"~set\":[{\"~money\":1},{\"~bytes\":\"AQ\"}]}",
        "{\"~set\":{\"~money\":1}}",
        "{\"~long\":{\"~money\":1}}",
        "{\"~\":{\"~money\":1},\"b\":1}"
      })
  void theGrammarHoldsAroundItAndInIt(String stored) {
    assertRefused(JSON, stored);
    assertRefused(JSON.withAttributes(Attribute.of("x", Object.class)), stored);
  }

  @Test
  void theLimitsHoldInIt() throws IOException {
    assertUnreadable(JSON, "{\"~money\":" + "[".repeat(14) + "]".repeat(14) + "}");
    assertRefused(JSON, "{\"~money\":" + "[".repeat(15) + "]".repeat(15) + "}");
    assertUnreadable(JSON, "{\"~money\":{\"" + "k".repeat(128) + "\":1}}");
    assertRefused(JSON, "{\"~money\":{\"" + "k".repeat(129) + "\":1}}");
    assertUnreadable(JSON, "{\"~money\":[" + "1,".repeat(990) + "1]}");
    assertRefused(JSON, "{\"~money\":[" + "1,".repeat(999) + "1]}");
    StringBuilder names = new StringBuilder("{\"n0\":1");
    for (int i = 1; i < 512; i++) {
      names.append(",\"n").append(i).append("\":1");
    }
    assertRefused(JSON, "{\"~money\":" + names + "}}");
    byte[] bytes = Fixtures.utf8("{\"x\":{\"~money\":\"é\"}}");
    bytes[bytes.length - 4] = (byte) 0xc3;
    assertThatThrownBy(() -> JSON.read(bytes, 0, bytes.length)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~a", "~z9", "~money-2", "~utc-instant", "~owner", "~a-"})
  void aTagIsAWordOfSmallLettersDigitsAndHyphens(String tag) throws IOException {
    assertUnreadable(JSON, "{\"" + tag + "\":1}");
    assertUnreadable(JSON, "{\"" + "~a" + "b".repeat(31) + "\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~~",
        "~Money",
        "~MONEY",
        "~1",
        "~-a",
        "~a.b",
        "~a_b",
        "~a b",
        "~ ",
        "~é",
        "~\u0131",
        "~java.lang.String",
        "~a:",
        "~a\\n",
        "~abcdefghijklmnopqrstuvwxyzabcdefg"
      })
  void whatCanBeNoTagIsRefused(String name) {
    assertRefused(JSON, "{\"" + name + "\":1}");
    assertRefused(JSON, "[{\"" + name + "\":\"a\"}]");
  }

  @Test
  void everyTagOfTodayCouldHaveBeenALaterOne() throws IOException {
    for (TypeTag<?> tag : TypeTag.ALL) {
      JsonSerializer older = JSON.readingTags(known -> !known.equals(tag.tag()));
      for (Object value : TypeTagTest.edges().getOrDefault(tag.tag(), List.of())) {
        byte[] bytes = JSON.toBytes(Map.of("x", List.of(value)));
        LocatedAttributes located = older.read(bytes, 0, bytes.length);
        assertThat(located.unreadable()).as(tag.tag()).containsExactly("x");
        assertThat(located.asMap()).isEmpty();
      }
    }
  }

  @Test
  void ordinaryNamesAndDeclaredValuesAreNoTags() throws IOException {
    assertThat(read(JSON, "{\"~money\":1}").asMap()).isEqualTo(Map.of("~money", 1));
    assertThat(read(JSON, "{\"x\":{\"a\":1,\"~money\":2}}").asMap())
        .isEqualTo(Map.of("x", Map.of("a", 1, "~money", 2)));
    JsonSerializer declaring = JSON.withAttributes(Attribute.of("x", Size.class));
    assertThat(read(declaring, "{\"x\":{\"~own\":{\"~money\":1,\"width\":2}}}").asMap())
        .isEqualTo(Map.of("x", new Size(2)));
  }

  @Test
  void severalAttributesAreUnreadableInTheirOrder() throws IOException {
    LocatedAttributes located =
        read(
            JSON,
            "{\"c\":{\"~money\":1},\"b\":1,\"a\":{\"~own\":1},\"~money\":[{\"~later\":1}],\"d\":2}");
    assertThat(located.unreadable()).containsExactly("c", "a", "~money");
    assertThat(located.names()).containsExactly("b", "d");
    assertThatThrownBy(() -> read(JSON, "{\"c\":{\"~money\":1},\"c\":{\"~money\":1}}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whateverAReleaseDoesNotKnowTheRestIsRead() throws IOException {
    Random random = new Random(12);
    List<TypeTag<?>> all = TypeTag.ALL;
    for (int i = 0; i < 500; i++) {
      String missing = all.get(random.nextInt(all.size())).tag();
      JsonSerializer older = JSON.readingTags(tag -> !tag.equals(missing));
      List<Object> edges = TypeTagTest.edges().get(missing);
      Map<String, Object> rest = Map.of("user", "zoé", "views", random.nextInt());
      Map<String, Object> attributes = new java.util.LinkedHashMap<>(rest);
      attributes.put("new", nested(random, edges.get(random.nextInt(edges.size()))));
      attributes.put("id", new UUID(1, random.nextLong()).toString());
      byte[] bytes = JSON.toBytes(attributes);
      LocatedAttributes located = older.read(bytes, 0, bytes.length);
      assertThat(located.unreadable()).containsExactly("new");
      assertThat(located.asMap()).hasSize(3).containsAllEntriesOf(rest);
      assertThat(JSON.fromBytes(bytes)).usingRecursiveComparison().isEqualTo(attributes);
    }
  }

  private static Object nested(Random random, Object value) {
    Object nested = value;
    for (int depth = random.nextInt(5); depth > 0; depth--) {
      nested =
          switch (random.nextInt(3)) {
            case 0 -> List.of(1, nested);
            case 1 -> Map.of("a", nested);
            default -> Map.of("~a", nested);
          };
    }
    return nested;
  }
}
