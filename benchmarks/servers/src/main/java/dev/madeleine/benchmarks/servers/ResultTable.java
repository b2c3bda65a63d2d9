package dev.madeleine.benchmarks.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** One table for people, and the same rows as a file for programs. */
final class ResultTable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Rounds rounds;
  private final List<ResultRow> rows;

  ResultTable(Rounds rounds) {
    this.rounds = rounds;
    rows = Variant.all().stream().map(variant -> ResultRow.of(variant, rounds)).toList();
  }

  /** Writes the rows as a JSON array. */
  void writeJson(File file) throws IOException {
    JSON.writeValue(file, rows);
  }

  /** A line for each variant, then a line for each target in each container. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-7s %-32s %8s %8s %11s %7s %9s %9s %11s%n"
            .formatted(
                "server",
                "session",
                "CPU µs",
                "least",
                "x in-memory",
                "JIT µs",
                "Redis µs",
                "B/request",
                "requests/s"));
    String server = "";
    for (ResultRow row : rows) {
      if (!row.server().equals(server)) {
        text.append(System.lineSeparator());
        server = row.server();
      }
      text.append(line(row));
    }
    text.append(System.lineSeparator());
    for (Container container : Container.values()) {
      Target.ALL.forEach(target -> text.append(target.line(container, rounds)));
    }
    return text.toString();
  }

  private static String line(ResultRow row) {
    return String.format(
        Locale.ROOT,
        "%-7s %-32s %8.1f %8.1f %11.3f %7.2f %9s %,9d %,11d%n",
        row.server(),
        row.session(),
        row.cpuMicros(),
        row.leastCpuMicros(),
        row.toInMemory(),
        row.jitMicros(),
        row.redisMicros() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", row.redisMicros()),
        row.bytes(),
        row.perSecond());
  }
}
