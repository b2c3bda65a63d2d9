package dev.madeleine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), one text for each byte string: padding, other
 * characters and stray bits in the last character are refused, which {@link Base64} lets pass.
 */
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = values();

  private Base64Url() {}

  static String encode(byte[] bytes, int length) {
    byte[] exact = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(exact);
  }

  /** The bytes of a canonical text, or null for any other text. */
  static byte @Nullable [] decode(String text) {
    int length = text.length();
    if (length == 0 || length % 4 == 1) {
      return null;
    }
    int invalid = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      invalid |= c < VALUES.length ? VALUES[c] : -1;
    }
    if (invalid < 0 || strayBits(text.charAt(length - 1), length % 4) != 0) {
      return null;
    }
    return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Bits of the last character that no byte takes up. */
  private static int strayBits(char last, int remainder) {
    return switch (remainder) {
      case 2 -> VALUES[last] & 0b1111;
      case 3 -> VALUES[last] & 0b11;
      default -> 0;
    };
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
