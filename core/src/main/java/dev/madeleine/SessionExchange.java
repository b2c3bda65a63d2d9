package dev.madeleine;

import dev.madeleine.SessionEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response seen from their session, for adapters to web frameworks: the session
 * that the request brought, and the headers that the response needs for it at any moment.
 *
 * <p>This is the one place that knows what was received, what was last saved and what was reported.
 * Safe for use by several threads of the request.
 *
 * <pre>{@code
 * SessionExchange exchange = sessions.exchange(name -> request.headers(name));
 * Session session = exchange.session();
 * ...                                        // the application works with the session
 * exchange.headers().forEach(response::set); // after each change, or once before the headers go
 * }</pre>
 */
public final class SessionExchange {
  private static final HttpHeader NO_STORE = new HttpHeader("Cache-Control", "no-store");

  private final Sessions sessions;
  private final RequestHeaders request;
  private final Set<Cause> reported = EnumSet.noneOf(Cause.class);
  private Written written;
  private Session session;
  private List<HttpHeader> headers = List.of();

  /** When the session was saved as it is, or null if it has changed since. */
  private @Nullable Instant savedAt;

  /** The session as it was last saved, or received; its attributes note that themselves. */
  private Session.State saved = Session.State.EMPTY;

  private boolean wasSaved;

  SessionExchange(Sessions sessions, RequestHeaders request) {
    this.sessions = sessions;
    this.request = request;
    written = sessions.transports().written();
    session = newSession();
  }

  private Session newSession() {
    Transports transports = sessions.transports();
    Serializer serializer = transports.writing().encoder().serializer();
    return new Session(this, new AttributeMap(serializer, transports.sharedSerializers()));
  }

  /**
   * The session of the request, or its successor. Costs next to nothing until it is asked for
   * something: only then is the cookie verified and parsed, as by {@link #load}.
   */
  public synchronized Session session() {
    return session;
  }

  /** Verifies and parses what the request brought, unless that has been done. */
  public synchronized void load() {
    if (!session.isLoaded()) {
      Received received = Received.of(request, sessions.transports(), sessions.policy());
      received.events().forEach(sessions::report);
      begin(received);
    }
  }

  private void begin(Received received) {
    session.begin(received, complete(received.snapshot()));
    saved = session.state();
  }

  /** The metadata as it was received, or new, with nothing missing. */
  private SessionSnapshot complete(@Nullable SessionSnapshot received) {
    SessionPolicy policy = sessions.policy();
    SessionSnapshot metadata =
        received == null ? SessionSnapshot.EMPTY.withRemembered(policy.rememberAll()) : received;
    if (metadata.id() == null) {
      metadata = metadata.withId(sessions.newId());
    }
    if (metadata.maxIdle() == null) {
      metadata = metadata.withMaxIdle(policy.idle());
    }
    if (metadata.created() == null || metadata.refreshed() == null) {
      metadata = metadata.withTimes(policy.now(), policy.now());
    }
    return metadata;
  }

  /** Whether anything was asked of the session, so that the response depends on it. */
  public synchronized boolean isLoaded() {
    return session.isLoaded();
  }

  /**
   * Begins a new session in the place of the one that has ended; it takes over the cookie.
   *
   * @throws IllegalStateException if the session has not ended
   */
  public synchronized Session successor() {
    if (!session.isInvalidated()) {
      throw new IllegalStateException("the session has not ended, so it has no successor");
    }
    Received received = session.received().afterEnd();
    session = newSession();
    changed();
    wasSaved = false;
    reported.clear();
    begin(received);
    return session;
  }

  /**
   * The headers that the response needs for the session as it now is, which is thereby saved. May
   * be asked again after each change, or at any time: an answer replaces the one before, and asking
   * costs next to nothing if nothing can have changed.
   *
   * @return none if the session was never asked for anything; otherwise {@code Vary}, to be added,
   *     and if the browser is to store or drop the cookie {@code Set-Cookie} with {@code
   *     Cache-Control: no-store}, which an application that sets its own may leave out
   * @throws SessionTooLargeException if the session does not fit; the client keeps the one before
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried,
   *     or there are more names or values in all than a session may have
   */
  public synchronized List<HttpHeader> headers() {
    if (!session.isLoaded()) {
      return List.of();
    }
    Instant now = sessions.policy().now();
    if (!isSavedAt(now)) {
      savedAt = null;
      headers = withVary(lines(now).headers());
      session.attributes().saved();
      saved = session.state();
      wasSaved = true;
      savedAt = now;
    }
    return headers;
  }

  /**
   * Whether the headers are still those of the last answer: nothing can have changed, and neither
   * time nor another request can call for others.
   */
  private boolean isSavedAt(Instant now) {
    return now.equals(savedAt)
        && !mayChangeInPlace()
        && Revocation.NONE.equals(sessions.policy().revocation());
  }

  private List<HttpHeader> withVary(List<HttpHeader> lines) {
    List<HttpHeader> vary = sessions.transports().vary();
    if (lines.isEmpty()) {
      return vary;
    }
    List<HttpHeader> all = new ArrayList<>(vary.size() + lines.size() + 1);
    all.addAll(vary);
    all.addAll(lines);
    all.add(NO_STORE);
    return all;
  }

  /** What becomes of the cookie. */
  private HeaderLines lines(Instant now) {
    Received received = session.received();
    if (session.isInvalidated()) {
      return written.expire(received.present(), request);
    }
    Set<Cause> causes = causes(received);
    if (!session.hasContent() && (session.isNew() || received.hadContent())) {
      return written.expire(
          received.hadContent() ? received.present() : received.mayExpire(), request);
    }
    if (causes.isEmpty()) {
      return written.leave(request, received);
    }
    if (isRevoked(received)) {
      // Another request ended it: this one must not revive it.
      return written.expire(received.present(), request);
    }
    return store(received, causes, now);
  }

  /** Why the session, which has not ended, is to be stored anew; empty if it is not. */
  private Set<Cause> causes(Received received) {
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    boolean changed = session.isChanged(); // Notes the attributes as they are now.
    if (session.isNew()) {
      causes.add(Cause.NEW);
      return causes;
    }
    if (changed) {
      causes.add(Cause.CHANGED);
    }
    if (sessions.policy().renewalDue(session.state().metadata())) {
      causes.add(Cause.RENEWAL_DUE);
    }
    if (received.byOldKey()) {
      causes.add(Cause.OLD_KEY);
    }
    if (!received.inSync()) {
      causes.add(Cause.OTHER_PLACE);
    }
    return causes;
  }

  private boolean isRevoked(Received received) {
    SessionSnapshot before = received.snapshot();
    SessionSnapshot metadata = session.state().metadata();
    return before != null
        && sessions
            .policy()
            .isRevoked(Objects.equals(before.created(), metadata.created()) ? before : metadata);
  }

  private HeaderLines store(Received received, Set<Cause> causes, Instant now) {
    SessionTransport place = written.writing();
    try {
      SessionSnapshot snapshot = session.snapshot(now);
      Duration maxAge = sessions.policy().maxAge(snapshot);
      HeaderLines lines = written.store(snapshot, maxAge, request, received, now);
      Set<Cause> unreported = EnumSet.copyOf(causes);
      unreported.removeAll(reported);
      reported.addAll(causes);
      if (!unreported.isEmpty()) {
        report(new SessionEvent.Issued(place.name(), place.encoder().keyId(), unreported));
      }
      return lines;
    } catch (SessionTooLargeException e) {
      report(new SessionEvent.SessionTooLarge(place.name(), String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /**
   * Whether the session has changed since {@link #headers} was last asked; once the response's
   * headers have gone, that change is lost.
   */
  public synchronized boolean hasUnsavedChanges() {
    boolean possible = session.isLoaded() && (savedAt == null || mayChangeInPlace());
    return possible
        && (!session.state().isSameAs(saved)
            || (!session.isInvalidated() && session.attributes().isUnsaved()));
  }

  /**
   * Whether the application holds a value of the session that can change in place, so that {@link
   * #headers} has to be asked again before the response's headers go.
   */
  public synchronized boolean mayChangeInPlace() {
    return session.attributes().isHandedOut();
  }

  /**
   * Returns a header that reverts one returned by {@link #headers}, for containers that cannot
   * remove a header once set. It sends the cookie of the request again, or expires it if there was
   * none.
   *
   * @param name of the header, or of the cookie if it was {@code Set-Cookie}
   * @return null if no header of this name comes from the session
   */
  public synchronized @Nullable HttpHeader revert(String name) {
    load();
    Received received = session.received();
    SessionSnapshot snapshot = received.snapshot();
    Duration maxAge = snapshot == null ? null : sessions.policy().maxAge(snapshot);
    return written.revert(name, maxAge, request, received);
  }

  /** Reports an event to the listener of the sessions; never throws. */
  public void report(SessionEvent event) {
    sessions.report(event);
  }

  /** Notes that the session is not what was saved. */
  void changed() {
    savedAt = null;
  }

  /** Changes the cookie's options for this response. */
  void changeCookie(UnaryOperator<CookieOptions> change) {
    SessionTransport present = written.writing();
    CookieOptions options = present.options();
    if (options == null) {
      throw new IllegalStateException(
          "the session travels in the header %s, there is no cookie to change"
              .formatted(present.name()));
    }
    written = written.withCookie(change.apply(options).requireSameCookie(options));
    changed();
  }

  /** Tells the revocation that the session has ended, and all its cookies that may be out there. */
  void revokeEnded(Received received, SessionSnapshot metadata) {
    SessionSnapshot before = received.snapshot();
    if (before != null) {
      sessions.policy().revoke(before);
    }
    if (wasSaved && (before == null || !metadata.hasMetadataOf(before))) {
      sessions.policy().revoke(metadata); // A cookie of it may be on its way.
    }
  }

  /** The policy, for the session. */
  SessionPolicy policy() {
    return sessions.policy();
  }

  /** A new session id. */
  String newId() {
    return sessions.newId();
  }

  /** What a debugger shows: no id and no values. */
  @Override
  public synchronized String toString() {
    return "SessionExchange[" + session + "]";
  }
}
