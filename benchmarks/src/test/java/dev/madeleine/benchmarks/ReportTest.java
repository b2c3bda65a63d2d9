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
    write(Rows.row("text", "encode", "madeleine", 164, 700, 1000));

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

    write(Rows.row("filter", "read", "madeleine", 164, 700, 1000));

    assertThat(folder.resolve("chart.svg")).doesNotExist();
  }

  @Test
  void saysTheLoadAndWhatElseWasFound() throws Exception {
    write(Rows.row("text", "encode", "madeleine", 164, 700, 1000));

    assertThat(folder.resolve("results.txt"))
        .content()
        .contains("\nload average 0.1 to 3.0\n")
        .contains("\na note\n");
  }

  private void write(ResultRow row) throws Exception {
    new Report(Results.of(List.of(row)), List.of("a note"), MACHINE, "0.1 to 3.0")
        .write(
            folder.resolve("results.json"),
            folder.resolve("results.txt"),
            folder.resolve("chart.svg"),
            LocalDate.of(2026, 11, 21));
  }
}
