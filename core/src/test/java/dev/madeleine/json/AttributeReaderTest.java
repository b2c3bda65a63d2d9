package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Fixtures;
import dev.madeleine.Tokens;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that somebody with a key could have sealed, though the writer would not write them. */
final class AttributeReaderTest {
  private static Map<String, Object> read(byte[] bytes) throws IOException {
    return JsonSerializer.PLAIN.fromBytes(bytes);
  }

  private static Map<String, Object> read(String json) throws IOException {
    return read(Fixtures.utf8(json));
  }

  private static void assertRefused(String json) {
    assertRefused(Fixtures.utf8(json), json);
  }

  private static void assertRefused(byte[] json, String description) {
    assertThatThrownBy(() -> JsonSerializer.PLAIN.read(json, 0, json.length))
        .as(description.substring(0, Math.min(80, description.length())))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @Test
  void readsPlainJson() throws IOException {
    assertThat(read(" { \"a\" : [ 1 , -5 , 2.5e0 , true , null , \"b\" , { } ] } \n"))
        .isEqualTo(Map.of("a", Arrays.asList(1, -5, 2.5, true, null, "b", Map.of())));
  }

  @Test
  void numbersComeBackInTheSmallestOfThreeTypes() throws IOException {
    assertThat(read("{\"x\":2147483647}")).containsEntry("x", Integer.MAX_VALUE);
    assertThat(read("{\"x\":2147483648}")).containsEntry("x", 2147483648L);
    assertThat(read("{\"x\":-9223372036854775808}")).containsEntry("x", Long.MIN_VALUE);
    assertThat(read("{\"x\":1e3}")).containsEntry("x", 1000.0);
    assertThat(read("{\"x\":-0.0}")).containsEntry("x", -0.0);
    assertThat(read("{\"x\":1e-400}")).containsEntry("x", 0.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "1e400",
        "-1e400",
        "1E309",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "-0",
        "0.1234567890123456789012345678901",
        "-0.123456789012345678901234567890",
        "-1.2345678901234567890123456e-100",
        "1234567890123456789012345678901.0",
        "-01",
        ".5",
        "5.",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "--1",
        "1.2.3",
        "-",
        "123456789012345678901234567890123",
        "0.1234567890123456789012345678901234",
        "1e00000000000000000000000000000000001"
      })
  void refusesNumbersOutsideTheLimitsAndOddOnes(String number) {
    assertRefused("{\"x\":" + number + "}");
    assertRefused("{\"x\":[" + number + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"a\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{},",
        "{} x",
        "{}1",
        "{}\0",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1 2]}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{\"a\":nul}",
        "{\"a\":undefined}",
        "{\"a\":'b'}",
        "{\"a\":1}//x",
        "{\"a\":1/**/}",
        "{\"a\":1}#x",
        "{/**/\"a\":1}",
        "{\"a\":\"b}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u{61}\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}",
        "{\"a\u0001\":1}",
        "{\"a\":\u00a01}",
        "\ufeff{\"a\":1}",
        "{]",
        "{\"a\":[}",
        "{\"a\":{]}"
      })
  void refusesEverythingThatIsNotOneStrictJsonObject(String json) {
    assertRefused(json);
  }

  @Test
  void refusesEqualNames() {
    assertRefused("{\"a\":1,\"a\":1}");
    assertRefused("{\"a\":1,\"b\":2,\"\\u0061\":3}");
    assertRefused("{\"x\":{\"a\":1,\"a\":2}}");
    assertRefused("{\"x\":[{\"a\":null,\"a\":null}]}");
    assertRefused("{\"x\":{\"~\":{\"~a\":1,\"~a\":2}}}");
    assertRefused("{\"\":1,\"\":1}");
    assertRefused("{\"\\ud83c\\udf6a\":1,\"🍪\":2}");
  }

  @Test
  void refusesHalfACharacterInANameAlone() throws IOException { // No writer could write it again.
    for (String half : List.of("\\ud83c", "a\\udf6a", "\\udf6a\\ud83c", "\\ud83ca")) {
      assertRefused("{\"" + half + "\":1}");
      assertRefused("{\"x\":{\"" + half + "\":1}}");
      assertRefused("{\"x\":{\"~own\":{\"" + half + "\":1}}}");
      assertThat(read("{\"x\":\"" + half + "\"}")).hasSize(1);
    }
    assertThat(read("{\"\\ud83c\\udf6a\":1}")).isEqualTo(Map.of("🍪", 1));
  }

  @Test
  void takesOtherTextsOfFractionsAndStrings() throws IOException {
    for (String ten : List.of("10.0", "1e1", "1E+1", "100e-1", "10.00", "0.1e2")) {
      assertThat(read("{\"x\":" + ten + "}")).containsEntry("x", 10.0);
    }
    assertThat(read("{\"x\":0.123456789012345678901234567890}")).hasSize(1);
    assertThat(read("{\"x\":-1.234567890123456789012345e-100}")).hasSize(1);
    assertThat(read("{\"\\u0061\":\"\\/\\u00e9\\u00E9\"}")).isEqualTo(Map.of("a", "/éé"));
  }

  @Test
  void namesThatOnlyLookAlikeAreDifferent() throws IOException {
    assertThat(read("{\"é\":1,\"e\u0301\":2,\"E\":3,\"e\":4}")).hasSize(4);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (int[] bytes :
        new int[][] {
          {0x80},
          {0xc0, 0xaf},
          {0xc1, 0xbf},
          {0xe0, 0x80, 0xaf},
          {0xf0, 0x80, 0x80, 0xaf},
          {0xe2, 0x82},
          {0xed, 0xa0, 0x80},
          {0xed, 0xbf, 0xbf},
          {0xed, 0xa0, 0xbc, 0xed, 0xbd, 0xaa},
          {0xf4, 0x90, 0x80, 0x80},
          {0xf5, 0x80, 0x80, 0x80},
          {0xf8, 0x88, 0x80, 0x80, 0x80},
          {0xfe},
          {0xff},
          {0xc3, 0x28}
        }) {
      byte[] inside = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        inside[i] = (byte) bytes[i];
      }
      byte[] value =
          Tokens.concat(Tokens.concat(Fixtures.utf8("{\"a\":\""), inside), Fixtures.utf8("\"}"));
      byte[] name =
          Tokens.concat(Tokens.concat(Fixtures.utf8("{\""), inside), Fixtures.utf8("\":1}"));
      assertRefused(value, Arrays.toString(bytes) + " in text");
      assertRefused(name, Arrays.toString(bytes) + " in a name");
      assertRefused(Tokens.concat(Fixtures.utf8("{}"), inside), Arrays.toString(bytes) + " behind");
    }
  }

  @Test
  void refusesOtherEncodingsOfUnicode() {
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
      for (String json : List.of("{}", "{\"a\":1}", " {\"a\":1}", "\n{}", "\t\t{\"é\":1}")) {
        assertRefused(json.getBytes(Charset.forName(charset)), charset + " " + json);
      }
    }
  }

  @Test
  void keepsWhatUtf8MayHold() throws IOException {
    assertThat(read("{\"a\":\"🍪\ufffd\uffff\u007f\"}")).containsEntry("a", "🍪\ufffd\uffff\u007f");
    assertThat(read("{\"a\":\"\\ud83c\\udf6a\\u0000\"}")).containsEntry("a", "🍪\0");
  }

  @Test
  void hasTheLimitsOfTheWriter() throws IOException {
    String deepest = "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}";
    assertThat(read(deepest)).hasSize(1);
    assertRefused("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}");
    assertRefused("{\"a\":" + "[".repeat(100_000));
    assertRefused("{\"a\":".repeat(17) + "1" + "}".repeat(17));
    assertThat(read("{\"a\":".repeat(16) + "1" + "}".repeat(16))).hasSize(1);
    assertThat(read("{\"" + "é".repeat(128) + "\":1}")).hasSize(1);
    assertRefused("{\"" + "k".repeat(129) + "\":1}");
    assertRefused("{\"x\":{\"" + "k".repeat(129) + "\":1}}");
    assertRefused("{\"" + "k".repeat(1_000_000) + "\":1}");
    assertThat(read("{\"a\":[" + "1,".repeat(997) + "1]}")).hasSize(1);
    assertRefused("{\"a\":[" + "1,".repeat(998) + "1]}");
    assertRefused("{\"a\":[" + "[],".repeat(998) + "[]]}");
    StringBuilder names = new StringBuilder("{\"n0\":1");
    for (int i = 1; i < 512; i++) {
      names.append(",\"n").append(i).append("\":1");
    }
    assertThat(read(names + "}")).hasSize(512);
    assertRefused(names + ",\"n512\":1}");
    assertRefused("{\"x\":" + names + "}}");
  }

  @Test
  void refusesMisusedTags() {
    for (String value :
        List.of(
            "{\"~long\":\"5\",\"b\":1}",
            "{\"~long\":\"5\",\"~long\":\"5\"}",
            "{\"~\":{\"~a\":1},\"b\":1}",
            "{\"~\":[]}",
            "{\"~\":\"a\"}",
            "{\"~\":null}",
            "{\"~\":{}}",
            "{\"~\":{\"a\":1}}",
            "{\"~\":{\"a\":1,\"~b\":2}}",
            "{\"~\":{\"\":1}}",
            "{\"~set\":[{\"~bytes\":\"AQ\"}]}",
            "{\"~set\":[[[{\"~bytes\":\"AQ\"}]]]}",
            "{\"~own\":{\"~own\":-0}}",
            "{\"~set\":{}}",
            "{\"~set\":\"a\"}",
            "{\"~set\":null}",
            "{\"~set\":[1,1]}",
            "{\"~set\":[{\"~long\":\"5\"},{\"~long\":\"5\"}]}",
            "{\"~set\":[1],\"a\":1}",
            "{\"~~\":\"a\"}",
            "{\"~long\":{\"~long\":\"5\"}}")) {
      assertRefused("{\"x\":" + value + "}");
      assertRefused("{\"x\":[" + value + "]}");
    }
  }

  @Test
  void aTildeOutsideTheFirstPlaceIsNoTag() throws IOException {
    assertThat(read("{\"x\":{\"b\":1,\"~long\":\"5\"}}"))
        .containsEntry("x", Map.of("b", 1, "~long", "5"));
    assertThat(read("{\"~long\":\"5\"}")).isEqualTo(Map.of("~long", "5"));
    assertThat(read("{\"x\":\"~long\"}")).containsEntry("x", "~long");
  }

  @Test
  void namesOfClassesAreOrdinaryText() throws IOException {
    Map<String, Object> back =
        read(
            "{\"@class\":\"javax.script.ScriptEngineManager\",\"a\":[\"com.sun.rowset.JdbcRowSetImpl\","
                + "{\"dataSourceName\":\"ldap://127.0.0.1/x\"}],\"@type\":{\"@c\":\".X\"}}");
    assertThat(back.get("@class")).isEqualTo("javax.script.ScriptEngineManager");
    assertThat(back.get("a")).isInstanceOf(List.class);
    assertThat(back.get("@type")).isEqualTo(Map.of("@c", ".X"));
  }

  @Test
  void readsSetsInTheirOrder() throws IOException {
    Object set = read("{\"x\":{\"~set\":[3,1,{\"~long\":\"1\"},null]}}").get("x");
    assertThat(set).isEqualTo(new java.util.LinkedHashSet<>(Arrays.asList(3, 1, 1L, null)));
    assertThat(((Set<?>) set).iterator().next()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsLongAndHostileQuickly() { // bounded work
    assertRefused("{\"x\":\"" + "a".repeat(1_000_000));
    assertRefused("{\"x\":" + "9".repeat(1_000_000) + "}");
    assertRefused("{\"x\":1." + "9".repeat(1_000_000) + "}");
    assertRefused("{\"x\":1e" + "9".repeat(1_000_000) + "}");
    assertRefused(" ".repeat(1_000_000));
    assertRefused("{\"x\":" + "{\"a\":".repeat(100_000));
    assertRefused(new byte[1_000_000], "zeros");
    assertRefused("{\"x\":".getBytes(StandardCharsets.US_ASCII), "the end in the middle");
  }
}
