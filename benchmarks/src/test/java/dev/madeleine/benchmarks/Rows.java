package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Measurement;
import dev.madeleine.benchmarks.runner.Reading;
import java.util.List;

/** Rows as three forks find them that agree, or do not. */
final class Rows {
  private Rows() {}

  static ResultRow row(
      String group, String operation, String name, int size, double cpuNs, long bytes) {
    return of(group, operation, name, size, true, bytes, cpuNs, cpuNs, cpuNs);
  }

  static ResultRow notWarm(String group, String operation, String name, int size, double cpuNs) {
    return of(group, operation, name, size, false, 0, cpuNs, cpuNs, cpuNs);
  }

  static ResultRow disturbed(String group, String operation, String name, int size, double cpuNs) {
    return of(group, operation, name, size, true, 0, cpuNs, 2 * cpuNs, 2 * cpuNs);
  }

  private static ResultRow of(
      String group,
      String operation,
      String name,
      int size,
      boolean warm,
      long bytes,
      double first,
      double second,
      double third) {
    List<Reading> forks =
        List.of(
            new Reading(name, warm, first, first + 1, bytes),
            new Reading(name, warm, second, second + 1, bytes),
            new Reading(name, warm, third, third + 1, bytes));
    return new ResultRow(group, operation, name, size, new Measurement(name, forks));
  }
}
