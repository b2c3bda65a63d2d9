package dev.madeleine.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static Reading warm(double nanos) {
    return new Reading("ours", true, nanos, nanos + 1, 7);
  }

  private static Reading cold(double nanos) {
    return new Reading("ours", false, nanos, nanos + 1, 7);
  }

  private static Measurement of(Reading... forks) {
    return new Measurement("ours", List.of(forks));
  }

  @Test
  void takesTheLeastOfTheForks() {
    Measurement measured = of(warm(103), warm(100), warm(150));

    assertThat(measured.leastNanos()).isEqualTo(100);
    assertThat(measured.tenthNanos()).isEqualTo(101);
    assertThat(measured.spread()).isEqualTo(1.03 - 1);
    assertThat(measured.doubt()).isEmpty();
  }

  @Test
  void isDisturbedWhenNoTwoForksAgree() {
    assertThat(of(warm(100), warm(111), warm(150)).doubt()).contains("disturbed");
  }

  @Test
  void forgetsAForkThatWasNotWarm() {
    Measurement measured = of(cold(90), warm(100), warm(101));

    assertThat(measured.leastNanos()).isEqualTo(100);
    assertThat(measured.doubt()).isEmpty();
  }

  @Test
  void isNotWarmWhenFewerThanTwoForksWere() {
    assertThat(of(cold(90), cold(90), warm(100)).doubt()).contains("not warm");
    assertThat(of(cold(90), cold(91), cold(92)).leastNanos()).isEqualTo(90);
  }

  @Test
  void knowsNothingFromOneFork() {
    assertThat(of(warm(100)).doubt()).contains("one fork");
    assertThat(of(warm(100)).spread()).isInfinite();
  }

  @Test
  void sumsForkByFork() {
    Measurement sum = of(warm(100), cold(100)).plus(of(warm(7), warm(5)), "both");

    assertThat(sum.name()).isEqualTo("both");
    assertThat(sum.forks())
        .containsExactly(
            new Reading("both", true, 107, 109, 14), new Reading("both", false, 105, 107, 14));
    assertThatThrownBy(() -> of(warm(1)).plus(of(warm(1), warm(1)), "both"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ours has 1 forks, ours has 2");
  }
}
