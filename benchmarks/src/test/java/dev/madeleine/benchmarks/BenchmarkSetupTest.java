package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BenchmarkSetupTest {
  @ParameterizedTest
  @EnumSource
  void requestBenchmarkReadsAndChangesItsSession(SampleSession session) {
    RequestBenchmark benchmark = new RequestBenchmark();
    benchmark.session = session;
    benchmark.prepare();

    assertThat(benchmark.loadGet()).isEqualTo(42);
    assertThat(benchmark.loadPutSave())
        .extracting(HttpHeader::name)
        .containsExactly("Vary", "Set-Cookie", "Cache-Control");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MADELEINE_COMPRESSED")
  void textBenchmarkDecodesWhatItEncodes(Contender contender) {
    TextBenchmark benchmark = textBenchmark(contender);

    assertThat(benchmark.encode()).hasSizeGreaterThan(SampleSession.LARGE.jsonBytes());
    assertThat(benchmark.decode()).isNotNull();
  }

  @Test
  void textBenchmarkDecodesWhatItCompressed() {
    TextBenchmark benchmark = textBenchmark(Contender.MADELEINE_COMPRESSED);

    assertThat(benchmark.encode()).hasSizeLessThan(SampleSession.LARGE.jsonBytes());
    assertThat(benchmark.decode()).isNotNull();
  }

  private static TextBenchmark textBenchmark(Contender contender) {
    TextBenchmark benchmark = new TextBenchmark();
    benchmark.contender = contender;
    benchmark.session = SampleSession.LARGE;
    benchmark.prepare();
    return benchmark;
  }
}
