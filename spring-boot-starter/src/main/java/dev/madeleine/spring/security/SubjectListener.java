package dev.madeleine.spring.security;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.WebAttributes;

/**
 * Seals whose session it is whenever another user is stored in it than before, or another login of
 * the same user at a provider, whoever stored it: a login form, a controller, a switch of users.
 */
final class SubjectListener implements HttpSessionAttributeListener {
  private final LoginKeys keys;

  SubjectListener(LoginKeys keys) {
    this.keys = keys;
  }

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (event.getValue() instanceof SecurityContext context) {
      seal(event.getSession(), null, context.getAuthentication());
    }
  }

  /** The event has the value before. */
  @Override
  public void attributeReplaced(HttpSessionBindingEvent event) {
    HttpSession session = event.getSession();
    if (session.getAttribute(event.getName()) instanceof SecurityContext context) {
      seal(
          session,
          event.getValue() instanceof SecurityContext old ? old.getAuthentication() : null,
          context.getAuthentication());
    }
  }

  private void seal(
      HttpSession session, @Nullable Authentication before, @Nullable Authentication user) {
    if (user == null || !user.isAuthenticated() || isNameless(user)) {
      return;
    }
    if (keys.isOther(before, user)) {
      SessionFilter.login(session, user.getName(), keys.of(user));
    }
    // Spring Security removes it behind the redirect, which is too late for a cookie.
    session.removeAttribute(WebAttributes.AUTHENTICATION_EXCEPTION);
  }

  private static boolean isNameless(Authentication user) {
    return user.getName() == null || user.getName().isEmpty();
  }
}
