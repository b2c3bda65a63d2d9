package dev.madeleine.spring.security;

import dev.madeleine.spring.reactive.CookieWebSession;
import dev.madeleine.spring.reactive.WebSessionListener;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Seals whose web session it is whenever another user is stored in it than before, or another login
 * of the same user at a provider, and ends the login when the user is removed: by a logout, which
 * in WebFlux leaves the other attributes.
 */
final class WebSubjects implements WebSessionListener {
  private final LoginKeys keys;

  WebSubjects(LoginKeys keys) {
    this.keys = keys;
  }

  @Override
  public void changed(
      CookieWebSession session, String name, @Nullable Object before, @Nullable Object value) {
    Authentication userBefore = user(before);
    Authentication user = user(value);
    if (user == null) {
      if (userBefore != null) {
        session.logout();
      }
      return;
    }
    if (keys.isOther(userBefore, user)) {
      session.login(user.getName(), keys.of(user));
    }
  }

  /** The user of a security context, or null if it has none with a name, and for other values. */
  private static @Nullable Authentication user(@Nullable Object value) {
    Authentication user =
        value instanceof SecurityContext context ? context.getAuthentication() : null;
    return user == null || !user.isAuthenticated() || named(user).isEmpty() ? null : user;
  }

  private static String named(Authentication user) {
    String name = user.getName();
    return name == null ? "" : name;
  }
}
