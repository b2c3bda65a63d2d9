package dev.madeleine.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.util.ReflectionUtils;

/**
 * A limit of sessions for each user, where nobody counts them: a limit of one ends the logins
 * before. What cannot be kept, another number or to refuse the newer login, is a warning when it is
 * first seen.
 */
final class NewestLoginWins extends ConcurrentSessionControlAuthenticationStrategy {
  private static final System.Logger LOG = System.getLogger(NewestLoginWins.class.getName());

  /** The number of sessions for a user, of which only subclasses of the other class are told. */
  private static final Method LIMIT = limit();

  private static final int UNLIMITED = -1;

  private final ConcurrentSessionControlAuthenticationStrategy configured;
  private final SessionRegistry sessions;
  private final LoginKeys keys;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * A limit.
   *
   * @param configured the limit as the application has set it, over the same sessions
   * @param keys tell whether a login is another than the one of the session
   */
  NewestLoginWins(
      ConcurrentSessionControlAuthenticationStrategy configured,
      SessionRegistry sessions,
      LoginKeys keys) {
    super(sessions);
    this.configured = configured;
    this.sessions = sessions;
    this.keys = keys;
  }

  private static Method limit() {
    Method method =
        Objects.requireNonNull(
            ReflectionUtils.findMethod(
                ConcurrentSessionControlAuthenticationStrategy.class,
                "getMaximumSessionsForThisUser",
                Authentication.class));
    ReflectionUtils.makeAccessible(method);
    return method;
  }

  @Override
  public void onAuthentication(
      Authentication user, HttpServletRequest request, HttpServletResponse response) {
    int limit = (int) Objects.requireNonNull(ReflectionUtils.invokeMethod(LIMIT, configured, user));
    if (limit == UNLIMITED || !keys.isOther(before(request), user)) {
      return; // The session of this request is the newest login already.
    }
    if (limit != 1) {
      warn(
          "maximumSessions({0}) has no effect: sessions in a cookie are not counted; with 1, the"
              + " newest login of a user ends the ones before",
          limit);
      return;
    }
    try {
      configured.onAuthentication(user, request, response);
    } catch (SessionAuthenticationException refused) {
      warn(
          "maxSessionsPreventsLogin has no effect: the newest login of a user ends the ones before",
          limit);
      Object principal = user.getPrincipal();
      sessions
          .getAllSessions(principal == null ? user.getName() : principal, false)
          .forEach(session -> session.expireNow());
    }
  }

  /** Who is logged in in the session of this request, or null. */
  private static @Nullable Authentication before(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null
            && session.getAttribute(
                    HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                instanceof SecurityContext context
        ? context.getAuthentication()
        : null;
  }

  private void warn(String text, int limit) {
    if (!warned.getAndSet(true)) {
      LOG.log(System.Logger.Level.WARNING, text, limit);
    }
  }
}
