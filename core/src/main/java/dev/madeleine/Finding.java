package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Reason;
import dev.madeleine.Decoded.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one carrier found in a request.
 *
 * @param carrier where it looked
 * @param came whether there was anything, readable or not
 * @param accepted the session, or null
 * @param text the text that was accepted, or null
 * @param rejected why there is no session although something came, or null
 * @param sealed the session whose seal was good but which is over or not to be believed, or null
 * @param over whether a session of ours has ended, so that the client need not send it again
 */
record Finding(
    SessionCarrier carrier,
    boolean came,
    @Nullable Accepted accepted,
    @Nullable String text,
    @Nullable Rejected rejected,
    @Nullable SessionSnapshot sealed,
    boolean over) {

  /** Decodes and judges every candidate; one session may remain. */
  static Finding of(SessionCarrier carrier, RequestHeaders request, SessionPolicy policy) {
    Layout.Found found = carrier.read(request);
    if (!found.came()) {
      return new Finding(carrier, false, null, null, null, null, false);
    }
    if (carrier.isRetired(policy.now())) {
      return rejected(carrier, new Rejected(Reason.RETIRED));
    }
    Rejected rejected = found.incomplete() ? new Rejected(Reason.INCOMPLETE) : null;
    return of(carrier, found.texts(), rejected, policy);
  }

  private static Finding of(
      SessionCarrier carrier,
      List<String> candidates,
      @Nullable Rejected incomplete,
      SessionPolicy policy) {
    Accepted accepted = null;
    String chosen = null;
    Rejected rejected = incomplete;
    SessionSnapshot sealed = null;
    boolean over = false;
    for (String text : candidates) {
      Decoded decoded = decoded(carrier.encoder(), text);
      if (decoded instanceof Accepted authentic) {
        Reason reason = policy.judge(authentic.snapshot());
        if (reason == null && accepted != null) {
          return rejected(carrier, new Rejected(Reason.AMBIGUOUS));
        }
        if (reason == null) {
          accepted = authentic;
          chosen = text;
        } else {
          decoded = new Rejected(reason, authentic.keyId());
          sealed = authentic.snapshot();
          over |= reason == Reason.EXPIRED || reason == Reason.REVOKED;
        }
      }
      if (rejected == null && decoded instanceof Rejected first) {
        rejected = first;
      }
    }
    return accepted == null
        ? new Finding(carrier, true, null, null, rejected, sealed, over)
        : new Finding(carrier, true, accepted, chosen, null, null, false);
  }

  /** What an encoder says; one that throws all the same, against its contract, rejects. */
  private static Decoded decoded(SessionEncoder encoder, String text) {
    try {
      return encoder.decode(text);
    } catch (RuntimeException e) {
      return new Rejected(Reason.MALFORMED); // The cause is dropped: it may quote the text.
    }
  }

  /**
   * Whether a session was found that counts. A copy without times does not when what we write has
   * expired or was revoked: else it would begin a new life at each expiry, and outlive a logout.
   */
  boolean isUsableBeside(Finding written) {
    return accepted != null && (!written.over || accepted.snapshot().created() != null);
  }

  /** Whether something came that is authentic but tells no times. */
  boolean isUndated() {
    return rejected != null && rejected.reason() == Reason.UNDATED;
  }

  private static Finding rejected(SessionCarrier carrier, Rejected why) {
    return new Finding(carrier, true, null, null, why, null, false);
  }
}
