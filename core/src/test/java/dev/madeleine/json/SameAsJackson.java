package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.madeleine.LocatedAttributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link JsonSerializer#PLAIN} owes to its readers and writers, held against {@link
 * JacksonOracle}. Whatever differs is an AssertionError whose message holds the text as hex.
 */
final class SameAsJackson {
  /** What became of a text or a session. */
  enum Outcome {
    ACCEPTED,
    UNREADABLE_IN_PART,
    REFUSED
  }

  private static final JsonSerializer PLAIN = JsonSerializer.PLAIN;
  private static final HexFormat HEX = HexFormat.of();

  /** Bytes around a text; each end of them would be a part of it. */
  private static final byte[] BEFORE = {'{', '"', '\\', '{'};

  private static final byte[] AFTER = {'0', '}', '"', ':', '1', '}', '}', (byte) 0x80};

  private SameAsJackson() {}

  /** Both read a text alike: it is accepted for good with the same attributes, or refused. */
  static Outcome readsAlike(byte[] text) {
    try {
      return read(text);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("%s%ntext as hex: %s".formatted(message(e), HEX.formatHex(text)), e);
    }
  }

  private static Outcome read(byte[] text) {
    LocatedAttributes expected = accepted(() -> JacksonOracle.read(text));
    LocatedAttributes alone = accepted(() -> PLAIN.read(text, 0, text.length));
    byte[] surrounded = surrounded(text);
    LocatedAttributes within = accepted(() -> PLAIN.read(surrounded, BEFORE.length, text.length));
    String verdict = expected == null ? "refused" : "accepted";
    assertThat(alone == null ? "refused" : "accepted").as("the text").isEqualTo(verdict);
    assertThat(within == null ? "refused" : "accepted")
        .as("the text within other bytes")
        .isEqualTo(verdict);
    if (expected == null) {
      return Outcome.REFUSED;
    }
    assertSame(alone, expected);
    within.asMap().forEach((name, value) -> assertThat(name).isNotNull()); // Builds all values.
    assertSame(within, expected);
    Map<String, Object> attributes = new LinkedHashMap<>(alone.asMap());
    writesAlike(attributes);
    attributes.values().forEach(SameAsJackson::change);
    return expected.unreadable().isEmpty() ? Outcome.ACCEPTED : Outcome.UNREADABLE_IN_PART;
  }

  /** The closed set of types is known at load: no value that is built changes what is readable. */
  private static void assertSame(LocatedAttributes located, LocatedAttributes expected) {
    List<String> names = new ArrayList<>(expected.names());
    assertThat(located.names()).as("names").containsExactlyElementsOf(names);
    assertThat(located.unreadable())
        .as("unreadable")
        .containsExactlyElementsOf(expected.unreadable());
    Collections.reverse(names);
    for (String name : names) {
      Object value = located.value(name);
      assertThat(ValueText.of(value))
          .as("value of %s", ValueText.quoted(name))
          .isEqualTo(ValueText.of(expected.value(name)));
      assertThat(located.value(name)).as("the same object at each call").isSameAs(value);
      assertThat(ValueText.of(located.value(name + '\0')))
          .as("value of a longer name")
          .isEqualTo(ValueText.of(expected.value(name + '\0')));
    }
    for (String name : expected.unreadable()) {
      assertThat(located.value(name)).as("value of an unreadable attribute").isNull();
    }
    assertThat(ValueText.of(located.asMap()))
        .as("all values")
        .isEqualTo(ValueText.of(expected.asMap()));
    assertThat(located.names()).as("names at last").containsExactlyElementsOf(expected.names());
    assertThat(located.unreadable())
        .as("unreadable at last")
        .containsExactlyElementsOf(expected.unreadable());
  }

  /** Changes the maps and lists of a value, which is allowed. */
  private static void change(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(SameAsJackson::change);
      map.clear();
    } else if (value instanceof Collection<?> elements) {
      elements.forEach(SameAsJackson::change);
      elements.clear();
    }
  }

  /** Both write the same bytes and both read them back equal, or both refuse. */
  static Outcome writesAlike(Map<String, Object> attributes) {
    byte[] expected = written(() -> JacksonOracle.write(attributes));
    byte[] actual = written(() -> PLAIN.toBytes(attributes));
    byte[] streamed = written(() -> streamed(attributes));
    if (!Arrays.equals(expected, actual) || !Arrays.equals(expected, streamed)) {
      fail("written: %s%nstreamed: %s%nexpected: %s", text(actual), text(streamed), text(expected));
    }
    if (expected == null) {
      return Outcome.REFUSED;
    }
    attributes.forEach(SameAsJackson::assertTaken);
    LocatedAttributes back = accepted(() -> PLAIN.read(expected, 0, expected.length));
    assertThat(back).as("what is read back from %s", text(expected)).isNotNull();
    assertThat(ValueText.of(back.asMap())).as("read back").isEqualTo(ValueText.of(attributes));
    assertThat(back.unreadable()).isEmpty();
    return Outcome.ACCEPTED;
  }

  private static byte[] streamed(Map<String, Object> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PLAIN.write(attributes, bytes);
    return bytes.toByteArray();
  }

  private static void assertTaken(String name, Object value) {
    if (value != null) {
      PLAIN.check(name, value);
    }
  }

  private interface Reading {
    LocatedAttributes read() throws IOException;
  }

  private interface Writing {
    byte[] write() throws IOException;
  }

  /** What was read, or null if it was refused; an Error is no refusal. */
  private static LocatedAttributes accepted(Reading reading) {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** What was written, or null if it was refused. */
  private static byte[] written(Writing writing) {
    try {
      return writing.write();
    } catch (IllegalArgumentException e) {
      return null;
    } catch (IOException e) {
      throw new AssertionError(e); // The streams are in memory.
    }
  }

  private static byte[] surrounded(byte[] text) {
    byte[] bytes = Arrays.copyOf(BEFORE, BEFORE.length + text.length + AFTER.length);
    System.arraycopy(text, 0, bytes, BEFORE.length, text.length);
    System.arraycopy(AFTER, 0, bytes, BEFORE.length + text.length, AFTER.length);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "refused" : HEX.formatHex(bytes);
  }

  private static String message(Throwable e) {
    return e instanceof AssertionError ? e.getMessage() : e.toString();
  }
}
