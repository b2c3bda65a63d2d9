package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
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

  /** JSON with its bytes turned over: another format that reads with the help of ours. */
  private static final class Scrambled implements Serializer {
    @Override
    public String name() {
      return "scrambled";
    }

    @Override
    public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
      out.write(turnedOver(JsonSerializer.PLAIN.toBytes(attributes)));
    }

    @Override
    public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
      byte[] json = turnedOver(Arrays.copyOfRange(bytes, offset, offset + length));
      return JsonSerializer.PLAIN.read(json, 0, length);
    }

    private static byte[] turnedOver(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      return bytes;
    }
  }

  @Test
  void oneThatReadsByAnotherWritesByItself() {
    Scene scene = Scene.serializing(new Scrambled()).signedIn("a", 1, "b", 2);
    Session renewed = scene.later(60).request();
    assertThat(renewed.get("a")).isEqualTo(1);
    assertThat(scene.respond(renewed)).hasSize(3);
    Session changed = scene.request();
    changed.put("a", 3);
    scene.respond(changed);
    Session last = scene.request();
    assertThat(last.get("a")).isEqualTo(3);
    assertThat(last.get("b")).isEqualTo(2);
    assertThat(scene.reasons()).isEmpty();
  }

  @Test
  void givesTheBytesInAnArrayOfTheirOwn() {
    byte[] bytes = new OneText().toBytes(Map.of("a", "b"));
    assertThat(bytes).isEqualTo(Fixtures.utf8("a=b"));
    assertThat(new OneText().toBytes(Map.of("a", "b"))).isNotSameAs(bytes);
    assertThat(new OneText().toBytes(Map.of())).isEmpty();
  }
}
