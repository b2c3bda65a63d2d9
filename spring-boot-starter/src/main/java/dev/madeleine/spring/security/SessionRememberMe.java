package dev.madeleine.spring.security;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.RememberMeServices;

/**
 * Remembers a login by letting its session live longer, without a second cookie: when the form has
 * the parameter {@code remember-me}.
 */
final class SessionRememberMe implements RememberMeServices {
  private static final String PARAMETER = "remember-me";
  private static final Set<String> YES = Set.of("true", "on", "yes", "1");

  private final Duration time;

  /**
   * Remembers logins for this time.
   *
   * @param time not longer than the policy of the sessions allows
   */
  SessionRememberMe(Duration time) {
    this.time = time;
  }

  /** Nobody: who is remembered has a session. */
  @Override
  public @Nullable Authentication autoLogin(
      HttpServletRequest request, HttpServletResponse response) {
    return null;
  }

  /** Nothing: a failed login leaves the session as it is. */
  @Override
  public void loginFail(HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public void loginSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication user) {
    String asked = request.getParameter(PARAMETER);
    if (asked != null && YES.contains(asked.toLowerCase(Locale.ROOT))) {
      SessionFilter.session(request).remember(time);
    }
  }
}
