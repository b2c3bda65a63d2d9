package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;

/**
 * The settings of a filter.
 *
 * @param sessions where sessions are loaded and saved
 * @param rules which attributes travel
 * @param listeners whom to notify
 * @param checks what looks for signs of a wrong setup
 * @param keepEmpty whether a session without attributes gets a cookie
 * @param throwWhenLate whether a change after the commit throws
 * @param withoutRenewal requests whose use of the session does not put off its idle timeout
 */
record FilterSettings(
    Sessions sessions,
    AttributeRules rules,
    Listeners listeners,
    SetupChecks checks,
    boolean keepEmpty,
    boolean throwWhenLate,
    List<Predicate<? super HttpServletRequest>> withoutRenewal) {

  /** Whether a value that was received may be of a class of the application's, which can listen. */
  boolean bringsOwnClasses() {
    boolean plain =
        sessions.transport().encoder().serializer() instanceof JsonSerializer json
            && !json.carriesOwnClasses();
    return !plain;
  }

  /** Whether this request does not renew the session. */
  boolean skipsRenewal(HttpServletRequest request) {
    for (Predicate<? super HttpServletRequest> condition : withoutRenewal) {
      if (condition.test(request)) {
        return true;
      }
    }
    return false;
  }

  FilterSettings withCookie(CookieOptions options) {
    return new FilterSettings(
        sessions.withCookie(options),
        rules,
        listeners,
        checks,
        keepEmpty,
        throwWhenLate,
        withoutRenewal);
  }
}
