package dev.madeleine.json.format;

import java.util.Arrays;

/**
 * The names of the objects that are open while a session is read, to find one that an object has
 * twice. In an object of few names they are compared one by one, of more there is a table; a
 * session with names that somebody chose to fall together is slower, and no larger.
 */
final class NameSet {
  /** Most names of a session. */
  static final int MOST = 512;

  /** Most names that are compared one by one. */
  private static final int FEW = 16;

  private static final int SLOTS = 2 * MOST;

  private final long[] hashes = new long[MOST];
  private final int[] starts = new int[MOST];
  private final int[] ends = new int[MOST];
  private int count;

  // The table: a place in the arrays above, and for which object of which session it holds.
  private final int[] places = new int[SLOTS];
  private final int[] objects = new int[SLOTS];
  private final int[] turns = new int[SLOTS];
  private int turn;

  /** Begins with another session. */
  void clear() {
    count = 0;
    if (++turn == 0) { // All numbers have been used.
      Arrays.fill(turns, 0);
      turn = 1;
    }
  }

  /** The place where the names of an object begin that is opened now. */
  int open() {
    return count;
  }

  /** Forgets the names of an object. */
  void close(int first) {
    count = first;
  }

  /**
   * Adds a name, one of at most {@value #MOST} in all.
   *
   * @param first what {@link #open} returned for its object
   * @param object the number of its object
   * @param hash equal for equal names, however they are written
   * @param start where it begins in the bytes
   * @param end where it ends
   * @param escaped whether any name so far is written with escapes
   * @return whether the object has it already
   */
  boolean addOrFind(
      byte[] bytes, int first, int object, long hash, int start, int end, boolean escaped) {
    int size = count - first;
    int place = count;
    hashes[place] = hash;
    starts[place] = start;
    ends[place] = end;
    count++;
    if (size < FEW) {
      for (int other = first; other < place; other++) {
        if (hashes[other] == hash && isSame(bytes, place, other, escaped)) {
          return true;
        }
      }
      return false;
    }
    for (int other = first; size == FEW && other < place; other++) {
      putOrFind(bytes, object, other, escaped);
    }
    return putOrFind(bytes, object, place, escaped);
  }

  private boolean putOrFind(byte[] bytes, int object, int place, boolean escaped) {
    long hash = hashes[place];
    int slot = (int) (Words.mix(hash + object) >>> 54);
    while (turns[slot] == turn) {
      int other = places[slot];
      if (objects[slot] == object
          && hashes[other] == hash
          && isSame(bytes, place, other, escaped)) {
        return true;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    turns[slot] = turn;
    objects[slot] = object;
    places[slot] = place;
    return false;
  }

  private boolean isSame(byte[] bytes, int place, int other, boolean escaped) {
    int start = starts[place];
    int end = ends[place];
    int otherStart = starts[other];
    int otherEnd = ends[other];
    return escaped
        ? JsonStrings.text(bytes, start, end).equals(JsonStrings.text(bytes, otherStart, otherEnd))
        : Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd);
  }
}
