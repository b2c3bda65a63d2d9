package dev.madeleine.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two servers that are killed in turn, clients that count, and keys that rotate meanwhile. What
 * happens when is chosen by the seed; how it meets is not.
 */
final class ChaosRun implements AutoCloseable {
  static final int CLIENTS = 8;

  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);
  private static final Duration LONGEST_DEATH = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration ENDING = Duration.ofSeconds(90);

  /**
   * What a run has seen.
   *
   * @param answers with status 200
   * @param lost answers whose session did not know all answers before
   * @param rejected cookies that the servers say they have rejected; known when the run is over
   * @param reissues sessions that came back signed by another key
   * @param unanswered requests that were sent again
   */
  record Result(
      long answers,
      int rotations,
      int kills,
      long lost,
      long rejected,
      long reissues,
      long unanswered) {}

  /** Something that is done during the run; what it throws ends the run. */
  interface Task {
    void run() throws Exception;
  }

  private final boolean mayLose;
  private final Random random;
  private final Path folder;
  private final List<ChaosNode> nodes;
  private final KeyDistribution keys;
  private final List<CountingClient> clients = new ArrayList<>();
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(CLIENTS + 3);
  private final Thread hook = new Thread(this::tidy, "chaos-end");
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong reissues = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();

  /**
   * A run that is not started.
   *
   * @param propagation how long a new key waits before it signs
   * @param mayLose whether to count lost sessions; if not, the first one ends the run
   */
  ChaosRun(Duration propagation, boolean mayLose, long seed) throws IOException {
    this.mayLose = mayLose;
    random = new Random(seed);
    folder = Files.createTempDirectory("madeleine-chaos");
    Runtime.getRuntime().addShutdownHook(hook);
    nodes = List.of(new ChaosNode("a", folder), new ChaosNode("b", folder));
    keys = new KeyDistribution(this, folder, nodes, propagation, new Random(random.nextLong()));
    for (int i = 1; i <= CLIENTS; i++) {
      clients.add(new CountingClient(i, this, nodes, new Random(random.nextLong())));
    }
  }

  /**
   * Runs for some time, and then on until it has seen enough, up to a longest time. The start of
   * the servers does not count.
   *
   * @throws AssertionError if a session was lost that may not, or anything else went wrong
   */
  Result run(Duration atLeast, Duration atMost, Predicate<Result> enough)
      throws IOException, InterruptedException {
    for (ChaosNode node : nodes) {
      node.start();
    }
    for (ChaosNode node : nodes) {
      node.awaitStart();
    }
    long start = System.nanoTime();
    keys.start();
    after(life(), this::killOne);
    for (CountingClient client : clients) {
      after(Duration.ZERO, client::start);
    }
    Duration passed = Duration.ZERO;
    while (passed.compareTo(atMost) < 0
        && (passed.compareTo(atLeast) < 0 || !enough.test(soFar()))
        && !over.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      passed = Duration.ofNanos(System.nanoTime() - start);
    }
    over.countDown();
    threads.shutdown(); // Nothing new; requests and a start that are under way end by themselves.
    boolean ended = threads.awaitTermination(ENDING.toSeconds(), TimeUnit.SECONDS);
    for (ChaosNode node : nodes) {
      node.close();
    }
    if (failure.get() != null || !ended) {
      throw new AssertionError(
          "%s%n%s%nnode a: %snode b: %s"
              .formatted(
                  ended ? failure.get() : "a thread does not end",
                  soFar(),
                  nodes.get(0).lastWords(),
                  nodes.get(1).lastWords()),
          failure.get());
    }
    return soFar();
  }

  private void killOne() throws IOException, InterruptedException {
    ChaosNode node = nodes.get(random.nextInt(nodes.size()));
    node.kill();
    kills.incrementAndGet();
    pause(random.nextInt((int) LONGEST_DEATH.toMillis()));
    node.start();
    node.awaitStart();
    after(life(), this::killOne);
  }

  private Duration life() {
    return between(random, SHORTEST_LIFE, LONGEST_LIFE);
  }

  static Duration between(Random random, Duration least, Duration most) {
    return least.plusMillis(random.nextInt((int) most.minus(least).toMillis()));
  }

  /** Does something later, or at once if the time has passed, unless the run is over then. */
  void after(Duration delay, Task task) {
    Future<?> unused =
        threads.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded(Task task) {
    try {
      if (!isOver()) {
        task.run();
      }
    } catch (Throwable e) {
      if (!isOver()) { // Afterwards it is the end that a task complains of.
        failure.compareAndSet(null, e);
        over.countDown();
      }
    }
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Waits, at most until the run is over. */
  void pause(long millis) throws InterruptedException {
    boolean unused = over.await(millis, TimeUnit.MILLISECONDS);
  }

  int rotations() {
    return keys.rotations();
  }

  void countAnswer() {
    answers.incrementAndGet();
  }

  void countReissue() {
    reissues.incrementAndGet();
  }

  void countUnanswered() {
    unanswered.incrementAndGet();
  }

  void countLost(String what) {
    lost.incrementAndGet();
    if (!mayLose) {
      throw new AssertionError(what);
    }
  }

  private Result soFar() {
    long rejected = nodes.stream().mapToLong(ChaosNode::rejections).sum();
    return new Result(
        answers.get(),
        rotations(),
        kills.get(),
        lost.get(),
        rejected,
        reissues.get(),
        unanswered.get());
  }

  /** Leaves no process and no file behind. */
  @Override
  public void close() {
    tidy();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private synchronized void tidy() {
    over.countDown();
    threads.shutdownNow();
    try {
      for (ChaosNode node : nodes) {
        node.close();
      }
      boolean unused = threads.awaitTermination(10, TimeUnit.SECONDS);
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    } catch (IOException e) {
      throw new AssertionError("the run leaves something behind in " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
