package dev.madeleine.benchmarks;

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
 * cheapest first. The sums of parts, which no benchmark measures as a whole, are rows like the
 * others.
 */
final class Results {
  /** The sum of all parts but {@link Part#HANDWRITTEN}. */
  static final String PARTS_WITH_JACKSON = "sum of parts, Jackson";

  /** The sum of all parts but {@link Part#JACKSON}. */
  static final String PARTS_BY_HAND = "sum of parts, handwritten JSON";

  private static final String PARTS_GROUP = "parts";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What the others of its group are compared with. */
  private static final List<String> OURS =
      List.of(
          Contender.MADELEINE.label(),
          EncoderChoice.SIGNED.label(),
          Arrival.GOOD.label(),
          Names.KNOWN.label(),
          "1 key",
          "1 thread");

  private final List<ResultRow> rows;

  private Results(List<ResultRow> rows) {
    this.rows = rows;
  }

  /** These rows and the sums that can be made of them. */
  static Results of(List<ResultRow> measured) {
    List<ResultRow> rows = new ArrayList<>();
    measured.stream().filter(Results::isNeeded).forEach(rows::add);
    for (String operation : List.of("encode", "decode")) {
      for (SampleSession session : SampleSession.values()) {
        int size = session.jsonBytes();
        sum(rows, PARTS_WITH_JACKSON, operation, size, Part.HANDWRITTEN).ifPresent(rows::add);
        sum(rows, PARTS_BY_HAND, operation, size, Part.JACKSON).ifPresent(rows::add);
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

  /** Whether this is anything but a part that its operation does without. */
  private static boolean isNeeded(ResultRow row) {
    return !row.group().equals(PARTS_GROUP)
        || Stream.of(Part.values())
            .anyMatch(p -> p.label().equals(row.name()) && p.takesPartIn(row.operation()));
  }

  private static boolean isSum(ResultRow row) {
    return row.group().equals(PARTS_GROUP)
        && List.of(PARTS_WITH_JACKSON, PARTS_BY_HAND).contains(row.name());
  }

  /** The sum of all parts but one, or empty if a part was not measured. */
  private static Optional<ResultRow> sum(
      List<ResultRow> rows, String name, String operation, int size, Part without) {
    return Stream.of(Part.values())
        .filter(part -> part != without && part.takesPartIn(operation))
        .map(part -> find(rows, PARTS_GROUP, operation, part.label(), size))
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

  /** The sum of parts with this name, for the same operation and size. */
  Optional<ResultRow> parts(String operation, int size, String name) {
    return find(PARTS_GROUP, operation, name, size);
  }

  /**
   * The CPU time of this row in units of a sum of parts for the same operation and size, or empty
   * if the row is none of a session to text or back, or the parts were not measured.
   */
  OptionalDouble ratioToParts(ResultRow row, String sum) {
    return List.of("text", PARTS_GROUP).contains(row.group())
        ? ratio(row, parts(row.operation(), row.size(), sum))
        : OptionalDouble.empty();
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

  /** Writes one object for each row. */
  void writeJson(File file) throws IOException {
    String jdk = System.getProperty("java.version");
    JSON.writeValue(file, rows.stream().map(row -> row.fields(jdk)).toList());
  }
}
