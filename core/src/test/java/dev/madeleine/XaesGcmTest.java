package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** XAES-256-GCM against the vectors of its specification, C2SP.org/XAES-256-GCM. */
class XaesGcmTest {
  private static final HexFormat HEX = HexFormat.of();

  private static byte[] filled(int value) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) value);
    return key;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** The ciphertext and tag of a token that was opened again. */
  private static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext, byte[] header) {
    byte[] token = concat(header, new byte[24], plaintext, new byte[16]);
    int start = header.length + 24;
    Sealer.Keyed sealer = new XaesGcm(Fixtures.answering(nonce)).keyed(key);
    sealer.seal(token, header.length, token.length);
    byte[] sealed = Arrays.copyOfRange(token, start, token.length);
    assertThat(token).isEqualTo(concat(header, nonce, sealed));
    assertThat(sealer.unseal(token, header.length, token.length)).isTrue();
    assertThat(token).startsWith(concat(header, nonce, plaintext));
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

  /** XAES-256-GCM as its specification puts it together, of Bouncy Castle's AES and GCM alone. */
  private static byte[] byBouncyCastle(byte[] key, byte[] nonce, byte[] data, byte[] plaintext)
      throws Exception {
    byte[] derived = new byte[32];
    for (int half = 0; half < 2; half++) {
      CMac cmac = new CMac(AESEngine.newInstance());
      cmac.init(new KeyParameter(key));
      cmac.update(new byte[] {0, (byte) (half + 1), 'X', 0}, 0, 4);
      cmac.update(nonce, 0, 12);
      cmac.doFinal(derived, 16 * half);
    }
    GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    gcm.init(
        true,
        new AEADParameters(
            new KeyParameter(derived), 128, Arrays.copyOfRange(nonce, 12, 24), data));
    byte[] sealed = new byte[gcm.getOutputSize(plaintext.length)];
    int done = gcm.processBytes(plaintext, 0, plaintext.length, sealed, 0);
    gcm.doFinal(sealed, done);
    return sealed;
  }

  @Test
  void agreesWithBouncyCastleInBothDirections() throws Exception {
    Random random = new Random(8452);
    for (int i = 0; i < 1500; i++) {
      byte[] key = bytes(random, 32);
      byte[] nonce = bytes(random, 24);
      byte[] header = bytes(random, i % 3 == 0 ? 33 : random.nextInt(60));
      byte[] plaintext = bytes(random, random.nextInt(i % 100 == 0 ? 3000 : 200));
      assertThat(seal(key, nonce, plaintext, header))
          .as("round %s", i)
          .isEqualTo(byBouncyCastle(key, nonce, header, plaintext));
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void halfANonceStaysUntilTheOtherHalfBeginsWithTwoZeros() {
    byte[][] draws = {filled(1), filled(2), filled(0), filled(3), filled(4)};
    AtomicInteger next = new AtomicInteger();
    SecureRandom random =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(draws[next.getAndIncrement()], 0, bytes, 0, bytes.length);
          }
        };
    Sealer.Keyed key = new XaesGcm(random).keyed(filled(9));
    List<String> nonces = new ArrayList<>();
    for (int i = 0; i < draws.length; i++) {
      byte[] token = new byte[24 + 1 + 16];
      key.seal(token, 0, token.length);
      nonces.add(HEX.formatHex(token, 0, 24));
    }

    assertThat(nonces)
        .containsExactly(
            "01".repeat(24),
            "01".repeat(12) + "02".repeat(12),
            "01".repeat(12) + "00".repeat(12),
            "03".repeat(24),
            "03".repeat(12) + "04".repeat(12));
  }

  @Test
  void noNonceComesTwice() {
    Sealer.Keyed key = new XaesGcm(new SecureRandom()).keyed(filled(1));
    Set<String> nonces = new HashSet<>();
    int tokens = 200_000; // Some change of the first half among them.
    for (int i = 0; i < tokens; i++) {
      byte[] token = new byte[24 + 1 + 16];
      key.seal(token, 0, token.length);
      nonces.add(HEX.formatHex(token, 0, 24));
    }

    assertThat(nonces).hasSize(tokens);
  }

  @Test
  void forgedTokensTakeNoPlaceOfAnAuthenticOne() {
    AtomicInteger derived = new AtomicInteger();
    NonceKeys keys =
        new NonceKeys(filled(1)) {
          @Override
          SecretKey derive(byte[] nonce, int offset) {
            derived.incrementAndGet();
            return super.derive(nonce, offset);
          }
        };
    Sealer.Keyed key = new XaesGcm(new SecureRandom()).keyed(keys);
    byte[] token = new byte[24 + 1 + 16];
    key.seal(token, 0, token.length);
    assertThat(key.unseal(token.clone(), 0, token.length)).isTrue();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1000; i++) {
      byte[] forged = new byte[token.length];
      random.nextBytes(forged);
      assertThat(key.unseal(forged, 0, forged.length)).isFalse();
    }
    int before = derived.get();

    assertThat(key.unseal(token.clone(), 0, token.length)).isTrue();
    assertThat(derived.get()).isEqualTo(before);
  }

  @Test
  void opensTokensOfManyNoncesInTurn() {
    List<byte[]> tokens = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] token = new byte[24 + 1 + 16];
      token[24] = (byte) i;
      new XaesGcm(new SecureRandom()).keyed(filled(1)).seal(token, 0, token.length);
      tokens.add(token);
    }
    Sealer.Keyed key = new XaesGcm(new SecureRandom()).keyed(filled(1));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < tokens.size(); i++) {
        byte[] forged = tokens.get(i).clone();
        forged[30] ^= 1;
        byte[] token = tokens.get(i).clone();

        assertThat(key.unseal(forged, 0, forged.length)).isFalse();
        assertThat(key.unseal(token, 0, token.length)).isTrue();
        assertThat(token[24]).isEqualTo((byte) i);
      }
    }
  }

  @Test
  void sealsAndOpensInManyThreadsAtOnce() {
    Sealer.Keyed key = new XaesGcm(new SecureRandom()).keyed(filled(1));
    Boolean allOpened =
        IntStream.range(0, 100_000)
            .parallel()
            .mapToObj(
                i -> {
                  byte[] token = new byte[5 + 24 + 4 + 16];
                  token[29] = (byte) i;
                  token[30] = (byte) (i >> 8);
                  key.seal(token, 5, token.length);
                  return key.unseal(token, 5, token.length)
                      && token[29] == (byte) i
                      && token[30] == (byte) (i >> 8);
                })
            .reduce(true, Boolean::logicalAnd);

    assertThat(allOpened).isTrue();
  }
}
