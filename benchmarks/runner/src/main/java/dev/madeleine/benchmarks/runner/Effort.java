package dev.madeleine.benchmarks.runner;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long is measured. All times are CPU time of a contestant.
 *
 * @param name how it is asked for
 * @param forks JVMs, one after the other
 * @param batches turns of each contestant that count
 * @param batch the length of a turn: short enough that many turns are not interrupted
 * @param leastWarmUp what each contestant gets before it is looked at whether it is warm
 * @param mostWarmUp what it gets at most; then it is not warm
 * @param starts JVMs in the place of a fork, where the start of one is measured
 */
public record Effort(
    String name,
    int forks,
    int batches,
    Duration batch,
    Duration leastWarmUp,
    Duration mostWarmUp,
    int starts) {
  private static final Duration BATCH = Duration.ofNanos(600_000);

  /** For figures to publish. */
  public static final Effort FULL =
      new Effort("full", 3, 150, BATCH, Duration.ofMillis(600), Duration.ofSeconds(8), 8);

  /** For a first look. */
  public static final Effort QUICK =
      new Effort("quick", 3, 60, BATCH, Duration.ofMillis(250), Duration.ofSeconds(3), 4);

  /** To show that everything works; the figures mean nothing. */
  public static final Effort SMOKE =
      new Effort("smoke", 1, 1, Duration.ofNanos(1), Duration.ZERO, Duration.ZERO, 1);

  /**
   * The effort with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Effort named(String name) {
    return Stream.of(FULL, QUICK, SMOKE)
        .filter(effort -> effort.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("full, quick or smoke, and not \"" + name + "\""));
  }

  /** The same with turns and warm-ups that are so many times as long. */
  public Effort times(int longerTurns, int longerWarmUps) {
    return new Effort(
        name,
        forks,
        batches,
        batch.multipliedBy(longerTurns),
        leastWarmUp.multipliedBy(longerWarmUps),
        mostWarmUp.multipliedBy(longerWarmUps),
        starts);
  }

  /** Whether it only shows that everything works. */
  public boolean provesOnly() {
    return mostWarmUp.isZero();
  }
}
