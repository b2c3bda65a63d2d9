package dev.madeleine;

import dev.madeleine.SessionEvent.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  private final Carriers carriers;
  private final SessionPolicy policy;
  private final Consumer<SessionEvent> listener;
  private final SecureRandom random;

  Sessions(
      Carriers carriers,
      SessionPolicy policy,
      @Nullable Consumer<SessionEvent> listener,
      SecureRandom random) {
    this.carriers = carriers;
    this.policy = policy;
    this.listener = listener == null ? new EventLog(LOG, policy.clock()) : listener;
    this.random = random;
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "sessions in %s; %s; limit %s bytes"
                .formatted(carriers, policy, carriers.writing().room()));
    for (SessionCarrier carrier : carriers.all()) {
      String weakness = carrier.encoder().weakness();
      if (weakness != null) {
        report(new SessionEvent.WeakKey(carrier.name(), weakness));
      }
    }
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
    return builder(NativeEncoder.signed(keys, "session"));
  }

  /** A builder of sessions in the format of an own encoder. */
  public static SessionsBuilder builder(SessionEncoder encoder) {
    return writing(SessionCarrier.cookie(CookieOptions.defaults(), encoder));
  }

  /** A builder of sessions in a place and format of one's own choice. */
  public static SessionsBuilder writing(SessionCarrier carrier) {
    return new SessionsBuilder(carrier);
  }

  /** The same sessions in another cookie, for example for another application on this host. */
  public Sessions inCookie(CookieOptions options) {
    return new Sessions(carriers.in(options), policy, listener, random);
  }

  /**
   * The session of a request. Costs next to nothing until the session is asked for something.
   *
   * @param requestHeaders from a header's name to its lines in order, null or empty for none; asked
   *     while the request lasts
   */
  public Session load(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    return new Session(this, new SessionState(this, new RequestHeaders(requestHeaders)));
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
      List<HttpHeader> cookies = cookies(session.state(), session.cookieOptions());
      session.state().saved();
      if (cookies.isEmpty()) {
        return carriers.vary();
      }
      List<HttpHeader> headers = new ArrayList<>(carriers.vary());
      headers.addAll(cookies);
      headers.add(NO_STORE);
      return headers;
    }
  }

  /**
   * The header that undoes one that {@link #save} returned, on a server that cannot take it back:
   * it stores what came with the request again, or drops it if none came.
   *
   * @param name of the header, or of the cookie if it was {@code Set-Cookie}
   * @return null if no header of this name comes from this session
   */
  public @Nullable HttpHeader restoring(Session session, String name) {
    synchronized (session) {
      Origin origin = session.state().origin();
      SessionSnapshot accepted = origin.accepted();
      Duration maxAge = accepted == null ? null : policy.maxAge(accepted);
      return carriers.restore(
          name, session.cookieOptions(), maxAge, session.state().request(), origin);
    }
  }

  private List<HttpHeader> cookies(SessionState session, @Nullable CookieOptions options) {
    Origin origin = session.origin();
    RequestHeaders request = session.request();
    if (session.isEnded()) {
      return carriers.expire(origin.came(), options, request);
    }
    Set<Cause> causes = session.causes();
    SessionSnapshot accepted = origin.accepted();
    if (!session.hasContent() && (session.isNew() || origin.hadContent())) {
      return carriers.expire(
          origin.hadContent() ? origin.came() : origin.toExpire(), options, request);
    }
    if (causes.isEmpty()) {
      return carriers.leave(request, origin);
    }
    if (accepted != null && policy.isRevoked(session.sameLogin() ? accepted : session.metadata())) {
      // Another request ended it: this one must not revive it.
      return carriers.expire(origin.came(), options, request);
    }
    try {
      SessionSnapshot snapshot = session.snapshot(policy.now());
      List<HttpHeader> headers =
          carriers.write(snapshot, options, policy.maxAge(snapshot), request, origin, policy.now());
      Set<Cause> untold = session.untold(causes);
      if (!untold.isEmpty()) {
        report(new SessionEvent.Issued(carrier().name(), carrier().encoder().keyId(), untold));
      }
      return headers;
    } catch (SessionTooLargeException e) {
      report(new SessionEvent.TooLarge(carrier().name(), String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** What a request brought along; the listener is told. */
  Origin read(RequestHeaders request) {
    Origin origin = carriers.read(request, policy);
    origin.events().forEach(this::report);
    return origin;
  }

  /**
   * Tells the Flight Recorder and the listener. A listener that throws costs a log line, not the
   * request.
   */
  public void report(SessionEvent event) {
    FlightRecording.record(event);
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the session event listener failed", e);
    }
  }

  /** The carrier that writes. */
  public SessionCarrier carrier() {
    return carriers.writing();
  }

  /** All places of sessions. */
  Carriers carriers() {
    return carriers;
  }

  /** How long sessions live. */
  public SessionPolicy policy() {
    return policy;
  }

  String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
