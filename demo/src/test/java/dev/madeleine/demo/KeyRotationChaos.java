package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Keys that rotate under load, on servers that are killed. It takes too long for every build, so
 * its name keeps it out: {@code demo/chaos} runs it.
 *
 * <p>System properties: {@code madeleine.chaos.seconds} and {@code madeleine.chaos.answers}, both
 * at least; {@code madeleine.chaos.seed}.
 */
class KeyRotationChaos {
  private static final int SECONDS = Integer.getInteger("madeleine.chaos.seconds", 20);
  private static final int ANSWERS = Integer.getInteger("madeleine.chaos.answers", 1000);
  private static final long SEED = Long.getLong("madeleine.chaos.seed", 20260701);

  /** A busy machine gets so many times as long to reach the answers. */
  private static final int PATIENCE = 4;

  @Test
  void losesNoSessionWhenAKeyIsAcceptedEverywhereBeforeItSigns() throws Exception {
    ChaosRun.Result result =
        run(KeyDistribution.ENOUGH, false, SECONDS, seen -> seen.answers() >= ANSWERS);

    assertThat(result.lost()).isZero();
    assertThat(result.rejected()).isZero();
    assertThat(result.answers()).isGreaterThanOrEqualTo(ANSWERS);
    assertThat(result.rotations()).isGreaterThanOrEqualTo(SECONDS / 10);
    assertThat(result.kills()).isGreaterThanOrEqualTo(Math.max(1, SECONDS / 20));
    assertThat(result.reissues()).isGreaterThanOrEqualTo(ChaosRun.CLIENTS);
  }

  @Test
  void losesSessionsWhenAKeySignsAtOnce() throws Exception {
    ChaosRun.Result result =
        run(Duration.ZERO, true, 1, seen -> seen.lost() > 0 && seen.rotations() >= 3);

    assertThat(result.lost()).as("the test can see the fault").isPositive();
    assertThat(result.rejected()).isPositive();
  }

  private static ChaosRun.Result run(
      Duration propagation, boolean mayLose, int seconds, Predicate<ChaosRun.Result> enough)
      throws Exception {
    String name =
        "chaos, seed %d, keys sign %s"
            .formatted(
                SEED, propagation.isZero() ? "at once" : propagation.toSeconds() + " s later");
    System.out.println(name);
    long start = System.nanoTime();
    try (ChaosRun run = new ChaosRun(propagation, mayLose, SEED)) {
      Duration atMost = Duration.ofSeconds((long) SECONDS * PATIENCE);
      ChaosRun.Result result = run.run(Duration.ofSeconds(seconds), atMost, enough);
      System.out.printf(
          "%s: %d answers to %d clients in %d s, %d rotations, %d kills, %d lost, %d reissues; %d requests were sent again%n",
          name,
          result.answers(),
          ChaosRun.CLIENTS,
          Duration.ofNanos(System.nanoTime() - start).toSeconds(),
          result.rotations(),
          result.kills(),
          result.lost(),
          result.reissues(),
          result.unanswered());
      return result;
    }
  }
}
