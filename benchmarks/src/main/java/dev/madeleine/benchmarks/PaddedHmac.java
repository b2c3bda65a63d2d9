package dev.madeleine.benchmarks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) from two digests that have taken in the key pads already. */
final class PaddedHmac {
  private static final int BLOCK = 64;
  private static final int TAG = 32;

  private final MessageDigest inner;
  private final MessageDigest outer;
  private final byte[] tag = new byte[TAG];

  /** HMAC with a key of at most 64 bytes. */
  PaddedHmac(byte[] key) throws GeneralSecurityException {
    inner = MessageDigest.getInstance("SHA-256");
    outer = MessageDigest.getInstance("SHA-256");
    byte[] block = Arrays.copyOf(key, BLOCK);
    for (byte b : block) {
      inner.update((byte) (b ^ 0x36));
      outer.update((byte) (b ^ 0x5c));
    }
  }

  /** The MAC of the first bytes, in an array that the next call uses again. */
  byte[] mac(byte[] bytes, int length) throws Exception {
    MessageDigest hash = (MessageDigest) inner.clone();
    hash.update(bytes, 0, length);
    hash.digest(tag, 0, TAG);
    MessageDigest result = (MessageDigest) outer.clone();
    result.update(tag, 0, TAG);
    result.digest(tag, 0, TAG);
    return tag;
  }

  /** The same by {@code javax.crypto}. */
  static byte[] byTheJdk(byte[] key, byte[] bytes) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(bytes);
  }
}
