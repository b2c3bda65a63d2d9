package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import dev.madeleine.Revocation;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a session needs as it now is: saves it again only if that could give others.
 * Guarded by its exchange.
 */
final class NeededHeaders {
  private final Sessions sessions;
  private List<HttpHeader> headers = List.of();

  /** The second in which the session was saved as it is, or null if it may have changed since. */
  private @Nullable Instant saved;

  /** Whether somebody holds what can change in place: the session may then change at any moment. */
  private boolean exposed;

  NeededHeaders(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The session, or which one it is, changes. */
  void change() {
    saved = null;
  }

  /** Somebody holds this value of the session, or the session itself, from now on. */
  void handOut(Object value) {
    exposed |= !isFixed(value);
  }

  /** Whether a value can never change in place: just the types that are the most frequent. */
  private static boolean isFixed(Object value) {
    return value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double;
  }

  boolean isExposed() {
    return exposed;
  }

  /** Whether the session cannot have changed since it was saved. */
  boolean isSettled() {
    return saved != null && !exposed;
  }

  /**
   * The headers; the times that a token holds and that a renewal depends on are whole seconds.
   *
   * @throws IllegalArgumentException as {@link Sessions#save}
   */
  List<HttpHeader> of(Session session) {
    Instant now = sessions.policy().now();
    if (exposed || !now.equals(saved) || !Revocation.NONE.equals(sessions.policy().revocation())) {
      saved = null;
      headers = sessions.save(session);
      saved = now;
    }
    return headers;
  }
}
