package dev.madeleine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine in memory, which several nodes can use, and which fails when it is told to. */
final class FakeEngine {
  private final List<byte[]> entries = new ArrayList<>();
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
    epoch++;
  }

  /** Gives the engine a clock. */
  synchronized void clockAhead(Duration by) {
    ahead = by;
  }

  synchronized void add(byte[] entry) {
    entries.add(entry);
    notifyAll();
  }

  synchronized List<byte[]> entries() {
    return List.copyOf(entries);
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
        entries.addAll(more);
        FakeEngine.this.notifyAll();
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
                ? 0
                : Integer.parseInt(position.substring(position.indexOf(':') + 1));
        long end = System.nanoTime() + wait.toNanos();
        while (from >= entries.size() && System.nanoTime() < end && known && !closed) {
          try {
            FakeEngine.this.wait(10);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          requireHere();
          known = position == null || position.startsWith(epoch + ":");
        }
        from = known ? from : 0;
        Instant time = ahead == null ? null : Instant.now().plus(ahead);
        List<byte[]> batch = entries.subList(Math.min(from, entries.size()), entries.size());
        return new Batch(batch, epoch + ":" + entries.size(), time, false, !known);
      }
    }

    @Override
    public void compact(String position, Supplier<List<byte[]>> packs, Instant until) {
      synchronized (FakeEngine.this) {
        int upTo = Integer.parseInt(position.substring(position.indexOf(':') + 1));
        List<byte[]> tail = new ArrayList<>(entries.subList(upTo, entries.size()));
        entries.clear();
        entries.addAll(packs.get());
        entries.addAll(tail);
        epoch++; // Positions of before mean nothing any more.
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
