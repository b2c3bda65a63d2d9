package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchmarkCaseTest {
  @Test
  void namesRowsByThatInWhichTheyDiffer() throws Exception {
    assertThat(
            List.of(
                row("EncoderBenchmark.decode encoder=SIGNED_CBOR session=SMALL"),
                row("FilterBenchmark.request application=READLIST"),
                row("KeyRingBenchmark.decodeOldest keys=16"),
                row("PartsBenchmark.decode part=HMAC session=SMALL"),
                row("RejectionBenchmark.decode arrival=NO_BASE64 encoder=ENCRYPTED session=SMALL"),
                row("RequestBenchmark.loadGet session=SMALL"),
                row("TextBenchmark.encode contender=JJWT session=MEDIUM"),
                row("ThreadsBenchmark.decodeByTwo encoder=SIGNED"),
                row("NamesBenchmark.loadGet names=NEW"),
                row("VisitBenchmark.request visit=NO_COOKIE encoder=SIGNED")))
        .containsExactly(
            "encoder | decode | signed-cbor | 164",
            "filter | readlist | madeleine | 164",
            "keyring | decodeOldest | 16 keys | 164",
            "parts | decode | hmac | 164",
            "rejection | decode encrypted | no base64 | 164",
            "request | loadGet | madeleine | 164",
            "text | encode | jjwt | 1550",
            "threads | decode signed | 2 threads | 164",
            "names | loadGet | new names | 164",
            "visit | request signed | no cookie | 164");
  }

  private static String row(String text) throws Exception {
    BenchmarkCase parsed = BenchmarkCase.parse(text);
    assertThat(parsed).hasToString(text);
    return parsed.group()
        + " | "
        + parsed.operation()
        + " | "
        + parsed.name()
        + " | "
        + parsed.size();
  }

  @Test
  void takesAllValuesOfEachParameter() {
    assertThat(BenchmarkCase.of(KeyRingBenchmark.class).stream().map(BenchmarkCase::toString))
        .containsExactly(
            "KeyRingBenchmark.decode keys=1",
            "KeyRingBenchmark.decodeOldest keys=1",
            "KeyRingBenchmark.encode keys=1",
            "KeyRingBenchmark.decode keys=16",
            "KeyRingBenchmark.decodeOldest keys=16",
            "KeyRingBenchmark.encode keys=16");
    assertThat(BenchmarkCase.of(RequestBenchmark.class)).hasSize(3 * SampleSession.values().length);
  }

  @Test
  void measuresTextsBesideTheirParts() throws Exception {
    assertThat(BenchmarkCase.parse("TextBenchmark.encode contender=JJWT session=SMALL").heat())
        .isEqualTo(BenchmarkCase.parse("PartsBenchmark.encode part=HMAC session=SMALL").heat())
        .isNotEqualTo(BenchmarkCase.parse("PartsBenchmark.encode part=HMAC session=LARGE").heat());
  }

  @Test
  void runsTheSetupAndThenAsManyInvocationsAsAskedFor() throws Exception {
    BenchmarkLoop.of("KeyRingBenchmark.decode keys=1").accept(33);
    BenchmarkLoop.of("NamesBenchmark.loadGet names=KNOWN").accept(1); // Returns an int.
  }

  @Test
  void knowsThreadsAndOperations() throws Exception {
    assertThat(BenchmarkCase.parse("ThreadsBenchmark.decodeByTwo encoder=SIGNED").threads())
        .isEqualTo(2);
    assertThat(BenchmarkCase.parse("NamesBenchmark.loadGet names=KNOWN").operations())
        .isEqualTo(2048);
  }

  @Test
  void quickTakesOneSize() {
    assertThat(
            Selection.of(true, List.of()).cases().stream()
                .map(BenchmarkCase::size)
                .collect(Collectors.toSet()))
        .containsExactly(164);
  }

  @Test
  void takesWhatIsNamed() {
    Selection selection =
        Selection.of(true, List.of("TextBenchmark", "contender=JJWT,NAIVE", "session=SMALL,LARGE"));

    assertThat(selection.cases()).hasSize(2 * 2 * 2);
    assertThat(selection.takesStart()).isFalse();
  }
}
