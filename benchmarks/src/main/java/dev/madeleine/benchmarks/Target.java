package dev.madeleine.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One thing that is wanted of a run, and what the run says of it.
 *
 * @param what the figure's meaning, with operation and size
 * @param figure as measured, or empty if a row that it takes was not
 * @param doubt why the figure is not to be trusted, or empty if it is
 * @param atLeast whether the bound is the least that is wanted, rather than the most
 * @param bound what is wanted
 * @param unit of figure and bound: {@code x} for a ratio, {@code ns}, {@code B}
 */
record Target(
    String what,
    OptionalDouble figure,
    Optional<String> doubt,
    boolean atLeast,
    double bound,
    String unit) {
  static final String LINE = "%-76s %12s %20s  %s%n";

  /** A figure and why it is not to be trusted, if it is not. */
  record Figure(OptionalDouble value, Optional<String> doubt) {
    static final Figure NONE = new Figure(OptionalDouble.empty(), Optional.empty());

    /** A figure that nothing disturbs. */
    static Figure certain(double value) {
      return new Figure(OptionalDouble.of(value), Optional.empty());
    }

    /** The bytes of a row. */
    static Figure bytes(Optional<ResultRow> row) {
      return row.map(r -> new Figure(OptionalDouble.of((double) r.bytes()), notWarm(r)))
          .orElse(NONE);
    }

    /** The CPU time of a row. */
    static Figure nanos(Optional<ResultRow> row) {
      return row.map(r -> new Figure(OptionalDouble.of(r.cpuNs()), r.measured().doubt()))
          .orElse(NONE);
    }

    /** The CPU time of a row in units of another's. */
    static Figure ratio(Optional<ResultRow> row, Optional<ResultRow> unit) {
      return nanos(row).per(nanos(unit));
    }

    /** Bytes do not depend on what disturbs the machine, but on what the JIT has done. */
    private static Optional<String> notWarm(ResultRow row) {
      return row.measured().doubt().filter(doubt -> !doubt.equals("disturbed"));
    }

    /** This figure in units of another. */
    Figure per(Figure unit) {
      return value.isEmpty() || unit.value.isEmpty()
          ? NONE
          : new Figure(
              OptionalDouble.of(value.getAsDouble() / unit.value.getAsDouble()),
              doubt.or(unit::doubt));
    }
  }

  static Target atMost(double bound, String unit, String what, Figure figure) {
    return new Target(what, figure.value(), figure.doubt(), false, bound, unit);
  }

  static Target atLeast(double bound, String what, Figure figure) {
    return new Target(what, figure.value(), figure.doubt(), true, bound, "x");
  }

  String verdict() {
    if (figure.isEmpty()) {
      return "not measured";
    }
    if (doubt.isPresent()) {
      return "unknown: " + doubt.get();
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

  /** Targets as lines: what, the figure, what is wanted, whether it is so. */
  static String text(List<Target> targets) {
    StringBuilder text = new StringBuilder();
    text.append(LINE.formatted("target", "figure", "wanted", "").stripTrailing());
    text.append(System.lineSeparator());
    targets.forEach(target -> text.append(target.line()));
    return text.toString();
  }
}
