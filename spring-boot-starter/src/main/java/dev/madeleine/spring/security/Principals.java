package dev.madeleine.spring.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Who is logged in, as plain values, without a password:
 *
 * <ul>
 *   <li>a text is itself,
 *   <li>a {@link User} is a list of its name and, if it is not in order, what is wrong with it,
 *   <li>{@link UserDetails} of the application's own class are {@code {"user": name}} and looked up
 *       again,
 *   <li>what the session carries anyway or by a converter of the application is {@code {"value":
 *       …}}.
 * </ul>
 */
final class Principals {
  private static final String LOOKED_UP = "user";
  private static final String VALUE = "value";

  private final Function<String, ?> lookup;
  private final Set<Class<?>> carried;
  private final boolean reload;

  /**
   * Principals of an application.
   *
   * @param lookup finds a user by name, and throws if there is none; or names one with {@link
   *     NamedUser}, to be looked up later
   * @param carried classes that have a converter of their own
   * @param reload whether a {@link User} is looked up too, so that its roles and locks are fresh
   */
  Principals(Function<String, ?> lookup, Set<Class<?>> carried, boolean reload) {
    this.lookup = lookup;
    this.carried = carried;
    this.reload = reload;
  }

  Object toPlain(Object principal) {
    if (principal instanceof String) {
      return principal;
    }
    if (principal instanceof NamedUser user) {
      return Map.of(LOOKED_UP, user.name());
    }
    if (!(principal instanceof UserDetails user) || isCarried(principal)) {
      return Map.of(VALUE, principal);
    }
    if (user.getClass() != User.class || reload) {
      return Map.of(LOOKED_UP, user.getUsername());
    }
    int wrong =
        (user.isEnabled() ? 0 : 1)
            | (user.isAccountNonExpired() ? 0 : 2)
            | (user.isCredentialsNonExpired() ? 0 : 4)
            | (user.isAccountNonLocked() ? 0 : 8);
    return wrong == 0 ? List.of(user.getUsername()) : List.of(user.getUsername(), wrong);
  }

  private boolean isCarried(Object principal) {
    return carried.stream().anyMatch(type -> type.isInstance(principal));
  }

  /**
   * The principal of a plain value.
   *
   * @param authorities those of the token, which a {@link User} had too
   */
  Object fromPlain(Object plain, Collection<? extends GrantedAuthority> authorities) {
    if (plain instanceof List<?> list) {
      if (reload) {
        return lookup.apply((String) list.get(0)); // Written when users were not looked up yet.
      }
      int wrong = list.size() == 1 ? 0 : (int) list.get(1);
      return new User(
          (String) list.get(0),
          "",
          (wrong & 1) == 0,
          (wrong & 2) == 0,
          (wrong & 4) == 0,
          (wrong & 8) == 0,
          authorities);
    }
    if (plain instanceof Map<?, ?> map) {
      Object name = map.get(LOOKED_UP);
      return name == null ? required(map.get(VALUE)) : lookup.apply((String) name);
    }
    return plain;
  }

  /**
   * The authorities of a principal: those of the login, or fresh ones of a user who is always
   * looked up.
   *
   * @throws IllegalStateException if that user may not log in any more
   */
  Collection<? extends GrantedAuthority> authorities(
      Object principal, List<GrantedAuthority> ofLogin) {
    if (!reload || !(principal instanceof UserDetails user)) {
      return ofLogin;
    }
    if (!FreshUsers.mayLogIn(user)) {
      throw new IllegalStateException("the user may not log in any more");
    }
    return FreshUsers.authorities(user, ofLogin);
  }

  private static Object required(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("a principal of a kind that this release does not know");
    }
    return value;
  }
}
