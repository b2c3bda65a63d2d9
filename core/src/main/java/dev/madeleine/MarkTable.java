package dev.madeleine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Marks of what has been ended, in a bounded amount of memory. All times are milliseconds since
 * 1970.
 *
 * <p>Nothing that was ended comes back: when the table is full, marks that have expired go; if
 * there are none, the oldest generation, a sixteenth of the table, becomes a date, and all that was
 * created up to it counts as ended. Reading takes no lock, and adding looks at each mark once or
 * twice during its whole life.
 */
final class MarkTable {
  private static final int GENERATIONS = 16;

  /** What a mark is made of. */
  enum Kind {
    SESSION,
    SUBJECT,
    KEY
  }

  /** What a mark fits: 64 bits of a hash. Comparable, so that equal hash codes cost little. */
  record Target(Kind kind, long hash) implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
        Comparator.comparing(Target::kind).thenComparingLong(Target::hash);

    @Override
    public int compareTo(Target other) {
      return ORDER.compare(this, other);
    }
  }

  /** One mark. Written under the table's lock only. */
  private static final class Mark {
    private final Target target;
    private volatile long notBefore;
    private long until;

    /** Whether it was made again since it took its place in the order. */
    private boolean renewed;

    Mark(Target target, long notBefore, long until) {
      this.target = target;
      this.notBefore = notBefore;
      this.until = until;
    }
  }

  private final int limit;
  private final ConcurrentHashMap<Target, Mark> marks = new ConcurrentHashMap<>();

  // Those that live longer have an order of their own: otherwise they would hold up the others.
  private final ArrayDeque<Mark> shortLived = new ArrayDeque<>();
  private final ArrayDeque<Mark> longLived = new ArrayDeque<>();

  private volatile long date = Long.MIN_VALUE;

  MarkTable(int limit) {
    this.limit = limit;
  }

  /** Whether there is a mark, whatever its time. */
  boolean has(Target target) {
    return marks.containsKey(target);
  }

  /** Whether a mark ends what was created then. */
  boolean ends(Target target, long created) {
    Mark mark = marks.get(target);
    return mark != null && created <= mark.notBefore;
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
    return marks.isEmpty();
  }

  int size() {
    return marks.size();
  }

  /**
   * Adds a mark, or extends the one that is there.
   *
   * @param notBefore what was created then or before ends
   * @param until when all of that has expired anyway
   * @param longer whether it lives longer than most
   * @return whether marks that have not expired had to become a date
   */
  synchronized boolean add(Target target, long notBefore, long until, boolean longer, long now) {
    Mark mark = marks.get(target);
    if (mark != null) {
      mark.notBefore = Math.max(mark.notBefore, notBefore);
      mark.until = Math.max(mark.until, until);
      mark.renewed = true;
      return false;
    }
    Mark added = new Mark(target, notBefore, until);
    boolean full = !isCovered(added) && marks.size() >= limit && !forgetExpired(now);
    if (full) {
      dropOldest();
    }
    if (!isCovered(added)) {
      marks.put(target, added);
      (longer ? longLived : shortLived).add(added);
    }
    return full;
  }

  /** Ends all that was created then or before; marks that say no more can go. */
  synchronized void endAll(long upTo) {
    date = Math.max(date, upTo);
    marks.values().removeIf(this::isCovered);
    shortLived.removeIf(this::isCovered);
    longLived.removeIf(this::isCovered);
  }

  private boolean isCovered(Mark mark) {
    return mark.notBefore <= date;
  }

  /** Removes marks that are of no use any more, and returns whether there is room now. */
  private boolean forgetExpired(long now) {
    for (ArrayDeque<Mark> order : List.of(shortLived, longLived)) {
      Mark oldest = oldest(order);
      while (oldest != null && (oldest.until <= now || isCovered(oldest))) {
        marks.remove(order.remove().target);
        oldest = oldest(order);
      }
    }
    return marks.size() < limit;
  }

  /** Lets the oldest generation become a date. */
  private void dropOldest() {
    List<Mark> generation = new ArrayList<>();
    long newDate = date;
    for (int i = 0; i < Math.max(1, limit / GENERATIONS); i++) {
      Mark oldest = removeOldest();
      generation.add(oldest);
      newDate = Math.max(newDate, oldest.notBefore);
    }
    date = newDate; // First, so that at no moment something ended is neither marked nor dated.
    generation.forEach(mark -> marks.remove(mark.target));
  }

  /** Of the two that are first in their order, the one that ends less; the table is not empty. */
  private Mark removeOldest() {
    Mark one = oldest(shortLived);
    Mark other = oldest(longLived);
    boolean isShort = one != null && (other == null || one.notBefore <= other.notBefore);
    return (isShort ? shortLived : longLived).remove();
  }

  /** The first in its order, null if there is none; those made again go to the end before. */
  private static @Nullable Mark oldest(ArrayDeque<Mark> order) {
    Mark first = order.peek();
    while (first != null && first.renewed) {
      first.renewed = false;
      order.add(order.remove());
      first = order.peek();
    }
    return first;
  }

  /** How many marks, of how many; no hashes. */
  @Override
  public String toString() {
    return "MarkTable[%s of at most %s]".formatted(size(), limit);
  }
}
