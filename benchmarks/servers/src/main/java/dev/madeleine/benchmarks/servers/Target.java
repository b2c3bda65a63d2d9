package dev.madeleine.benchmarks.servers;

import java.util.List;
import java.util.Locale;

/**
 * How a kind of session has to compare with another in the same container, by the CPU of the
 * server's process alone.
 *
 * @param atMost whether the limit is the highest good ratio, or the lowest
 */
record Target(SessionKind kind, SessionKind other, boolean atMost, double limit) {
  /** All of them. */
  static final List<Target> ALL =
      List.of(
          new Target(SessionKind.READ, SessionKind.IN_MEMORY, true, 1.08),
          new Target(SessionKind.CHANGED, SessionKind.IN_MEMORY, true, 1.22),
          new Target(SessionKind.REDIS, SessionKind.READ, false, 5),
          new Target(SessionKind.REDIS_CHANGED, SessionKind.CHANGED, false, 5));

  /** Whether a ratio is on the right side of the limit. */
  boolean met(double ratio) {
    return atMost ? ratio <= limit : ratio >= limit;
  }

  /** A line that says whether the target was met in this container, as far as it can be said. */
  String line(Container container, Rounds rounds) {
    Variant measured = new Variant(container, kind);
    Variant unit = new Variant(container, other);
    double ratio = rounds.ratio(measured, unit);
    String verdict = met(ratio) ? "met" : "MISSED";
    if (!rounds.isWarm(measured) || !rounds.isWarm(unit)) {
      verdict = "unknown, the JIT was still at work";
    }
    return String.format(
        Locale.ROOT,
        "%-7s %s: %.2f x %s, target at %s %.2f: %s%n",
        container.label(),
        kind.label(),
        ratio,
        other.label(),
        atMost ? "most" : "least",
        limit,
        verdict);
  }
}
