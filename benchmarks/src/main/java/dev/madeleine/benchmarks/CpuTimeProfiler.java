package dev.madeleine.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the worker threads per operation, of which the least iteration counts: on a machine
 * that others use too, it is the one that was disturbed least.
 *
 * <p>Compiler and garbage collector run on other threads and are not in it.
 */
public final class CpuTimeProfiler implements InternalProfiler {
  /** The name of the result. */
  static final String METRIC = "cpu.time.min";

  private static final String WORKER = "-jmh-worker-";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private Map<Long, Long> before = Map.of();

  @Override
  public String getDescription() {
    return "least CPU time of the worker threads per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = cpuNanosOfWorkers();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long nanos = 0;
    for (Map.Entry<Long, Long> worker : cpuNanosOfWorkers().entrySet()) {
      nanos += worker.getValue() - before.getOrDefault(worker.getKey(), 0L);
    }
    double perOperation = (double) nanos / result.getMetadata().getAllOps();
    return List.of(new ScalarResult(METRIC, perOperation, "ns/op", AggregationPolicy.MIN));
  }

  private Map<Long, Long> cpuNanosOfWorkers() {
    Map<Long, Long> nanos = new HashMap<>();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      // A thread that has just ended has no info.
      if (thread != null && thread.getThreadName().contains(WORKER)) {
        nanos.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos;
  }
}
