package dev.madeleine.benchmarks.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a contestant has come with warming up, in windows of its CPU time.
 *
 * <p>It is warm when in the last third of its time no window was faster than the fastest before,
 * and the JIT had nothing to do.
 */
final class WarmUp {
  private static final double FASTER = 0.97;
  private static final double JIT_SHARE = 0.02;
  private static final long JIT_NANOS = 2_000_000;
  private static final int FEWEST_WINDOWS = 3;

  private final Effort effort;
  private final List<Window> windows = new ArrayList<>();
  private long cpuNanos;

  /** A part of the warm-up. */
  private record Window(double nanos, long cpuNanos, long jitNanos) {}

  WarmUp(Effort effort) {
    this.effort = effort;
  }

  /**
   * Adds a window.
   *
   * @param nanos per operation, at the tenth percentile of its turns: a single one may be fast by
   *     luck
   * @param windowNanos CPU time of its turns
   * @param jitNanos of the JIT during these turns
   */
  void add(double nanos, long windowNanos, long jitNanos) {
    windows.add(new Window(nanos, windowNanos, jitNanos));
    cpuNanos += windowNanos;
  }

  /** Whether it has had all the time that it may have. */
  boolean isOver() {
    return cpuNanos >= effort.mostWarmUp().toNanos();
  }

  /** Whether it has stopped getting faster, and the JIT has stopped working for it. */
  boolean isWarm() {
    if (cpuNanos < effort.leastWarmUp().toNanos()) {
      return false;
    }
    int start = windows.size();
    long lateNanos = 0;
    long jitNanos = 0;
    double late = Double.POSITIVE_INFINITY;
    while (start > 0 && (lateNanos < cpuNanos / 3 || windows.size() - start < FEWEST_WINDOWS)) {
      Window window = windows.get(--start);
      lateNanos += window.cpuNanos;
      jitNanos += window.jitNanos;
      late = Math.min(late, window.nanos);
    }
    double early =
        windows.subList(0, start).stream()
            .mapToDouble(Window::nanos)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return late >= FASTER * early && jitNanos <= JIT_NANOS + JIT_SHARE * lateNanos;
  }
}
