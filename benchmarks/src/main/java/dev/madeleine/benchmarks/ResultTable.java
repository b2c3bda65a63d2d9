package dev.madeleine.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns JMH's results into one table for people and one file for programs. */
public final class ResultTable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Names of what the others are compared with. */
  private static final Set<String> OURS =
      Set.of(Contender.MADELEINE.label(), EncoderChoice.SIGNED.label());

  private final List<ResultRow> rows;

  private ResultTable(List<ResultRow> rows) {
    this.rows = rows;
  }

  /**
   * Prints the table.
   *
   * @param files JMH's results, and where the rows go as JSON
   */
  public static void main(String... files) throws IOException {
    ResultTable table = read(new File(files[0]));
    JSON.writeValue(new File(files[1]), table.rows);
    System.out.print(table);
  }

  /** The table of a file that JMH wrote with {@code -rf json}. */
  static ResultTable read(File jmhResults) throws IOException {
    List<ResultRow> rows = new ArrayList<>();
    for (JsonNode result : JSON.readTree(jmhResults)) {
      rows.add(ResultRow.of(result));
    }
    rows.sort(
        Comparator.comparing(ResultRow::group)
            .thenComparing(ResultRow::operation)
            .thenComparingInt(ResultRow::size)
            .thenComparingDouble(ResultRow::cpuNs));
    return new ResultTable(rows);
  }

  List<ResultRow> rows() {
    return rows;
  }

  /** A line for each row: what was done, its cost, and the cost in units of our own. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-20s %10s  %-25s %10s %10s %10s %8s%n"
            .formatted(
                "operation", "JSON bytes", "name", "CPU ns/op", "wall ns/op", "B/op", "x ours"));
    String operation = "";
    for (ResultRow row : rows) {
      String next = row.group() + " " + row.operation();
      if (!next.equals(operation)) {
        text.append(System.lineSeparator());
        operation = next;
      }
      text.append(line(row, operation));
    }
    return text.toString();
  }

  private String line(ResultRow row, String operation) {
    return String.format(
        Locale.ROOT,
        "%-20s %,10d  %-25s %,10.0f %,10.0f %,10d %8s%n",
        operation,
        row.size(),
        row.name(),
        row.cpuNs(),
        row.wallNs(),
        row.bytes(),
        ratioToOurs(row));
  }

  private String ratioToOurs(ResultRow row) {
    return rows.stream()
        .filter(other -> OURS.contains(other.name()))
        .filter(row::comparableWith)
        .findFirst()
        .map(ours -> String.format(Locale.ROOT, "%.2f", row.cpuNs() / ours.cpuNs()))
        .orElse("-");
  }
}
