package dev.madeleine;

import dev.madeleine.Decoded.Rejected;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door: {@link #load} at the start of a request, {@link #save} before its response's
 * headers go. Knows no web framework; safe for use by several threads; an application has one.
 *
 * <pre>{@code
 * Session session = sessions.load(name -> exchange.getRequestHeaders().get(name));
 * session.put("views", session.get("views", 0) + 1);
 * sessions.save(session).forEach(h -> exchange.getResponseHeaders().add(h.name(), h.value()));
 * }</pre>
 */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final HttpHeader NO_STORE = new HttpHeader("Cache-Control", "no-store");
  private static final int ID_BYTES = 16;

  private final SessionCarrier carrier;
  private final SessionPolicy policy;
  private final Consumer<SessionEvent> listener;
  private final SecureRandom random;

  Sessions(SessionsBuilder builder) {
    this(
        SessionCarrier.cookie(builder.cookie(), builder.encoder()),
        builder.policy(),
        builder.listener(),
        builder.random());
  }

  private Sessions(
      SessionCarrier carrier,
      SessionPolicy policy,
      @Nullable Consumer<SessionEvent> listener,
      SecureRandom random) {
    this.carrier = carrier;
    this.policy = policy;
    this.listener = listener == null ? new EventLog(LOG, policy.clock()) : listener;
    this.random = random;
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "sessions in %s; %s; limit %s bytes"
                .formatted(carrier, policy, SessionCarrier.MAX_COOKIE));
  }

  /** Sessions in a signed cookie with the secure defaults. */
  public static Sessions of(KeyRing keys) {
    return builder(keys).build();
  }

  /** Sessions in the format of an own encoder, which needs no keys of ours. */
  public static Sessions with(SessionEncoder encoder) {
    return builder(encoder).build();
  }

  /** A builder of sessions in a signed cookie. */
  public static SessionsBuilder builder(KeyRing keys) {
    Objects.requireNonNull(keys, "keys");
    return builder(() -> keys);
  }

  /**
   * A builder of sessions in a signed cookie, with keys that may be replaced while the server runs.
   *
   * @param keys asked at each use, so it answers at once; a new ring object replaces the keys
   */
  public static SessionsBuilder builder(Supplier<KeyRing> keys) {
    return new SessionsBuilder(NativeEncoder.signed(keys, "session"));
  }

  /** A builder of sessions in the format of an own encoder. */
  public static SessionsBuilder builder(SessionEncoder encoder) {
    return new SessionsBuilder(encoder);
  }

  /** The same sessions in another cookie, for example for another application on this host. */
  public Sessions inCookie(CookieOptions options) {
    SessionCarrier other = SessionCarrier.cookie(options, carrier.encoder());
    return new Sessions(other, policy, listener, random);
  }

  /**
   * The session of a request. Costs next to nothing until the session is asked for something.
   *
   * @param requestHeaders from a header's name to its lines in order, null or empty for none; asked
   *     while the request lasts
   */
  public Session load(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    return new Session(this, new SessionState(this, requestHeaders));
  }

  /** A new session in the place of one that ended in this request; it takes over the cookie. */
  public Session successor(Session ended) {
    return new Session(this, new SessionState(this, ended.state()));
  }

  /**
   * The headers that the response needs for this session as it now is. May be asked again after
   * each change: an answer replaces the one before.
   *
   * @return none if the session was never asked for; otherwise {@code Vary}, to be added, and if
   *     the browser is to store or drop the cookie {@code Set-Cookie} with {@code Cache-Control:
   *     no-store}, which an application that sets its own may leave out
   * @throws SessionTooLargeException if the session does not fit; the client keeps the one before
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried,
   *     or there are more names or values in all than a session may have
   */
  public List<HttpHeader> save(Session session) {
    synchronized (session) {
      if (!session.isAsked()) {
        return List.of();
      }
      HttpHeader cookie = cookie(session.state(), session.cookieOptions());
      session.state().saved();
      return cookie == null ? List.of(carrier.vary()) : List.of(carrier.vary(), cookie, NO_STORE);
    }
  }

  /**
   * The header that undoes a {@code Set-Cookie} of this session, on a server that cannot take one
   * back: it stores what came with the request again, or drops the cookie if none came.
   */
  public HttpHeader restoring(Session session) {
    synchronized (session) {
      Origin origin = session.state().origin();
      SessionSnapshot accepted = origin.accepted();
      Duration maxAge = accepted == null ? null : policy.maxAge(accepted);
      return carrier.restore(origin.text(), session.cookieOptions(), maxAge);
    }
  }

  private @Nullable HttpHeader cookie(SessionState session, CookieOptions options) {
    Origin origin = session.origin();
    if (session.isEnded()) {
      return origin.cookieCame() ? carrier.expire(options) : null;
    }
    boolean changed = session.isChanged();
    if (!session.hasContent() && (session.isNew() || origin.hadContent())) {
      return origin.toExpire() || origin.hadContent() ? carrier.expire(options) : null;
    }
    SessionSnapshot accepted = origin.accepted();
    boolean write =
        accepted == null || changed || origin.byOldKey() || policy.renewalDue(session.metadata());
    if (!write) {
      return null;
    }
    if (accepted != null && policy.isRevoked(session.sameLogin() ? accepted : session.metadata())) {
      return carrier.expire(options); // Another request ended it: this one must not revive it.
    }
    try {
      SessionSnapshot snapshot = session.snapshot(policy.now());
      return carrier.write(snapshot, options, policy.maxAge(snapshot));
    } catch (SessionTooLargeException e) {
      report(new SessionEvent.TooLarge(carrier.name(), String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** What a request brought along; a cookie that is no session is reported. */
  Origin read(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    Origin origin = Origin.of(carrier.read(requestHeaders), carrier.encoder(), policy);
    Rejected rejected = origin.rejection();
    if (rejected != null) {
      report(new SessionEvent.Rejected(carrier.name(), rejected.reason(), rejected.keyId()));
    }
    return origin;
  }

  /** Tells the listener. A listener that throws costs a log line, not the request. */
  public void report(SessionEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the session event listener failed", e);
    }
  }

  /** The carrier that writes. */
  public SessionCarrier carrier() {
    return carrier;
  }

  /** How long sessions live. */
  public SessionPolicy policy() {
    return policy;
  }

  /** Tells the hook that a session that came with a request has ended. */
  void revoke(SessionSnapshot ended) {
    String id = ended.id();
    Instant created = ended.created();
    if (id != null && created != null) {
      policy
          .revocation()
          .revokeSession(
              new Revocation.Stamp(id, created, ended.subject()),
              policy.expiry(created, ended.remembered()));
    }
  }

  /**
   * The created time of a login now, which a revocation within this very second is not meant for.
   */
  Instant createdNow(String id, Subject subject) {
    Instant created = policy.now();
    Instant latest = created.plus(SessionPolicy.SKEW);
    while (created.isBefore(latest)
        && policy.revocation().isRevoked(new Revocation.Stamp(id, created, subject))) {
      created = created.plusSeconds(1);
    }
    return created;
  }

  String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
