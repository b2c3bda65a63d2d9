package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;

/**
 * Everything that a filter was told.
 *
 * @param sessions where sessions are loaded and saved
 * @param rules which attributes travel
 * @param listeners whom to tell
 * @param keepEmpty whether a session without attributes gets a cookie
 * @param throwWhenLate whether a change after the commit throws
 */
record FilterSettings(
    Sessions sessions,
    AttributeRules rules,
    Listeners listeners,
    boolean keepEmpty,
    boolean throwWhenLate) {

  /** Whether a value that came may be of a class of the application's, which can listen. */
  boolean bringsOwnClasses() {
    boolean plain =
        sessions.carrier().encoder().serializer() instanceof JsonSerializer json && json.isExact();
    return !plain; // Exact is JSON without declared attributes: all values are of the JDK's
    // classes.
  }

  FilterSettings inCookie(CookieOptions options) {
    return new FilterSettings(
        sessions.inCookie(options), rules, listeners, keepEmpty, throwWhenLate);
  }
}
