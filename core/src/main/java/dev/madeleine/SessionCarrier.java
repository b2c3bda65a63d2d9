package dev.madeleine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An encoder plus the place where its text travels: here one cookie.
 *
 * <p>The encoder is bound to the cookie's name, so a text that somebody moves to another cookie is
 * rejected.
 */
public final class SessionCarrier {
  /** Most cookies of our name that are tried in one request. */
  static final int MAX_CANDIDATES = 4;

  /** Most characters of name and value together that browsers store (RFC 6265bis section 5.6). */
  static final int MAX_COOKIE = 4096;

  /** What a cookie's value consists of (RFC 6265 section 4.1.1). */
  private static final Pattern COOKIE_OCTETS =
      Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+");

  private final CookieOptions options;
  private final SessionEncoder encoder;

  private SessionCarrier(CookieOptions options, SessionEncoder encoder) {
    this.options = Objects.requireNonNull(options, "options");
    this.encoder = encoder.boundTo(options.name());
  }

  /** A carrier of one cookie. */
  public static SessionCarrier cookie(CookieOptions options, SessionEncoder encoder) {
    return new SessionCarrier(options, encoder);
  }

  /** Name of the cookie. */
  public String name() {
    return options.name();
  }

  /** The options of the cookie. */
  public CookieOptions options() {
    return options;
  }

  /** The encoder, bound to this carrier's name. */
  public SessionEncoder encoder() {
    return encoder;
  }

  /** The texts in a request that may be our session, the first ones of different content. */
  List<String> read(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    return cookies(name(), requestHeaders.apply("Cookie"));
  }

  /**
   * The header that stores this session.
   *
   * @throws SessionTooLargeException if a browser would drop the cookie
   */
  HttpHeader write(SessionSnapshot session, CookieOptions chosen, @Nullable Duration maxAge) {
    String text = encoder.encode(session);
    if (!(encoder instanceof NativeEncoder)) {
      requireCookieOctets(text);
    }
    int size = name().length() + text.length();
    if (size > MAX_COOKIE) {
      throw SessionTooLargeException.of(session, encoder.serializer(), size, MAX_COOKIE);
    }
    return new HttpHeader("Set-Cookie", chosen.set(text, maxAge));
  }

  /** Checks the text of a stranger's encoder, which could otherwise split the header. */
  private void requireCookieOctets(String text) {
    if (!text.isEmpty() && !COOKIE_OCTETS.matcher(text).matches()) {
      throw new IllegalStateException(
          "%s wrote a character that a cookie cannot hold (RFC 6265 section 4.1.1)"
              .formatted(encoder.getClass().getName()));
    }
  }

  /**
   * The header that stores a text which came with the request again. None, or one with characters
   * that no cookie value has, is removed.
   */
  HttpHeader restore(@Nullable String text, CookieOptions chosen, @Nullable Duration maxAge) {
    return text == null || !COOKIE_OCTETS.matcher(text).matches()
        ? expire(chosen)
        : new HttpHeader("Set-Cookie", chosen.set(text, maxAge));
  }

  /** The header that removes the cookie. */
  HttpHeader expire(CookieOptions chosen) {
    return new HttpHeader("Set-Cookie", chosen.expire());
  }

  /** The header for caches: the response depends on the place where the session travels. */
  HttpHeader vary() {
    return new HttpHeader("Vary", "Cookie");
  }

  /**
   * The different non-empty values of the cookies with this name, read from the {@code Cookie}
   * lines by ourselves (RFC 6265bis section 5.8.3): names are compared byte for byte and never
   * decoded, and an odd cookie beside ours costs us nothing.
   */
  private static List<String> cookies(String name, @Nullable List<String> headers) {
    List<String> values = new ArrayList<>(1);
    if (headers == null) {
      return values;
    }
    for (String header : headers) {
      int end;
      for (int start = 0;
          start < header.length() && values.size() < MAX_CANDIDATES;
          start = end + 1) {
        end = header.indexOf(';', start);
        end = end < 0 ? header.length() : end;
        String value = value(name, header, start, end);
        if (value != null && !value.isEmpty() && !values.contains(value)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /**
   * The value of the pair between start and end if it has this name, without white space around.
   */
  private static @Nullable String value(String name, String header, int start, int end) {
    int from = skipSpace(header, start, end);
    if (!header.startsWith(name, from)) {
      return null;
    }
    int equals = skipSpace(header, from + name.length(), end);
    if (equals >= end || header.charAt(equals) != '=') {
      return null;
    }
    int first = skipSpace(header, equals + 1, end);
    int last = end;
    while (last > first && isSpace(header.charAt(last - 1))) {
      last--;
    }
    return header.substring(first, last);
  }

  private static int skipSpace(String header, int from, int end) {
    int at = from;
    while (at < end && isSpace(header.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public String toString() {
    return "cookie " + options + " in " + encoder;
  }
}
