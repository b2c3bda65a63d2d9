package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Sessions;

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

  FilterSettings inCookie(CookieOptions options) {
    return new FilterSettings(
        sessions.inCookie(options), rules, listeners, keepEmpty, throwWhenLate);
  }
}
