package dev.madeleine.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF with SHA-256 (RFC 5869): many independent keys out of one secret. */
public final class Hkdf {
  private static final int HASH = 32;

  private Hkdf() {}

  /** HKDF-Extract (section 2.2). */
  public static byte[] extract(byte[] salt, byte[] secret) {
    return Hmac.sha256(salt).mac(secret);
  }

  /** HKDF-Expand (section 2.3). */
  public static byte[] expand(byte[] prk, byte[] info, int length) {
    if (length > 255 * HASH) {
      throw new IllegalArgumentException("HKDF gives at most 8160 bytes, not " + length);
    }
    Hmac hmac = Hmac.sha256(prk);
    byte[] okm = new byte[length];
    byte[] previous = new byte[0];
    for (int done = 0, counter = 1; done < length; done += HASH, counter++) {
      byte[] input = Arrays.copyOf(previous, previous.length + info.length + 1);
      System.arraycopy(info, 0, input, previous.length, info.length);
      input[input.length - 1] = (byte) counter;
      previous = hmac.mac(input);
      System.arraycopy(previous, 0, okm, done, Math.min(HASH, length - done));
    }
    return okm;
  }

  /**
   * Text parts as one info string that no other list of parts gives: each part behind its length in
   * 4 bytes (the lesson of CVE-2026-6873, CVE-2008-1930).
   */
  public static byte[] lengthPrefixed(String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int total = 0;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      total += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer info = ByteBuffer.allocate(total);
    for (byte[] part : encoded) {
      info.putInt(part.length).put(part);
    }
    return info.array();
  }
}
