package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What our code allocates before a compiler takes any of it away: the same on every machine and in
 * every run, so it can be asserted where time cannot. Each limit is a twentieth above what was
 * measured; what is measured when it is warm is less.
 */
class AllocationTest {
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 200;

  /** Of so many batches the least counts: one may derive the key of a new nonce, which is rare. */
  private static final int BATCHES = 2;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is measured. */
  @FunctionalInterface
  private interface Operation {
    Object run() throws Exception;
  }

  @ParameterizedTest
  @CsvSource({
    "MADELEINE,           SMALL, 1_980, 2_370",
    "MADELEINE,           LARGE, 7_200, 9_000",
    "MADELEINE_ENCRYPTED, SMALL, 2_330, 2_470",
    "MADELEINE_CBOR,      SMALL, 2_350, 4_780",
  })
  void anEncoderAllocates(Contender contender, SampleSession session, String encode, String decode)
      throws Exception {
    TextBenchmark benchmark = new TextBenchmark();
    benchmark.contender = contender;
    benchmark.session = session;
    benchmark.prepare();

    assertThat(bytesPer(benchmark::encode)).as("encode").isLessThan(number(encode));
    assertThat(bytesPer(benchmark::decode)).as("decode").isLessThan(number(decode));
  }

  @ParameterizedTest
  @CsvSource({
    "UNTOUCHED, 180",
    "READ, 4_420",
    "READLIST, 7_700",
    "CHANGE, 9_080",
    "CHANGE5, 28_400"
  })
  void aRequestThroughTheFilterAllocates(FilterBenchmark.Application application, String most)
      throws Exception {
    FilterBenchmark benchmark = new FilterBenchmark();
    benchmark.application = application;
    benchmark.prepare();

    assertThat(bytesPer(() -> String.valueOf(benchmark.request()))).isLessThan(number(most));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
  void aRejectionAllocatesLessThanASession(Arrival arrival) throws Exception {
    assertThat(bytesPerDecoding(arrival)).isLessThan(bytesPerDecoding(Arrival.GOOD));
  }

  private static long bytesPerDecoding(Arrival arrival) throws Exception {
    RejectionBenchmark benchmark = new RejectionBenchmark();
    benchmark.encoder = EncoderChoice.SIGNED;
    benchmark.session = SampleSession.SMALL;
    benchmark.arrival = arrival;
    benchmark.prepare();
    return bytesPer(benchmark::decode);
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }

  private static long bytesPer(Operation operation) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      operation.run();
    }
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        operation.run();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
    }
    return least;
  }
}
