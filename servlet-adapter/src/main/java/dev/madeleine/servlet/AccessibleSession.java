package dev.madeleine.servlet;

import dev.madeleine.Session;
import jakarta.servlet.ServletContext;

/**
 * What Servlet 6.1 adds to a session. A class of its own, so that an older container never meets
 * the types of its methods.
 */
final class AccessibleSession extends ServletSession {
  AccessibleSession(Exchange exchange, Session session, ServletContext context) {
    super(exchange, session, context);
  }

  /**
   * Access for other threads while the request lasts. Later it throws an IllegalStateException: the
   * session is in the client's cookie, and there is no response that could change it.
   *
   * @throws IllegalStateException if the session was invalidated
   */
  @Override
  public Accessor getAccessor() {
    isNew(); // Throws if it was invalidated.
    return this::access;
  }
}
