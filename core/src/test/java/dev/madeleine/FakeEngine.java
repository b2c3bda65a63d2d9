package dev.madeleine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine in memory, which several nodes can use, and which fails when it is told to. */
final class FakeEngine {
  /** Entries by their numbers, from 1 on. */
  private final NavigableMap<Integer, byte[]> entries = new TreeMap<>();

  private final List<byte[]> packs = new ArrayList<>();

  /** Up to which number all entries are in the packs. */
  private int packed;

  /** The number of the last entry. */
  private int last;

  private int epoch;
  private boolean away;
  private int reads;
  private int compactions;
  private @Nullable Duration ahead;
  private volatile Duration slow = Duration.ZERO;

  /** The engine as one node sees it. */
  SharedMarks node() {
    return new Node();
  }

  synchronized void away(boolean isAway) {
    away = isAway;
    notifyAll();
  }

  /** Lets the engine take so long for each append. */
  void slow(Duration by) {
    slow = by;
  }

  synchronized void loseData() {
    entries.clear();
    packs.clear();
    packed = 0;
    last = 0;
    epoch++;
  }

  /** Gives the engine a clock. */
  synchronized void clockAhead(Duration by) {
    ahead = by;
  }

  synchronized void add(byte[] entry) {
    entries.put(++last, entry);
    notifyAll();
  }

  /** The packs and the entries behind them. */
  synchronized List<byte[]> entries() {
    return after(-1);
  }

  private List<byte[]> after(int number) {
    List<byte[]> found = new ArrayList<>(number < packed ? packs : List.of());
    found.addAll(entries.tailMap(number, false).values());
    return found;
  }

  synchronized int reads() {
    return reads;
  }

  synchronized int compactions() {
    return compactions;
  }

  private synchronized void requireHere() throws IOException {
    if (away) {
      throw new IOException("connection refused");
    }
  }

  private final class Node implements SharedMarks {
    private boolean closed;

    @Override
    public void append(List<byte[]> more, Instant until) throws IOException {
      try {
        Thread.sleep(slow.toMillis());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      synchronized (FakeEngine.this) {
        requireHere();
        if (closed) {
          throw new IOException("closed");
        }
        more.forEach(FakeEngine.this::add);
      }
    }

    @Override
    public Batch read(@Nullable String position, Duration wait) throws IOException {
      synchronized (FakeEngine.this) {
        requireHere();
        reads++;
        boolean known = position == null || position.startsWith(epoch + ":");
        int from =
            position == null || !known
                ? -1
                : Integer.parseInt(position.substring(position.indexOf(':') + 1));
        long end = System.nanoTime() + wait.toNanos();
        while (from >= last && System.nanoTime() < end && known && !closed) {
          try {
            FakeEngine.this.wait(10);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          requireHere();
          known = position == null || position.startsWith(epoch + ":");
        }
        from = known ? from : -1;
        Instant time = ahead == null ? null : Instant.now().plus(ahead);
        return new Batch(after(from), epoch + ":" + last, time, false, !known);
      }
    }

    @Override
    public void compact(String position, Supplier<List<byte[]>> supplied, Instant until) {
      synchronized (FakeEngine.this) {
        int upTo = Integer.parseInt(position.substring(position.indexOf(':') + 1));
        packs.clear();
        packs.addAll(supplied.get());
        packed = upTo;
        entries.headMap(upTo, true).clear();
        compactions++;
      }
    }

    @Override
    public void close() {
      synchronized (FakeEngine.this) {
        closed = true;
        FakeEngine.this.notifyAll();
      }
    }

    @Override
    public String toString() {
      return "a fake engine";
    }
  }
}
