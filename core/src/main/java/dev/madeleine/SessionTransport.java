package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An encoder plus the place where its text travels: one cookie, several, or a header.
 *
 * <p>The encoder is bound to the name of the place, so a text that somebody moves to another is
 * rejected. Immutable.
 */
public final class SessionTransport {
  private final Place place;
  private final SessionEncoder encoder;
  private final @Nullable Instant until;

  private SessionTransport(Place place, SessionEncoder encoder, @Nullable Instant until) {
    this.place = place;
    this.encoder = place.bind(encoder);
    this.until = until;
  }

  /** A transport of one cookie, of at most 4,096 bytes with its name. */
  public static SessionTransport cookie(CookieOptions options, SessionEncoder encoder) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(encoder, "encoder");
    return new SessionTransport(new OneCookie(options), encoder, null);
  }

  /** A transport of as many cookies as the text needs, of at most 6,000 bytes in all. */
  public static SessionTransport chunked(CookieOptions options, SessionEncoder encoder) {
    return chunked(options, encoder, CookieChunks.DEFAULT_LIMIT);
  }

  /**
   * A transport of as many cookies as the text needs, {@code name}, {@code name.1}, …, under one
   * seal. What fits into one cookie travels as with {@link #cookie}.
   *
   * @param limit most bytes of all names and values, 4,096 to 65,536. A server refuses requests
   *     whose headers are too long, Tomcat and Jetty from 8 KB on unless configured; leave 2 KB of
   *     that to the other headers
   */
  public static SessionTransport chunked(CookieOptions options, SessionEncoder encoder, int limit) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(encoder, "encoder");
    return new SessionTransport(new CookieChunks(options, limit), encoder, null);
  }

  /**
   * A transport of a value and its signature in two cookies, {@code name} and {@code name.sig}.
   *
   * @param encoder writes {@code value.signature}; the last dot divides it
   */
  public static SessionTransport signaturePair(CookieOptions options, SessionEncoder encoder) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(encoder, "encoder");
    return new SessionTransport(new SignaturePair(options), encoder, null);
  }

  /**
   * A transport in a header of requests and responses, for clients that hold no cookies. The client
   * sends the value of the last response that had the header; an empty one tells it to forget.
   *
   * @param name of the header, for example {@code X-Session}
   */
  public static SessionTransport header(String name, SessionEncoder encoder) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(encoder, "encoder");
    return new SessionTransport(new HeaderField(name, ""), encoder, null);
  }

  /**
   * A transport in {@code Authorization: Bearer …} of requests (RFC 6750 section 2.1) and, in the
   * same form, of responses. Other schemes are left alone.
   */
  public static SessionTransport bearer(SessionEncoder encoder) {
    Objects.requireNonNull(encoder, "encoder");
    return new SessionTransport(new HeaderField("Authorization", "Bearer"), encoder, null);
  }

  /**
   * This transport with a date from which on it is not used: see {@link SessionsBuilder#reading}.
   */
  @CheckReturnValue
  public SessionTransport withEnd(Instant end) {
    return new SessionTransport(place, encoder, Objects.requireNonNull(end, "end"));
  }

  /**
   * The same place with other options.
   *
   * @throws IllegalStateException if the session travels in a header
   */
  SessionTransport withCookie(CookieOptions options) {
    return new SessionTransport(place.withCookie(options), encoder, until);
  }

  /** The same place for the texts of another encoder. */
  SessionTransport withEncoder(SessionEncoder other) {
    return new SessionTransport(place, other, until);
  }

  /** Name of the cookie, of the first of several, or of the header. */
  public String name() {
    return place.name();
  }

  /** The options of the cookies, or null if the session travels in a header. */
  public @Nullable CookieOptions options() {
    return place.cookie();
  }

  /** The encoder, bound to this transport's name. */
  public SessionEncoder encoder() {
    return encoder;
  }

  /** The field of a request that the session is in, on which responses depend. */
  String field() {
    return place.field();
  }

  /** Most bytes of names and values together. */
  int limit() {
    return place.limit();
  }

  boolean hasEnd() {
    return until != null;
  }

  /** Whether its sessions are refused because its date has come. */
  boolean isRetired(Instant now) {
    return until != null && !now.isBefore(until);
  }

  /** Whether what one writes lands where the other reads. */
  boolean sharesPlaceWith(SessionTransport other) {
    return place.identity().equals(other.place.identity());
  }

  /** Whether both have one name, which is all that a request shows of them. */
  boolean isNamedAs(SessionTransport other) {
    return other.place.identity().isNamed(place.name());
  }

  /** What may be our session in a request. */
  Place.Found read(RequestHeaders request) {
    return place.read(request);
  }

  /**
   * The headers that store this session in a client that holds none yet, for tools and tests; an
   * application has {@link Sessions#save}.
   *
   * @throws SessionTooLargeException if it has more bytes than the limit
   */
  public List<HttpHeader> write(SessionSnapshot session) {
    HeaderLines lines = new HeaderLines(Instant.EPOCH); // It is told no age.
    store(session, null, RequestHeaders.NONE, lines);
    return lines.headers();
  }

  /**
   * Adds the lines that store this session.
   *
   * @throws SessionTooLargeException if it has more bytes than the limit
   */
  void store(
      SessionSnapshot session,
      @Nullable Duration maxAge,
      RequestHeaders request,
      HeaderLines lines) {
    String text = encoder.encode(session);
    requireCookieOctets(text);
    int size = place.size(text);
    if (size > place.limit()) {
      throw SessionTooLargeException.of(session, encoder.serializer(), size, place.limit());
    }
    place.store(text, maxAge, request, lines);
  }

  /** Checks the text of a stranger's encoder, which could otherwise split the header. */
  private void requireCookieOctets(@Nullable String text) {
    boolean ours = encoder instanceof NativeEncoder; // Writes base64url and nothing else.
    if (ours) {
      return;
    }
    if (text == null || text.isEmpty()) {
      throw new IllegalStateException(
          "%s wrote %s for a session; encode has to return the text that decode reads"
              .formatted(encoder.getClass().getName(), text == null ? "null" : "an empty text"));
    }
    if (!OneCookie.isCookieOctets(text)) {
      throw new IllegalStateException(
          "%s wrote a character that a cookie cannot hold (RFC 6265 section 4.1.1); write bytes with CookieText.encode"
              .formatted(encoder.getClass().getName()));
    }
  }

  /** Adds the lines that make the client forget it. */
  void expire(RequestHeaders request, HeaderLines lines) {
    place.expire(request, lines);
  }

  /**
   * Adds the lines that revert ours: they store what the request brought here once more, or expire
   * it if there was nothing.
   *
   * @param accepted the text that was accepted from here, or null if none was
   */
  void revert(
      @Nullable String accepted,
      @Nullable Duration maxAge,
      RequestHeaders request,
      HeaderLines lines) {
    if (accepted != null) {
      place.store(accepted, maxAge, request, lines);
    }
    place.storeAgain(maxAge, request, lines);
  }

  @Override
  public String toString() {
    return "%s in %s%s".formatted(place, encoder, until == null ? "" : ", until " + until);
  }
}
