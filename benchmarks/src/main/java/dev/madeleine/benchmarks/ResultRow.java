package dev.madeleine.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One measurement.
 *
 * @param group what was measured together: {@code text} for {@code TextBenchmark}
 * @param operation the benchmark's method, or what the application behind the filter did
 * @param name the contender, or the encoder
 * @param size bytes of the session's attributes as JSON
 * @param jdk the Java version
 * @param cpuNs CPU nanoseconds per operation in the least disturbed iteration
 * @param wallNs nanoseconds per operation by the clock on the wall, the mean
 * @param bytes bytes allocated per operation
 */
record ResultRow(
    String group,
    String operation,
    String name,
    int size,
    String jdk,
    double cpuNs,
    double wallNs,
    long bytes) {

  /** One element of the array that JMH writes with {@code -rf json}. */
  static ResultRow of(JsonNode jmh) {
    String[] benchmark = jmh.at("/benchmark").textValue().split("\\.", -1);
    String className = benchmark[benchmark.length - 2];
    String name =
        jmh.at("/params").has("encoder")
            ? EncoderChoice.valueOf(jmh.at("/params/encoder").textValue()).label()
            : Contender.valueOf(jmh.at("/params/contender").asText("MADELEINE")).label();
    SampleSession session = SampleSession.valueOf(jmh.at("/params/session").asText("SMALL"));
    String operation = jmh.at("/params/application").asText(benchmark[benchmark.length - 1]);
    JsonNode profiled = jmh.at("/secondaryMetrics");
    return new ResultRow(
        className.replace("Benchmark", "").toLowerCase(Locale.ROOT),
        operation.equals(operation.toUpperCase(Locale.ROOT))
            ? operation.toLowerCase(Locale.ROOT)
            : operation,
        name,
        session.jsonBytes(),
        jmh.at("/jdkVersion").textValue(),
        tenths(least(profiled.get(CpuTimeProfiler.METRIC))),
        tenths(jmh.at("/primaryMetric/score").doubleValue()),
        Math.round(profiled.get("gc.alloc.rate.norm").get("score").doubleValue()));
  }

  private static double least(JsonNode metric) {
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode fork : metric.get("rawData")) {
      for (JsonNode iteration : fork) {
        least = Math.min(least, iteration.doubleValue());
      }
    }
    return least;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** Whether the two did the same work. */
  boolean comparableWith(ResultRow other) {
    return group.equals(other.group) && operation.equals(other.operation) && size == other.size;
  }
}
