package dev.madeleine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), one text for each byte string: padding, other
 * characters and stray bits in the last character are refused, which {@link Base64} lets pass.
 */
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Base64Url() {}

  static String encode(byte[] bytes, int length) {
    ByteBuffer text = ENCODER.encode(ByteBuffer.wrap(bytes, 0, length));
    return new String(text.array(), 0, text.limit(), StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a canonical text, or null for any other text. */
  static byte @Nullable [] decode(String text) {
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
    int whole = bytes.length & ~7;
    long valid = HIGH_BITS;
    for (int i = 0; i < whole; i += 8) {
      valid &= inAlphabet((long) EIGHT_BYTES.get(bytes, i));
    }
    for (int i = whole; i < bytes.length; i++) {
      valid &= inAlphabet((bytes[i] & 0xff) * ONES);
    }
    return valid == HIGH_BITS;
  }

  /**
   * The high bit of each byte that is a character of the alphabet; no byte carries into the next.
   */
  private static long inAlphabet(long word) {
    long low = word & ~HIGH_BITS;
    long letters = within(low | 0x20 * ONES, 'a', 'z');
    long others = within(low, '0', '9') | within(low, '-', '-') | within(low, '_', '_');
    return (letters | others) & ~word & HIGH_BITS;
  }

  private static long within(long word, int first, int last) {
    return (word + (0x80 - first) * ONES) & ~(word + (0x7f - last) * ONES);
  }

  /** Bits of the last character that no byte takes up. */
  private static int strayBits(char last, int remainder) {
    return switch (remainder) {
      case 2 -> ALPHABET.indexOf(last) & 0b1111;
      case 3 -> ALPHABET.indexOf(last) & 0b11;
      default -> 0;
    };
  }

  /** Whether these bytes are ASCII, looked at eight at a time. */
  static boolean isAscii(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    long all = 0;
    for (; i <= end - 8; i += 8) {
      all |= (long) EIGHT_BYTES.get(bytes, i);
    }
    for (; i < end; i++) {
      all |= bytes[i];
    }
    return (all & HIGH_BITS) == 0;
  }
}
