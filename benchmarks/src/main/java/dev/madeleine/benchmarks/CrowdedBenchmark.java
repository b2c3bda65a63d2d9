package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Contestant;
import dev.madeleine.benchmarks.runner.Turn;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A benchmark that several threads run at a time; an operation is one of each. */
final class CrowdedBenchmark implements Contestant {
  private final String name;
  private final IntConsumer loop;
  private final int threads;
  private final ExecutorService pool;

  CrowdedBenchmark(String name, IntConsumer loop, int threads) {
    this.name = name;
    this.loop = loop;
    this.threads = threads;
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              thread.setContextClassLoader(loop.getClass().getClassLoader());
              return thread;
            });
  }

  @Override
  public String name() {
    return name;
  }

  /** Starts all at the same moment, and has the mean of what they took. */
  @Override
  public Turn take(int invocations) throws Exception {
    AtomicInteger missing = new AtomicInteger(threads);
    Callable<Turn> turnOfOne = () -> together(missing, invocations);
    long cpuNanos = 0;
    long bytes = 0;
    for (Future<Turn> turn : pool.invokeAll(Collections.nCopies(threads, turnOfOne))) {
      cpuNanos += turn.get().cpuNanos();
      bytes += turn.get().bytes();
    }
    return new Turn(cpuNanos / threads, bytes / threads);
  }

  private Turn together(AtomicInteger missing, int invocations) {
    missing.decrementAndGet();
    while (missing.get() > 0) {
      Thread.onSpinWait();
    }
    return Turn.of(loop, invocations);
  }
}
