package dev.madeleine;

import java.time.Duration;
import java.time.Instant;

/**
 * Something an operator may want to know about {@link ReplicatedRevocation}. Names of engines,
 * numbers and times; never a hash or a password.
 */
public sealed interface RevocationEvent {
  /** The engine, as {@link SharedMarks#toString} names it. */
  String engine();

  /**
   * The engine does not answer. Requests go on with what is known, and what is revoked holds on
   * this node until it can be sent.
   *
   * @param reason what the engine or its client said
   */
  record Away(String engine, String reason) implements RevocationEvent {}

  /**
   * The engine answers again.
   *
   * @param since when it answered last before
   * @param restarted whether it had lost data, all of which this node has sent again
   */
  record Back(String engine, Instant since, boolean restarted) implements RevocationEvent {}

  /**
   * Entries that no key of the ring made: somebody else writes there, or this node lacks a key.
   *
   * @param entries how many
   */
  record Unreadable(String engine, int entries) implements RevocationEvent {}

  /**
   * The clock of this node and that of the engine differ by more than ten minutes, so that of the
   * engine is not used.
   *
   * @param ahead how far the engine's is ahead
   */
  record ClocksApart(String engine, Duration ahead) implements RevocationEvent {}
}
