package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Variant OURS = new Variant(Container.TOMCAT, SessionKind.READ);
  private static final Variant OTHER = OURS.with(SessionKind.IN_MEMORY);

  private final Rounds rounds = new Rounds();

  private void cpu(Variant variant, double... micros) {
    for (double value : micros) {
      rounds.add(variant, new Sample(value, 0, 0, 10 * value, 1));
    }
  }

  @Test
  void takesTheMiddleOfAnOddNumberOfRounds() {
    cpu(OURS, 9, 1, 3);
    assertThat(rounds.count(OURS)).isEqualTo(3);
    assertThat(rounds.median(OURS, Sample::cpuMicros)).isEqualTo(3);
    assertThat(rounds.median(OURS, Sample::bytes)).isEqualTo(30);
    assertThat(rounds.leastCpuMicros(OURS)).isEqualTo(1);
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    cpu(OURS, 9, 1, 3, 4);
    assertThat(rounds.median(OURS, Sample::cpuMicros)).isEqualTo(3.5);
  }

  @Test
  void comparesWithinEachRound() {
    cpu(OURS, 11, 220, 36);
    cpu(OTHER, 10, 200, 30);
    // The ratio of the medians would be 1.2.
    assertThat(rounds.ratio(OURS, OTHER)).isEqualTo(1.1);
  }

  @Test
  void refusesToCompareDifferentNumbersOfRounds() {
    cpu(OURS, 1, 2);
    cpu(OTHER, 1);
    assertThatThrownBy(() -> rounds.ratio(OURS, OTHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tomcat, Madeleine, read has 2 rounds, Tomcat, in-memory, read has 1");
  }

  @Test
  void namesWhatWasNotMeasured() {
    assertThatThrownBy(() -> rounds.count(OURS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not measured: Tomcat, Madeleine, read");
  }
}
