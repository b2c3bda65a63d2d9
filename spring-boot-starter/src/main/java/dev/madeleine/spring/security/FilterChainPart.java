package dev.madeleine.spring.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** A part of our settings in every filter chain of an application. */
@FunctionalInterface
interface FilterChainPart {
  /** Sets it, after the application has configured the chain and before the chain is built. */
  void applyTo(HttpSecurity http);
}
