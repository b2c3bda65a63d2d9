package dev.madeleine.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/** The results for people: a block for each operation and size, a line for each row. */
final class ResultTable {
  private ResultTable() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(
        line("", "CPU ns/op", "tenth", "forks", "B/op", "x parts", "x p.hand", "x ours", ""));
    String block = "";
    for (ResultRow row : results.rows()) {
      String next =
          String.format(
              Locale.ROOT, "%s %s, %,d bytes of JSON", row.group(), row.operation(), row.size());
      if (!next.equals(block)) {
        text.append(String.format("%n%s%n", next));
        block = next;
      }
      text.append(line(results, row));
    }
    return text.toString();
  }

  private static String line(Results results, ResultRow row) {
    return line(
        row.name(),
        String.format(Locale.ROOT, "%,.0f", row.cpuNs()),
        String.format(Locale.ROOT, "%,.0f", row.measured().tenthNanos()),
        spread(row.measured().spread()),
        String.format(Locale.ROOT, "%,d", row.bytes()),
        ratio(results.ratioToParts(row, Results.PARTS_WITH_JACKSON)),
        ratio(results.ratioToParts(row, Results.PARTS_BY_HAND)),
        ratio(results.ratioToOurs(row)),
        row.measured().doubt().map(doubt -> "unknown: " + doubt).orElse(""));
  }

  private static String line(Object... columns) {
    return "  %-32s %11s %11s %7s %10s %8s %8s %8s  %s".formatted(columns).stripTrailing()
        + System.lineSeparator();
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }

  /** By how much the second best fork is above the best. */
  static String spread(double spread) {
    return Double.isFinite(spread) ? String.format(Locale.ROOT, "+%.1f%%", 100 * spread) : "-";
  }
}
