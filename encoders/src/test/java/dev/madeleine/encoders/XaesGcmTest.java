package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;

/** XAES-256-GCM against the vectors of its specification, C2SP.org/XAES-256-GCM. */
class XaesGcmTest {
  private static final HexFormat HEX = HexFormat.of();

  /** A source of one prepared answer: the nonce of a test vector. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient byte[] answer;

    Fixed(byte[] answer) {
      this.answer = answer;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(answer, 0, bytes, 0, bytes.length);
    }
  }

  private static byte[] filled(int value) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) value);
    return key;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Header and plaintext sealed as a token, then the ciphertext and tag of it. */
  private static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext, byte[] header) {
    byte[] token = Arrays.copyOf(header, header.length + 24 + plaintext.length + 16);
    System.arraycopy(plaintext, 0, token, header.length + 24, plaintext.length);
    Sealer.Keyed sealer = new XaesGcm(new Fixed(nonce)).keyed(key);
    sealer.seal(token, header.length, token.length);
    byte[] sealed = Arrays.copyOfRange(token, header.length + 24, token.length);
    assertThat(sealer.unseal(token, header.length, token.length)).isTrue();
    assertThat(Arrays.copyOfRange(token, header.length + 24, token.length - 16))
        .isEqualTo(plaintext);
    return sealed;
  }

  @Test
  void agreesWithTheFirstVectorOfTheSpecification() {
    assertThat(
            HEX.formatHex(
                seal(
                    filled(1),
                    ascii("ABCDEFGHIJKLMNOPQRSTUVWX"),
                    ascii("XAES-256-GCM"),
                    new byte[0])))
        .isEqualTo("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
  }

  @Test
  void agreesWithTheSecondVectorOfTheSpecification() {
    assertThat(
            HEX.formatHex(
                seal(
                    filled(3),
                    ascii("ABCDEFGHIJKLMNOPQRSTUVWX"),
                    ascii("XAES-256-GCM"),
                    ascii("c2sp.org/XAES-256-GCM"))))
        .isEqualTo("986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
  }

  /** 10,000 random inputs from SHAKE-128, hashed into one value: the specification's long test. */
  @Test
  void agreesWithTheAccumulatedHashOfTheSpecification() {
    SHAKEDigest source = new SHAKEDigest(128);
    SHAKEDigest hash = new SHAKEDigest(128);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = read(source, 32);
      byte[] nonce = read(source, 24);
      byte[] plaintext = read(source, read(source, 1)[0] & 0xff);
      byte[] header = read(source, read(source, 1)[0] & 0xff);
      byte[] sealed = seal(key, nonce, plaintext, header);
      hash.update(sealed, 0, sealed.length);
    }
    assertThat(HEX.formatHex(read(hash, 32)))
        .isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
  }

  private static byte[] read(SHAKEDigest source, int length) {
    byte[] bytes = new byte[length];
    source.doOutput(bytes, 0, length);
    return bytes;
  }
}
