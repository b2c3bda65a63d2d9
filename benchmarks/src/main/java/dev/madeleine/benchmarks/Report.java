package dev.madeleine.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** What {@code benchmarks/run} makes of JMH's results: table, targets, JSON and a chart. */
public final class Report {
  /** From this slowdown on, figures are not to be trusted. */
  private static final double BUSY = 1.5;

  private Report() {}

  /**
   * Prints table and targets, and writes them and the chart.
   *
   * @param files JMH's results; then where rows go as JSON, table and targets as text, the chart as
   *     SVG
   */
  public static void main(String... files) throws IOException {
    LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
    write(Results.read(new File(files[0])), Machine.here(), today, files);
  }

  static void write(Results results, Machine machine, LocalDate date, String... files)
      throws IOException {
    results.writeJson(new File(files[1]));
    String origin = "%s, Jackson %s, %s".formatted(machine, Contender.NAIVE.version(), date);
    String text =
        "%s%n%s%n%s%n%s"
            .formatted(origin, warning(results), ResultTable.of(results), Targets.text(results));
    Files.writeString(Path.of(files[2]), text);
    Path svg = Path.of(files[3]);
    Files.deleteIfExists(svg); // Nothing of an earlier run may stay.
    Optional<String> chart = Chart.of(results, origin);
    if (chart.isPresent()) {
      Files.writeString(svg, chart.get());
    }
    System.out.print(text);
  }

  /** What a reader has to know before he believes a figure, or nothing. */
  private static String warning(Results results) {
    return results.slowdown() < BUSY
        ? ""
        : String.format(
            Locale.ROOT,
            "Others used the processor, or the warm-up was too short: by the clock, half of the rows took"
                + " %.1f times their CPU time or more. Do not trust these figures.%n",
            results.slowdown());
  }
}
