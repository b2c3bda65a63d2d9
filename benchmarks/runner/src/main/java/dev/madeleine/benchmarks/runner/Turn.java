package dev.madeleine.benchmarks.runner;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/**
 * What the invocations of one turn took together.
 *
 * @param cpuNanos CPU time of the threads that did the work
 * @param bytes allocated by them
 */
public record Turn(long cpuNanos, long bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What this work takes the current thread. */
  public static Turn of(IntConsumer work, int invocations) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long cpuNanos = THREADS.getCurrentThreadCpuTime();
    work.accept(invocations);
    cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuNanos;
    return new Turn(cpuNanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
  }
}
