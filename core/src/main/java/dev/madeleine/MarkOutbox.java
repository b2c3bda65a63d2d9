package dev.madeleine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The marks of this node on their way to the engine, in a thread of its own: what it does not take
 * is kept and sent again, the oldest first.
 */
final class MarkOutbox implements Runnable {
  /** How long the marks of this node are remembered to be sent again, in nanoseconds. */
  private static final long RECENT = TimeUnit.MINUTES.toNanos(10);

  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2_000;

  private record Waiting(Mark mark, CompletableFuture<Void> sent) {}

  private record Sent(Mark mark, long at) {}

  private final SharedMarks engine;
  private final MarkSeal seal;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Sent> recent = new ArrayDeque<>();

  /** How many are on their way. */
  private int sending;

  private long errors;
  private boolean closed;

  MarkOutbox(SharedMarks engine, MarkSeal seal) {
    this.engine = engine;
    this.seal = seal;
  }

  /** Sends a mark some time soon. */
  void send(Mark mark) {
    send(mark, new CompletableFuture<>());
  }

  /**
   * Sends a mark.
   *
   * @param sent completed when the engine has it
   */
  synchronized void send(Mark mark, CompletableFuture<Void> sent) {
    long now = System.nanoTime();
    while (!recent.isEmpty() && now - recent.peek().at() > RECENT) {
      recent.remove();
    }
    recent.add(new Sent(mark, now));
    waiting.add(new Waiting(mark, sent));
    notifyAll();
  }

  /** Sends what this node has revoked in the last minutes once more. */
  void sendRecentAgain() {
    List<Mark> marks;
    synchronized (this) {
      marks = recent.stream().map(Sent::mark).toList();
    }
    sendAgain(marks);
  }

  /** Sends marks that others may have made. */
  synchronized void sendAgain(List<Mark> marks) {
    for (Mark mark : marks) {
      waiting.add(new Waiting(mark, new CompletableFuture<>())); // Nobody waits for these.
    }
    notifyAll();
  }

  /** How many marks the engine does not have yet. */
  synchronized int size() {
    return waiting.size() + sending;
  }

  synchronized long errors() {
    return errors;
  }

  /** Stops when what waits has been sent, or cannot be; waits for that, at most this long. */
  synchronized void close(Duration most) {
    closed = true;
    notifyAll();
    try {
      long end = System.nanoTime() + most.toNanos();
      for (long left = most.toMillis(); left > 0 && size() > 0; left = millisUntil(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    long pause = SHORTEST_PAUSE;
    List<Waiting> batch = next();
    while (!batch.isEmpty()) {
      if (append(batch)) {
        pause = SHORTEST_PAUSE;
      } else {
        giveBack(batch);
        if (!pause(pause)) {
          return;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
      batch = next();
    }
  }

  /** What waits, as much as fits into an entry; empty at the end. */
  private synchronized List<Waiting> next() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The thread is ours: it is to end.
      return List.of();
    }
    List<Waiting> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < MarkSeal.MOST) {
      batch.add(waiting.remove());
    }
    sending = batch.size();
    return batch;
  }

  private boolean append(List<Waiting> batch) {
    List<Mark> marks = batch.stream().map(Waiting::mark).toList();
    long until = marks.stream().mapToLong(Mark::until).max().orElse(0);
    try {
      engine.append(List.of(seal.seal(marks)), Instant.ofEpochMilli(until));
    } catch (IOException | RuntimeException e) { // The feed reports that the engine is away.
      synchronized (this) {
        errors++;
      }
      return false;
    }
    synchronized (this) {
      sending = 0;
      notifyAll();
    }
    batch.forEach(one -> one.sent().complete(null));
    return true;
  }

  private synchronized void giveBack(List<Waiting> batch) {
    sending = 0;
    for (int i = batch.size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.get(i));
    }
  }

  /** Whether to go on after a pause; a mark that comes meanwhile does not shorten it. */
  private synchronized boolean pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = millis; left > 0 && !closed; left = millisUntil(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  private static long millisUntil(long end) {
    return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
  }
}
