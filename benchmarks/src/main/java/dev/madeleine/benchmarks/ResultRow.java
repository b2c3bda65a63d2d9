package dev.madeleine.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One measurement.
 *
 * @param group what was measured together: {@code text} for {@code TextBenchmark}
 * @param operation the benchmark's method, or what the application behind the filter did
 * @param name the contender, the encoder, the part of the limit, what was received or how many took
 *     part
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
    String group = className.replace("Benchmark", "").toLowerCase(Locale.ROOT);
    SampleSession session = SampleSession.valueOf(jmh.at("/params/session").asText("SMALL"));
    JsonNode profiled = jmh.at("/secondaryMetrics");
    return new ResultRow(
        group,
        operation(benchmark[benchmark.length - 1], group, jmh.at("/params")),
        name(group, jmh.at("/params"), jmh.at("/threads").asInt(1)),
        session.jsonBytes(),
        jmh.at("/jdkVersion").textValue(),
        tenths(least(profiled.get(CpuTimeProfiler.METRIC))),
        tenths(jmh.at("/primaryMetric/score").doubleValue()),
        Math.round(profiled.get("gc.alloc.rate.norm").get("score").doubleValue()));
  }

  /** What was done: with which encoder, too, where the rows differ in something else. */
  private static String operation(String method, String group, JsonNode params) {
    return switch (group) {
      case "filter" -> params.get("application").textValue().toLowerCase(Locale.ROOT);
      case "rejection" -> method + " " + encoder(params);
      case "threads" -> method.replaceFirst("By.*", "") + " " + encoder(params);
      default -> method;
    };
  }

  /** In what the rows of a group differ. */
  private static String name(String group, JsonNode params, int threads) {
    return switch (group) {
      case "encoder" -> encoder(params);
      case "keyring" -> counted(params.get("keys").asInt(), "key");
      case "limit" -> Part.valueOf(params.get("part").textValue()).label();
      case "rejection" -> Arrival.valueOf(params.get("arrival").textValue()).label();
      case "threads" -> counted(threads, "thread");
      default -> Contender.valueOf(params.path("contender").asText("MADELEINE")).label();
    };
  }

  private static String encoder(JsonNode params) {
    return EncoderChoice.valueOf(params.get("encoder").textValue()).label();
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
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

  /** Both, one after the other, under a name of their own. */
  ResultRow plus(ResultRow next, String sumName) {
    return new ResultRow(
        group,
        operation,
        sumName,
        size,
        jdk,
        tenths(cpuNs + next.cpuNs),
        tenths(wallNs + next.wallNs),
        bytes + next.bytes);
  }
}
