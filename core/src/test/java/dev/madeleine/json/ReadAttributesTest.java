package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.Fixtures;
import dev.madeleine.json.format.EncodedAttribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are built when they are asked for, and texts of which one part is changed. */
final class ReadAttributesTest {
  private static final AtomicInteger MADE = new AtomicInteger();

  record Size(int width) {
    Size {
      MADE.incrementAndGet();
    }
  }

  private static ReadAttributes read(JsonSerializer serializer, String text) throws IOException {
    byte[] bytes = Fixtures.utf8("?" + text + "\"}");
    return (ReadAttributes) serializer.read(bytes, 1, bytes.length - 3);
  }

  private static ReadAttributes read(String text) throws IOException {
    return read(JsonSerializer.PLAIN, text);
  }

  private static String with(ReadAttributes attributes, Map<String, EncodedAttribute> changes) {
    return new String(attributes.with(changes), StandardCharsets.UTF_8);
  }

  private static String with(String text, String name, Object value) throws IOException {
    ReadAttributes attributes = read(text);
    EncodedAttribute now = value == null ? null : attributes.encode(name, value);
    return with(attributes, Collections.singletonMap(name, now));
  }

  @Test
  void aDeclaredValueIsMadeWhenItIsAskedForAndOnce() throws IOException {
    JsonSerializer declaring = JsonSerializer.PLAIN.withAttributes(Attribute.of("a", Size.class));
    int before = MADE.get();
    ReadAttributes attributes = read(declaring, "{\"a\":{\"~own\":{\"width\":1}},\"b\":2}");
    assertThat(attributes.value("b")).isEqualTo(2);
    assertThat(attributes.isEmpty()).isFalse();
    assertThat(MADE.get()).isEqualTo(before);
    Object made = attributes.value("a");
    assertThat(attributes.value("a")).isSameAs(made);
    assertThat(MADE.get()).isEqualTo(before + 1);
    assertThat(made).isEqualTo(new Size(1));
  }

  @Test
  void threadsThatAskAtOnceGetTheSameObject() throws Exception {
    for (int round = 0; round < 200; round++) {
      ReadAttributes attributes = read("{\"list\":[1,2,3]}");
      Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads =
          List.of(1, 2, 3).stream()
              .map(
                  i ->
                      new Thread(
                          () -> {
                            await(start);
                            Object list = attributes.value("list");
                            synchronized (seen) {
                              seen.add(list);
                            }
                          }))
              .toList();
      threads.forEach(Thread::start);
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(seen).hasSize(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"a\":1,\"b\":2,\"c\":3}     | a | {\"a\":9,\"b\":2,\"c\":3}",
        "{\"a\":1,\"b\":2,\"c\":3}     | b | {\"a\":1,\"b\":9,\"c\":3}",
        "{\"a\":1,\"b\":2,\"c\":3}     | c | {\"a\":1,\"b\":2,\"c\":9}",
        "{\"a\":1,\"b\":2,\"c\":3}     | d | {\"a\":1,\"b\":2,\"c\":3,\"d\":9}",
        "{}                            | d | {\"d\":9}",
        "{ }                           | d | {\"d\":9}",
        "{\"\\u0061\":1, \"b\" : [ 2 ]} | a | {\"a\":9,\"b\" : [ 2 ]}",
        "{\"é\":1,\"b\":{\"~x\":[2]}}  | é | {\"é\":9,\"b\":{\"~x\":[2]}}",
      })
  void oneAttributeIsWrittenAndTheOthersAreCopied(String before, String name, String after)
      throws IOException {
    assertThat(with(before, name, 9)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"a\":1,\"b\":2,\"c\":3} | a | {\"b\":2,\"c\":3}",
        "{\"a\":1,\"b\":2,\"c\":3} | b | {\"a\":1,\"c\":3}",
        "{\"a\":1,\"b\":2,\"c\":3} | c | {\"a\":1,\"b\":2}",
        "{\"a\":1,\"b\":2,\"c\":3} | d | {\"a\":1,\"b\":2,\"c\":3}",
        "{\"a\":{\"~own\":1}}      | a | {}",
      })
  void whatIsRemovedLeavesNoTrace(String before, String name, String after) throws IOException {
    assertThat(with(before, name, null)).isEqualTo(after);
  }

  @Test
  void severalChangesKeepTheOrder() throws IOException {
    ReadAttributes attributes = read("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
    Map<String, EncodedAttribute> changes = new LinkedHashMap<>();
    changes.put("z", attributes.encode("z", "new"));
    changes.put("d", attributes.encode("d", List.of()));
    changes.put("a", null);
    changes.put("c", attributes.encode("c", true));
    changes.put("y", null);
    changes.put("x", attributes.encode("x", "newest"));
    assertThat(with(attributes, changes))
        .isEqualTo("{\"b\":2,\"c\":true,\"d\":[],\"z\":\"new\",\"x\":\"newest\"}");
    assertThat(with(attributes, Map.of())).isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
  }

  @Test
  void findsEachOfManyAttributesHoweverItsNameIsWritten() throws IOException {
    StringBuilder text = new StringBuilder("{\"\\u00e9\":-1");
    for (int i = 0; i < 200; i++) {
      text.append(",\"attribute-number-").append(i).append("\":").append(i);
    }
    ReadAttributes attributes = read(text.append('}').toString());
    assertThat(attributes.value("é")).isEqualTo(-1);
    for (int i = 0; i < 200; i++) {
      assertThat(attributes.value("attribute-number-" + i)).isEqualTo(i);
    }
    assertThat(attributes.value("attribute-number-200")).isNull();
    assertThat(attributes.names()).hasSize(201);
  }

  @Test
  void theLimitsHoldForThePartsTogether() throws IOException {
    ReadAttributes values = read("{\"a\":[" + "1,".repeat(996) + "1]}"); // 999 with the root.
    assertThat(with(values, Map.of("b", values.encode("b", 1)))).endsWith(",\"b\":1}");
    assertThatThrownBy(() -> values.with(Map.of("b", values.encode("b", List.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attribute \"b\": the session has 2 names and 1001 values, nested ones included;"
                + " limits 512 and 1000");
    StringBuilder text = new StringBuilder("{\"n0\":0");
    for (int i = 1; i < 511; i++) {
      text.append(",\"n").append(i).append("\":0");
    }
    ReadAttributes names = read(text.append('}').toString());
    assertThat(with(names, Map.of("b", names.encode("b", 1)))).endsWith(",\"b\":1}");
    assertThatThrownBy(() -> names.with(Map.of("b", names.encode("b", Map.of("c", 1)))))
        .hasMessageContaining("513 names");
  }

  @Test
  void aDeclaredValueIsReceivedThoughItWouldBeWrittenInAnotherWay() throws IOException {
    JsonSerializer declaring = JsonSerializer.PLAIN.withAttributes(Attribute.of("a", Size.class));
    ReadAttributes attributes =
        read(declaring, "{\"a\":{\"~own\":{\"width\":1,\"later\":[]}},\"b\": 2}");
    assertThat(attributes.isReceived("a", attributes.encode("a", new Size(1)))).isTrue();
    assertThat(attributes.isReceived("a", attributes.encode("a", new Size(2)))).isFalse();
    assertThat(attributes.isReceived("c", attributes.encode("c", 1))).isFalse();
  }

  @Test
  void noTextGoesOnBehindItsEnd() {
    byte[] bytes =
        Fixtures.utf8(
            "{\"name of sixteen!\":\"a text that is long\",\"zoé\\u0041\":[-1.5e10,true,null,{\"~uuid\":"
                + "\"1b4e28ba-2fa1-11d2-883f-0016d3cca427\"}],\"z\":{\"€\":\"\\ud83d\\n😀\"},\"b\":120}");
    for (int end = 0; end < bytes.length; end++) {
      int length = end;
      assertThatThrownBy(() -> JsonSerializer.PLAIN.read(bytes, 0, length))
          .as("the first %s bytes", end)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void showsNothingOfASession() throws IOException {
    ReadAttributes attributes = read("{\"hunter\":\"hunter2\",\"b\":{\"~own\":\"hunter2\"}}");
    assertThat(attributes).hasToString("2 attributes, 1 unreadable");
    assertThat(attributes.encode("hunter", "hunter2")).hasToString("EncodedAttribute[18 bytes]");
  }
}
