package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.benchmarks.runner.Measurement;
import dev.madeleine.benchmarks.runner.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelinedTableTest {
  private static Measurement row(String name, boolean warm, double... nanos) {
    List<Reading> forks = new ArrayList<>();
    for (double each : nanos) {
      forks.add(new Reading(name, warm, each, each + 100, Math.round(each), each - 7100));
    }
    return new Measurement(name, forks);
  }

  private static List<String> table(Measurement... rows) {
    return new PipelinedTable(Map.of(Container.TOMCAT, List.of(rows))).toString().lines().toList();
  }

  private static final Measurement NONE =
      row("no session, cookie __Host-session", true, 7000, 7100, 7400);

  @Test
  void hasMicrosecondsAboveTheSameRequestWithoutASession() {
    assertThat(table(NONE, row("Madeleine, read", true, 9000, 9200, 9300)))
        .containsExactly(
            "server  session                                        own µs        in forks   x none   CPU µs    least      own B",
            "",
            "Tomcat  no session, cookie __Host-session                   -               -    1.000     7.10     7.00          -",
            "Tomcat  Madeleine, read                                  2.10    1.90 to 2.20    1.282     9.10     9.00      2,000",
            "");
  }

  @Test
  void judgesTheOwnPartInUnitsOfTheBuildBefore() {
    assertThat(
            table(
                NONE,
                row("Madeleine, read", true, 9000, 9100, 9400),
                row("before: Madeleine, read", true, 11_000, 11_100, 11_400)))
        .endsWith(
            "Tomcat  Madeleine, read: own part 0.50 x the build before, target at most 0.60: met");
    assertThat(
            table(
                NONE,
                row("Madeleine, changed", true, 10_000, 10_100, 10_400),
                row("before: Madeleine, changed", true, 11_000, 11_100, 11_400)))
        .endsWith(
            "Tomcat  Madeleine, changed: own part 0.75 x the build before, target at most 0.60:"
                + " MISSED");
  }

  @Test
  void knowsNothingOfWhatWasNotWarmOrDisturbed() {
    assertThat(
            table(
                NONE,
                row("Madeleine, read", false, 9000, 9100, 9400),
                row("before: Madeleine, read", true, 11_000, 11_100, 11_400)))
        .anyMatch(line -> line.startsWith("Tomcat  Madeleine, read ") && line.endsWith("not warm"))
        .endsWith(
            "Tomcat  Madeleine, read: own part 0.50 x the build before, target at most 0.60:"
                + " unknown: not warm");
    assertThat(table(NONE, row("Madeleine, read", true, 9000, 9800, 10_900)))
        .anyMatch(line -> line.endsWith("unknown: disturbed"));
  }
}
