package dev.madeleine.spring.security;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Seals whose session it is whenever another user is stored in it than before, whoever stored it: a
 * login form, a controller, a switch of users.
 */
final class SubjectListener implements HttpSessionAttributeListener {
  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (event.getValue() instanceof SecurityContext context) {
      seal(event.getSession(), null, user(context));
    }
  }

  /** The event has the value before. */
  @Override
  public void attributeReplaced(HttpSessionBindingEvent event) {
    HttpSession session = event.getSession();
    if (session.getAttribute(event.getName()) instanceof SecurityContext context) {
      String before = event.getValue() instanceof SecurityContext old ? user(old) : null;
      seal(session, before, user(context));
    }
  }

  private static void seal(HttpSession session, @Nullable String before, @Nullable String user) {
    if (user != null && !user.isEmpty() && !user.equals(before)) {
      SessionFilter.login(session, user);
    }
  }

  private static @Nullable String user(SecurityContext context) {
    Authentication authentication = context.getAuthentication();
    return authentication == null || !authentication.isAuthenticated()
        ? null
        : authentication.getName();
  }
}
