package dev.madeleine.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), one text for each byte string: padding, other
 * characters and stray bits in the last character are refused, which {@link Base64} lets pass.
 */
public final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  // Added to a byte, each of these sets its high bit: from this character on, and from the next.
  private static final long TO_A = (0x80 - 'a') * ONES;
  private static final long BEYOND_Z = (0x7f - 'z') * ONES;
  private static final long TO_0 = (0x80 - '0') * ONES;
  private static final long BEYOND_9 = (0x7f - '9') * ONES;
  private static final long NONZERO = 0x7f * ONES;
  private static final long HYPHENS = '-' * ONES;
  private static final long UNDERSCORES = '_' * ONES;

  private Base64Url() {}

  /**
   * The text of the first bytes.
   *
   * @param bytes with zeros behind them, two at least unless the array ends
   * @param text as long as the text of the whole array; overwritten
   */
  public static String encode(byte[] bytes, int length, byte[] text) {
    ENCODER.encode(bytes, text);
    return new String(text, 0, (length * 8 + 5) / 6, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a canonical text, or null for any other text. */
  public static byte @Nullable [] decode(String text) {
    int length = text.length();
    if (length == 0 || length % 4 == 1) {
      return null;
    }
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    if (!isAlphabet(ascii) || strayBits((char) ascii[length - 1], length % 4) != 0) {
      return null;
    }
    return DECODER.decode(ascii);
  }

  /**
   * Whether every byte is a character of the alphabet, looked at eight at a time: the JDK's decoder
   * would tell by an exception, and a forged cookie must not cost more than a good one.
   */
  static boolean isAlphabet(byte[] bytes) {
    int last = bytes.length - Long.BYTES;
    if (last < 0) {
      return isShortAlphabet(bytes);
    }
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    long strangers = strangers(words.getLong(last));
    for (int i = 0; i < last; i += Long.BYTES) {
      strangers |= strangers(words.getLong(i));
    }
    return (strangers & HIGH_BITS) == 0;
  }

  private static boolean isShortAlphabet(byte[] bytes) {
    long strangers = 0;
    for (byte b : bytes) {
      strangers |= strangers((b & 0xff) * ONES);
    }
    return (strangers & HIGH_BITS) == 0;
  }

  /**
   * Sets the high bit of each byte that is no character of the alphabet; all that counts is whether
   * there is one, since a byte with a high bit of its own may carry into the next. In this form,
   * with constants, both compilers of today do several words in one instruction.
   */
  private static long strangers(long word) {
    long folded = word | 0x20 * ONES;
    long letters = (folded + TO_A) & ~(folded + BEYOND_Z);
    long digits = (word + TO_0) & ~(word + BEYOND_9);
    return (((word ^ HYPHENS) + NONZERO) & ((word ^ UNDERSCORES) + NONZERO) & ~(letters | digits))
        | word;
  }

  /** Bits of the last character that no byte takes up. */
  private static int strayBits(char last, int remainder) {
    return switch (remainder) {
      case 2 -> ALPHABET.indexOf(last) & 0b1111;
      case 3 -> ALPHABET.indexOf(last) & 0b11;
      default -> 0;
    };
  }
}
