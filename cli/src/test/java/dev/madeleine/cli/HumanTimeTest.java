package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class HumanTimeTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, now",
    "1, in 1 second",
    "119, in 119 seconds",
    "120, in 2 minutes",
    "-7199, 119 minutes ago",
    "-7200, 2 hours ago",
    "172799, in 47 hours",
    "172800, in 2 days",
    "-1, 1 second ago"
  })
  void tellsDistancesInWords(long seconds, String words) {
    assertThat(HumanTime.distance(NOON.plusSeconds(seconds), NOON)).isEqualTo(words);
  }

  @Test
  void tellsMomentsInUtc() {
    assertThat(HumanTime.moment(NOON.plusSeconds(600), NOON))
        .isEqualTo("2026-07-01 12:10:00 UTC (in 10 minutes)");
  }

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "90s, PT90S", "10m, PT10M", "12h, PT12H", "30d, P30D", "pt5m, PT5M"})
  void readsDurations(String text, String duration) {
    assertThat(new DurationText().convert(text)).isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @CsvSource({"''", "10", "-5m", "10 m", "1.5h", "12H30", "1w", "9999999999s"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("no duration");
  }
}
