package dev.madeleine.benchmarks;

import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What was received in the place of a session: a good text, or one of the same length that is not.
 */
public enum Arrival {
  /** As it was written. */
  GOOD(null),
  /** Base64url of random bytes. */
  GARBAGE(RejectionReason.UNKNOWN_VERSION),
  /** A last character that is not of the alphabet. */
  NO_BASE64(RejectionReason.MALFORMED),
  /** Sealed by a key that is not in the ring. */
  WRONG_KEY(RejectionReason.UNKNOWN_KEY),
  /** Sealed by a key that is not in the ring, under the id of one that is. */
  FORGED_KEY_ID(RejectionReason.BAD_SEAL),
  /** Version, form and key id as they should be, and random bytes behind, also for a nonce. */
  RANDOM_BEHIND_PREFIX(RejectionReason.BAD_SEAL),
  /** One bit of the payload is another. */
  FLIPPED_PAYLOAD_BIT(RejectionReason.BAD_SEAL),
  /** The last bit, which is of the tag, is another. */
  FLIPPED_TAG_BIT(RejectionReason.BAD_SEAL);

  /** Where the key id stands in a native token: docs/formats.md. */
  private static final int KEY_ID = 2;

  private static final int KEY_ID_LENGTH = 4;
  private static final int PREFIX = KEY_ID + KEY_ID_LENGTH;

  private final @Nullable RejectionReason reason;

  Arrival(@Nullable RejectionReason reason) {
    this.reason = reason;
  }

  /** Why this is no session, or null if it is one. */
  @Nullable RejectionReason reason() {
    return reason;
  }

  /** The text that comes where this session is awaited. */
  String text(
      SessionEncoder encoder, SessionEncoder withOtherKey, SessionSnapshot session, Random random) {
    String good = encoder.encode(session);
    String foreign = withOtherKey.encode(session);
    return switch (this) {
      case GOOD -> good;
      case GARBAGE -> garbage(bytes(good).length, random);
      case NO_BASE64 -> good.substring(0, good.length() - 1) + "!";
      case WRONG_KEY -> foreign;
      case FORGED_KEY_ID -> forged(bytes(foreign), bytes(good));
      case RANDOM_BEHIND_PREFIX -> randomBehindPrefix(good, random);
      case FLIPPED_PAYLOAD_BIT -> flipped(bytes(good), bytes(good).length / 2);
      case FLIPPED_TAG_BIT -> flipped(bytes(good), bytes(good).length - 1);
    };
  }

  private static String garbage(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    bytes[0] = 0; // Not by chance the version that exists.
    return base64(bytes);
  }

  static String randomBehindPrefix(String good, Random random) {
    byte[] token = bytes(good);
    byte[] bytes = new byte[token.length];
    random.nextBytes(bytes);
    System.arraycopy(token, 0, bytes, 0, PREFIX);
    return base64(bytes);
  }

  private static String forged(byte[] token, byte[] good) {
    System.arraycopy(good, KEY_ID, token, KEY_ID, KEY_ID_LENGTH);
    return base64(token);
  }

  private static String flipped(byte[] token, int position) {
    token[position] ^= 1;
    return base64(token);
  }

  private static byte[] bytes(String token) {
    return Base64.getUrlDecoder().decode(token);
  }

  private static String base64(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
