package dev.madeleine;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Bytes of our lines beyond which a proxy with 4 KB for a response's headers may refuse it. */
  static final int LARGE_RESPONSE = 3500;

  private final Transports transports;
  private final SessionPolicy policy;
  private final Consumer<SessionEvent> listener;
  private final SecureRandom random;

  /** Most bytes of our lines in one response, or 0 for no limit. */
  private final int responseLimit;

  private final AtomicBoolean largeReported = new AtomicBoolean();
  private final AtomicBoolean announced = new AtomicBoolean();
  private final AtomicReference<@Nullable Instant> inUseSince = new AtomicReference<>();

  Sessions(
      Transports transports,
      SessionPolicy policy,
      @Nullable Consumer<SessionEvent> listener,
      SecureRandom random,
      int responseLimit) {
    this.responseLimit = responseLimit;
    this.transports = transports;
    this.policy = policy;
    this.listener = listener == null ? new SessionEventLog(LOG, policy.clock()) : listener;
    this.random = random;
  }

  /** Sessions in a signed cookie with the secure defaults. */
  public static Sessions of(KeyRing keys) {
    return builder(keys).build();
  }

  /**
   * Sessions in a signed cookie with the secure defaults, with keys that may be replaced while the
   * server runs; see {@link #builder(Supplier)}.
   */
  public static Sessions of(Supplier<KeyRing> keys) {
    return builder(keys).build();
  }

  /**
   * Sessions in an encrypted cookie with the secure defaults: nobody without the keys reads their
   * attributes, the user included. More is {@link SessionsBuilder#encrypted}.
   */
  public static Sessions encrypted(KeyRing keys) {
    return builder(keys).encrypted().build();
  }

  /**
   * Sessions in an encrypted cookie with the secure defaults, with keys that may be replaced while
   * the server runs; see {@link #builder(Supplier)}.
   */
  public static Sessions encrypted(Supplier<KeyRing> keys) {
    return builder(keys).encrypted().build();
  }

  /**
   * A builder of sessions in a signed cookie, or with {@link SessionsBuilder#encrypted} in an
   * encrypted one.
   */
  public static SessionsBuilder builder(KeyRing keys) {
    Objects.requireNonNull(keys, "keys");
    return builder(() -> keys);
  }

  /**
   * As {@link #builder(KeyRing)}, with keys that may be replaced while the server runs.
   *
   * @param keys asked at each use, so it answers at once; a new ring object replaces the keys
   */
  public static SessionsBuilder builder(Supplier<KeyRing> keys) {
    return builder(NativeEncoder.signed(keys, "session"));
  }

  /** A builder of sessions in the format of an own encoder. */
  public static SessionsBuilder builder(SessionEncoder encoder) {
    Objects.requireNonNull(encoder, "encoder");
    return builder(SessionTransport.cookie(CookieOptions.defaults(), encoder));
  }

  /** A builder of sessions in a place and format of one's own choice. */
  public static SessionsBuilder builder(SessionTransport transport) {
    Objects.requireNonNull(transport, "transport");
    return new SessionsBuilder(transport);
  }

  /** The same sessions in another cookie, for example for another application on this host. */
  @CheckReturnValue
  public Sessions withCookie(CookieOptions options) {
    Objects.requireNonNull(options, "options");
    return new Sessions(
        transports.withCookie(options.requireToken()), policy, listener, random, responseLimit);
  }

  /**
   * Logs one line with cookie, signing key id, timeouts and limits, and what is weak: once, by the
   * first request unless an adapter calls this when it starts.
   */
  public void announce() {
    if (announced.get() || announced.getAndSet(true)) {
      return;
    }
    SessionTransport writing = transports.writing();
    LOG.log(
        System.Logger.Level.INFO,
        () -> "sessions in %s; %s; limit %s bytes".formatted(transports, policy, writing.limit()));
    CookieOptions cookie = writing.options();
    if (cookie != null && !cookie.isSecure()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the session cookie has no Secure attribute and travels over plain http: development only");
    }
    for (SessionTransport transport : transports.all()) {
      String weakness = transport.encoder().weakness();
      if (weakness != null) {
        report(new SessionEvent.WeakKeyUsed(transport.name(), weakness));
      }
    }
  }

  /**
   * One request and its response, for adapters to web frameworks.
   *
   * @param requestHeaders from a header's name to its lines in order, null or empty for none; asked
   *     while the request lasts, for a name such as {@code Cookie} and, if there are no lines, for
   *     it in lower case
   */
  public SessionExchange exchange(
      Function<String, ? extends @Nullable List<String>> requestHeaders) {
    return exchange(requestHeaders, name -> null);
  }

  /**
   * The same for an adapter that knows the response: a session is not renewed in a response that
   * others may store, and what must be written there takes {@code no-store}.
   *
   * @param responseHeaders from a header's name to its lines so far without those that the session
   *     itself called for, null or empty for none; asked while the request lasts, for {@code
   *     Cache-Control}
   */
  public SessionExchange exchange(
      Function<String, ? extends @Nullable List<String>> requestHeaders,
      Function<String, ? extends @Nullable List<String>> responseHeaders) {
    Objects.requireNonNull(requestHeaders, "requestHeaders");
    Objects.requireNonNull(responseHeaders, "responseHeaders");
    announce();
    return new SessionExchange(this, new RequestHeaders(requestHeaders), responseHeaders);
  }

  /**
   * The session of a request. Costs next to nothing until the session is asked for something.
   *
   * @param requestHeaders as {@link #exchange} takes them
   */
  public Session load(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    return exchange(requestHeaders).session();
  }

  /**
   * The headers that the response needs for this session as it now is; see {@link
   * SessionExchange#headers}.
   *
   * @throws SessionTooLargeException if the session does not fit; the client keeps the one before
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried,
   *     or there are more names or values in all than a session may have
   */
  public List<HttpHeader> save(Session session) {
    return session.exchange().headers();
  }

  /**
   * Whether anybody wants to be told of {@linkplain SessionEvent#isRoutine routine} events: the log
   * does not, so usually nobody does.
   */
  boolean hearsRoutine() {
    return !(listener instanceof SessionEventLog) || FlightRecording.isOn();
  }

  /**
   * Tells the Flight Recorder and the listener. What one of them throws costs a log line, not the
   * request.
   */
  void report(SessionEvent event) {
    report(event, FlightRecording::record, "recording a session event failed");
    report(event, listener, "the session event listener failed");
  }

  private static void report(
      SessionEvent event, Consumer<SessionEvent> destination, String failure) {
    try {
      destination.accept(event);
    } catch (RuntimeException | LinkageError | AssertionError | InternalError e) {
      LOG.log(System.Logger.Level.ERROR, failure, e);
    }
  }

  /** The transport that writes. */
  public SessionTransport transport() {
    return transports.writing();
  }

  /** Most bytes of our lines in one response, or 0 for no limit. */
  int responseLimit() {
    return responseLimit;
  }

  /** Reports lines of this size, once. */
  void reportLarge(String cookie, int size) {
    if (!largeReported.getAndSet(true)) {
      report(new SessionEvent.ResponseHeadersLarge(cookie, size, LARGE_RESPONSE));
    }
  }

  /** When the first request asked this: this time, unless one has before. */
  Instant inUseSince(Instant now) {
    Instant known = inUseSince.get();
    if (known == null) {
      known = inUseSince.compareAndSet(null, now) ? now : inUseSince.get();
    }
    return known == null ? now : known;
  }

  /** All places of sessions. */
  Transports transports() {
    return transports;
  }

  /** How long sessions live. */
  public SessionPolicy policy() {
    return policy;
  }

  /** A new session id, to be drawn when somebody asks for it. */
  SessionId newId() {
    return SessionId.drawnFrom(random);
  }
}
