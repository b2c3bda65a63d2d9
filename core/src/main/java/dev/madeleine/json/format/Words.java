package dev.madeleine.json.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: the first one is the lowest of a word. */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Words() {}

  /** The next eight bytes; zeros where the array has ended. */
  static long at(byte[] bytes, int at) {
    return at <= bytes.length - Long.BYTES ? (long) WORD.get(bytes, at) : tail(bytes, at);
  }

  private static long tail(byte[] bytes, int at) {
    long word = 0;
    for (int i = bytes.length - 1; i >= at; i--) {
      word = (word << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return word;
  }

  /** The next bytes, up to eight, and zeros behind them. */
  static long head(byte[] bytes, int at, int length) {
    return first(at(bytes, at), length);
  }

  /** The first bytes of a word, up to eight, and zeros behind them. */
  static long first(long word, int length) {
    return length == Long.BYTES ? word : word & ((1L << (Byte.SIZE * length)) - 1);
  }

  /**
   * The lowest bit that is set is the high bit of the first byte that a string cannot simply go on
   * with: a quote, a backslash, a control character, or one beyond ASCII. Zero if there is none;
   * higher bits mean nothing.
   */
  static long stops(long word) {
    long quote = word ^ ('"' * ONES);
    long backslash = word ^ ('\\' * ONES);
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((word - ' ' * ONES) & ~word)
            | word)
        & HIGH_BITS;
  }

  /** How many bytes come before the first stop. */
  static int before(long stops) {
    return Long.numberOfTrailingZeros(stops) / Byte.SIZE;
  }

  /** Spreads a number over all bits, one for each number. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 32)) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 29);
  }
}
