package dev.madeleine.spring.security;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

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
    String name = name(user);
    if (user == null || name == null || name.isEmpty()) {
      return;
    }
    String[] words = keys.of(user);
    if (before == null || !name.equals(name(before)) || !Arrays.equals(words, keys.of(before))) {
      SessionFilter.login(session, name, words);
    }
  }

  private static @Nullable String name(@Nullable Authentication user) {
    return user == null || !user.isAuthenticated() ? null : user.getName();
  }
}
