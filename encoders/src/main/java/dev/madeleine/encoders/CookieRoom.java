package dev.madeleine.encoders;

/** What fits into one cookie. */
final class CookieRoom {
  /** Most characters of name and value together that browsers store (RFC 6265bis section 5.6). */
  private static final int MAX_COOKIE = 4096;

  private CookieRoom() {}

  /** Most characters of a value under this name. */
  static int beside(String name) {
    return MAX_COOKIE - name.length();
  }
}
