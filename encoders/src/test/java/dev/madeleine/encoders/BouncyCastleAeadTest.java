package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sealer;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ciphers of Bouncy Castle against their published vectors and against what the JDK gives, put
 * together as the specifications say.
 */
final class BouncyCastleAeadTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final SecureRandom RANDOM = new SecureRandom();

  private static List<Aead.Vector> gcmSiv() {
    return Aead.Vector.of("aes-256-gcm-siv.txt");
  }

  private static List<Aead.Vector> xChaCha() {
    return Aead.Vector.of("xchacha20-poly1305.txt");
  }

  @ParameterizedTest
  @MethodSource("gcmSiv")
  void agreesWithRfc8452(Aead.Vector vector) throws Exception {
    assertAgrees(BouncyCastleAead::aesGcmSiv, vector);
    assertThat(jdkGcmSiv(vector.key(), vector.nonce(), vector.data(), vector.plaintext()))
        .isEqualTo(vector.result());
  }

  @ParameterizedTest
  @MethodSource("xChaCha")
  void agreesWithTheDraftOfXChaCha(Aead.Vector vector) throws Exception {
    assertAgrees(BouncyCastleAead::xChaCha20Poly1305, vector);
    assertThat(jdkXChaCha(vector.key(), vector.nonce(), vector.data(), vector.plaintext()))
        .isEqualTo(vector.result());
  }

  private static void assertAgrees(Function<SecureRandom, Sealer> sealer, Aead.Vector vector)
      throws Exception {
    assertThat(
            Aead.of(sealer).seal(vector.key(), vector.nonce(), vector.data(), vector.plaintext()))
        .isEqualTo(vector.result());
    Sealer ours = sealer.apply(RANDOM);
    assertThat(Aead.opened(ours, vector.key(), vector.nonce(), vector.data(), vector.result()))
        .isEqualTo(vector.plaintext());
  }

  @Test
  void readsAsManyVectorsAsWerePublished() {
    assertThat(gcmSiv()).hasSize(24 + 2);
    assertThat(xChaCha()).hasSize(1);
  }

  @Test
  void gcmSivAgreesWithTheJdksAesInBothDirections() throws Exception {
    Aead.assertSame(BouncyCastleAead::aesGcmSiv, BouncyCastleAeadTest::jdkGcmSiv, 12);
  }

  @Test
  void xChaChaAgreesWithTheJdksChaChaInBothDirections() throws Exception {
    Aead.assertSame(BouncyCastleAead::xChaCha20Poly1305, BouncyCastleAeadTest::jdkXChaCha, 24);
  }

  @Test
  void leavesNothingOfAPayloadThatNobodyVouchesFor() {
    for (Function<SecureRandom, Sealer> cipher :
        List.<Function<SecureRandom, Sealer>>of(
            BouncyCastleAead::aesGcmSiv, BouncyCastleAead::xChaCha20Poly1305)) {
      Sealer sealer = cipher.apply(RANDOM);
      int start = 33 + sealer.nonceLength();
      byte[] token = new byte[start + 300 + 16];
      Sealer.Keyed keyed = sealer.keyed(new byte[32]);
      keyed.seal(token, 33, token.length);
      token[token.length - 1] ^= 1;
      byte[] before = token.clone();
      assertThat(keyed.unseal(token, 33, token.length)).isFalse();
      assertThat(Arrays.copyOfRange(token, start, token.length)).containsOnly(0);
      assertThat(Arrays.copyOf(token, start)).isEqualTo(Arrays.copyOf(before, start));
    }
  }

  // ---- AES-256-GCM-SIV of RFC 8452, by the JDK's AES and BigInteger ----

  private static byte[] jdkGcmSiv(byte[] key, byte[] nonce, byte[] data, byte[] plaintext)
      throws Exception {
    byte[] derived = new byte[48]; // Section 4: six half blocks of AES(counter || nonce).
    for (int i = 0; i < 6; i++) {
      byte[] block = new byte[16];
      littleEndian(block).putInt(i).put(nonce);
      System.arraycopy(aes(key, block), 0, derived, 8 * i, 8);
    }
    byte[] encryptionKey = Arrays.copyOfRange(derived, 16, 48);
    int paddedData = (data.length + 15) / 16 * 16;
    int paddedText = (plaintext.length + 15) / 16 * 16;
    byte[] blocks = new byte[paddedData + paddedText + 16];
    ByteBuffer input = littleEndian(blocks);
    input.put(data).position(paddedData).put(plaintext).position(paddedData + paddedText);
    input.putLong(8L * data.length).putLong(8L * plaintext.length);
    byte[] sum = polyval(Arrays.copyOf(derived, 16), blocks);
    for (int i = 0; i < 12; i++) {
      sum[i] ^= nonce[i];
    }
    sum[15] &= 0x7f;
    byte[] tag = aes(encryptionKey, sum);
    byte[] sealed = Arrays.copyOf(plaintext, plaintext.length + 16);
    byte[] counter = tag.clone();
    counter[15] |= (byte) 0x80;
    ByteBuffer number = littleEndian(counter);
    for (int at = 0; at < plaintext.length; at += 16) {
      byte[] stream = aes(encryptionKey, counter);
      for (int i = 0; i < 16 && at + i < plaintext.length; i++) {
        sealed[at + i] ^= stream[i];
      }
      number.putInt(0, number.getInt(0) + 1);
    }
    System.arraycopy(tag, 0, sealed, plaintext.length, 16);
    return sealed;
  }

  /** POLYVAL (section 3): s = (s + block) * h * x^-128 in GF(2^128), bytes little-endian. */
  private static byte[] polyval(byte[] h, byte[] input) {
    BigInteger hash = polynomial(h);
    BigInteger sum = BigInteger.ZERO;
    for (int at = 0; at < input.length; at += 16) {
      sum = dot(sum.xor(polynomial(Arrays.copyOfRange(input, at, at + 16))), hash);
    }
    byte[] result = new byte[16];
    for (int i = 0; i < 128; i++) {
      result[i / 8] |= (byte) (sum.testBit(i) ? 1 << i % 8 : 0);
    }
    return result;
  }

  private static BigInteger polynomial(byte[] littleEndian) {
    byte[] bytes = new byte[17];
    for (int i = 0; i < 16; i++) {
      bytes[16 - i] = littleEndian[i];
    }
    return new BigInteger(bytes);
  }

  /**
   * a * b * x^-128 modulo x^128 + x^127 + x^126 + x^121 + 1: 128 times halved after multiplying.
   */
  private static BigInteger dot(BigInteger a, BigInteger b) {
    BigInteger modulus = BigInteger.ONE.setBit(128).setBit(127).setBit(126).setBit(121);
    BigInteger product = BigInteger.ZERO;
    for (int i = 0; i < 128; i++) {
      product = b.testBit(i) ? product.xor(a.shiftLeft(i)) : product;
    }
    for (int i = 0; i < 128; i++) {
      product = (product.testBit(0) ? product.xor(modulus) : product).shiftRight(1);
    }
    return product;
  }

  private static byte[] aes(byte[] key, byte[] block) throws Exception {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    return aes.doFinal(block);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- XChaCha20-Poly1305, by the JDK's ChaCha20-Poly1305 under a key of HChaCha20 ----

  private static byte[] jdkXChaCha(byte[] key, byte[] nonce, byte[] data, byte[] plaintext)
      throws Exception {
    byte[] subkey = hChaCha20(key, Arrays.copyOf(nonce, 16));
    byte[] last = ByteBuffer.allocate(12).putInt(0).put(nonce, 16, 8).array();
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(subkey, "ChaCha20"), new IvParameterSpec(last));
    cipher.updateAAD(data);
    return cipher.doFinal(plaintext);
  }

  /** The first and the last row of the state after twenty rounds (section 2.2 of the draft). */
  private static byte[] hChaCha20(byte[] key, byte[] nonce) {
    ByteBuffer in = littleEndian(new byte[64]);
    in.putInt(0x61707865).putInt(0x3320646e).putInt(0x79622d32).putInt(0x6b206574);
    in.put(key).put(nonce).flip();
    int[] s = new int[16];
    in.asIntBuffer().get(s);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 4; i++) {
        quarter(s, i, 4 + i, 8 + i, 12 + i);
      }
      for (int i = 0; i < 4; i++) {
        quarter(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
      }
    }
    byte[] subkey = new byte[32];
    ByteBuffer out = littleEndian(subkey);
    for (int i : new int[] {0, 1, 2, 3, 12, 13, 14, 15}) {
      out.putInt(s[i]);
    }
    return subkey;
  }

  private static void quarter(int[] s, int a, int b, int c, int d) {
    s[a] += s[b];
    s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
    s[a] += s[b];
    s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
  }

  /** The vector of section 2.2.1 of the draft. */
  @Test
  void theHChaCha20OfThisTestIsTheDrafts() {
    byte[] key = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = (byte) i;
    }
    assertThat(HEX.formatHex(hChaCha20(key, HEX.parseHex("000000090000004a0000000031415927"))))
        .isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
  }
}
