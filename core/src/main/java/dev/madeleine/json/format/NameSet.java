package dev.madeleine.json.format;

import java.util.Arrays;

/**
 * Finds a name that an object has twice, over all objects of one session. Names that somebody chose
 * to fall together make it slower, but it never holds more than {@value #MOST}.
 */
final class NameSet {
  /** Most names of a session. */
  static final int MOST = 512;

  private static final int SLOTS = 2 * MOST;

  /** The number of the session in whose turn a slot was filled. */
  private final int[] turns = new int[SLOTS];

  private final long[] keys = new long[SLOTS];
  private final int[] starts = new int[SLOTS];
  private final int[] ends = new int[SLOTS];
  private final int[] objects = new int[SLOTS];
  private int turn;

  /** Forgets all names. */
  void clear() {
    if (++turn == 0) { // All numbers have been used.
      Arrays.fill(turns, 0);
      turn = 1;
    }
  }

  /**
   * Adds a name of at most {@value #MOST} in all.
   *
   * @param object the number of its object
   * @param hash equal for equal names, however they are written
   * @param start where it begins in the bytes
   * @param end where it ends
   * @param escaped whether any name so far is written with escapes
   * @return whether the object has it already
   */
  boolean addOrFind(byte[] bytes, int object, long hash, int start, int end, boolean escaped) {
    long key = hash + object * 0x9e3779b97f4a7c15L;
    int slot = (int) (Words.mix(key) >>> 54);
    while (turns[slot] == turn) {
      if (keys[slot] == key
          && objects[slot] == object
          && isSame(bytes, starts[slot], ends[slot], start, end, escaped)) {
        return true;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    turns[slot] = turn;
    keys[slot] = key;
    objects[slot] = object;
    starts[slot] = start;
    ends[slot] = end;
    return false;
  }

  private static boolean isSame(
      byte[] bytes, int start, int end, int otherStart, int otherEnd, boolean escaped) {
    return escaped
        ? JsonStrings.text(bytes, start, end).equals(JsonStrings.text(bytes, otherStart, otherEnd))
        : Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd);
  }
}
