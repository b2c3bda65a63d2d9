package dev.madeleine;

import dev.madeleine.internal.Hmac;
import java.security.MessageDigest;
import java.util.Arrays;

/** HMAC with SHA-256 (RFC 2104, FIPS 198-1) over header and payload; the tag is 32 bytes. */
final class HmacSha256 implements Sealer {
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
    return new Key(key);
  }

  @Override
  public String toString() {
    return algorithm();
  }

  /** HMAC under one key. */
  static final class Key implements Keyed {
    private final Hmac hmac;

    Key(byte[] key) {
      hmac = Hmac.sha256(key);
    }

    @Override
    public void seal(byte[] token, int headerLength, int length) {
      int end = length - TAG;
      hmac.mac(token, 0, end, token, end);
    }

    @Override
    public boolean unseal(byte[] token, int headerLength, int length) {
      int end = length - TAG;
      return MessageDigest.isEqual(hmac.mac(token, 0, end), Arrays.copyOfRange(token, end, length));
    }
  }
}
