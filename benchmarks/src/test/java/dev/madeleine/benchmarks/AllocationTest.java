package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a request allocates: the same on every machine, so it can be asserted where time cannot. */
class AllocationTest {
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 2_000;

  @Test
  void untouchedRequestAllocatesLessThan200Bytes() throws Exception {
    assertThat(bytesPerRequest(FilterBenchmark.Application.UNTOUCHED)).isLessThan(200);
  }

  private static long bytesPerRequest(FilterBenchmark.Application application) throws Exception {
    FilterBenchmark benchmark = new FilterBenchmark();
    benchmark.application = application;
    benchmark.prepare();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      benchmark.request();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      benchmark.request();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
  }
}
