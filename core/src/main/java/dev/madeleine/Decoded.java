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
  record Rejected(RejectionReason reason, @Nullable String keyId) implements Decoded {
    /** Checks that there is a reason. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }

    /** A rejection that got no further than the key id. */
    public Rejected(RejectionReason reason) {
      this(reason, null);
    }
  }
}
