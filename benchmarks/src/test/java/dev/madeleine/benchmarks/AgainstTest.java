package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.madeleine.benchmarks.Against.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgainstTest {
  private static final String READ = "RequestBenchmark.loadGet session=SMALL";

  private static Pair pair(String name, ResultRow other, ResultRow ours) {
    return new Pair(name, "request loadGet", 164, other.measured(), ours.measured());
  }

  @Test
  void printsBothAndTheirRatio() {
    Pair filter =
        pair(
            "FilterBenchmark.request application=READ",
            Rows.row("", "", "", 164, 2000, 4032),
            Rows.row("", "", "", 164, 1000, 2016));

    assertThat(Against.text(List.of(filter)).lines())
        .containsExactly(
            "CPU ns/op                   bytes        before         tenth           now         tenth    ratio       B/op   B/op now  forks, before and now",
            "request loadGet               164         2,000         2,001         1,000         1,001     0.50      4,032      2,016  +0.0% +0.0%",
            "");
  }

  @Test
  void judgesWhatHasATarget() {
    ResultRow before = Rows.row("", "", "", 164, 1000, 0);

    assertThat(Against.targets(List.of(pair(READ, before, Rows.row("", "", "", 164, 600, 0)))))
        .extracting(Target::what, Target::verdict)
        .containsExactly(tuple("request loadGet, 164 B", "met"));
    assertThat(verdict(Rows.row("", "", "", 164, 601, 0))).isEqualTo("missed");
    assertThat(verdict(Rows.disturbed("", "", "", 164, 600))).isEqualTo("unknown: disturbed");
    assertThat(
            Against.targets(
                List.of(pair("FilterBenchmark.request application=READ", before, before))))
        .isEmpty();
  }

  private static String verdict(ResultRow ours) {
    ResultRow before = Rows.row("", "", "", 164, 1000, 0);
    return Against.targets(List.of(pair(READ, before, ours))).get(0).verdict();
  }
}
