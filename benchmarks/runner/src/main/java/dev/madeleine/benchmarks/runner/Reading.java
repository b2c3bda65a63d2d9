package dev.madeleine.benchmarks.runner;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one fork found of a contestant.
 *
 * @param name the contestant's
 * @param warm whether it was warm, and stayed as fast as it was
 * @param leastNanos CPU time of an operation in the fastest turn
 * @param tenthNanos the same at the tenth percentile of the turns
 * @param bytes allocated by an operation, the median of the turns
 * @param aboveNanos how much more than its unit took in the same round, the median of the rounds; 0
 *     if it has none
 */
public record Reading(
    String name,
    boolean warm,
    double leastNanos,
    double tenthNanos,
    long bytes,
    double aboveNanos) {
  private static final double FASTER = 0.95;
  private static final String MARK = "reading";
  private static final String SEPARATOR = "\t";

  /** A reading of a contestant without a unit. */
  public Reading(String name, boolean warm, double leastNanos, double tenthNanos, long bytes) {
    this(name, warm, leastNanos, tenthNanos, bytes, 0);
  }

  /** The same above this unit, whose turns are in the order of rounds, as those of this. */
  Reading above(double[] nanos, double[] unitNanos) {
    double[] above = new double[nanos.length];
    for (int i = 0; i < above.length; i++) {
      above[i] = nanos[i] - unitNanos[i];
    }
    Arrays.sort(above);
    return new Reading(name, warm, leastNanos, tenthNanos, bytes, above[above.length / 2]);
  }

  /**
   * The reading of these turns, in their order.
   *
   * @param warm whether it was warm before them
   * @param nanos per operation
   * @param bytes per operation
   */
  public static Reading of(String name, boolean warm, double[] nanos, long[] bytes) {
    double[] sorted = sorted(nanos, 0, nanos.length);
    double[] early = sorted(nanos, 0, (nanos.length + 1) / 2);
    double[] late = sorted(nanos, nanos.length / 2, nanos.length);
    boolean faster = late[0] < FASTER * early[0] && tenth(late) < FASTER * tenth(early);
    long[] sortedBytes = bytes.clone();
    Arrays.sort(sortedBytes);
    return new Reading(
        name, warm && !faster, sorted[0], tenth(sorted), sortedBytes[sortedBytes.length / 2]);
  }

  /** The reading of several starts of a JVM, each of which is as cold as the others. */
  public static Reading ofStarts(String name, double[] nanos) {
    double[] sorted = sorted(nanos, 0, nanos.length);
    return new Reading(name, true, sorted[0], tenth(sorted), 0);
  }

  private static double[] sorted(double[] nanos, int from, int to) {
    double[] sorted = Arrays.copyOfRange(nanos, from, to);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double tenth(double[] sorted) {
    return sorted[sorted.length / 10];
  }

  /** Both, one after the other, under a name of their own. */
  Reading plus(Reading next, String sumName) {
    return new Reading(
        sumName,
        warm && next.warm,
        leastNanos + next.leastNanos,
        tenthNanos + next.tenthNanos,
        bytes + next.bytes);
  }

  /** A line that {@link #parse} reads. */
  String line() {
    return String.join(
        SEPARATOR,
        List.of(
            MARK,
            name,
            Boolean.toString(warm),
            Double.toString(leastNanos),
            Double.toString(tenthNanos),
            Long.toString(bytes),
            Double.toString(aboveNanos)));
  }

  /** The reading in a line of a fork's output, or empty if it is another line. */
  static Optional<Reading> parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    return parts.length == 7 && parts[0].equals(MARK)
        ? Optional.of(
            new Reading(
                parts[1],
                Boolean.parseBoolean(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Long.parseLong(parts[5]),
                Double.parseDouble(parts[6])))
        : Optional.empty();
  }
}
