package dev.madeleine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What ends sessions before their time. The one thing that a stateless session cannot do alone:
 * with none, a logout ends the session in this browser only, and a stolen copy lives until it
 * expires.
 *
 * <p>{@link InMemoryRevocation} serves one process. For several, implement this interface over a
 * shared store. A method that throws fails the request: revocation fails closed.
 *
 * <p>Implementations are safe for use by several threads; {@link #isRevoked} is on the path of
 * every request that uses its session.
 */
public interface Revocation {
  /**
   * What is known of a session whose seal is good.
   *
   * @param sessionId 32 hex digits
   * @param created when it began or its user logged in, whole seconds
   * @param subject whom it belongs to, or null before a login
   */
  record Stamp(String sessionId, Instant created, @Nullable Subject subject) {
    /** The created time; the id is nobody's business. */
    @Override
    public String toString() {
      return "Stamp[created " + created + "]";
    }
  }

  /** No revocation: the default. */
  Revocation NONE =
      new Revocation() {
        @Override
        public boolean isRevoked(Stamp stamp) {
          return false;
        }

        @Override
        public void revokeSession(Stamp stamp, Instant until) {}

        @Override
        public String toString() {
          return "none";
        }
      };

  /** Whether this session has been ended. */
  boolean isRevoked(Stamp stamp);

  /**
   * Ends one session; {@link Session#invalidate} calls it.
   *
   * @param until when the session would have expired anyway and can be forgotten
   */
  void revokeSession(Stamp stamp, Instant until);
}
