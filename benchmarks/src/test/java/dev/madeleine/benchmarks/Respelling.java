package dev.madeleine.benchmarks;

import java.util.Optional;

/** A way to write another text for the same bytes, which a strict reader refuses. */
enum Respelling {
  /** Other bits at the end of Base64 that stand for nothing (RFC 4648, 3.5). */
  SPARE_BITS {
    @Override
    Optional<String> of(String text) {
      int last = BASE64URL.indexOf(text.charAt(text.length() - 1));
      int characters = (text.length() - lastPart(text)) % 4;
      return last < 0 || characters < 2
          ? Optional.empty()
          : Optional.of(text.substring(0, text.length() - 1) + BASE64URL.charAt(last ^ 1));
    }
  },
  /** The padding that was left out. */
  PADDING {
    @Override
    Optional<String> of(String text) {
      int characters = (text.length() - lastPart(text)) % 4;
      return characters < 2 ? Optional.empty() : Optional.of(text + "=".repeat(4 - characters));
    }
  },
  /** The alphabet of plain Base64, in the last part. */
  PLAIN_BASE64 {
    @Override
    Optional<String> of(String text) {
      int part = lastPart(text);
      String other = text.substring(part).replace('-', '+').replace('_', '/');
      return changed(text, text.substring(0, part) + other);
    }
  },
  /** A line break at the end. */
  LINE_BREAK {
    @Override
    Optional<String> of(String text) {
      return Optional.of(text + "\n");
    }
  },
  /** A character of no alphabet in the last part. */
  STRAY_CHARACTER {
    @Override
    Optional<String> of(String text) {
      int middle = (lastPart(text) + text.length()) / 2;
      return Optional.of(text.substring(0, middle) + "!" + text.substring(middle));
    }
  },
  /** Percent-encoding with small letters. */
  PERCENT_CASE {
    @Override
    Optional<String> of(String text) {
      return changed(text, text.replace("%7B", "%7b"));
    }
  };

  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The text written so, or empty if that changes nothing in it. */
  abstract Optional<String> of(String text);

  private static int lastPart(String text) {
    return text.lastIndexOf('.') + 1;
  }

  private static Optional<String> changed(String text, String other) {
    return text.equals(other) ? Optional.empty() : Optional.of(other);
  }
}
