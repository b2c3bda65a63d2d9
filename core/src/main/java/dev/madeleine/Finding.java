package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Reason;
import dev.madeleine.Decoded.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one carrier found in a request. */
sealed interface Finding {
  /** Where it looked. */
  SessionCarrier carrier();

  /** There was nothing of ours. */
  record Nothing(SessionCarrier carrier) implements Finding {}

  /**
   * There was one session that may be used.
   *
   * @param text the text that was accepted
   */
  record Valid(SessionCarrier carrier, Accepted accepted, String text) implements Finding {}

  /**
   * There was something, but no session that may be used.
   *
   * @param authentic the session whose seal was good but which the policy refuses, or null
   * @param ended whether a session of ours has expired or was revoked, so that the client need not
   *     send it again
   */
  record Invalid(
      SessionCarrier carrier, Rejected rejected, @Nullable SessionSnapshot authentic, boolean ended)
      implements Finding {}

  /** Decodes and judges every candidate; one session may remain. */
  static Finding of(SessionCarrier carrier, RequestHeaders request, SessionPolicy policy) {
    Place.Found found = carrier.read(request);
    if (found.isEmpty()) {
      return new Nothing(carrier);
    }
    if (carrier.isRetired(policy.now())) {
      return rejected(carrier, Reason.RETIRED);
    }
    Rejected incomplete = found.incomplete() ? new Rejected(Reason.INCOMPLETE) : null;
    return of(carrier, found.texts(), incomplete, request, policy);
  }

  private static Finding of(
      SessionCarrier carrier,
      List<String> candidates,
      @Nullable Rejected incomplete,
      RequestHeaders request,
      SessionPolicy policy) {
    Valid valid = null;
    Rejected rejected = incomplete;
    SessionSnapshot authentic = null;
    boolean ended = false;
    for (String text : candidates) {
      Decoded decoded = decode(carrier.encoder(), text);
      if (decoded instanceof Accepted accepted) {
        Reason refusal = policy.judge(accepted.snapshot(), request);
        if (refusal == null && valid != null) {
          return rejected(carrier, Reason.AMBIGUOUS);
        }
        if (refusal == null) {
          valid = new Valid(carrier, accepted, text);
        } else {
          decoded = new Rejected(refusal, accepted.keyId());
          authentic = accepted.snapshot();
          ended |= refusal == Reason.EXPIRED || refusal == Reason.REVOKED;
        }
      }
      if (rejected == null && decoded instanceof Rejected first) {
        rejected = first;
      }
    }
    if (valid != null) {
      return valid;
    }
    return rejected == null
        ? new Nothing(carrier)
        : new Invalid(carrier, rejected, authentic, ended);
  }

  private static Invalid rejected(SessionCarrier carrier, Reason why) {
    return new Invalid(carrier, new Rejected(why), null, false);
  }

  /** What an encoder says; one that throws all the same, against its contract, rejects. */
  private static Decoded decode(SessionEncoder encoder, String text) {
    try {
      return encoder.decode(text);
    } catch (RuntimeException e) {
      return new Rejected(Reason.MALFORMED); // The cause is dropped: it may quote the text.
    }
  }

  /** Whether there was anything, readable or not. */
  default boolean isPresent() {
    return !(this instanceof Nothing);
  }

  /**
   * Whether this place may be expired unless it is written: what it held was authentic, and has
   * ended or has been read.
   */
  default boolean mayExpire() {
    return this instanceof Valid || hasEnded();
  }

  /** Whether there was a session of ours that has expired or was revoked. */
  default boolean hasEnded() {
    return this instanceof Invalid invalid && invalid.ended;
  }

  /** Whether there was something authentic that tells no times. */
  default boolean isUndated() {
    return this instanceof Invalid invalid && invalid.rejected.reason() == Reason.UNDATED;
  }

  /**
   * The session, if it may be used beside what was found in the place that is written. A session
   * without timestamps is ignored if our own cookie has expired or was revoked; otherwise it would
   * be renewed forever and survive a logout.
   */
  default @Nullable Valid usableBeside(Finding written) {
    boolean usable =
        this instanceof Valid valid
            && (!written.hasEnded() || valid.accepted.snapshot().created() != null);
    return usable ? (Valid) this : null;
  }
}
