package dev.madeleine.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The rows of one run, in the order of the table: those that can be compared stand together, the
 * cheapest first. The limits, which no benchmark measures as a whole, are rows like the others.
 */
final class Results {
  /** The limit with Jackson: the sum of all parts but {@link Part#HANDWRITTEN}. */
  static final String LIMIT_WITH_JACKSON = "LJ";

  /** The limit: the sum of all parts but {@link Part#JACKSON}. */
  static final String LIMIT = "L";

  private static final String LIMIT_GROUP = "limit";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What the others of its group are compared with. */
  private static final List<String> OURS =
      List.of(
          Contender.MADELEINE.label(), EncoderChoice.SIGNED.label(), "good", "1 key", "1 thread");

  private final List<ResultRow> rows;

  private Results(List<ResultRow> rows) {
    this.rows = rows;
  }

  /** The results in a file that JMH wrote with {@code -rf json}. */
  static Results read(File jmhResults) throws IOException {
    List<ResultRow> measured = new ArrayList<>();
    for (JsonNode result : JSON.readTree(jmhResults)) {
      measured.add(ResultRow.of(result));
    }
    return of(measured);
  }

  /** These rows and the limits that can be summed up from them. */
  static Results of(List<ResultRow> measured) {
    List<ResultRow> rows = new ArrayList<>();
    measured.stream().filter(Results::isNeeded).forEach(rows::add);
    for (String operation : List.of("encode", "decode")) {
      for (SampleSession session : SampleSession.values()) {
        int size = session.jsonBytes();
        sum(rows, LIMIT_WITH_JACKSON, operation, size, Part.HANDWRITTEN).ifPresent(rows::add);
        sum(rows, LIMIT, operation, size, Part.JACKSON).ifPresent(rows::add);
      }
    }
    rows.sort(
        Comparator.comparing(ResultRow::group)
            .thenComparing(ResultRow::operation)
            .thenComparingInt(ResultRow::size)
            .thenComparing(row -> isSum(row))
            .thenComparingDouble(ResultRow::cpuNs));
    return new Results(List.copyOf(rows));
  }

  /** Whether this is anything but a part of the limit that its operation does without. */
  private static boolean isNeeded(ResultRow row) {
    return !row.group().equals(LIMIT_GROUP)
        || Stream.of(Part.values())
            .anyMatch(p -> p.label().equals(row.name()) && p.takesPartIn(row.operation()));
  }

  private static boolean isSum(ResultRow row) {
    return row.group().equals(LIMIT_GROUP)
        && List.of(LIMIT_WITH_JACKSON, LIMIT).contains(row.name());
  }

  /** The sum of all parts but one, or empty if a part was not measured. */
  private static Optional<ResultRow> sum(
      List<ResultRow> rows, String name, String operation, int size, Part without) {
    return Stream.of(Part.values())
        .filter(part -> part != without && part.takesPartIn(operation))
        .map(part -> find(rows, LIMIT_GROUP, operation, part.label(), size))
        .reduce((sum, part) -> sum.flatMap(s -> part.map(p -> s.plus(p, name))))
        .flatMap(sum -> sum);
  }

  List<ResultRow> rows() {
    return rows;
  }

  Optional<ResultRow> find(String group, String operation, String name, int size) {
    return find(rows, group, operation, name, size);
  }

  private static Optional<ResultRow> find(
      List<ResultRow> rows, String group, String operation, String name, int size) {
    return rows.stream()
        .filter(row -> row.group().equals(group) && row.operation().equals(operation))
        .filter(row -> row.name().equals(name) && row.size() == size)
        .findFirst();
  }

  /**
   * The CPU time of this row in units of a limit's for the same operation and size, or empty if
   * that is none of a session to text or back, or was not measured.
   */
  OptionalDouble ratioToLimit(ResultRow row, String limit) {
    return ratio(row, find(LIMIT_GROUP, row.operation(), limit, row.size()));
  }

  /** The CPU time of this row in units of ours, or of the ordinary case, for the same work. */
  OptionalDouble ratioToOurs(ResultRow row) {
    return ratio(
        row,
        rows.stream()
            .filter(other -> OURS.contains(other.name()) && row.comparableWith(other))
            .findFirst());
  }

  private static OptionalDouble ratio(ResultRow row, Optional<ResultRow> unit) {
    ToDoubleFunction<ResultRow> inUnits = other -> row.cpuNs() / other.cpuNs();
    return unit.stream().mapToDouble(inUnits).findFirst();
  }

  /**
   * The time by the clock in units of CPU time, of the row in the middle: 1 on a machine of one's
   * own, more where others used the processor.
   */
  double slowdown() {
    double[] ratios =
        rows.stream().mapToDouble(row -> row.wallNs() / row.cpuNs()).sorted().toArray();
    return ratios.length == 0 ? 1 : ratios[ratios.length / 2];
  }

  /** Writes one object for each row. */
  void writeJson(File file) throws IOException {
    JSON.writeValue(file, rows);
  }
}
