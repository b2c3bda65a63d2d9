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
public final class SessionCarrier {
  private final Layout layout;
  private final CookieOptions options;
  private final SessionEncoder encoder;
  private final @Nullable Instant until;

  private SessionCarrier(
      Layout layout, CookieOptions options, SessionEncoder encoder, @Nullable Instant until) {
    this.layout = layout;
    this.options = options;
    this.encoder = encoder;
    this.until = until;
  }

  /** A carrier of one cookie, of at most 4,096 bytes with its name. */
  public static SessionCarrier cookie(CookieOptions options, SessionEncoder encoder) {
    return new SessionCarrier(
        new OneCookie(options.name()), options, encoder.boundTo(options.name()), null);
  }

  /** A carrier of as many cookies as the text needs, of at most 8,192 bytes in all. */
  public static SessionCarrier chunked(CookieOptions options, SessionEncoder encoder) {
    return chunked(options, encoder, CookieChunks.ROOM);
  }

  /**
   * A carrier of as many cookies as the text needs, {@code name}, {@code name.1}, …, under one
   * seal. What fits into one cookie travels as with {@link #cookie}.
   *
   * @param room most bytes of all names and values, 4,096 to 65,536. A server refuses requests
   *     whose headers are too long, Tomcat and Jetty from 8 KB on unless configured
   */
  public static SessionCarrier chunked(CookieOptions options, SessionEncoder encoder, int room) {
    options.beside(CookieChunks.LONGEST_SUFFIX); // Refuses a name that leaves no room for it.
    return new SessionCarrier(
        new CookieChunks(options.name(), room),
        options,
        encoder.boundTo(options.name()).within(room),
        null);
  }

  /**
   * A carrier of a value and its signature in two cookies, {@code name} and {@code name.sig}.
   *
   * @param encoder writes {@code value.signature}; the last dot divides it
   */
  public static SessionCarrier signaturePair(CookieOptions options, SessionEncoder encoder) {
    options.beside(SignaturePair.SIGNATURE); // Refuses a name that leaves no room for it.
    return new SessionCarrier(
        new SignaturePair(options.name()), options, encoder.boundTo(options.name()), null);
  }

  /**
   * A carrier in a header such as {@code X-Session}, for clients that hold no cookies. The client
   * sends the value of the last response that had the header; an empty one tells it to forget.
   */
  public static SessionCarrier header(String name, SessionEncoder encoder) {
    return field(new HeaderField(name, ""), encoder);
  }

  /**
   * A carrier in {@code Authorization: Bearer …} (RFC 6750 section 2.1), in responses too. Other
   * schemes are left alone.
   */
  public static SessionCarrier bearer(SessionEncoder encoder) {
    return field(new HeaderField("Authorization", "Bearer"), encoder);
  }

  private static SessionCarrier field(HeaderField field, SessionEncoder encoder) {
    return new SessionCarrier(field, CookieOptions.defaults(), encoder.boundTo(field.name()), null);
  }

  /** This carrier with a date from which on it is not used: see {@link SessionsBuilder#reading}. */
  public SessionCarrier until(Instant end) {
    return new SessionCarrier(layout, options, encoder, Objects.requireNonNull(end, "end"));
  }

  /** The same layout in a cookie of other options. */
  SessionCarrier in(CookieOptions other) {
    requireCookie();
    SessionCarrier moved =
        layout instanceof CookieChunks
            ? chunked(other, encoder, layout.room())
            : layout instanceof SignaturePair
                ? signaturePair(other, encoder)
                : cookie(other, encoder);
    return until == null ? moved : moved.until(until);
  }

  /** The same place for the texts of another encoder. */
  SessionCarrier with(SessionEncoder other) {
    SessionEncoder bound = other.boundTo(name());
    return new SessionCarrier(
        layout,
        options,
        layout instanceof CookieChunks ? bound.within(layout.room()) : bound,
        until);
  }

  /** Name of the cookie, of the first of several, or of the header. */
  public String name() {
    return isCookie() ? options.name() : layout.field();
  }

  /** Whether the session travels in cookies. */
  public boolean isCookie() {
    return !(layout instanceof HeaderField);
  }

  /**
   * The options of the cookies.
   *
   * @throws IllegalStateException if the session travels in a header
   */
  public CookieOptions options() {
    requireCookie();
    return options;
  }

  private void requireCookie() {
    if (!isCookie()) {
      throw new IllegalStateException(
          "the session travels in the header %s, there is no cookie to change".formatted(name()));
    }
  }

  /** The encoder, bound to this carrier's name. */
  public SessionEncoder encoder() {
    return encoder;
  }

  /** The field of a request that the session is in. */
  String field() {
    return layout.field();
  }

  /** Most bytes of names and values together. */
  int room() {
    return layout.room();
  }

  boolean hasEnd() {
    return until != null;
  }

  /** Whether its sessions are refused because its date has come. */
  boolean isRetired(Instant now) {
    return until != null && !now.isBefore(until);
  }

  /** Whether what one writes lands where the other reads. */
  boolean sharesPlaceWith(SessionCarrier other) {
    return isCookie() == other.isCookie()
        && (isCookie()
            ? options.isSameCookie(other.options)
            : name().equalsIgnoreCase(other.name()));
  }

  /** What may be our session in a request. */
  Layout.Found read(RequestHeaders request) {
    return layout.read(request);
  }

  /**
   * The headers that store this session in a client that holds none, for tools and tests.
   *
   * @throws SessionTooLargeException if it has more bytes than there is room
   */
  public List<HttpHeader> write(SessionSnapshot session) {
    return write(session, null, null, new RequestHeaders(name -> List.of()));
  }

  /**
   * The headers that store this session.
   *
   * @param chosen options for this response, or null for the carrier's own
   * @throws SessionTooLargeException if it has more bytes than there is room
   */
  List<HttpHeader> write(
      SessionSnapshot session,
      @Nullable CookieOptions chosen,
      @Nullable Duration maxAge,
      RequestHeaders request) {
    String text = encoder.encode(session);
    if (!(encoder instanceof NativeEncoder)) {
      OneCookie.requireOctets(text, encoder);
    }
    int size = layout.size(text);
    if (size > layout.room()) {
      throw SessionTooLargeException.of(session, encoder.serializer(), size, layout.room());
    }
    return layout.write(text, chosen(chosen), maxAge, request);
  }

  private CookieOptions chosen(@Nullable CookieOptions chosen) {
    return chosen == null ? options : chosen;
  }

  /** The headers that make the client forget it. */
  List<HttpHeader> expire(@Nullable CookieOptions chosen, RequestHeaders request) {
    return layout.expire(chosen(chosen), request);
  }

  /**
   * The header that undoes one of ours: it stores what came with the request again, or removes it.
   *
   * @param name of the header, or of the cookie
   * @param accepted the text that was accepted from here, or null if none was
   * @return null if this is none of ours
   */
  @Nullable HttpHeader restore(
      String name,
      @Nullable CookieOptions chosen,
      @Nullable Duration maxAge,
      RequestHeaders request,
      @Nullable String accepted) {
    if (accepted != null) {
      for (HttpHeader line : layout.write(accepted, chosen(chosen), maxAge, request)) {
        if (isCookie() ? line.value().startsWith(name + "=") : line.name().equals(name)) {
          return line;
        }
      }
    }
    return layout.restore(name, chosen(chosen), maxAge, request);
  }

  @Override
  public String toString() {
    return "%s%s in %s%s"
        .formatted(
            layout,
            isCookie() ? options.toString().substring(options.name().length()) : "",
            encoder,
            until == null ? "" : ", until " + until);
  }
}
