package dev.madeleine;

import dev.madeleine.SharedMarks.Batch;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The marks of all nodes on their way from the engine, in a thread of its own; a second one reads
 * what a login has to know at once. Keeps the offset of the engine's clock.
 */
final class MarkFeed implements Runnable {
  private static final System.Logger LOG = System.getLogger(ReplicatedRevocation.class.getName());
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final long SHORTEST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2_000;

  /** A larger offset is no offset, but a clock that nobody set. */
  private static final long LARGEST_OFFSET = TimeUnit.MINUTES.toMillis(10);

  /** How far the time of a revocation may lie ahead of the engine's, in milliseconds. */
  private static final long AHEAD = TimeUnit.SECONDS.toMillis(30);

  /** Of so many answers the fastest says how far the engine's clock is ahead. */
  private static final int ANSWERS = 16;

  private final SharedMarks engine;
  private final MarkSeal seal;
  private final Marks marks;
  private final MarkOutbox outbox;
  private final LongSupplier clock;
  private final Consumer<RevocationEvent> listener;
  private final long compactEvery;
  private final SecureRandom random;

  private final Object reporting = new Object();
  private final CountDownLatch read = new CountDownLatch(1);
  private final long[] offsets = new long[ANSWERS];
  private int answers;
  private boolean apart;
  private volatile long offset;

  private volatile @Nullable String position;
  private volatile boolean away;
  private volatile boolean closed;

  /** When the engine answered last, or this began, by {@link System#nanoTime}. */
  private volatile long contactNanos = System.nanoTime();

  /** When the engine answered last, by the clock. */
  private volatile @Nullable Instant contact;

  private final AtomicLong errors = new AtomicLong();

  /** Whether there are entries that this node cannot read, and must not leave out. */
  private volatile boolean unreadable;

  private long compacted = System.nanoTime();

  /** What logins wait for; completed when all that was written before has been read. */
  private @Nullable CompletableFuture<Void> asked;

  /**
   * A feed that has read nothing yet.
   *
   * @param clock this node's, in milliseconds
   * @param compactEvery nanoseconds between two attempts to put packs in the place of entries
   * @param random keeps nodes from asking an engine that is back all at once
   */
  MarkFeed(
      SharedMarks engine,
      MarkSeal seal,
      Marks marks,
      MarkOutbox outbox,
      LongSupplier clock,
      Consumer<RevocationEvent> listener,
      long compactEvery,
      SecureRandom random) {
    this.engine = engine;
    this.seal = seal;
    this.marks = marks;
    this.outbox = outbox;
    this.clock = clock;
    this.listener = listener;
    this.compactEvery = compactEvery;
    this.random = random;
  }

  /** How far the engine's clock is ahead of this node's, in milliseconds. */
  long offset() {
    return offset;
  }

  /** Whether all that the engine knew at the start has been read. */
  boolean isReady() {
    return read.getCount() == 0;
  }

  /** Whether it has been read within this time. */
  boolean isReadyWithin(Duration time) throws InterruptedException {
    return read.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean isAway() {
    return away;
  }

  @Nullable Instant contact() {
    return contact;
  }

  /** Whether the engine has not answered for longer than this. */
  boolean isSilentFor(long nanos) {
    return System.nanoTime() - contactNanos > nanos;
  }

  long errors() {
    return errors.get();
  }

  void close() {
    closed = true;
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public void run() {
    long pause = SHORTEST_PAUSE;
    boolean more = true;
    while (!closed) {
      try {
        more = readOn(more ? Duration.ZERO : WAIT);
        pause = SHORTEST_PAUSE;
      } catch (IOException | RuntimeException e) {
        fail(e);
        pause(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        more = true;
      }
    }
  }

  /** Reads what comes next, and returns whether there is more at once. */
  private boolean readOn(Duration wait) throws IOException {
    if (position == null) {
      unreadable = false; // All is read once more.
    }
    Batch batch = engine.read(position, wait);
    take(batch);
    position = batch.position();
    if (batch.restarted()) {
      outbox.sendAgain(all());
    }
    if (away || batch.restarted()) {
      Instant since = contact == null ? Instant.EPOCH : contact;
      boolean wasAway = away;
      away = false;
      report(new RevocationEvent.Back(engine.toString(), since, batch.restarted()));
      if (wasAway) {
        outbox.sendRecentAgain();
      }
      if (!batch.restarted()) {
        position = null; // It may be another engine, with entries of before.
        return true;
      }
    }
    if (!batch.more()) {
      contactNanos = System.nanoTime();
      contact = Instant.ofEpochMilli(clock.getAsLong());
      read.countDown();
      compact(batch.position());
    }
    return batch.more();
  }

  private void fail(Exception e) {
    if (closed) {
      return;
    }
    errors.incrementAndGet();
    if (!away) {
      away = true;
      String reason = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
      report(new RevocationEvent.Away(engine.toString(), reason));
    }
  }

  /** Tells the listener, from two threads and one event at a time; what it throws stops nothing. */
  private void report(RevocationEvent event) {
    synchronized (reporting) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "the revocation event listener failed", e);
      }
    }
  }

  private synchronized void pause(long millis) {
    long jitter = random.nextInt(1 + (int) millis / 4);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis + jitter);
    try {
      for (long left = millis + jitter; left > 0 && !closed; left = millisUntil(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true; // The thread is ours: it is to end.
    }
  }

  private static long millisUntil(long end) {
    return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
  }

  /** Takes the marks of a batch, and the time. */
  private void take(Batch batch) {
    note(batch.time());
    long now = clock.getAsLong() + offset;
    int strange = 0;
    for (byte[] entry : batch.entries()) {
      MarkSeal.Opened opened = seal.open(entry);
      if (opened == null) {
        strange++;
      } else {
        opened.marks().forEach(mark -> marks.add(bounded(mark, now), now));
      }
    }
    if (strange > 0) {
      if (!unreadable) {
        report(new RevocationEvent.Unreadable(engine.toString(), strange));
      }
      unreadable = true;
    }
  }

  /** A mark whose times a broken clock has not made. */
  private Mark bounded(Mark mark, long now) {
    return new Mark(
        mark.kind(),
        mark.hash(),
        Math.min(mark.notBefore(), now + AHEAD),
        Math.min(mark.until(), now + AHEAD + longestLife()));
  }

  private long longestLife() {
    long life = marks.longestLife();
    return life == 0 ? SessionPolicy.LONGEST.toMillis() : life; // No policy has said it yet.
  }

  /** Takes the engine's time: of the last answers the fastest is the least wrong. */
  private synchronized void note(@Nullable Instant time) {
    if (time == null) {
      return;
    }
    long ahead = time.toEpochMilli() - clock.getAsLong();
    if (Math.abs(ahead) > LARGEST_OFFSET) {
      if (!apart) {
        apart = true;
        Duration by = Duration.ofMillis(ahead);
        report(new RevocationEvent.ClocksApart(engine.toString(), by));
      }
      return;
    }
    apart = false;
    offsets[answers % ANSWERS] = ahead;
    answers++;
    long largest = ahead;
    for (int i = 0; i < Math.min(answers, ANSWERS); i++) {
      largest = Math.max(largest, offsets[i]);
    }
    offset = largest;
  }

  private List<Mark> all() {
    List<Mark> all = new ArrayList<>();
    marks.forEach(clock.getAsLong() + offset, all::add);
    return all;
  }

  private void compact(String upTo) throws IOException {
    long now = System.nanoTime();
    if (now - compacted > compactEvery && !unreadable) {
      compacted = now;
      long until = clock.getAsLong() + offset + longestLife();
      engine.compact(upTo, this::packs, Instant.ofEpochMilli(until));
    }
  }

  /** All marks, sealed by the key that signs now. */
  private List<byte[]> packs() {
    List<Mark> all = all();
    List<byte[]> packs = new ArrayList<>();
    for (int i = 0; i < all.size(); i += MarkSeal.MOST) {
      packs.add(seal.seal(all.subList(i, Math.min(all.size(), i + MarkSeal.MOST))));
    }
    return packs;
  }

  // --- for logins ---

  /**
   * Returns when all that other nodes had written before has been read, or after this time. Does
   * not wait for an engine that is away.
   */
  void catchUp(Duration most) {
    if (away || !isReady() || closed) {
      return;
    }
    CompletableFuture<Void> mine;
    synchronized (this) {
      if (asked == null) {
        asked = new CompletableFuture<>();
        notifyAll();
      }
      mine = asked;
    }
    try {
      mine.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      errors.incrementAndGet(); // The login goes on with what is known.
    }
  }

  /** Answers {@link #catchUp}; for a thread of its own. */
  void answer() {
    for (CompletableFuture<Void> next = next(); next != null; next = next()) {
      try {
        Batch batch;
        String from = position;
        do {
          batch = engine.read(from, Duration.ZERO);
          take(batch);
          from = batch.position();
        } while (batch.more() && !closed);
        next.complete(null);
      } catch (IOException | RuntimeException e) {
        next.completeExceptionally(e);
      }
    }
  }

  private synchronized @Nullable CompletableFuture<Void> next() {
    try {
      while (asked == null && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    CompletableFuture<Void> next = asked;
    asked = null;
    return closed ? null : next;
  }
}
