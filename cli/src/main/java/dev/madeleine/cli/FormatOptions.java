package dev.madeleine.cli;

import dev.madeleine.TextSettings;
import dev.madeleine.encoders.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of a format, each a text under its name, all of them known to the format.
 *
 * @param values what was given
 */
record FormatOptions(Map<String, String> values) {
  static final FormatOptions NONE = new FormatOptions(Map.of());

  /** Keeps a copy. */
  FormatOptions {
    values = Map.copyOf(values);
  }

  /** Refuses names that are not among these. */
  FormatOptions requireAmong(String format, List<String> known) {
    for (String name : new TreeMap<>(values).keySet()) {
      if (!known.contains(name)) {
        throw new UsageProblem(
            "options",
            "format %s has no option \"%s\"; it has %s"
                .formatted(format, Printable.of(name), String.join(", ", known)));
      }
    }
    return this;
  }

  String text(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  /** One of these lower-case words, whatever its case was; the first if none was given. */
  String choice(String name, String... words) {
    String value = values.getOrDefault(name, words[0]).toLowerCase(Locale.ROOT);
    if (!List.of(words).contains(value)) {
      throw new UsageProblem(
          "options." + name,
          "\"%s\" is none of %s".formatted(Printable.of(value), String.join(", ", words)));
    }
    return value;
  }

  /** A whole number, or null if none was given. */
  @Nullable Integer number(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new UsageProblem(
          "options." + name, "\"%s\" is no whole number".formatted(Printable.of(value)));
    }
  }

  /** A number of seconds, or a duration as people write it, or null if none was given. */
  @Nullable Duration duration(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    try {
      return TextSettings.duration(value);
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(
          "options." + name, "\"%s\" is no number of seconds".formatted(Printable.of(value)));
    }
  }

  /** The hash function of the option {@code algorithm}. */
  Digest digest() {
    String name = text("algorithm", "sha1");
    try {
      return Digest.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(
          "options.algorithm",
          "\"%s\" is none of sha1, sha256, sha384, sha512".formatted(Printable.of(name)));
    }
  }

  boolean isHex() {
    return choice("encoding", "base64", "hex").equals("hex");
  }
}
