package dev.madeleine;

import dev.madeleine.Decoded.Reason;
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
 * @param rejection see {@link Session#rejection}
 */
record Origin(
    @Nullable SessionSnapshot accepted,
    @Nullable String text,
    boolean byOldKey,
    boolean cookieCame,
    boolean toExpire,
    @Nullable String requestedId,
    @Nullable Reason rejection) {
  static final Origin NONE = new Origin(null, null, false, false, false, null, null);

  /** Whether the session that came had anything in it. */
  boolean hadContent() {
    return accepted != null && (accepted.subject() != null || !accepted.attributes().isEmpty());
  }

  /** What is left of it when its session has ended in this request. */
  Origin over() {
    return new Origin(null, null, false, cookieCame, cookieCame, requestedId, rejection);
  }
}
