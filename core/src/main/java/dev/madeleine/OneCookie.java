package dev.madeleine;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The whole text in one cookie. */
record OneCookie(String name) implements Layout {
  /** Most characters of name and value together that browsers store (RFC 6265bis section 5.6). */
  static final int MAX_COOKIE = 4096;

  /** What a cookie's value consists of (RFC 6265 section 4.1.1). */
  static final Pattern COOKIE_OCTETS =
      Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+");

  static final String SET_COOKIE = "Set-Cookie";

  @Override
  public Found read(RequestHeaders request) {
    return new Found(request.cookies(name), false);
  }

  @Override
  public List<HttpHeader> write(
      String text, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    return List.of(new HttpHeader(SET_COOKIE, chosen.set(text, maxAge)));
  }

  @Override
  public List<HttpHeader> expire(CookieOptions chosen, RequestHeaders request) {
    return List.of(new HttpHeader(SET_COOKIE, chosen.expire()));
  }

  @Override
  public @Nullable HttpHeader restore(
      String header, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    return header.equals(name) ? restored(chosen, maxAge, request) : null;
  }

  /**
   * The line that stores the first value of this cookie that came again. None, or one with
   * characters that no cookie value has, is removed.
   */
  static HttpHeader restored(
      CookieOptions cookie, @Nullable Duration maxAge, RequestHeaders request) {
    List<String> came = request.cookies(cookie.name());
    boolean good = !came.isEmpty() && COOKIE_OCTETS.matcher(came.get(0)).matches();
    return new HttpHeader(SET_COOKIE, good ? cookie.set(came.get(0), maxAge) : cookie.expire());
  }

  /** Checks the text of a stranger's encoder, which could otherwise split the header. */
  static void requireOctets(String text, SessionEncoder writer) {
    if (!text.isEmpty() && !COOKIE_OCTETS.matcher(text).matches()) {
      throw new IllegalStateException(
          "%s wrote a character that a cookie cannot hold (RFC 6265 section 4.1.1)"
              .formatted(writer.getClass().getName()));
    }
  }

  @Override
  public String field() {
    return "Cookie";
  }

  @Override
  public int room() {
    return MAX_COOKIE;
  }

  @Override
  public int size(String text) {
    return name.length() + text.length();
  }

  @Override
  public String toString() {
    return "cookie " + name;
  }
}
