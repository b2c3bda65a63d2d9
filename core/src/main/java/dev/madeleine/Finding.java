package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one transport found in a request. */
sealed interface Finding {
  /** Where it looked. */
  SessionTransport transport();

  /** There was nothing of ours. */
  record Nothing(SessionTransport transport) implements Finding {}

  /**
   * There was one session that may be used.
   *
   * @param text the text that was accepted
   */
  record Valid(SessionTransport transport, Accepted accepted, String text) implements Finding {
    /**
     * Whether it was refreshed later than another; at the same time, whether its text is greater.
     */
    boolean isLaterThan(Valid other) {
      int order = refreshed().compareTo(other.refreshed());
      return order > 0 || (order == 0 && text.compareTo(other.text) > 0);
    }

    /** When it was refreshed; what holds no times is older than everything that does. */
    private Instant refreshed() {
      Instant refreshed = accepted.snapshot().refreshed();
      return refreshed == null ? Instant.MIN : refreshed;
    }

    /** Whether it was refreshed before this time. */
    boolean isOlderThan(Instant time) {
      return refreshed().isBefore(time);
    }
  }

  /**
   * There was something, but no session that may be used.
   *
   * @param authentic the session whose seal was good but which the policy refuses, or null
   * @param ended whether a session of ours has expired or was revoked, so that the client need not
   *     send it again
   */
  record Invalid(
      SessionTransport transport,
      Rejected rejected,
      @Nullable SessionSnapshot authentic,
      boolean ended)
      implements Finding {}

  /**
   * Decodes and judges every candidate. Of several sessions that may be used, copies of one cookie
   * under other paths, domains or partitions, the one that was refreshed last counts; those of
   * different subjects are ambiguous, as somebody may have planted one.
   */
  static Finding of(
      SessionTransport transport, RequestHeaders request, SessionPolicy policy, Instant now) {
    Place.Found found = transport.read(request);
    if (found.isEmpty()) {
      return new Nothing(transport);
    }
    if (transport.isRetired(now)) {
      return rejected(transport, RejectionReason.RETIRED);
    }
    Rejected incomplete = found.incomplete() ? new Rejected(RejectionReason.INCOMPLETE) : null;
    return of(transport, found.texts(), incomplete, request, policy, now);
  }

  private static Finding of(
      SessionTransport transport,
      List<String> candidates,
      @Nullable Rejected incomplete,
      RequestHeaders request,
      SessionPolicy policy,
      Instant now) {
    Valid valid = null;
    Subject subject = null;
    boolean ambiguous = false;
    Rejected rejected = incomplete;
    SessionSnapshot authentic = null;
    boolean ended = false;
    for (String text : candidates) {
      Decoded decoded = decode(transport.encoder(), text);
      if (decoded instanceof Accepted accepted) {
        RejectionReason refusal = policy.judge(accepted.snapshot(), request, now);
        if (refusal == null) {
          Valid next = new Valid(transport, accepted, text);
          valid = valid == null || next.isLaterThan(valid) ? next : valid;
          Subject other = accepted.snapshot().subject();
          ambiguous |= subject != null && other != null && !subject.hash().equals(other.hash());
          subject = other == null ? subject : other;
        } else {
          decoded = new Rejected(refusal, accepted.keyId());
          authentic = accepted.snapshot();
          ended |= refusal == RejectionReason.EXPIRED || refusal == RejectionReason.REVOKED;
        }
      }
      if (rejected == null && decoded instanceof Rejected first) {
        rejected = first;
      }
    }
    if (ambiguous) {
      return rejected(transport, RejectionReason.AMBIGUOUS);
    }
    if (valid != null) {
      return valid;
    }
    return rejected == null
        ? new Nothing(transport)
        : new Invalid(transport, rejected, authentic, ended);
  }

  private static Invalid rejected(SessionTransport transport, RejectionReason why) {
    return new Invalid(transport, new Rejected(why), null, false);
  }

  /** What an encoder says; one that throws all the same, against its contract, rejects. */
  private static Decoded decode(SessionEncoder encoder, String text) {
    try {
      return Objects.requireNonNull(encoder.decode(text));
    } catch (RuntimeException e) {
      return new Rejected(
          RejectionReason.MALFORMED); // The cause is not kept: it may quote the text.
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

  /**
   * Whether this place may be expired when the session is written: all that it held was authentic,
   * but of several users.
   */
  default boolean mayBeReplaced() {
    return mayExpire()
        || (this instanceof Invalid invalid
            && invalid.rejected.reason() == RejectionReason.AMBIGUOUS);
  }

  /** Whether there was a session of ours that has expired or was revoked. */
  default boolean hasEnded() {
    return this instanceof Invalid invalid && invalid.ended;
  }

  /** Whether there was something authentic that holds no times. */
  default boolean isUndated() {
    return this instanceof Invalid invalid && invalid.rejected.reason() == RejectionReason.UNDATED;
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
