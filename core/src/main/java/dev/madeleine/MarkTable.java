package dev.madeleine;

import dev.madeleine.Mark.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Marks of what has been ended, in a bounded amount of memory: at most 34 bytes each, once there
 * are some. All times are milliseconds since 1970.
 *
 * <p>Nothing that was ended comes back: when the table is full, marks that have expired go; if that
 * makes no room, the oldest generation, a sixteenth of the table, becomes a date, and all that was
 * created up to it counts as ended. Readers take no lock and make no object; writers are few and
 * take turns.
 *
 * <p>A filter of bits says of nearly all that has no mark that it has none: of sessions by their
 * time, which spares the hash of a login, and of all else by its hash.
 *
 * <p>Open addressing with linear probing. A mark is two longs side by side: the hash, and <i>not
 * before</i> in 42 bits, its kind in two, its life in 20. Nothing is ever removed from an array: a
 * smaller one takes its place.
 */
final class MarkTable {
  private static final int GENERATIONS = 16;

  /** Fewest slots. */
  private static final int LEAST = 64;

  /** Most marks for each hundred slots, and how many more slots a fuller table gets. */
  private static final int LOAD = 62;

  private static final int GROWTH = 120;

  /** Bits of the filter for each slot, in words of which a time has one. */
  private static final int FILTER_BITS = 10;

  private static final int KIND_BITS = 2;
  private static final int LIFE_BITS = 20;
  private static final long MOST_LIFE = (1L << LIFE_BITS) - 1;
  private static final long MOST_TIME = (1L << (Long.SIZE - KIND_BITS - LIFE_BITS)) - 1;

  /** Lives are counted in units of 65,536 milliseconds. */
  private static final int UNIT = 16;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  /** Which hashes lie together is nobody's choice. */
  private static final long SEED = new SecureRandom().nextLong();

  /** Takes the marks of a table one by one. */
  interface Visitor {
    void take(Mark mark);
  }

  /** The arrays, of which readers take one state. */
  private static final class Slots {
    private final long[] marks;
    private final long[] filter;
    private final int capacity;

    Slots(int capacity) {
      this.capacity = capacity;
      marks = new long[2 * capacity];
      filter = new long[capacity * FILTER_BITS / Long.SIZE + 1];
    }

    /** Where the search for a hash begins. */
    private int start(long hash) {
      return place(mixed(hash), capacity);
    }

    /** The value of a mark, 0 if there is none. */
    long find(Kind kind, long hash) {
      int slot = start(hash);
      while (true) {
        long present = (long) LONGS.getAcquire(marks, 2 * slot);
        if (present == 0) {
          return 0;
        }
        if (present == hash) {
          long value = (long) LONGS.getAcquire(marks, 2 * slot + 1);
          if (kind(value) == kind) {
            return value;
          }
        }
        slot = slot + 1 == capacity ? 0 : slot + 1;
      }
    }

    /**
     * Puts the value of a mark into its slot, or into the first that is free.
     *
     * @return whether the mark is new
     */
    boolean put(long hash, long value) {
      long mixed = mixed(kind(value) == Kind.SESSION ? notBefore(value) : hash);
      int word = place(mixed, filter.length);
      LONGS.setRelease(filter, word, filter[word] | bits(mixed));
      int slot = start(hash);
      while (true) {
        long present = marks[2 * slot];
        if (present == 0) {
          LONGS.setRelease(marks, 2 * slot + 1, value); // First, as the hash tells of it.
          LONGS.setRelease(marks, 2 * slot, hash);
          return true;
        }
        if (present == hash && kind(marks[2 * slot + 1]) == kind(value)) {
          LONGS.setRelease(marks, 2 * slot + 1, value);
          return false;
        }
        slot = slot + 1 == capacity ? 0 : slot + 1;
      }
    }

    /** Whether there may be the mark of a session of this time, or one of this hash. */
    boolean mayHave(long key) {
      long mixed = mixed(key);
      long bits = bits(mixed);
      return ((long) LONGS.getAcquire(filter, place(mixed, filter.length)) & bits) == bits;
    }
  }

  private final int limit;
  private volatile Slots slots = new Slots(LEAST);
  private volatile int size;
  private volatile long date = Long.MIN_VALUE;

  /** The unit of time at which expired marks went last. */
  private long purged = Long.MIN_VALUE;

  /**
   * An empty table.
   *
   * @param limit most marks; at least 1
   */
  MarkTable(int limit) {
    this.limit = limit;
  }

  /** Whether there is a mark, whatever its time. */
  boolean has(Kind kind, long hash) {
    return slots.find(kind, nonZero(hash)) != 0;
  }

  /** Whether a mark ends what was created then. */
  boolean ends(Kind kind, long hash, long created) {
    Slots present = slots;
    if (kind != Kind.SESSION && !present.mayHave(nonZero(hash))) {
      return false;
    }
    long value = present.find(kind, nonZero(hash));
    return value != 0 && created <= notBefore(value);
  }

  /**
   * Whether there may be the mark of a session whose <i>not before</i> is this; false for most
   * times that no session's has.
   */
  boolean mayHaveSession(long notBefore) {
    return slots.mayHave(clamped(notBefore));
  }

  /** The <i>not before</i> of a mark, or {@link Long#MIN_VALUE} if there is none. */
  long notBefore(Kind kind, long hash) {
    long value = slots.find(kind, nonZero(hash));
    return value == 0 ? Long.MIN_VALUE : notBefore(value);
  }

  /**
   * Whether all that was created then has ended. To be asked after the marks: one that goes to make
   * room has become part of the date before.
   */
  boolean endsAll(long created) {
    return created <= date;
  }

  /** The date up to which all has ended. */
  long date() {
    return date;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** How many bytes the marks take. */
  long bytes() {
    Slots present = slots;
    return 8L * (present.marks.length + present.filter.length);
  }

  /** All marks that have not expired, in no order. */
  void forEach(long now, Visitor visitor) {
    long[] marks = slots.marks;
    for (int i = 0; i < marks.length; i += 2) {
      long hash = (long) LONGS.getAcquire(marks, i);
      long value = (long) LONGS.getAcquire(marks, i + 1);
      if (hash != 0 && isOfUse(value, now >> UNIT)) {
        visitor.take(new Mark(kind(value), hash, notBefore(value), untilUnit(value) << UNIT));
      }
    }
  }

  /**
   * Adds a mark, or extends the one that is there. It lasts up to a unit longer than it says.
   *
   * @param mark of any kind but all sessions
   * @return whether marks that have not expired had to become a date
   */
  synchronized boolean add(Mark mark, long now) {
    Kind kind = mark.kind();
    long notBefore = mark.notBefore();
    long hash = nonZero(mark.hash());
    long value = value(kind, notBefore, mark.until());
    long known = slots.find(kind, hash);
    if (known != 0) {
      long later = notBefore(value) > notBefore(known) ? value : known;
      long ends = Math.max(untilUnit(value), untilUnit(known));
      slots.put(hash, value(kind, notBefore(later), ends << UNIT));
      return false;
    }
    if (notBefore <= date) {
      return false;
    }
    boolean full = size >= limit && !purge(now);
    if (full) {
      dropOldest(now);
      if (notBefore <= date) {
        return true;
      }
    }
    makeRoom(now);
    slots.put(hash, value);
    size++;
    return full;
  }

  /** Ends all that was created then or before; marks that say no more can go. */
  synchronized void endAll(long upTo, long now) {
    date = Math.max(date, upTo);
    rebuild(now);
  }

  /** Removes expired marks, at most once in a unit, and returns whether there is room now. */
  private boolean purge(long now) {
    long unit = now >> UNIT;
    if (unit > purged) {
      purged = unit;
      rebuild(now);
    }
    return size < limit;
  }

  /** Lets the oldest generation become a date. */
  private void dropOldest(long now) {
    long[] times = new long[size];
    int count = 0;
    long[] marks = slots.marks;
    for (int i = 0; i < marks.length; i += 2) {
      if (marks[i] != 0) {
        times[count++] = notBefore(marks[i + 1]);
      }
    }
    Arrays.sort(times);
    // First, so that at no moment something ended is neither marked nor dated.
    date = Math.max(date, times[Math.max(1, limit / GENERATIONS) - 1]);
    rebuild(now);
  }

  private void makeRoom(long now) {
    if ((size + 1) * 100L > (long) slots.capacity * LOAD) {
      rebuild(now);
    }
  }

  /** Other arrays with the marks that are of use, and room for some more. */
  private void rebuild(long now) {
    long unit = now >> UNIT;
    long[] marks = slots.marks;
    int count = 0;
    for (int i = 0; i < marks.length; i += 2) {
      if (marks[i] != 0 && isOfUse(marks[i + 1], unit)) {
        count++;
      }
    }
    Slots next = new Slots(Math.toIntExact(Math.max(LEAST, (count + 1L) * GROWTH / LOAD)));
    for (int i = 0; i < marks.length; i += 2) {
      if (marks[i] != 0 && isOfUse(marks[i + 1], unit)) {
        next.put(marks[i], marks[i + 1]);
      }
    }
    slots = next;
    size = count;
  }

  /** Whether a mark has not expired, and ends more than the date. */
  private boolean isOfUse(long value, long unit) {
    return notBefore(value) > date && untilUnit(value) > unit;
  }

  // --- the two longs of a mark ---

  /** A slot whose hash is 0 is free. */
  private static long nonZero(long hash) {
    return hash == 0 ? 1 : hash;
  }

  private static long clamped(long time) {
    return Math.max(0, Math.min(time, MOST_TIME));
  }

  private static long value(Kind kind, long notBefore, long until) {
    long time = clamped(notBefore);
    long end = (until >> UNIT) + ((until & (1 << UNIT) - 1) == 0 ? 0 : 1);
    long life = Math.max(1, Math.min(end - (time >> UNIT), MOST_LIFE));
    return (time << KIND_BITS | kind.number()) << LIFE_BITS | life;
  }

  private static long notBefore(long value) {
    return value >>> (KIND_BITS + LIFE_BITS);
  }

  private static Kind kind(long value) {
    return Kind.of((int) (value >>> LIFE_BITS) & (1 << KIND_BITS) - 1);
  }

  /** The first unit of time in which a mark is of no use. */
  private static long untilUnit(long value) {
    return (notBefore(value) >> UNIT) + (value & MOST_LIFE);
  }

  private static long mixed(long key) {
    long mixed = (key ^ SEED) * 0x9e3779b97f4a7c15L;
    return (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
  }

  /** One of this many places, as likely as any other. */
  private static int place(long mixed, int places) {
    return (int) Math.multiplyHigh(mixed >>> 1, 2L * places);
  }

  /** The bits of a time in its word of the filter: three, or fewer if some are the same. */
  private static long bits(long mixed) {
    return 1L << mixed | 1L << (mixed >>> 6) | 1L << (mixed >>> 12); // Their lowest six bits count.
  }

  /** How many marks, of how many; no hashes. */
  @Override
  public String toString() {
    return "MarkTable[%s of at most %s]".formatted(size(), limit);
  }
}
