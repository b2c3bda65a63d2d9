package dev.madeleine.encoders;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 in the standard alphabet with padding (RFC 4648 section 4), one text for any bytes. */
final class Base64Text {
  private Base64Text() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes of an authentic text, or null if {@link #encode} would not write it: the JDK's
   * decoder also takes spare bits and a text without padding.
   */
  static byte @Nullable [] decode(String text) {
    try {
      byte[] base64 = text.getBytes(StandardCharsets.UTF_8);
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Arrays.equals(Base64.getEncoder().encode(bytes), base64) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null; // That is how the decoder says that the text is none.
    }
  }
}
