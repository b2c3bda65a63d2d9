package dev.madeleine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ends sessions before their time. The one thing that a stateless session cannot do alone:
 * with none, a logout ends the session in this browser only, and a stolen copy lives until it
 * expires.
 *
 * <p>{@link SessionPolicy#withRevocationInMemory()} serves one process, {@link
 * ReplicatedRevocation} several. A method that throws fails the request: revocation fails closed.
 *
 * <p>A revocation is a mark with a time, its <i>not before</i>: a session that fits the mark is
 * revoked when it was created at this time or earlier. The sessions of an implementation are ended
 * by these rules:
 *
 * <ul>
 *   <li>The mark of a session with a subject is made of the subject's hash and the created time, so
 *       that every cookie of one login ends, whatever ids it had. The mark of another session is
 *       made of its id.
 *   <li>A mark is never taken back: of two for the same, the later <i>not before</i> holds.
 *   <li><i>Not before</i> is the latest of the own time, the mark that is there already, and the
 *       latest time that {@link #issued} was told; but at most one second later than the own time.
 *   <li>A mark lives as long as a session that it ends: {@link SessionPolicy#longestLife}.
 * </ul>
 *
 * <p>Implementations are safe for use by several threads; {@link #isRevoked} is on the path of
 * every request that uses its session, so it does not wait for a store.
 */
public interface Revocation {
  /**
   * What is known of a session whose seal is good.
   *
   * @param sessionId 32 hex digits
   * @param created when it began or its user logged in, in milliseconds
   * @param subject whom it belongs to, or null before a login
   * @param keys the keys of the application that it has, at most {@value ApplicationKey#MOST}
   */
  record Stamp(
      String sessionId, Instant created, @Nullable Subject subject, List<ApplicationKey> keys) {
    /** Copies the keys. */
    public Stamp {
      keys = List.copyOf(keys);
    }

    /** The created time; the id is nobody's business. */
    @Override
    public String toString() {
      return "Stamp[created " + created + "]";
    }
  }

  /**
   * No revocation: the default. A logout is no error, it ends the session in this browser; what is
   * to end other sessions throws an UnsupportedOperationException, since none would end.
   */
  Revocation NONE =
      new Revocation() {
        @Override
        public boolean isRevoked(Stamp stamp) {
          return false;
        }

        @Override
        public void revokeSession(Stamp stamp, Instant until) {}

        @Override
        public void revokeSubject(String subject) {
          throw nothingEnds();
        }

        @Override
        public void revokeKey(String key) {
          throw nothingEnds();
        }

        @Override
        public void revokeAll() {
          throw nothingEnds();
        }

        private UnsupportedOperationException nothingEnds() {
          return new UnsupportedOperationException(
              "no session would end, since this policy has no revocation;"
                  + " configure one: SessionPolicy.withRevocationInMemory() for one process,"
                  + " withRevocation(…) for several");
        }

        @Override
        public String toString() {
          return "none";
        }
      };

  /**
   * Whether this session has been ended. Before a session begins or its user logs in, this is asked
   * about the session as it would be, with an id of 32 zeros, to give it a created time that no
   * mark covers.
   */
  boolean isRevoked(Stamp stamp);

  /**
   * Ends one session; {@link Session#invalidate} calls it.
   *
   * @param until when the session would have expired anyway and can be forgotten
   */
  void revokeSession(Stamp stamp, Instant until);

  /**
   * Ends all sessions of this subject that exist now: logout everywhere, password change, account
   * disabled. A {@link Session#login} that follows, even within the same millisecond, is not
   * affected.
   *
   * @param subject the name that was given to {@code login}
   * @throws UnsupportedOperationException if there is no revocation, so that none would end
   */
  void revokeSubject(String subject);

  /**
   * Ends all sessions that exist now and have this key of the application, for example the {@code
   * sid} of an identity provider's logout. A login that follows is not affected.
   *
   * @param key a word that was given to {@code login}; see {@link ApplicationKey#of}
   * @throws UnsupportedOperationException if there is no revocation, so that none would end
   */
  void revokeKey(String key);

  /**
   * Ends all sessions that exist now. A session that begins afterwards is not affected.
   *
   * @throws UnsupportedOperationException if there is no revocation, so that none would end
   */
  void revokeAll();

  /**
   * Learns the created time of each session that begins in this process and of each login, before
   * its cookie is written. It can be up to a second later than the clock: the first millisecond
   * after a mark that fits the new session. Does nothing by default.
   */
  default void issued(Instant created) {}

  /**
   * Waits until what other processes have revoked so far is known here, so that a login that
   * follows gets a created time that none of it covers. Asked before each {@link Session#login};
   * does nothing by default. An implementation waits for a moment at most and never throws.
   */
  default void catchUp() {}

  /**
   * How far the clock by which revocations are dated is ahead of the policy's, in milliseconds:
   * created times and their judging go by it, too. 0 by default.
   */
  default long clockOffset() {
    return 0;
  }
}
