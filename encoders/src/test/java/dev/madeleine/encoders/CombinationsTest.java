package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;
import dev.madeleine.encoders.Fixtures.CipherChoice;
import dev.madeleine.testkit.SessionEncoderContract;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of sealer, compression, padding and serializer that can be expressed. */
@ParameterizedClass
@MethodSource("combinations")
final class CombinationsTest extends SessionEncoderContract {
  /** JSON with every byte turned upside down, under a name of its own. */
  private record UpsideDown(Serializer json) implements Serializer {
    @Override
    public String name() {
      return "upside-down";
    }

    @Override
    public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
      out.write(turned(json.toBytes(attributes), 0));
    }

    @Override
    public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
      byte[] turned = turned(java.util.Arrays.copyOf(bytes, offset + length), offset);
      return json.read(turned, 0, turned.length);
    }

    @Override
    public void check(String attribute, Object value) {
      json.check(attribute, value);
    }

    private static byte[] turned(byte[] bytes, int offset) {
      byte[] result = new byte[bytes.length - offset];
      for (int i = 0; i < result.length; i++) {
        result[i] = (byte) ~bytes[offset + i];
      }
      return result;
    }
  }

  private static List<NativeEncoder> combinations() {
    List<NativeEncoder> sealed = new ArrayList<>(List.of(Fixtures.signed()));
    for (CipherChoice cipher : CipherChoice.values()) {
      sealed.add(cipher.encoder());
      sealed.add(cipher.encoder().withPadding(48));
    }
    List<NativeEncoder> all = new ArrayList<>();
    for (NativeEncoder encoder : sealed) {
      for (NativeEncoder packed : List.of(encoder, encoder.withCompression(0))) {
        all.add(packed);
        all.add(packed.withSerializer(new UpsideDown(packed.serializer())));
        all.add(packed.withSerializer(Cbor.serializer()));
      }
    }
    return all;
  }

  private final NativeEncoder encoder;

  CombinationsTest(NativeEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  protected String awkwardText() {
    return encoder.serializer().name().equals("cbor")
        ? super.awkwardText().replace("\ud800", "")
        : super.awkwardText();
  }

  @Override
  protected SessionEncoder encoder() {
    return encoder;
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        HexFormat.of().formatHex(Fixtures.SECRET).substring(0, 12),
        Base64.getEncoder().encodeToString(Fixtures.SECRET).substring(0, 12));
  }

  /** All options are read whatever is written; another sealer or serializer does not fit. */
  @Test
  void isReadByEveryCombinationOfTheSameSealerAndSerializer() {
    String text = encoder.encode(session(Map.of("text", "madeleine ".repeat(50))));
    for (NativeEncoder other : combinations()) {
      assertThat(other.valid(text))
          .as("%s reads %s", other, encoder)
          .isEqualTo(other.format().equals(encoder.format()));
    }
  }
}
