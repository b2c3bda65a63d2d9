package dev.madeleine;

import dev.madeleine.internal.BrowserLimits;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The whole text in one cookie. */
record OneCookie(CookieOptions cookie) implements CookiePlace {
  /** What a cookie's value consists of (RFC 6265 section 4.1.1). */
  private static final Pattern COOKIE_OCTETS =
      Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+");

  @Override
  public OneCookie withCookie(CookieOptions options) {
    return new OneCookie(options);
  }

  @Override
  public int limit() {
    return BrowserLimits.MAX_COOKIE;
  }

  @Override
  public int size(String text) {
    return name().length() + text.length();
  }

  @Override
  public Found read(RequestHeaders request) {
    return new Found(request.cookies(name()), false);
  }

  @Override
  public void store(
      String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    lines.set(cookie, text, maxAge);
  }

  @Override
  public void expire(RequestHeaders request, HeaderLines lines) {
    lines.expire(cookie);
  }

  @Override
  public void storeAgain(@Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    storeAgain(cookie, maxAge, request, lines);
  }

  /**
   * Adds the line that stores the first value of this cookie in the request once more. None, or one
   * with characters that no cookie value has, is expired.
   */
  static void storeAgain(
      CookieOptions cookie, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    List<String> received = request.cookies(cookie.name());
    if (!received.isEmpty() && isCookieOctets(received.get(0))) {
      lines.set(cookie, received.get(0), maxAge);
    } else {
      lines.expire(cookie);
    }
  }

  /** Whether a cookie can hold this text, which could otherwise split a header. */
  static boolean isCookieOctets(String text) {
    return COOKIE_OCTETS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "cookie " + cookie;
  }
}
