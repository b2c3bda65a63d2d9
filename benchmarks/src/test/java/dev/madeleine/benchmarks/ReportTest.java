package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Machine MACHINE = new Machine("Some CPU", 2, "Linux 6.1", "17.0.15+6");

  @TempDir Path folder;

  @Test
  void saysWhereItsFiguresComeFrom() throws Exception {
    write(new ResultRow("text", "encode", "madeleine", 164, "17", 700, 800, 1000));

    String origin =
        "Some CPU, 2 cores, Linux 6.1, JDK 17.0.15+6, Jackson "
            + Contender.NAIVE.version()
            + ", 2026-11-21";
    assertThat(folder.resolve("results.txt")).content().startsWith(origin);
    assertThat(folder.resolve("chart.svg")).content().contains(origin);
    assertThat(folder.resolve("results.json")).exists();
  }

  @Test
  void drawsNoChartOfWhatWasNotMeasured() throws Exception {
    Files.writeString(folder.resolve("chart.svg"), "of an earlier run");

    write(new ResultRow("filter", "read", "madeleine", 164, "17", 700, 800, 1000));

    assertThat(folder.resolve("chart.svg")).doesNotExist();
  }

  @Test
  void warnsWhenOthersUsedTheProcessor() throws Exception {
    write(new ResultRow("text", "encode", "madeleine", 164, "17", 700, 1000, 1000));
    assertThat(folder.resolve("results.txt")).content().doesNotContain("Do not trust");

    write(new ResultRow("text", "encode", "madeleine", 164, "17", 700, 1400, 1000));
    assertThat(folder.resolve("results.txt"))
        .content()
        .contains("half of the rows took 2.0 times their CPU time or more. Do not trust");
  }

  private void write(ResultRow row) throws Exception {
    Report.write(
        Results.of(List.of(row)),
        MACHINE,
        LocalDate.of(2026, 11, 21),
        "unused",
        folder.resolve("results.json").toString(),
        folder.resolve("results.txt").toString(),
        folder.resolve("chart.svg").toString());
  }
}
