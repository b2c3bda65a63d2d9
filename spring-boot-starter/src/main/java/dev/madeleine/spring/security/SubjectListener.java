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
      String before =
          event.getValue() instanceof SecurityContext old ? name(old.getAuthentication()) : null;
      seal(session, before, context.getAuthentication());
    }
  }

  private void seal(HttpSession session, @Nullable String before, @Nullable Authentication user) {
    String name = name(user);
    if (user != null && name != null && !name.isEmpty() && !name.equals(before)) {
      SessionFilter.login(session, name, keys.of(user));
    }
  }

  private static @Nullable String name(@Nullable Authentication user) {
    return user == null || !user.isAuthenticated() ? null : user.getName();
  }
}
