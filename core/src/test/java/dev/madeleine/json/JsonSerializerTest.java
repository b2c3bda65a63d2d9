package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.madeleine.Attribute;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract, and the promise: what is accepted when it is put comes back equal. */
final class JsonSerializerTest {
  private static final JsonSerializer JSON = JsonSerializer.PLAIN;

  @Test
  void isCalledJson() { // The name is part of the key derivation.
    assertThat(JSON.name()).isEqualTo("json");
    assertThat(JsonSerializer.PLAIN.withAttributes(Attribute.of("x", Locale.class)).name())
        .isEqualTo("json");
  }

  @Test
  void isThePlainOneWithoutDeclarations() {
    assertThat(JsonSerializer.PLAIN.withAttributes()).isSameAs(JSON);
  }

  @Test
  void limitsOnWritingAreTheLimitsOnReading() throws IOException {
    Random random = new Random(22);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 12_000; i++) {
      Map<String, Object> attributes = attributes(random);
      byte[] bytes;
      try {
        attributes.forEach(JSON::check);
        bytes = JSON.toBytes(attributes);
      } catch (IllegalArgumentException e) {
        refused++;
        continue;
      }
      accepted++;
      Map<String, Object> back;
      try {
        back = JSON.fromBytes(bytes);
      } catch (IOException | RuntimeException e) {
        String json = new String(bytes, StandardCharsets.UTF_8);
        fail(
            "round "
                + i
                + ": wrote what it does not read: "
                + json.substring(0, Math.min(300, json.length())),
            e);
        return;
      }
      if (!isSame(attributes, back)) {
        fail("round " + i + ": wrote " + attributes + " and read " + back);
      }
      if (!Arrays.equals(JSON.toBytes(back), bytes)) {
        fail("round " + i + ": writes other bytes again");
      }
    }
    assertThat(accepted).isGreaterThan(4000);
    assertThat(refused).isGreaterThan(1500);
  }

  /**
   * Whether both are deeply equal, with the classes of all elements and the order of lists and
   * sets.
   */
  private static boolean isSame(Object expected, Object actual) {
    if (expected instanceof Map<?, ?> map) {
      return actual instanceof Map<?, ?> other
          && other.keySet().equals(map.keySet())
          && map.entrySet().stream().allMatch(e -> isSame(e.getValue(), other.get(e.getKey())));
    }
    if (expected instanceof List<?> list) {
      return actual instanceof List<?> other && areSame(list.iterator(), other.iterator());
    }
    if (expected instanceof Set<?> set) {
      return actual instanceof Set<?> other && areSame(set.iterator(), other.iterator());
    }
    return Objects.deepEquals(expected, actual)
        && (expected == null || actual == null || expected.getClass() == actual.getClass());
  }

  private static boolean areSame(Iterator<?> expected, Iterator<?> actual) {
    while (expected.hasNext() && actual.hasNext()) {
      if (!isSame(expected.next(), actual.next())) {
        return false;
      }
    }
    return !expected.hasNext() && !actual.hasNext();
  }

  // ---- generated sessions, near the limits on purpose ----

  private static Map<String, Object> attributes(Random random) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    int kind = random.nextInt(40);
    if (kind == 0) {
      int names = 500 + random.nextInt(20);
      for (int i = 0; i < names; i++) {
        attributes.put("n" + i, i);
      }
    } else if (kind == 1) {
      attributes.put("wide", numbers(random, 985 + random.nextInt(20)));
    } else if (kind < 6) {
      attributes.put("deep", deep(random, 12 + random.nextInt(6)));
    } else {
      for (int i = random.nextInt(6); i >= 0; i--) {
        attributes.put(name(random), value(random, 0));
      }
    }
    return attributes;
  }

  private static List<Object> numbers(Random random, int size) {
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      numbers.add(random.nextInt(10));
    }
    return numbers;
  }

  private static Object deep(Random random, int levels) {
    Object value = scalar(random);
    for (int i = 0; i < levels; i++) {
      value = random.nextBoolean() ? listOf(value) : mapOf(name(random), value);
    }
    return value;
  }

  private static List<Object> listOf(Object value) {
    List<Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  private static Map<String, Object> mapOf(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }

  private static Object value(Random random, int depth) {
    if (depth == 0) {
      Object value = anyValue(random, depth);
      return value == null ? "null" : value; // An attribute is never null.
    }
    return anyValue(random, depth);
  }

  private static Object anyValue(Random random, int depth) {
    int kind = random.nextInt(depth > 4 ? 14 : 20);
    if (kind < 14) {
      return scalar(random);
    }
    int size = random.nextInt(5);
    if (kind < 16) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(random, depth + 1));
      }
      return list;
    }
    if (kind < 18) {
      Map<String, Object> map = random.nextBoolean() ? new LinkedHashMap<>() : new HashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(name(random), value(random, depth + 1));
      }
      return map;
    }
    Set<Object> set = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      Object element = value(random, depth + 1);
      if (!holdsBytes(element)) {
        set.add(element);
      }
    }
    return set;
  }

  private static boolean holdsBytes(Object value) {
    return value instanceof byte[]
        || (value instanceof Iterable<?> elements && holdsBytes(elements))
        || (value instanceof Map<?, ?> map && holdsBytes(map.values()));
  }

  private static boolean holdsBytes(Iterable<?> elements) {
    for (Object element : elements) {
      if (holdsBytes(element)) {
        return true;
      }
    }
    return false;
  }

  private static Object scalar(Random random) {
    return switch (random.nextInt(26)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextInt(10);
      case 4 -> random.nextLong();
      case 5 -> (long) random.nextInt();
      case 6 -> random.nextGaussian();
      case 7 -> Double.longBitsToDouble(random.nextLong()); // NaN now and then
      case 8 -> Float.intBitsToFloat(random.nextInt());
      case 9 -> (short) random.nextInt();
      case 10 -> (byte) random.nextInt();
      case 11 -> (char) random.nextInt();
      case 12 -> new BigInteger(random.nextInt(230), random);
      case 13 ->
          new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(140) - 70);
      case 14 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 15 -> LocalDate.ofEpochDay(random.nextInt());
      case 16 -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
      case 17 -> ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600) - 18 * 3600);
      case 18 -> new UUID(random.nextLong(), random.nextLong());
      case 19 -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 20 -> new Locale(word(random), word(random));
      case 21 -> random.nextInt(20) == 0 ? new Object() : "object";
      default -> text(random, 30);
    };
  }

  private static String name(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "~" + word(random);
      case 1 -> "~long";
      case 2 -> "";
      case 3 -> "n".repeat(120 + random.nextInt(14));
      case 4 -> "é".repeat(120 + random.nextInt(14));
      case 5 -> "🍪".repeat(60 + random.nextInt(7));
      case 6 -> text(random, 6);
      default -> word(random);
    };
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(4); length >= 0; length--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  /** Any characters, lone surrogates too. */
  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(longest); length > 0; length--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) (0xd800 + random.nextInt(0x800)));
        case 2 -> text.append((char) random.nextInt(0x10000));
        case 3 -> text.appendCodePoint(random.nextInt(0x110000));
        default -> text.append((char) (0x20 + random.nextInt(0x60)));
      }
    }
    return text.toString();
  }

  @Test
  void aWriteThatFailsLeavesNothingInTheNext() throws IOException {
    Map<String, Object> refused = new LinkedHashMap<>();
    refused.put("secret", List.of("of the first"));
    refused.put("x", new Object());
    Map<String, Object> good = Map.of("a", 1);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };

    for (int i = 0; i < 10; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonSerializer.PLAIN.toBytes(refused))
          .withMessageContaining("\"x\"");
      assertThatThrownBy(() -> JsonSerializer.PLAIN.write(good, full)).hasMessage("full");
      assertThat(JsonSerializer.PLAIN.toBytes(good)).asString().isEqualTo("{\"a\":1}");
      assertThat(JsonSerializer.PLAIN.toBytes(Map.of())).asString().isEqualTo("{}");
    }
  }

  @Test
  void largeSessionsAreWrittenLikeSmallOnes() throws IOException { // buffers of the generator
    for (int length = 0; length < 9000; length += 37) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put("a", "x".repeat(length));
      attributes.put("b", "é".repeat(length / 2) + "🍪");
      attributes.put("c", 5L);
      byte[] bytes = JSON.toBytes(attributes);
      assertThat(JSON.fromBytes(bytes)).isEqualTo(attributes);
    }
  }

  @Test
  void writesIntoAStreamWithoutClosingItsContent() throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write('>');
    JSON.write(Map.of("a", 1), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(">{\"a\":1}");
  }
}
