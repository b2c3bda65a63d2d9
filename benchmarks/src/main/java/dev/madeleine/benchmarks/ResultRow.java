package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the results.
 *
 * @param group what was measured together: {@code text} for {@code TextBenchmark}
 * @param operation the benchmark's method, or what the application behind the filter did
 * @param name the contender, the encoder, the part, what was received or how many took part
 * @param size bytes of the session's attributes as JSON
 * @param measured what was found
 */
record ResultRow(String group, String operation, String name, int size, Measurement measured) {
  static ResultRow of(BenchmarkCase benchmarkCase, Measurement measured) {
    return new ResultRow(
        benchmarkCase.group(),
        benchmarkCase.operation(),
        benchmarkCase.name(),
        benchmarkCase.size(),
        measured);
  }

  /** CPU nanoseconds of an operation, the least. */
  double cpuNs() {
    return measured.leastNanos();
  }

  /** Bytes that an operation allocates. */
  long bytes() {
    return measured.bytes();
  }

  /** Whether the two did the same work. */
  boolean comparableWith(ResultRow other) {
    return group.equals(other.group) && operation.equals(other.operation) && size == other.size;
  }

  /** Both, one after the other, under a name of their own. */
  ResultRow plus(ResultRow next, String sumName) {
    return new ResultRow(group, operation, sumName, size, measured.plus(next.measured, sumName));
  }

  /** The row as a JSON object would have it. */
  Map<String, Object> fields(String jdk) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("group", group);
    fields.put("operation", operation);
    fields.put("name", name);
    fields.put("size", size);
    fields.put("jdk", jdk);
    fields.put("cpuNs", tenths(cpuNs()));
    fields.put("tenthNs", tenths(measured.tenthNanos()));
    fields.put("forks", measured.forks().stream().map(fork -> tenths(fork.leastNanos())).toList());
    fields.put("bytes", bytes());
    fields.put("doubt", measured.doubt().orElse(""));
    return fields;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
