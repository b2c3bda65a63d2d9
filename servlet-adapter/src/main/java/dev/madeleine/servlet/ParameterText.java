package dev.madeleine.servlet;

import dev.madeleine.CookieOptions.SameSite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The text of an init-param as a value. What is none throws an IllegalArgumentException. */
final class ParameterText {
  private ParameterText() {}

  static Stream<String> words(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }

  /** A duration as ISO 8601 (PT30M) or as a number of seconds. */
  static Duration duration(String value) {
    return value.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(value))
        : Duration.parse(value.toUpperCase(Locale.ROOT));
  }

  static boolean isTrue(String value) {
    if (!List.of("true", "false").contains(value)) {
      throw new IllegalArgumentException("it must be true or false");
    }
    return value.equals("true");
  }

  static SameSite sameSite(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "strict" -> SameSite.STRICT;
      case "lax" -> SameSite.LAX;
      case "none" -> SameSite.NONE;
      default -> throw new IllegalArgumentException("it must be Strict, Lax or None");
    };
  }

  static void choose(String value, String on, Runnable action, String off) {
    if (value.equals(on)) {
      action.run();
    } else if (!value.equals(off)) {
      throw new IllegalArgumentException("it must be " + on + " or " + off);
    }
  }
}
