package dev.madeleine.demo;

import jakarta.servlet.http.HttpSession;

/** The visit counter, an attribute of the session. */
final class Visits {
  static final String ATTRIBUTE = "views";

  private Visits() {}

  /** How often this session has come by. */
  static int of(HttpSession session) {
    return session.getAttribute(ATTRIBUTE) instanceof Integer count ? count : 0;
  }

  /**
   * Counts one more visit and returns the new number.
   *
   * @throws IllegalArgumentException if the cookie has no space for one more digit
   */
  static int countOn(HttpSession session) {
    int count = of(session) + 1;
    session.setAttribute(ATTRIBUTE, count);
    return count;
  }
}
