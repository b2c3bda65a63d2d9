package dev.madeleine.encoders;

import dev.madeleine.internal.BrowserLimits;

/**
 * How long a foreign format's text may be: as long as a browser stores one cookie of this name,
 * unless another length was asked for.
 */
record CookieRoom(String name, int asked) {
  /** The room in one cookie of this name. */
  static CookieRoom of(String name) {
    return new CookieRoom(name, -1);
  }

  /** The room under another name. */
  CookieRoom named(String newName) {
    return new CookieRoom(newName, asked);
  }

  /** The room for texts of this length, whatever the name. */
  CookieRoom within(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "a text of at most %s characters; it must be at least 1".formatted(length));
    }
    return new CookieRoom(name, length);
  }

  /**
   * Most characters of a text.
   *
   * @param elsewhere how many of them do not travel in the cookie of this name
   */
  int length(int elsewhere) {
    return asked > 0 ? asked : BrowserLimits.MAX_COOKIE - name.length() + elsewhere;
  }
}
