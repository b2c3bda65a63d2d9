package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Decoded;
import dev.madeleine.HttpHeader;
import dev.madeleine.json.JsonSerializer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @EnumSource
  void rejectionBenchmarkRejectsAllButTheGood(Arrival arrival) {
    for (EncoderChoice encoder : List.of(EncoderChoice.SIGNED, EncoderChoice.ENCRYPTED)) {
      for (SampleSession session : SampleSession.values()) {
        RejectionBenchmark benchmark = new RejectionBenchmark();
        benchmark.arrival = arrival;
        benchmark.encoder = encoder;
        benchmark.session = session;
        benchmark.prepare();

        assertThat(benchmark.decode() instanceof Decoded.Accepted)
            .isEqualTo(arrival == Arrival.GOOD);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void visitBenchmarkTakesBackOnlyWhatHasExpired(Visit visit) throws Exception {
    for (EncoderChoice encoder : List.of(EncoderChoice.SIGNED, EncoderChoice.ENCRYPTED)) {
      VisitBenchmark benchmark = new VisitBenchmark();
      benchmark.visit = visit;
      benchmark.encoder = encoder;
      benchmark.prepare();

      assertThat(benchmark.request() != null).isEqualTo(visit == Visit.EXPIRED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 98})
  void chunksBenchmarkNeedsAsManyCookiesAsItSays(int lines) {
    ChunksBenchmark benchmark = new ChunksBenchmark();
    benchmark.lines = lines;
    benchmark.prepare();

    assertThat(ChunksBenchmark.jsonBytes(lines) / 1000).isEqualTo(lines == 6 ? 3 : 47);
    assertThat(benchmark.loadPutSave().stream().map(HttpHeader::name).filter("Set-Cookie"::equals))
        .hasSize(lines == 6 ? 2 : 16);
  }

  @Test
  void namesBenchmarkHasSessionsOfOneSize() {
    assertThat(Names.NEW.attributes(0xabc)).containsKeys("user-0abc", SampleSession.VIEWS);
    assertThat(JsonSerializer.PLAIN.toBytes(Names.NEW.attributes(8191)))
        .hasSameSizeAs(JsonSerializer.PLAIN.toBytes(Names.KNOWN.attributes(8191)));
  }

  @Test
  void attributesBenchmarkChangesOneOf200() {
    AttributesBenchmark benchmark = new AttributesBenchmark();
    benchmark.prepare();

    assertThat(benchmark.loadGet()).isEqualTo("v100");
    assertThat(benchmark.loadPutSave()).extracting(HttpHeader::name).contains("Set-Cookie");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void keyRingBenchmarkReadsWhatFirstAndLastKeySealed(int keys) {
    KeyRingBenchmark benchmark = new KeyRingBenchmark();
    benchmark.keys = keys;
    benchmark.prepare();

    assertThat(benchmark.encode()).isNotEmpty();
    assertThat(((Decoded.Accepted) benchmark.decode()).byOldKey()).isFalse();
    assertThat(((Decoded.Accepted) benchmark.decodeOldest()).byOldKey()).isEqualTo(keys > 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  void threadsBenchmarkReadsWhatItWrites(EncoderChoice encoder) {
    ThreadsBenchmark benchmark = new ThreadsBenchmark();
    benchmark.encoder = encoder;
    benchmark.prepare();

    assertThat(benchmark.encodeByOne()).hasSameSizeAs(benchmark.encodeByTwo());
    assertThat(List.of(benchmark.decodeByOne(), benchmark.decodeByTwo()))
        .allMatch(Decoded.Accepted.class::isInstance);
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
