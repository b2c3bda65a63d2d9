package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;

/**
 * The settings of a filter.
 *
 * @param sessions where sessions are loaded and saved
 * @param rules which attributes travel
 * @param listeners whom to notify
 * @param keepEmpty whether a session without attributes gets a cookie
 * @param throwWhenLate whether a change after the commit throws
 */
record FilterSettings(
    Sessions sessions,
    AttributeRules rules,
    Listeners listeners,
    boolean keepEmpty,
    boolean throwWhenLate) {

  /** Whether a value that was received may be of a class of the application's, which can listen. */
  boolean bringsOwnClasses() {
    boolean plain =
        sessions.transport().encoder().serializer() instanceof JsonSerializer json
            && !json.hasDeclaredAttributes();
    return !plain;
  }

  FilterSettings withCookie(CookieOptions options) {
    return new FilterSettings(
        sessions.withCookie(options), rules, listeners, keepEmpty, throwWhenLate);
  }
}
