package dev.madeleine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of an application tell each other which sessions have ended: a log in an engine
 * that is there anyway, such as a Redis stream or a table. {@link ReplicatedRevocation} writes to
 * it and reads from it, in threads of its own; no request waits for it but a login.
 *
 * <p>An entry is some bytes, sealed by the keys of the application, which nobody else can read or
 * make. Entries may come twice and in any order, and none may be left out: whoever reads from a
 * position gets at least all entries that were not yet there when that position was handed out. An
 * entry is of use until its time; the engine may drop it then, and not before.
 *
 * <p>Two applications, or audiences of one, need two of these that never meet, for example by a
 * prefix of their own.
 *
 * <p>A method that cannot do its work throws an IOException, whose message names the trouble and no
 * password, and may be called again. Implementations are safe for use by several threads; while one
 * waits in {@link #read}, others append and read. {@code SharedMarksContract} of the testkit is
 * what each has to pass.
 */
public interface SharedMarks extends AutoCloseable {
  /**
   * What was read.
   *
   * @param entries sealed entries, in any order
   * @param position where to go on; a text of this implementation's choice
   * @param time what the engine's clock said, or null if it has none
   * @param more whether there is more to read at once
   * @param restarted whether the engine does not know the position that was asked for: it lost its
   *     data, or fell back to older ones. What there is was read from the beginning then
   */
  record Batch(
      List<byte[]> entries,
      String position,
      @Nullable Instant time,
      boolean more,
      boolean restarted) {
    /** Copies the list. */
    public Batch {
      entries = List.copyOf(entries);
    }

    /** How many entries; what they hold is nobody's business. */
    @Override
    public String toString() {
      return "Batch[%s entries]".formatted(entries.size());
    }
  }

  /**
   * Adds entries. When it returns, the engine has them, as safely as it is set up to keep anything.
   *
   * @param entries at most 1,000, each of at most 100,000 bytes
   * @param until when the last of them is of no use any more
   */
  void append(List<byte[]> entries, Instant until) throws IOException;

  /**
   * What has come since a position.
   *
   * @param position what an earlier batch said, or null for all that there is
   * @param wait how long to wait for an entry if there is none; zero for an answer at once. An
   *     engine that cannot tell of new entries may answer later, but within a second
   */
  Batch read(@Nullable String position, Duration wait) throws IOException;

  /**
   * Puts a few large entries in the place of all that this node has read, so that a node that
   * starts has less to read. To be done by one node at a time; if another is at it, or has been
   * within the last minute, nothing happens. Nothing happens by default.
   *
   * @param position up to which all entries are in the packs
   * @param packs the large entries, asked for only if they are to be stored
   * @param until when the last of them is of no use any more
   */
  default void compact(String position, Supplier<List<byte[]>> packs, Instant until)
      throws IOException {}

  /**
   * Whom the sessions are for, if several applications share the keys: sealed with each entry, and
   * part of every name in the engine.
   */
  default String audience() {
    return "";
  }

  /** Ends all reading and gives connections back that are its own. */
  @Override
  void close();

  /** The engine as an operator knows it, without a password. */
  @Override
  String toString();
}
