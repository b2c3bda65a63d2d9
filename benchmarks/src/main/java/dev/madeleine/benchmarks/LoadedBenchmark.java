package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Contestant;
import dev.madeleine.benchmarks.runner.Turn;
import java.util.function.IntConsumer;

/**
 * A benchmark that one thread runs.
 *
 * @param loop the benchmark, perhaps of another class loader
 * @param operations in one invocation
 */
record LoadedBenchmark(String name, IntConsumer loop, int operations) implements Contestant {
  /** Libraries look for classes by the loader of the thread, which has to be their own. */
  @Override
  public Turn take(int invocations) {
    Thread.currentThread().setContextClassLoader(loop.getClass().getClassLoader());
    return Turn.of(loop, invocations);
  }
}
