package dev.madeleine.spring.security;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** The words, beside the user's name, by which the sessions of a login can be ended. */
@FunctionalInterface
interface LoginKeys {
  /** No words. */
  LoginKeys NONE = user -> new String[0];

  /** The words of a login; at most four. */
  String[] of(Authentication user);

  /** Whether this is another login than the one before: of another user, or by other words. */
  default boolean isOther(@Nullable Authentication before, Authentication user) {
    return before == null
        || !before.isAuthenticated()
        || !user.getName().equals(before.getName())
        || !Arrays.equals(of(user), of(before));
  }
}
