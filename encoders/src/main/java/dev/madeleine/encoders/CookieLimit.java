package dev.madeleine.encoders;

import dev.madeleine.internal.BrowserLimits;

/**
 * How long a foreign format's text may be: as long as a browser stores one cookie of this name,
 * unless another length was asked for.
 */
record CookieLimit(String name, int asked) {
  /** The limit of one cookie of this name. */
  static CookieLimit of(String name) {
    return new CookieLimit(name, -1);
  }

  /** The limit under another name. */
  CookieLimit named(String newName) {
    return new CookieLimit(newName, asked);
  }

  /** The limit for texts of this length, whatever the name. */
  CookieLimit within(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "a text of at most %s characters; it must be at least 1".formatted(length));
    }
    return new CookieLimit(name, length);
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
