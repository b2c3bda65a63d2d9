package dev.madeleine.encoders;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) under one key of another framework, which may be of any length, empty too.
 *
 * <p>The digest states after the two key pads are computed once and cloned for each message, so
 * threads share nothing that changes (see RATIONALE, "Why not javax.crypto.Mac?").
 */
final class Hmac {
  private final MessageDigest inner;
  private final MessageDigest outer;

  Hmac(Digest digest, byte[] key) {
    int block = digest.blockLength();
    byte[] padded = Arrays.copyOf(key.length > block ? digest.start().digest(key) : key, block);
    inner = padded(digest, padded, 0x36);
    outer = padded(digest, padded, 0x5c);
    Arrays.fill(padded, (byte) 0);
  }

  private static MessageDigest padded(Digest digest, byte[] key, int pad) {
    MessageDigest state = digest.start();
    for (byte b : key) {
      state.update((byte) (b ^ pad));
    }
    return state;
  }

  /** The MAC of a message. */
  byte[] of(byte[] message) {
    return copyOf(outer).digest(copyOf(inner).digest(message));
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
