package dev.madeleine;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Native tokens made by hand, with the JDK's Mac and Base64 and nothing of the library: what
 * somebody with a key could send, whether or not the encoder would write it.
 */
public final class Tokens {
  static final int TAG = 32;

  /** Bytes of prefix and metadata without subject and keys. */
  static final int HEADER = 39;

  private Tokens() {}

  /** A token of this header and payload, sealed with a good key for cookie {@code name}. */
  static String sealed(String name, byte[] header, byte[] payload) {
    return sealed(subkey(Fixtures.secret("one"), "session", name, ""), header, payload);
  }

  static String sealed(byte[] subkey, byte[] header, byte[] payload) {
    byte[] body = concat(header, payload);
    return text(concat(body, mac(subkey, body)));
  }

  /** The subkey of the signed JSON format, written down from docs/formats.md. */
  static byte[] subkey(byte[] secret, String purpose, String name, String audience) {
    return subkey(secret, "HMAC-SHA-256", "json", purpose, name, audience);
  }

  static byte[] subkey(byte[] secret, String... use) {
    byte[] prk = mac(Fixtures.utf8("madeleine/v1"), secret);
    byte[] info = new byte[0];
    for (String part : concat(new String[] {"madeleine", "2"}, use)) {
      byte[] bytes = Fixtures.utf8(part);
      info =
          concat(
              info, ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
    }
    return mac(prk, concat(info, new byte[] {1}));
  }

  /** The id of the key made of this secret, 4 bytes. */
  static byte[] keyId(byte[] secret) {
    byte[] prk = mac(Fixtures.utf8("madeleine/v1"), secret);
    return Arrays.copyOf(mac(prk, concat(Fixtures.utf8("kid"), new byte[] {1})), 4);
  }

  /** Prefix and metadata without subject, of key one. */
  static byte[] header(Instant created, Instant refreshed, Duration maxIdle) {
    return header(
        2,
        0,
        created.getEpochSecond(),
        refreshed.getEpochSecond() - created.getEpochSecond(),
        maxIdle.toSeconds());
  }

  /** Prefix and metadata of these flags, of key one; all times in seconds. */
  static byte[] header(int version, int flags, long created, long span, long maxIdle) {
    return ByteBuffer.allocate(HEADER)
        .put((byte) version)
        .put((byte) 0)
        .put(keyId(Fixtures.secret("one")))
        .putShort((short) flags)
        .put(HexFormat.of().parseHex(Fixtures.ID))
        .put(bigEndian(1000 * created, 6))
        .put(bigEndian(1000 * span, 5))
        .put(bigEndian(maxIdle, 4))
        .array();
  }

  private static byte[] bigEndian(long value, int length) {
    byte[] all = ByteBuffer.allocate(8).putLong(value).array();
    return Arrays.copyOfRange(all, 8 - length, 8);
  }

  static byte[] mac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // Every JDK has HmacSHA256.
    }
  }

  static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** All but the tag. */
  static byte[] body(byte[] token) {
    return Arrays.copyOf(token, token.length - TAG);
  }

  public static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String[] concat(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
