package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.Finding.Invalid;
import dev.madeleine.Finding.Valid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought along for its session: what was found in each place, and the session that
 * was chosen among it. {@link Written} is what the response answers.
 */
final class Received {
  private final List<Finding> findings;
  private final @Nullable Accepted accepted;
  private final @Nullable Valid source;
  private final boolean inSync;

  /** Whether that session has ended in this request, so that nothing of it may stay. */
  private final boolean ended;

  private Received(
      List<Finding> findings,
      @Nullable Accepted accepted,
      @Nullable Valid source,
      boolean inSync,
      boolean ended) {
    this.findings = findings;
    this.accepted = accepted;
    this.source = source;
    this.inSync = inSync;
    this.ended = ended;
  }

  /**
   * Looks into every place and chooses the session.
   *
   * @param since a session that was refreshed before may lie in a former place under the name of
   *     the one that is written
   */
  static Received of(
      RequestHeaders request,
      Transports transports,
      SessionPolicy policy,
      Instant now,
      Instant since) {
    List<Finding> findings = new ArrayList<>(transports.all().size());
    for (SessionTransport place : transports.all()) {
      findings.add(Finding.of(place, request, policy, now));
    }
    return new Choice(findings, transports, now, since).received();
  }

  /** Chooses the session among what was found. */
  private record Choice(List<Finding> findings, Transports transports, Instant now, Instant since) {
    Received received() {
      Finding first = findings.get(0);
      for (Finding finding : sharedFindings()) {
        Valid shared = finding.usableBeside(first);
        if (shared != null) {
          return shared(shared);
        }
      }
      if (first instanceof Valid written) {
        return new Received(findings, written.accepted(), written, isInSync(written), false);
      }
      for (Finding finding : findings) {
        Valid usable = finding.usableBeside(first);
        if (usable != null) {
          return new Received(findings, adopt(usable.accepted()), usable, false, false);
        }
      }
      return new Received(findings, null, null, false, false);
    }

    private List<Finding> sharedFindings() {
      int count = transports.shared().size();
      return count == 0 ? List.of() : findings.subList(1, 1 + count);
    }

    /**
     * Whether all places that are written hold what they should, as far as can be read. A cookie
     * does not say where it lies, so what was written before this configuration was in use may lie
     * in a former place.
     */
    private boolean isInSync(Valid written) {
      boolean inSync = !written.isOlderThan(since);
      for (Finding shared : sharedFindings()) {
        inSync &=
            shared instanceof Valid || shared.isUndated() || shared.transport().isRetired(now);
      }
      return inSync;
    }

    /** A session that another system writes too: its attributes hold, id and times are ours. */
    private Received shared(Valid shared) {
      Accepted theirs = shared.accepted();
      if (!(findings.get(0) instanceof Valid first)) {
        return new Received(findings, adopt(theirs), shared, false, false);
      }
      Accepted ours = first.accepted();
      if (isSame(shared.transport().encoder().serializer(), ours, theirs)) {
        return new Received(findings, ours, first, isInSync(first), false);
      }
      SessionSnapshot merged =
          ours.snapshot().withAttributes(theirs.snapshot().located(), null, null);
      Accepted both = new Accepted(merged, theirs.byOldKey(), theirs.late(), theirs.keyId());
      return new Received(findings, adopt(both), shared, false, false);
    }

    /** Whether both say the same in the format that is shared. */
    private static boolean isSame(Serializer format, Accepted ours, Accepted theirs) {
      try {
        return Arrays.equals(
            format.toBytes(ours.snapshot().attributes()),
            format.toBytes(theirs.snapshot().attributes()));
      } catch (IllegalArgumentException e) {
        return false; // What the format cannot carry was never written in it.
      }
    }

    /** A session from elsewhere with the attributes that all places carry that are written. */
    private Accepted adopt(Accepted accepted) {
      if (transports.carryAsItIs(accepted.snapshot())) {
        return accepted;
      }
      Map<String, Object> attributes = new LinkedHashMap<>();
      List<String> refused = new ArrayList<>();
      accepted
          .snapshot()
          .attributes()
          .forEach(
              (name, value) -> {
                try {
                  if (value != null) {
                    attributes.put(name, transports.adopt(name, value));
                  }
                } catch (IllegalArgumentException e) {
                  refused.add(name); // Reported as unreadable.
                }
              });
      // All values have been built, so it is known which of them are unreadable.
      List<String> unreadable = new ArrayList<>(accepted.snapshot().unreadable());
      unreadable.addAll(refused);
      return new Accepted(
          accepted
              .snapshot()
              .withAttributes(LocatedAttributes.of(attributes, unreadable), null, null),
          accepted.byOldKey(),
          accepted.late(),
          accepted.keyId());
    }
  }

  /** What is left of it when its session has ended in this request. */
  Received afterEnd() {
    return new Received(findings, accepted, source, false, true);
  }

  /** The session that was received, or null if there was none or it has ended since. */
  @Nullable SessionSnapshot snapshot() {
    return accepted == null || ended ? null : accepted.snapshot();
  }

  /** Whether it was sealed by a key that no longer signs. */
  boolean byOldKey() {
    return accepted != null && accepted.byOldKey();
  }

  /** Whether the places that are written hold this session already. */
  boolean inSync() {
    return inSync;
  }

  /** Whether the session that was received had anything in it. */
  boolean hadContent() {
    SessionSnapshot session = snapshot();
    return session != null && (session.subject() != null || !session.located().isEmpty());
  }

  /** The text that was accepted from this place, or null. */
  @Nullable String textFrom(SessionTransport place) {
    return !ended && source != null && source.transport() == place ? source.text() : null;
  }

  /** The places in which anything was received, readable or not. */
  List<SessionTransport> present() {
    return places(Finding::isPresent);
  }

  /** The places that may be expired, although nothing is written. */
  List<SessionTransport> mayExpire() {
    return ended ? present() : places(Finding::mayExpire);
  }

  /** Whether this place, which is not written, may be expired. */
  boolean mayExpire(SessionTransport place) {
    Finding finding = in(place);
    return ended ? finding.isPresent() : finding.mayExpire();
  }

  /** Whether this place, which is only read, may be expired as the session is written. */
  boolean mayBeReplaced(SessionTransport place) {
    Finding finding = in(place);
    return ended ? finding.isPresent() : finding.mayBeReplaced();
  }

  private Finding in(SessionTransport place) {
    for (Finding finding : findings) {
      if (finding.transport() == place) {
        return finding;
      }
    }
    return new Finding.Nothing(place);
  }

  private List<SessionTransport> places(Predicate<Finding> condition) {
    List<SessionTransport> places = new ArrayList<>(1);
    for (Finding finding : findings) {
      if (condition.test(finding)) {
        places.add(finding.transport());
      }
    }
    return places;
  }

  /** See {@link Session#requestedId}. */
  @Nullable String requestedId() {
    if (accepted != null) {
      return accepted.snapshot().id();
    }
    Invalid invalid = mostTelling();
    if (invalid == null) {
      return null;
    }
    SessionSnapshot authentic = invalid.authentic();
    return authentic == null || !invalid.ended() ? null : authentic.id();
  }

  /** Why no session was received although something was, or null. */
  @Nullable Rejected rejection() {
    Invalid invalid = accepted == null ? mostTelling() : null;
    return invalid == null ? null : invalid.rejected();
  }

  /** The first rejection, but rather one of something authentic; null if there is none. */
  private @Nullable Invalid mostTelling() {
    Invalid telling = null;
    for (Finding finding : findings) {
      if (finding instanceof Invalid invalid
          && (telling == null || (telling.authentic() == null && invalid.authentic() != null))) {
        telling = invalid;
      }
    }
    return telling;
  }

  /** The attributes that have turned out to be unreadable so far. */
  Set<String> unreadable() {
    return accepted == null ? Set.of() : accepted.snapshot().unreadable();
  }

  /** Where the session was found that was accepted. */
  SessionTransport place() {
    return Objects.requireNonNull(source).transport();
  }

  /** Reports it, apart from what is {@link #unreadable}. */
  void report(Sessions sessions) {
    if (accepted != null) {
      SessionTransport place = place();
      String keyId = accepted.keyId();
      if (sessions.hearsRoutine()) {
        int size = source == null ? 0 : source.text().length();
        sessions.report(
            new SessionEvent.Accepted(place.name(), place.encoder().format(), keyId, size));
      }
      if (accepted.late() && keyId != null) {
        sessions.report(new SessionEvent.LateKeyUsed(place.name(), keyId));
      }
      return;
    }
    Invalid invalid = mostTelling();
    if (invalid != null) {
      Rejected why = invalid.rejected();
      sessions.report(
          new SessionEvent.Rejected(invalid.transport().name(), why.reason(), why.keyId()));
    }
  }
}
