package dev.madeleine.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/** The results for people: a block for each operation and size, a line for each row. */
final class ResultTable {
  private static final String LINE = "  %-26s %10s %10s %10s %8s %8s %8s%n";

  private ResultTable() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(LINE.formatted("", "CPU ns/op", "wall ns/op", "B/op", "x LJ", "x L", "x ours"));
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
    return String.format(
        Locale.ROOT,
        LINE,
        row.name(),
        String.format(Locale.ROOT, "%,.0f", row.cpuNs()),
        String.format(Locale.ROOT, "%,.0f", row.wallNs()),
        String.format(Locale.ROOT, "%,d", row.bytes()),
        ratio(results.ratioToLimit(row, Results.LIMIT_WITH_JACKSON)),
        ratio(results.ratioToLimit(row, Results.LIMIT)),
        ratio(results.ratioToOurs(row)));
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }
}
