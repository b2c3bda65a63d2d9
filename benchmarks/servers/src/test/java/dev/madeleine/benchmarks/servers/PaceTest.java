package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final int TOUCH_INTERVAL_SECONDS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"full", "quick", "smoke"})
  void endsATurnBeforeAnUnchangedSessionIsWrittenAgain(String name) {
    assertThat(Pace.named(name).seconds()).isBetween(1, TOUCH_INTERVAL_SECONDS - 10);
  }

  @Test
  void onlySmokeProvesAndMeasuresNothing() {
    assertThat(Pace.named("smoke").provesOnly()).isTrue();
    assertThat(Pace.named("quick").provesOnly()).isFalse();
  }

  @Test
  void namesTheModesWhenItKnowsNone() {
    assertThatThrownBy(() -> Pace.named("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("full, quick or smoke, and not \"fast\"");
  }
}
