package dev.madeleine.internal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104, FIPS 198-1) under one key, which may be of any length, empty too.
 *
 * <p>The digest states after the two key pads are computed once and cloned for each message, so
 * threads share nothing that changes (see RATIONALE, "Why not javax.crypto.Mac?").
 */
public final class Hmac {
  private static final int SHA256_BLOCK = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;
  private final int length;

  /**
   * HMAC with this digest.
   *
   * @param digest the name of a digest that every JDK has, for example {@code SHA-1}
   * @param block bytes that the digest compresses at a time: the length of the key pads
   * @param key copied, the caller may wipe it
   */
  public Hmac(String digest, int block, byte[] key) {
    inner = digest(digest);
    outer = digest(digest);
    length = inner.getDigestLength();
    byte[] padded = Arrays.copyOf(key.length > block ? inner.digest(key) : key, block);
    inner.update(xor(padded, 0x36));
    outer.update(xor(padded, 0x5c));
    Arrays.fill(padded, (byte) 0);
  }

  /** HMAC with SHA-256. */
  public static Hmac sha256(byte[] key) {
    return new Hmac("SHA-256", SHA256_BLOCK, key);
  }

  /** Bytes of a MAC. */
  public int length() {
    return length;
  }

  /** The MAC of a whole array. */
  public byte[] mac(byte[] message) {
    return mac(message, 0, message.length);
  }

  /** The MAC of {@code count} bytes. */
  public byte[] mac(byte[] bytes, int offset, int count) {
    byte[] mac = new byte[length];
    mac(bytes, offset, count, mac, 0);
    return mac;
  }

  /** Writes the MAC of {@code count} bytes into an array with space for it. */
  public void mac(byte[] bytes, int offset, int count, byte[] target, int at) {
    try {
      MessageDigest hash = copyOf(inner);
      hash.update(bytes, offset, count);
      hash.digest(target, at, length);
      MessageDigest result = copyOf(outer);
      result.update(target, at, length);
      result.digest(target, at, length);
    } catch (DigestException e) {
      throw new AssertionError(e); // Callers leave space for the MAC.
    }
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // Callers name digests of every JDK.
    }
  }

  private static byte[] xor(byte[] key, int pad) {
    byte[] result = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      result[i] = (byte) (key[i] ^ pad);
    }
    return result;
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(
          "the %s of security provider %s cannot be cloned; put a provider that can (SUN) before it"
              .formatted(digest.getAlgorithm(), digest.getProvider().getName()),
          e);
    }
  }
}
