package dev.madeleine.encoders;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 as a {@code Buffer} of Node writes it. */
final class Utf8 {
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

  private Utf8() {}

  /**
   * The bytes of a text. Half a character (a lone surrogate) becomes U+FFFD, where Java's own
   * {@code getBytes} writes a question mark.
   */
  static byte[] bytes(String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .replaceWith(REPLACEMENT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new AssertionError(e); // UTF-8 has every character, and halves are replaced.
    }
  }
}
