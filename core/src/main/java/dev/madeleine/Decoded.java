package dev.madeleine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a text that claims to be a session. A bad cookie is news, not an exception:
 * decoding never throws on hostile input.
 */
public sealed interface Decoded {
  /**
   * The text was authentic and readable.
   *
   * @param snapshot what it said
   * @param byOldKey whether a key other than today's signing key sealed it, so that it is due for
   *     sealing again
   * @param late whether that key should not have been seen any more: every session of it has been
   *     sealed again or has expired since
   * @param keyId the id of the key that sealed it, or null if this format has none
   */
  record Accepted(SessionSnapshot snapshot, boolean byOldKey, boolean late, @Nullable String keyId)
      implements Decoded {
    /** Checks that there is a snapshot. */
    public Accepted {
      Objects.requireNonNull(snapshot, "snapshot");
    }

    /** A text of a format without key ids. */
    public Accepted(SessionSnapshot snapshot, boolean byOldKey) {
      this(snapshot, byOldKey, false, null);
    }
  }

  /**
   * The text is not a session.
   *
   * @param reason why, for events and logs; the client never learns it
   * @param keyId the id of the key that the text names, 8 hex digits, or null when it was not read
   *     so far. The text may lie
   */
  record Rejected(Reason reason, @Nullable String keyId) implements Decoded {
    /** Checks that there is a reason. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }

    /** A rejection that got no further than the key id. */
    public Rejected(Reason reason) {
      this(reason, null);
    }
  }

  /** Why a text is not a session. Until the seal holds, all of them look the same from outside. */
  enum Reason {
    /** Longer than this encoder ever writes; nothing else was looked at. */
    TOO_LONG,
    /**
     * Not the canonical text of any token: wrong alphabet, padding, stray bits, impossible length.
     */
    MALFORMED,
    /** One of the cookies that hold it is missing, or they are of different writes. */
    INCOMPLETE,
    /** A format version or header flag that this release does not know. */
    UNKNOWN_VERSION,
    /** Sealed by a key that is not in the ring. */
    UNKNOWN_KEY,
    /** Sealed by a key that was revoked. */
    REVOKED_KEY,
    /** The seal does not fit: changed on the way, made by another key, or meant for another use. */
    BAD_SEAL,
    /** The seal is good, but the payload breaks the rules of the serializer. */
    BAD_PAYLOAD,
    /** The seal is good, but the idle or the absolute timeout has passed. */
    EXPIRED,
    /** The seal is good, but its times lie further in the future than clocks may differ. */
    NOT_YET_VALID,
    /** The seal is good, but {@link Revocation} says no. */
    REVOKED,
    /** The seal is good, but a {@link SessionCondition} of the policy does not hold. */
    REFUSED,
    /** The seal is good, but the text holds no times to judge it by. */
    UNDATED,
    /** Of a format or place that is not read any more since its date. */
    RETIRED,
    /** Two different valid sessions were received in one request. */
    AMBIGUOUS
  }
}
