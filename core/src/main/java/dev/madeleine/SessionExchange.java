package dev.madeleine;

import dev.madeleine.SessionEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
  private static final Set<Cause> RENEWAL = Set.of(Cause.RENEWAL_DUE);
  private static final HttpHeader NO_STORE = new HttpHeader("Cache-Control", "no-store");

  private final Sessions sessions;
  private final SessionPolicy policy;
  private final Transports transports;
  private final RequestHeaders request;
  private final Function<String, ? extends @Nullable List<String>> response;
  private Written written;
  private volatile Session session;

  /** What the request brought, or null as long as nobody asked. */
  private @Nullable Received received;

  /** When the session was received or began: the time of everything that was judged then. */
  private Instant begun = Instant.MIN;

  /** Why the session has been stored, as far as that was reported. */
  private Set<Cause> reported = Set.of();

  /** Whether it was reported that another thread changes a value all the time. */
  private boolean changingReported;

  /** The attributes that were reported as unreadable. */
  private Set<String> unreadable = Set.of();

  /** What was last reported of a session that does not fit. */
  private @Nullable String tooLarge;

  private List<HttpHeader> headers = List.of();

  /** When the session was saved as it is, or null if it has changed since. */
  private @Nullable Instant savedAt;

  /** What the response said about caching when the headers were made, or null if not asked. */
  private @Nullable Caching caching;

  /** Whether this request does not renew. */
  private boolean renewalSkipped;

  private boolean notRenewedReported;
  private boolean cachingRefusedReported;

  // The session as it was last saved, or received; its attributes note that themselves.
  private SessionSnapshot saved = SessionSnapshot.EMPTY;
  private boolean savedKept;
  private boolean savedInvalidated;
  private Written savedWritten;
  private boolean wasSaved;

  SessionExchange(
      Sessions sessions,
      RequestHeaders request,
      Function<String, ? extends @Nullable List<String>> response) {
    this.sessions = sessions;
    this.response = response;
    policy = sessions.policy();
    transports = sessions.transports();
    this.request = request;
    written = transports.written(request);
    savedWritten = written;
    session = newSession();
  }

  private Session newSession() {
    Serializer serializer = transports.writing().encoder().serializer();
    return new Session(this, new AttributeMap(serializer, transports.sharedSerializers()));
  }

  /**
   * The session of the request, or its successor. Costs next to nothing until it is asked for
   * something: only then is the cookie verified and parsed, as by {@link #load}.
   */
  public Session session() {
    return session;
  }

  /** Verifies and parses what the request brought, unless that has been done. */
  public void load() {
    received();
  }

  /** What the request brought; the first call verifies and parses it. */
  synchronized Received received() {
    Received known = received;
    if (known == null) {
      Instant now = policy.now();
      Instant since = transports.mayBeElsewhere() ? sessions.inUseSince(now) : Instant.MIN;
      known = Received.of(request, transports, policy, now, since);
      begin(known, now);
      known.report(sessions);
      reportUnreadable();
    }
    return known;
  }

  /**
   * Reports the attributes that have turned out to be unreadable, once each: some show when they
   * are first asked for.
   */
  void reportUnreadable() {
    Received brought = received;
    Set<String> found = brought == null ? Set.of() : brought.unreadable();
    if (brought != null && found.size() > unreadable.size()) {
      for (String name : found) {
        if (!unreadable.contains(name)) {
          report(new SessionEvent.AttributeUnreadable(brought.place().name(), name));
        }
      }
      unreadable = found;
    }
  }

  private void begin(Received brought, Instant now) {
    received = brought;
    begun = now;
    SessionSnapshot snapshot = brought.snapshot();
    SessionSnapshot complete = snapshot == null ? beginning(now) : complete(snapshot, now);
    session.begin(complete, snapshot == null);
    saved = complete;
    savedKept = false;
    savedInvalidated = false;
    savedWritten = written;
    wasSaved = false;
  }

  /** A new session. */
  private SessionSnapshot beginning(Instant now) {
    Instant created = created(now, null, List.of());
    return SessionSnapshot.EMPTY.withMetadata(
        sessions.newId(),
        created,
        created,
        policy.idle(),
        null,
        List.of(),
        policy.rememberAll(),
        false);
  }

  /** The session as it was received, with nothing missing in its metadata. */
  private SessionSnapshot complete(SessionSnapshot brought, Instant now) {
    SessionSnapshot metadata = brought;
    if (metadata.sessionId() == null) {
      metadata = metadata.withSessionId(sessions.newId());
    }
    if (metadata.maxIdle() == null) {
      metadata = metadata.withMaxIdle(policy.idle());
    }
    Instant created = metadata.created();
    Instant refreshed = metadata.refreshed();
    if (created == null || refreshed == null) {
      created = created(now, metadata.subject(), metadata.keys());
      metadata = metadata.withTimes(created, created);
    } else if (refreshed.isBefore(created)) {
      metadata = metadata.withTimes(created, created);
    }
    return metadata;
  }

  /** The created time of a session whose user logs in now. */
  Instant createdNow(Subject subject, List<ApplicationKey> keys) {
    return created(policy.now(), subject, keys);
  }

  private Instant created(Instant now, @Nullable Subject subject, List<ApplicationKey> keys) {
    Instant created = policy.createdNow(now, subject, keys);
    reportRevocation();
    if (created == null) {
      report(new SessionEvent.ClockBehind(written.writing().name()));
      return now; // Revoked from the beginning: nothing that was ended may come back.
    }
    return created;
  }

  private void reportRevocation() {
    policy.reportRevocation(written.writing().name(), this::report);
  }

  /** Whether anything was asked of the session, so that the response depends on it. */
  public synchronized boolean isLoaded() {
    return received != null;
  }

  /**
   * Begins a new session in the place of the one that was invalidated; it takes over the cookie,
   * with the options that were chosen for this response.
   *
   * @throws IllegalStateException if the session was not invalidated
   */
  public synchronized Session successor() {
    if (!session.isInvalidated()) {
      throw new IllegalStateException("the session was not invalidated, so it has no successor");
    }
    Received before = received();
    session = newSession();
    changed();
    reported = Set.of();
    begin(before.afterEnd(), policy.now());
    return session;
  }

  /**
   * The headers that the response needs for the session as it now is, which is thereby saved. May
   * be asked again after each change, or at any time: an answer replaces the one before, and asking
   * costs next to nothing if nothing can have changed.
   *
   * @return none if the session was never asked for anything; otherwise {@code Vary}, to be added,
   *     and if the browser is to store or drop the cookie {@code Set-Cookie}, to be added, with
   *     {@code Cache-Control: no-store}, to be set in place of what the response says there. If the
   *     response's headers were given to {@link Sessions#exchange(Function, Function)}, {@code
   *     Cache-Control} is left out where the response has one that lets nobody else store it. If
   *     another thread changes a value whenever it is written, a few times on end, the answer is
   *     the one before, {@link SessionEvent.SaveGivenUp} is reported, and the session counts as
   *     unsaved
   * @throws SessionTooLargeException if the session does not fit; the client keeps the one before
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried,
   *     or there are more names or values in all than a session may have
   */
  public synchronized List<HttpHeader> headers() {
    Received brought = received;
    if (brought == null) {
      return List.of();
    }
    Instant now = hasAge() ? policy.now() : begun;
    if (!isSavedAt(now)) {
      savedAt = null;
      save(brought, now);
    }
    return headers;
  }

  /** Saves the session, unless another thread changes it all the time. */
  private void save(Received brought, Instant now) {
    for (int attempt = 1; attempt <= AttributeMap.ATTEMPTS; attempt++) {
      try {
        saveOnce(brought, now);
        return;
      } catch (ConcurrentModificationException e) {
        Thread.onSpinWait();
      }
    }
    headers = headers.isEmpty() ? transports.vary() : headers;
    if (!changingReported) {
      changingReported = true;
      report(new SessionEvent.SaveGivenUp(written.writing().name(), AttributeMap.ATTEMPTS));
    }
  }

  private void saveOnce(Received brought, Instant now) {
    caching = null;
    try {
      headers = withVary(lines(brought, now).headers());
    } catch (SessionTooLargeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(tooLarge)) { // Adapters ask again, as it may be made smaller.
        tooLarge = message;
        report(new SessionEvent.SessionTooLarge(written.writing().name(), message));
      }
      throw e;
    }
    session.attributes().saved();
    saved = session.present();
    savedKept = session.isKept();
    savedInvalidated = session.isInvalidated();
    savedWritten = written;
    wasSaved = true;
    savedAt = now;
  }

  /** Whether time alone can call for other headers, as it does for a session that is stored. */
  private boolean hasAge() {
    return !session.isInvalidated() && session.hasContent();
  }

  /**
   * Whether the headers are still those of the last answer: nothing can have changed, and neither
   * time nor another request can call for others. Within one second, time does not.
   */
  private boolean isSavedAt(Instant now) {
    return savedAt != null
        && savedAt.getEpochSecond() == now.getEpochSecond()
        && !mayChangeInPlace()
        && (caching == null || caching == askCaching())
        && !(policy.hasRevocation() && isRevoked());
  }

  private List<HttpHeader> withVary(List<HttpHeader> lines) {
    List<HttpHeader> vary = transports.vary();
    if (lines.isEmpty()) {
      return vary;
    }
    List<HttpHeader> all = new ArrayList<>(vary.size() + lines.size() + 1);
    all.addAll(vary);
    all.addAll(lines);
    if (caching() != Caching.OWN) {
      all.add(NO_STORE);
    }
    if (!cachingRefusedReported && isForOthers()) {
      cachingRefusedReported = true;
      report(new SessionEvent.CachingRefused(written.writing().name()));
    }
    return Collections.unmodifiableList(all); // It is kept for the next answer.
  }

  /** Whether the response may be for others, and has to store more than a renewal. */
  private boolean isForOthers() {
    return caching() == Caching.SHARED
        || (caching() == Caching.AGED && (session.isInvalidated() || session.noteChanges()));
  }

  /** What the response says about caching, asked once for each answer. */
  private Caching caching() {
    Caching known = caching;
    if (known == null) {
      known = askCaching();
      caching = known;
    }
    return known;
  }

  private Caching askCaching() {
    List<String> lines = response.apply("Cache-Control");
    return lines == null || lines.isEmpty() ? Caching.UNSAID : Caching.of(lines);
  }

  /** What becomes of the cookie. */
  private HeaderLines lines(Received brought, Instant now) {
    if (session.isInvalidated()) {
      return written.expire(brought.present(), request, now);
    }
    boolean changed = session.noteChanges();
    if (!session.hasContent() && (brought.snapshot() == null || brought.hadContent())) {
      return written.expire(
          brought.hadContent() ? brought.present() : brought.mayExpire(), request, now);
    }
    Set<Cause> causes = causes(brought, changed, now);
    if (causes.isEmpty()) {
      return written.leave(request, brought, now);
    }
    if (isRevoked(brought)) {
      // Another request ended it: this one must not revive it.
      return written.expire(brought.present(), request, now);
    }
    return store(brought, causes, now);
  }

  /** Why the session, which has content, is to be stored anew; empty if it is not. */
  private Set<Cause> causes(Received brought, boolean changed, Instant now) {
    if (brought.snapshot() == null) {
      return EnumSet.of(Cause.NEW);
    }
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    if (changed) {
      causes.add(Cause.CHANGED);
    }
    if (policy.renewalDue(session.present(), now) && renews()) {
      causes.add(Cause.RENEWAL_DUE);
    }
    if (brought.byOldKey()) {
      causes.add(Cause.OLD_KEY);
    }
    if (!brought.inSync() && renews()) {
      causes.add(Cause.OTHER_PLACE); // Otherwise each request that does not renew would write.
    }
    if (causes.equals(RENEWAL) && caching() == Caching.SHARED) {
      causes.clear(); // The token would be stored by others; another response renews.
    }
    return causes;
  }

  /** Whether the use of the session by this request counts as activity. */
  private boolean renews() {
    return !renewalSkipped && !policy.skipsRenewal(request);
  }

  /**
   * Lets this request read the session without renewing it: its use does not put off the idle
   * timeout. For what runs without the user, such as polling. The session can be changed all the
   * same, and a change renews it.
   */
  public synchronized void skipRenewal() {
    renewalSkipped = true;
    changed();
  }

  /** See {@link Session#expiresAt}. */
  synchronized Instant end(SessionSnapshot present, boolean isNew) {
    Instant now = policy.now();
    Instant refreshed = Objects.requireNonNull(present.refreshed());
    boolean renewed =
        policy.renewalDue(present, now)
            && renews()
            && !notRenewedReported
            && askCaching() != Caching.SHARED;
    boolean used = isNew || renewed;
    return policy.end(present, used && now.isAfter(refreshed) ? now : refreshed);
  }

  /**
   * Whether {@link Revocation} has ended the session of the request since it was received, for
   * example by a logout in another request. False if the request brought none, or if its user has
   * logged in anew since.
   */
  public synchronized boolean isRevoked() {
    return isRevoked(received());
  }

  private boolean isRevoked(Received brought) {
    SessionSnapshot before = brought.snapshot();
    SessionSnapshot present = session.present();
    return before != null
        && policy.isRevoked(Objects.equals(before.created(), present.created()) ? before : present);
  }

  private HeaderLines store(Received brought, Set<Cause> causes, Instant now) {
    boolean changed = causes.contains(Cause.NEW) || causes.contains(Cause.CHANGED);
    boolean used = changed || renews();
    Instant refreshed = used ? now : Objects.requireNonNull(session.present().refreshed());
    try {
      SessionSnapshot snapshot = session.snapshot(refreshed);
      HeaderLines lines = written.store(snapshot, policy.maxAge(snapshot), request, brought, now);
      checkSize(snapshot, lines.size());
      if (sessions.hearsRoutine()) {
        reportIssued(written.writing(), causes);
      }
      return lines;
    } catch (IllegalArgumentException e) {
      if (changed) {
        throw e;
      }
      reportNotRenewed(written.writing(), String.valueOf(e.getMessage()));
      return new HeaderLines(now);
    }
  }

  private void reportNotRenewed(SessionTransport place, String message) {
    if (!notRenewedReported) {
      notRenewedReported = true;
      report(new SessionEvent.NotRenewed(place.name(), message));
    }
  }

  /** Checks the bytes of our lines against the limit, or against what proxies usually take. */
  private void checkSize(SessionSnapshot snapshot, int size) {
    int limit = sessions.responseLimit();
    if (limit > 0 && size > limit) {
      Serializer serializer = written.writing().encoder().serializer();
      throw SessionTooLargeException.ofResponse(snapshot, serializer, size, limit);
    }
    if (limit == 0 && size > Sessions.LARGE_RESPONSE) {
      sessions.reportLarge(written.writing().name(), size);
    }
  }

  private void reportIssued(SessionTransport place, Set<Cause> causes) {
    Set<Cause> unreported = EnumSet.copyOf(causes);
    unreported.removeAll(reported);
    if (!unreported.isEmpty()) {
      causes.addAll(reported);
      reported = causes;
      report(new SessionEvent.Issued(place.name(), place.encoder().keyId(), unreported));
    }
  }

  /**
   * Whether the session has changed since {@link #headers} was last asked; once the response's
   * headers have gone, that change is lost.
   *
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried
   */
  public synchronized boolean hasUnsavedChanges() {
    boolean possible = received != null && (savedAt == null || mayChangeInPlace());
    return possible
        && (session.isKept() != savedKept
            || session.isInvalidated() != savedInvalidated
            || !written.equals(savedWritten)
            || (!savedInvalidated
                && (!session.present().hasMetadataOf(saved) || hasUnsavedAttributes())));
  }

  private boolean hasUnsavedAttributes() {
    try {
      return session.attributes().isUnsaved();
    } catch (ConcurrentModificationException e) {
      return true; // Another thread is changing one.
    }
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
    Received brought = received();
    SessionSnapshot snapshot = brought.snapshot();
    Duration maxAge = snapshot == null ? null : policy.maxAge(snapshot);
    return written.revert(name, maxAge, request, brought, policy.now());
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

  /** Revokes the session that was invalidated: all its cookies that may be out there. */
  void revoke(SessionSnapshot present) {
    SessionSnapshot before = received().snapshot();
    if (before != null) {
      policy.revoke(before);
    }
    if (wasSaved && (before == null || !present.hasMetadataOf(before))) {
      policy.revoke(present); // A cookie of it may be on its way.
    }
    reportRevocation();
  }

  /** The policy, for the session. */
  SessionPolicy policy() {
    return policy;
  }

  /** A new session id, to be drawn when somebody asks for it. */
  SessionId newId() {
    return sessions.newId();
  }

  /** What a debugger shows: no id and no values. */
  @Override
  public synchronized String toString() {
    return "SessionExchange[" + session + "]";
  }
}
