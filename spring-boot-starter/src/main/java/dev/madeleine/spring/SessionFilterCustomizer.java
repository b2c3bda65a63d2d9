package dev.madeleine.spring;

import dev.madeleine.servlet.SessionFilterBuilder;

/**
 * Changes the servlet filter of a Spring Boot application before it is built: a bean of this type
 * is called after the session listeners among the beans have been added. Several are called in
 * their order ({@code @Order}).
 */
@FunctionalInterface
public interface SessionFilterCustomizer {
  /** Changes the filter. */
  void customize(SessionFilterBuilder filter);
}
