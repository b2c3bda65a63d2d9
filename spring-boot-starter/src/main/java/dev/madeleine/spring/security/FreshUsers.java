package dev.madeleine.spring.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** What a user who was looked up again may do. */
final class FreshUsers {
  private FreshUsers() {}

  static boolean mayLogIn(UserDetails user) {
    return user.isEnabled()
        && user.isAccountNonLocked()
        && user.isAccountNonExpired()
        && user.isCredentialsNonExpired();
  }

  /**
   * The user's authorities, and those of the login that no user has: its factors, a switch.
   *
   * @param ofLogin the authorities of the login
   */
  static List<GrantedAuthority> authorities(
      UserDetails user, Collection<? extends GrantedAuthority> ofLogin) {
    List<GrantedAuthority> authorities = new ArrayList<>(user.getAuthorities());
    ofLogin.stream()
        .filter(authority -> authority.getClass() != SimpleGrantedAuthority.class)
        .filter(authority -> !authorities.contains(authority))
        .forEach(authorities::add);
    return authorities;
  }
}
