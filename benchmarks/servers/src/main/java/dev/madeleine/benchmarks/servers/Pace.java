package dev.madeleine.benchmarks.servers;

import java.util.List;

/**
 * How long is measured.
 *
 * @param warmUpTurns at most so many for each server before the first round; fewer when the JIT has
 *     not much left to do
 * @param rounds in which each server has its turn
 * @param seconds of load in each turn; less than a minute, as an unchanged session is written again
 *     then
 */
record Pace(int warmUpTurns, int rounds, int seconds) {
  /**
   * The same for all: a fixed heap, touched before, and the collector that works only while it
   * collects, so no process works in another one's turn.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:-UseDynamicNumberOfCompilerThreads"); // Their CPU time is summed up.

  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1");

  /**
   * The pace with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Pace named(String name) {
    return switch (name) {
      case "full" -> new Pace(10, 7, 2);
      case "quick" -> new Pace(2, 3, 2);
      case "smoke" -> new Pace(0, 1, 1);
      default ->
          throw new IllegalArgumentException("full, quick or smoke, and not \"" + name + "\"");
    };
  }

  /** Whether it only shows that everything works. */
  boolean provesOnly() {
    return warmUpTurns == 0;
  }

  /** The options of the servers' JVMs. */
  List<String> options() {
    return provesOnly() ? QUICK_START : OPTIONS;
  }
}
