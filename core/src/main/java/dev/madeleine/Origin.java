package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Reason;
import dev.madeleine.Decoded.Rejected;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought along for its session.
 *
 * @param accepted the session that came, or null
 * @param text the text that was accepted, or else the first that was rejected; null if none came
 * @param byOldKey whether it was sealed by a key that no longer signs
 * @param cookieCame whether any cookie of our name came, readable or not
 * @param toExpire whether the cookie is to be expired unless something new is written: it was ours,
 *     and it is over
 * @param requestedId see {@link Session#requestedId}
 * @param rejection why no session came although a cookie did, or null
 */
record Origin(
    @Nullable SessionSnapshot accepted,
    @Nullable String text,
    boolean byOldKey,
    boolean cookieCame,
    boolean toExpire,
    @Nullable String requestedId,
    @Nullable Rejected rejection) {
  static final Origin NONE = new Origin(null, null, false, false, false, null, null);

  /** Decodes and judges every candidate of a request; one session may remain. */
  static Origin of(List<String> candidates, SessionEncoder encoder, SessionPolicy policy) {
    if (candidates.isEmpty()) {
      return NONE;
    }
    Accepted accepted = null;
    Rejected rejected = null;
    SessionSnapshot sealed = null;
    boolean over = false;
    String chosen = candidates.get(0);
    for (String text : candidates) {
      Decoded decoded = encoder.decode(text);
      if (decoded instanceof Accepted authentic) {
        Reason reason = policy.judge(authentic.snapshot());
        if (reason == null && accepted != null) {
          return rejected(new Rejected(Reason.AMBIGUOUS), candidates.get(0), null, false);
        }
        if (reason == null) {
          accepted = authentic;
          chosen = text;
        } else {
          decoded = new Rejected(reason);
          sealed = authentic.snapshot();
          over |= reason == Reason.EXPIRED || reason == Reason.REVOKED;
        }
      }
      if (rejected == null && decoded instanceof Rejected first) {
        rejected = first;
      }
    }
    if (accepted != null) {
      SessionSnapshot snapshot = accepted.snapshot();
      return new Origin(snapshot, chosen, accepted.byOldKey(), true, false, snapshot.id(), null);
    }
    return rejected(Objects.requireNonNull(rejected), chosen, sealed, over);
  }

  private static Origin rejected(
      Rejected rejected, String text, @Nullable SessionSnapshot sealed, boolean over) {
    String id = sealed == null || sealed.id() == null ? "rejected" : sealed.id();
    return new Origin(null, text, false, true, over, id, rejected);
  }

  /** Whether the session that came had anything in it. */
  boolean hadContent() {
    return accepted != null && (accepted.subject() != null || !accepted.attributes().isEmpty());
  }

  /** What is left of it when its session has ended in this request. */
  Origin over() {
    return new Origin(null, null, false, cookieCame, cookieCame, requestedId, rejection);
  }
}
