package dev.madeleine.cli;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it: {@code 1700000000}, {@code 2026-07-01T12:00:00Z}, {@code -10m}. */
final class TimeText {
  private TimeText() {}

  /**
   * The moment in whole seconds.
   *
   * @param option what it is for, for the message
   * @param text nothing for now
   */
  static Instant parse(String option, String text, Instant now) {
    try {
      if (text.isEmpty()) {
        return Instant.ofEpochSecond(now.getEpochSecond());
      }
      if (text.matches("\\d{1,12}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      return text.startsWith("-")
          ? parse(option, "", now).minus(new DurationText().convert(text.substring(1)))
          : Instant.ofEpochSecond(Instant.parse(text).getEpochSecond());
    } catch (DateTimeException | TypeConversionException e) {
      throw new UsageProblem(
          option,
          "\"%s\" is no time; write 1700000000, 2026-07-01T12:00:00Z or -10m (10 minutes ago)"
              .formatted(Printable.of(text)));
    }
  }
}
