package dev.madeleine.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names as they stand in a JSON text, with their quotes and the colon: short ones without escapes,
 * at most {@value #SIZE}. A new name takes the place of an older one.
 */
final class KnownTexts {
  private static final int SIZE = 512;
  private static final int LONGEST = 32;

  /** A name and its text. Its fields are final, so a race shows all or nothing. */
  private static final class Known {
    private final String name;
    private final byte[] text;

    Known(String name, byte[] text) {
      this.name = name;
      this.text = text;
    }
  }

  @SuppressWarnings("NullAway") // An array of null, which Java cannot say.
  private static final @Nullable Known[] TABLE = new Known[SIZE];

  private KnownTexts() {}

  /** The text of a name, not to be changed; null if it is long, or has to be escaped. */
  static byte @Nullable [] of(String name) {
    int slot = name.hashCode() & (SIZE - 1);
    Known known = TABLE[slot];
    if (known != null && known.name.equals(name)) {
      return known.text;
    }
    if (name.length() > LONGEST || !isPlain(name)) {
      return null;
    }
    byte[] text = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    TABLE[slot] = new Known(name, text);
    return text;
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isPlain(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character stands in a JSON text as it is, and takes up one byte. */
  static boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }
}
