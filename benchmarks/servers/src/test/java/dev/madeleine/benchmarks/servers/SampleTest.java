package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void isWarmWhenTheJitTakesLessThanTwoPercent() {
    assertThat(new Sample(100, 1.9, 0, 0, 0).isWarm()).isTrue();
    assertThat(new Sample(100, 2.1, 0, 0, 0).isWarm()).isFalse();
  }
}
