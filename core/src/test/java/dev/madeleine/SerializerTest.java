package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a serializer gets for nothing. */
final class SerializerTest {
  /** {@code name=value} of one attribute; every value comes back as a String. */
  private static final class OneText implements Serializer {
    @Override
    public String name() {
      return "text";
    }

    @Override
    public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
      for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
        out.write(Fixtures.utf8(attribute.getKey() + "=" + attribute.getValue()));
      }
    }

    @Override
    public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
      String text = new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8);
      if (text.contains("unreadable")) {
        throw new IOException("cannot read " + text);
      }
      if (text.contains("stumble")) {
        throw new IllegalStateException(text);
      }
      int equals = text.indexOf('=');
      return LocatedAttributes.of(Map.of(text.substring(0, equals), text.substring(equals + 1)));
    }
  }

  @Test
  void checkMakesTheRoundTrip() {
    Serializer serializer = new OneText();
    serializer.check("a", "text");
    assertThatThrownBy(() -> serializer.check("a", 4711))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageContaining("text serializer")
        .hasMessageNotContaining("4711");
  }

  @Test
  void checkRepeatsNoValueThatCannotBeRead() {
    assertThatThrownBy(() -> new OneText().check("a", "unreadable hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("java.lang.String")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void checkRefusesWhatTheReaderStumblesOver() {
    assertThatThrownBy(
            () ->
                new OneText()
                    .check(
                        "",
                        new Object() {
                          @Override
                          public String toString() {
                            return "stumble";
                          }
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read back")
        .hasNoCause();
  }

  @Test
  void givesTheBytesInAnArrayOfTheirOwn() {
    byte[] bytes = new OneText().toBytes(Map.of("a", "b"));
    assertThat(bytes).isEqualTo(Fixtures.utf8("a=b"));
    assertThat(new OneText().toBytes(Map.of("a", "b"))).isNotSameAs(bytes);
    assertThat(new OneText().toBytes(Map.of())).isEmpty();
  }
}
