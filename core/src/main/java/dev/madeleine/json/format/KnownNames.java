package dev.madeleine.json.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names that were read before, so that they need not be made again: short ones in ASCII, at most
 * {@value #SIZE}. A new name takes the place of an older one, so names that nobody will ever see
 * again cost a little memory for a while, and nothing else.
 */
final class KnownNames {
  private static final int SIZE = 512;
  private static final int LONGEST = 2 * Long.BYTES;

  /** A name and its bytes as two numbers. Its fields are final, so a race shows all or nothing. */
  private record Known(long first, long second, String name) {}

  @SuppressWarnings("NullAway") // An array of null, which Java cannot say.
  private static final @Nullable Known[] TABLE = new Known[SIZE];

  private KnownNames() {}

  /** The name in these bytes, which are ASCII. */
  static String of(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > LONGEST) {
      return text(bytes, start, length);
    }
    long first = Words.head(bytes, start, Math.min(length, Long.BYTES));
    long second =
        length > Long.BYTES ? Words.head(bytes, start + Long.BYTES, length - Long.BYTES) : 0;
    int slot = (int) (Words.mix(first + 31 * second + length) >>> 55);
    Known known = TABLE[slot];
    if (known != null
        && known.first == first
        && known.second == second
        && known.name.length() == length) {
      return known.name;
    }
    String name = text(bytes, start, length);
    TABLE[slot] = new Known(first, second, name);
    return name;
  }

  private static String text(byte[] bytes, int start, int length) {
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }
}
