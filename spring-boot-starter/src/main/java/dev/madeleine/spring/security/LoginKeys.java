package dev.madeleine.spring.security;

import org.springframework.security.core.Authentication;

/** The words, beside the user's name, by which the sessions of a login can be ended. */
@FunctionalInterface
interface LoginKeys {
  /** No words. */
  LoginKeys NONE = user -> new String[0];

  /** The words of a login; at most four. */
  String[] of(Authentication user);
}
