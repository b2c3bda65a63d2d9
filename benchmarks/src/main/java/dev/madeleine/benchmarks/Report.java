package dev.madeleine.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What {@code benchmarks/run} makes of its results: table, targets, JSON and a chart.
 *
 * @param notes lines below the table
 * @param load of the machine, before and after
 */
record Report(Results results, List<String> notes, Machine machine, String load) {

  /** Prints table and targets, and writes them, the rows and the chart. */
  void write(Path json, Path text, Path svg) throws IOException {
    write(json, text, svg, LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC));
  }

  void write(Path json, Path text, Path svg, LocalDate date) throws IOException {
    results.writeJson(json.toFile());
    String origin = "%s, Jackson %s, %s".formatted(machine, Contender.NAIVE.version(), date);
    StringBuilder report = new StringBuilder();
    report.append("%s%nload average %s%n%n".formatted(origin, load));
    report.append(ResultTable.of(results)).append(System.lineSeparator());
    notes.forEach(note -> report.append(note).append(System.lineSeparator()));
    report.append(System.lineSeparator()).append(Target.text(Targets.of(results)));
    Files.writeString(text, report);
    Files.deleteIfExists(svg); // Nothing of an earlier run may stay.
    Optional<String> chart = Chart.of(results, origin);
    if (chart.isPresent()) {
      Files.writeString(svg, chart.get());
    }
    System.out.print(report);
  }
}
