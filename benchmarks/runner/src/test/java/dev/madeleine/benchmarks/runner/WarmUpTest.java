package dev.madeleine.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final long MILLI = 1_000_000;

  private final WarmUp warmUp =
      new WarmUp(
          new Effort(
              "test", 1, 1, Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(1), 1));

  private void windows(int count, double nanos, long jitMillis) {
    for (int i = 0; i < count; i++) {
      warmUp.add(nanos, 20 * MILLI, jitMillis * MILLI);
    }
  }

  @Test
  void isWarmWhenItStaysAsFastAsItWas() {
    windows(10, 500, 0);
    assertThat(warmUp.isWarm()).isTrue();
  }

  @Test
  void isNotWarmBeforeItsLeastTime() {
    windows(4, 500, 0);
    assertThat(warmUp.isWarm()).isFalse();
    windows(1, 500, 0);
    assertThat(warmUp.isWarm()).isTrue();
  }

  @Test
  void isNotWarmWhileItGetsFaster() {
    windows(10, 500, 0);
    windows(1, 400, 0);
    assertThat(warmUp.isWarm()).isFalse();
    windows(20, 400, 0);
    assertThat(warmUp.isWarm()).isTrue();
  }

  @Test
  void isNotWarmWhileTheJitWorks() {
    windows(10, 500, 0);
    windows(1, 500, 15);
    assertThat(warmUp.isWarm()).isFalse();
    windows(10, 500, 0);
    assertThat(warmUp.isWarm()).isTrue();
  }

  @Test
  void isOverWhenItHadItsTime() {
    windows(49, 500, 20);
    assertThat(warmUp.isOver()).isFalse();
    windows(1, 500, 20);
    assertThat(warmUp.isOver()).isTrue();
    assertThat(warmUp.isWarm()).isFalse();
  }
}
