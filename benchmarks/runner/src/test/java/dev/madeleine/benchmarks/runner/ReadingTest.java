package dev.madeleine.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final int TURNS = 20;
  private static final long[] BYTES = new long[TURNS];

  private static double[] turns(double first, double second) {
    return IntStream.range(0, TURNS).mapToDouble(i -> i < TURNS / 2 ? first : second).toArray();
  }

  @Test
  void hasTheLeastAndTheTenthPercentile() {
    double[] nanos = IntStream.range(0, TURNS).mapToDouble(i -> 100 + TURNS - i).toArray();
    long[] bytes = IntStream.range(0, TURNS).mapToLong(i -> i).toArray();

    Reading reading = Reading.of("ours", true, nanos, bytes);

    assertThat(reading.leastNanos()).isEqualTo(101);
    assertThat(reading.tenthNanos()).isEqualTo(103);
    assertThat(reading.bytes()).isEqualTo(10);
  }

  @Test
  void isNotWarmWhenTheSecondHalfWasFaster() {
    assertThat(Reading.of("ours", true, turns(100, 96), BYTES).warm()).isTrue();
    assertThat(Reading.of("ours", true, turns(100, 94), BYTES).warm()).isFalse();
    assertThat(Reading.of("ours", true, turns(94, 100), BYTES).warm()).isTrue();
    assertThat(Reading.of("ours", false, turns(100, 100), BYTES).warm()).isFalse();
  }

  @Test
  void isStillWarmWhenASingleTurnOfTheSecondHalfWasFaster() {
    double[] nanos = turns(100, 100);
    nanos[TURNS - 1] = 70;

    assertThat(Reading.of("ours", true, nanos, BYTES).warm()).isTrue();
  }

  @Test
  void comparesWithItsUnitRoundByRound() {
    double[] nanos = {100, 900, 120};
    double[] unit = {90, 880, 95};

    assertThat(Reading.of("ours", true, nanos, new long[3]).above(nanos, unit).aboveNanos())
        .isEqualTo(20);
  }

  @Test
  void travelsAsALine() {
    Reading reading = new Reading("ours, 164 B", true, 1.5, 2.5, 7, 0.5);

    assertThat(Reading.parse(reading.line())).contains(reading);
    assertThat(Reading.parse("INFO: a library that has something to say")).isEmpty();
  }
}
