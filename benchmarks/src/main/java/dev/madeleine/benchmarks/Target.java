package dev.madeleine.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One thing that is wanted of a run, and what the run says of it.
 *
 * @param what the figure's meaning, with operation and size
 * @param figure as measured, or empty if a row that it takes was not
 * @param atLeast whether the bound is the least that is wanted, rather than the most
 * @param bound what is wanted
 * @param unit of figure and bound: {@code x} for a ratio, {@code ns}, {@code B}
 */
record Target(String what, OptionalDouble figure, boolean atLeast, double bound, String unit) {
  static final String LINE = "%-64s %12s %20s  %s%n";

  static Target atMost(double bound, String unit, String what, OptionalDouble figure) {
    return new Target(what, figure, false, bound, unit);
  }

  static Target atLeast(double bound, String what, OptionalDouble figure) {
    return new Target(what, figure, true, bound, "x");
  }

  String verdict() {
    if (figure.isEmpty()) {
      return "not measured";
    }
    boolean met = atLeast ? figure.getAsDouble() >= bound : figure.getAsDouble() <= bound;
    return met ? "met" : "missed";
  }

  String line() {
    return LINE.formatted(
        what,
        figure.isPresent() ? withUnit(figure.getAsDouble()) : "-",
        (atLeast ? "at least " : "at most ") + withUnit(bound),
        verdict());
  }

  private String withUnit(double value) {
    return String.format(Locale.ROOT, unit.equals("x") ? "%,.2f %s" : "%,.0f %s", value, unit);
  }
}
