package dev.madeleine.cli;

import dev.madeleine.TextSettings;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A duration of {@link TextSettings} with its unit: {@code 90s 10m 12h 30d} or ISO 8601. A bare
 * number is refused, since people mean different units by it.
 */
final class DurationText implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    if (text.matches("\\d*")) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration with a unit; write 90s, 10m, 12h, 30d or PT10M");
    }
    try {
      return TextSettings.duration(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration; write 90s, 10m, 12h, 30d or PT10M");
    }
  }
}
