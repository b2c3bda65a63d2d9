package dev.madeleine;

import dev.madeleine.SessionEvent.Cause;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session during its request: how it came, how it is now, what was last saved.
 */
final class SessionState {
  private final Sessions sessions;
  private final RequestHeaders request;
  private final AttributeMap attributes;
  private @Nullable Origin origin;

  /** Id, times, subject; the attributes of this picture are those that came. */
  private SessionSnapshot metadata = SessionSnapshot.EMPTY;

  private SessionSnapshot first = SessionSnapshot.EMPTY;
  private SessionSnapshot saved = SessionSnapshot.EMPTY;
  private boolean kept;
  private boolean ended;
  private boolean savedEnded;
  private boolean wasSaved;
  private boolean savedKept;

  /** What the listener was told of this session's cookies. */
  private final Set<Cause> told = EnumSet.noneOf(Cause.class);

  SessionState(Sessions sessions, RequestHeaders request) {
    this.sessions = sessions;
    this.request = request;
    Carriers carriers = sessions.carriers();
    attributes =
        new AttributeMap(carriers.writing().encoder().serializer(), carriers.otherSerializers());
  }

  /** The state of a session that begins where another ended in the same request. */
  SessionState(Sessions sessions, SessionState predecessor) {
    this(sessions, predecessor.request);
    begin(predecessor.origin().over());
  }

  /** What came with the request; the first call verifies and parses the cookie. */
  Origin origin() {
    Origin known = origin;
    return known == null ? begin(sessions.read(request)) : known;
  }

  private Origin begin(Origin came) {
    origin = came;
    metadata = complete(came.accepted());
    first = metadata;
    saved = metadata;
    attributes.begin(metadata);
    return came;
  }

  /** The metadata as it came, or new, with nothing missing. */
  private SessionSnapshot complete(@Nullable SessionSnapshot accepted) {
    SessionPolicy policy = sessions.policy();
    SessionSnapshot session =
        accepted == null ? SessionSnapshot.EMPTY.withRemembered(policy.rememberAll()) : accepted;
    if (session.id() == null) {
      session = session.withId(sessions.newId());
    }
    if (session.maxIdle() == null) {
      session = session.withMaxIdle(policy.idle());
    }
    if (session.created() == null || session.refreshed() == null) {
      session = session.withTimes(policy.now(), policy.now());
    }
    return session;
  }

  RequestHeaders request() {
    return request;
  }

  /** Why this session, which has not ended, is to be stored anew; empty if it is not. */
  Set<Cause> causes() {
    Origin came = origin();
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    boolean changed = isChanged();
    if (came.accepted() == null) {
      causes.add(Cause.NEW);
      return causes;
    }
    if (changed) {
      causes.add(Cause.CHANGED);
    }
    if (sessions.policy().renewalDue(metadata)) {
      causes.add(Cause.RENEWAL_DUE);
    }
    if (came.byOldKey()) {
      causes.add(Cause.OLD_KEY);
    }
    if (!came.inStep()) {
      causes.add(Cause.OTHER_CARRIER);
    }
    return causes;
  }

  /** Those of these causes that the listener has not been told yet in this request. */
  Set<Cause> untold(Set<Cause> causes) {
    Set<Cause> untold = EnumSet.copyOf(causes);
    untold.removeAll(told);
    told.addAll(causes);
    return untold;
  }

  boolean isAsked() {
    return origin != null;
  }

  boolean isNew() {
    return origin().accepted() == null;
  }

  boolean isEnded() {
    return ended;
  }

  /** The attributes of a session that has not ended. */
  AttributeMap attributes() {
    origin();
    if (ended) {
      throw new IllegalStateException("the session has ended; Sessions.successor begins another");
    }
    return attributes;
  }

  SessionSnapshot metadata() {
    origin();
    return metadata;
  }

  void change(SessionSnapshot changed) {
    attributes();
    metadata = changed;
  }

  void keep() {
    attributes();
    kept = true;
  }

  void end() {
    attributes();
    ended = true;
    SessionSnapshot accepted = origin().accepted();
    if (accepted != null) {
      revoke(accepted);
    }
    if (wasSaved && (accepted == null || !metadata.hasMetadataOf(accepted))) {
      revoke(metadata); // A cookie of it may be on its way.
    }
  }

  /** Tells the hook that a session that came with a request has ended. */
  private void revoke(SessionSnapshot ended) {
    String id = ended.id();
    Instant created = ended.created();
    if (id != null && created != null) {
      sessions
          .policy()
          .revocation()
          .revokeSession(
              new Revocation.Stamp(id, created, ended.subject()),
              sessions.policy().expiry(created, ended.remembered()));
    }
  }

  /**
   * The created time of a login now, which a revocation within this very second is not meant for.
   */
  Instant createdNow(String id, Subject subject) {
    Instant created = sessions.policy().now();
    Instant latest = created.plus(SessionPolicy.SKEW);
    while (created.isBefore(latest)
        && sessions.policy().revocation().isRevoked(new Revocation.Stamp(id, created, subject))) {
      created = created.plusSeconds(1);
    }
    return created;
  }

  /** Whether it is still the login, or the visit, that came with the request. */
  boolean sameLogin() {
    SessionSnapshot accepted = origin().accepted();
    return accepted != null && Objects.equals(accepted.created(), metadata.created());
  }

  boolean isChanged() {
    boolean changed = attributes().isChanged();
    return changed || !metadata.hasMetadataOf(first);
  }

  /** Whether {@link #saved} would now have something new to see. */
  boolean isUnsaved() {
    return isAsked()
        && (ended != savedEnded
            || kept != savedKept
            || (!ended && (!metadata.hasMetadataOf(saved) || attributes.isUnsaved())));
  }

  /** Notes that the response's headers tell the state that {@link #isChanged} saw. */
  void saved() {
    wasSaved = true;
    savedEnded = ended;
    savedKept = kept;
    attributes.saved();
    saved = metadata;
  }

  /** Whether there is anything to keep: attributes, a login, or the wish to be kept. */
  boolean hasContent() {
    return kept || metadata.subject() != null || !attributes().isEmpty();
  }

  /** The session as it is to be sealed now. */
  SessionSnapshot snapshot(Instant now) {
    Instant created = metadata.created();
    Instant refreshed = created != null && now.isBefore(created) ? created : now;
    return metadata
        .withAttributes(
            attributes.present(), attributes.serializer(), attributes.encoded(), List.of())
        .fresh()
        .withTimes(created == null ? now : created, refreshed);
  }

  /** How many attributes there are, without asking for the cookie; no id and no values. */
  @Override
  public String toString() {
    if (origin == null) {
      return "Session[not asked for]";
    }
    return ended ? "Session[ended]" : "Session[%s attributes]".formatted(attributes.names().size());
  }
}
