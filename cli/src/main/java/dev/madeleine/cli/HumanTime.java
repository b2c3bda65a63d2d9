package dev.madeleine.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations in words. */
final class HumanTime {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long TWO = 2;

  private HumanTime() {}

  /** A moment and how far away it is: {@code 2026-07-01 12:00:00 UTC (in 10 minutes)}. */
  static String moment(Instant time, Instant now) {
    return MINUTES.format(time) + " (" + distance(time, now) + ")";
  }

  /** How far away a moment is: {@code in 10 minutes}, {@code 3 days ago}. */
  static String distance(Instant time, Instant now) {
    Duration distance = Duration.between(now, time);
    if (distance.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return distance.isNegative() ? words(distance.negated()) + " ago" : "in " + words(distance);
  }

  /** A duration in the largest unit of which there are at least two, rounded down. */
  static String words(Duration duration) {
    if (duration.toDays() >= TWO) {
      return counted(duration.toDays(), "day");
    }
    if (duration.toHours() >= TWO) {
      return counted(duration.toHours(), "hour");
    }
    if (duration.toMinutes() >= TWO) {
      return counted(duration.toMinutes(), "minute");
    }
    return counted(duration.toSeconds(), "second");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
