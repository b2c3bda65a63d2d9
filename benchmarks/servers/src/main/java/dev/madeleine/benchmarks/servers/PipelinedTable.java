package dev.madeleine.benchmarks.servers;

import dev.madeleine.benchmarks.runner.Measurement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a session costs above a request that has the same cookie and no session: microseconds first,
 * ratios then.
 *
 * @param measured by container, with all rows
 */
record PipelinedTable(Map<Container, List<Measurement>> measured) {
  /** What stands before the name of a row of the other build. */
  static final String BEFORE = "before: ";

  private static final String LINE = "%-7s %-44s %8s %15s %8s %8s %8s %10s  %s%n";
  private static final double MICRO = 1000;

  /** What is wanted in units of the build before values were read on demand. */
  private static final Map<PipelinedRow, Double> BOUNDS =
      Map.of(PipelinedRow.READ, 0.6, PipelinedRow.CHANGED, 0.6);

  private Optional<Measurement> find(Container container, String name) {
    return measured.getOrDefault(container, List.of()).stream()
        .filter(row -> row.name().equals(name))
        .findFirst();
  }

  private Measurement unit(Container container, PipelinedRow row) {
    return find(container, row.unit().label())
        .orElseThrow(() -> new IllegalArgumentException("not measured: " + row.unit().label()));
  }

  /** A line for each row, then one for each target, if there is another build. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted(
            "server", "session", "own µs", "in forks", "x none", "CPU µs", "least", "own B", ""));
    measured.forEach(
        (container, rows) -> {
          text.append(System.lineSeparator());
          for (PipelinedRow row : PipelinedRow.values()) {
            find(container, BEFORE + row.label())
                .ifPresent(before -> text.append(line(container, row, before)));
            find(container, row.label()).ifPresent(now -> text.append(line(container, row, now)));
          }
        });
    text.append(System.lineSeparator());
    for (Container container : measured.keySet()) {
      for (PipelinedRow row : PipelinedRow.values()) {
        find(container, BEFORE + row.label())
            .ifPresent(before -> text.append(verdict(container, row, before)));
      }
    }
    return text.toString().replaceAll(" +(?=\\R)", "");
  }

  private String line(Container container, PipelinedRow row, Measurement of) {
    Measurement unit = unit(container, row);
    boolean isUnit = row == row.unit();
    return String.format(
        Locale.ROOT,
        LINE,
        container.label(),
        of.name(),
        isUnit ? "-" : micros(OwnPart.of(of, unit).nanos()),
        isUnit ? "-" : range(OwnPart.of(of, unit)),
        String.format(Locale.ROOT, "%.3f", of.tenthNanos() / unit.tenthNanos()),
        micros(of.tenthNanos()),
        micros(of.leastNanos()),
        isUnit ? "-" : String.format(Locale.ROOT, "%,d", of.bytes() - unit.bytes()),
        OwnPart.of(of, unit).doubt().map(doubt -> "unknown: " + doubt).orElse(""));
  }

  private static String range(OwnPart own) {
    return micros(own.least()) + " to " + micros(own.most());
  }

  private static String micros(double nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / MICRO);
  }

  private String verdict(Container container, PipelinedRow row, Measurement before) {
    Measurement unit = unit(container, row);
    OwnPart then = OwnPart.of(before, unit);
    OwnPart now = OwnPart.of(find(container, row.label()).orElseThrow(), unit);
    double ratio = now.nanos() / then.nanos();
    String line =
        String.format(
            Locale.ROOT,
            "%-7s %s: own part %.2f x the build before",
            container.label(),
            row.label(),
            ratio);
    Double bound = BOUNDS.get(row);
    if (bound != null) {
      String verdict =
          now.doubt()
              .or(then::doubt)
              .map(doubt -> "unknown: " + doubt)
              .orElse(ratio <= bound ? "met" : "MISSED");
      line += String.format(Locale.ROOT, ", target at most %.2f: %s", bound, verdict);
    }
    return line + System.lineSeparator();
  }
}
