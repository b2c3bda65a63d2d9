package dev.madeleine.spring.reactive;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hears of web sessions in a cookie: beans of this type are called in their order ({@code @Order}).
 * No method may block.
 */
public interface WebSessionListener {
  /**
   * Called when a request first asks for its session, which the application gets when this
   * completes: to look up what the session only names. An error fails the request.
   */
  default Mono<Void> received(CookieWebSession session) {
    return Mono.empty();
  }

  /**
   * Called when the application has put, replaced or removed an attribute.
   *
   * @param before the former value, or null
   * @param value the new value, or null
   */
  default void changed(
      CookieWebSession session, String name, @Nullable Object before, @Nullable Object value) {}
}
