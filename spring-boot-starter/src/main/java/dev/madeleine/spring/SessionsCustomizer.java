package dev.madeleine.spring;

import dev.madeleine.SessionsBuilder;

/**
 * Changes the sessions of a Spring Boot application before they are built: a bean of this type is
 * called after the properties have been applied. Several are called in their order
 * ({@code @Order}).
 *
 * <pre>{@code
 * @Bean
 * SessionsCustomizer cart() {
 *   return sessions -> sessions.attributes(Attribute.of("cart", Cart.class));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface SessionsCustomizer {
  /** Changes the sessions. */
  void customize(SessionsBuilder sessions);
}
