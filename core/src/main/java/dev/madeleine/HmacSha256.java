package dev.madeleine;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC with SHA-256 (RFC 2104, FIPS 198-1) over header and payload; the tag is 32 bytes.
 *
 * <p>The digest states after the two key pads are computed once and cloned for each token, so
 * threads share nothing that changes (see RATIONALE, "Why not javax.crypto.Mac?").
 */
final class HmacSha256 implements Sealer {
  private static final int BLOCK = 64;
  private static final int TAG = 32;

  @Override
  public String algorithm() {
    return "HMAC-SHA-256";
  }

  @Override
  public boolean encrypts() {
    return false;
  }

  @Override
  public int nonceLength() {
    return 0;
  }

  @Override
  public int tagLength() {
    return TAG;
  }

  @Override
  public Keyed keyed(byte[] key) {
    return new Pads(key);
  }

  @Override
  public String toString() {
    return algorithm();
  }

  /** A new SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // Every JDK has SHA-256.
    }
  }

  /** The SHA-256 of these bytes. */
  static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  /** HMAC under one key. */
  static final class Pads implements Keyed {
    private final MessageDigest inner = sha256();
    private final MessageDigest outer = sha256();

    Pads(byte[] key) {
      byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256(key) : key, BLOCK);
      inner.update(xor(block, 0x36));
      outer.update(xor(block, 0x5c));
      Arrays.fill(block, (byte) 0);
    }

    /** The MAC of {@code length} bytes. */
    byte[] mac(byte[] bytes, int offset, int length) {
      byte[] tag = new byte[TAG];
      mac(bytes, offset, length, tag, 0);
      return tag;
    }

    private void mac(byte[] bytes, int offset, int length, byte[] tag, int at) {
      try {
        MessageDigest hash = copyOf(inner);
        hash.update(bytes, offset, length);
        hash.digest(tag, at, TAG);
        MessageDigest result = copyOf(outer);
        result.update(tag, at, TAG);
        result.digest(tag, at, TAG);
      } catch (DigestException e) {
        throw new AssertionError(e); // There is always room for the tag.
      }
    }

    @Override
    public void seal(byte[] token, int headerLength, int length) {
      int end = length - TAG;
      mac(token, 0, end, token, end);
    }

    @Override
    public boolean unseal(byte[] token, int headerLength, int length) {
      int end = length - TAG;
      return MessageDigest.isEqual(mac(token, 0, end), Arrays.copyOfRange(token, end, length));
    }

    private static byte[] xor(byte[] block, int pad) {
      byte[] result = new byte[BLOCK];
      for (int i = 0; i < BLOCK; i++) {
        result[i] = (byte) (block[i] ^ pad);
      }
      return result;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
      try {
        return (MessageDigest) digest.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(
            "the SHA-256 of security provider "
                + digest.getProvider().getName()
                + " cannot be cloned; put a provider that can (SUN) before it",
            e);
      }
    }
  }
}
