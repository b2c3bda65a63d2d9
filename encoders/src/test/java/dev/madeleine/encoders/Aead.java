package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A cipher of the textbook under test: key, nonce, associated data and plaintext to ciphertext. */
interface Aead {
  /** The ciphertext with its tag. */
  byte[] seal(byte[] key, byte[] nonce, byte[] data, byte[] plaintext) throws Exception;

  /** One published vector, in hex. */
  record Vector(
      String keyHex, String nonceHex, String dataHex, String plaintextHex, String resultHex) {
    /** The vectors of a file in src/test/resources. */
    static List<Vector> of(String file) {
      try {
        return Files.readAllLines(Path.of("src/test/resources", file)).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", -1))
            .map(parts -> new Vector(parts[0], parts[1], parts[2], parts[3], parts[4]))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] key() {
      return bytes(keyHex);
    }

    byte[] nonce() {
      return bytes(nonceHex);
    }

    byte[] data() {
      return bytes(dataHex);
    }

    byte[] plaintext() {
      return bytes(plaintextHex);
    }

    byte[] result() {
      return bytes(resultHex);
    }

    private static byte[] bytes(String hex) {
      return HexFormat.of().parseHex(hex.equals("-") ? "" : hex);
    }
  }

  /** A source of one prepared answer: the nonce of a test. */
  final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient byte[] answer;

    Fixed(byte[] answer) {
      this.answer = answer;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      assertThat(bytes).hasSameSizeAs(answer);
      System.arraycopy(answer, 0, bytes, 0, bytes.length);
    }
  }

  /** A sealer of ours, its associated data being the header. */
  static Aead of(Function<SecureRandom, Sealer> sealer) {
    return (key, nonce, data, plaintext) -> {
      byte[] token = new byte[data.length + nonce.length + plaintext.length + 16];
      System.arraycopy(data, 0, token, 0, data.length);
      int start = data.length + nonce.length;
      System.arraycopy(plaintext, 0, token, start, plaintext.length);
      sealer.apply(new Fixed(nonce)).keyed(key).seal(token, data.length, token.length);
      assertThat(Arrays.copyOf(token, data.length)).isEqualTo(data);
      assertThat(Arrays.copyOfRange(token, data.length, start)).isEqualTo(nonce);
      return Arrays.copyOfRange(token, start, token.length);
    };
  }

  /** What a sealer of ours makes of these parts of a token. */
  static byte[] opened(Sealer sealer, byte[] key, byte[] nonce, byte[] data, byte[] sealed) {
    byte[] token = Arrays.copyOf(data, data.length + nonce.length + sealed.length);
    int start = data.length + nonce.length;
    System.arraycopy(nonce, 0, token, data.length, nonce.length);
    System.arraycopy(sealed, 0, token, start, sealed.length);
    assertThat(sealer.keyed(key).unseal(token, data.length, token.length)).isTrue();
    return Arrays.copyOfRange(token, start, token.length - 16);
  }

  /** Asserts that our sealer gives the same as another implementation, in both directions. */
  static void assertSame(Function<SecureRandom, Sealer> ours, Aead other, int nonceLength)
      throws Exception {
    Random random = new Random(8452);
    for (int i = 0; i < 1500; i++) {
      byte[] key = bytes(random, 32);
      byte[] nonce = bytes(random, nonceLength);
      byte[] data = bytes(random, i % 3 == 0 ? 33 : random.nextInt(60));
      byte[] plaintext = bytes(random, random.nextInt(i % 100 == 0 ? 3000 : 200));
      byte[] sealed = other.seal(key, nonce, data, plaintext);
      assertThat(of(ours).seal(key, nonce, data, plaintext)).as("round %s", i).isEqualTo(sealed);
      assertThat(opened(ours.apply(new Fixed(nonce)), key, nonce, data, sealed))
          .as("round %s", i)
          .isEqualTo(plaintext);
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
