package dev.madeleine.spring.security;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * A user of whom the session has the name only, until they have been looked up.
 *
 * @param name the user's name
 */
record NamedUser(String name) implements AuthenticatedPrincipal {
  @Override
  public String getName() {
    return name;
  }
}
