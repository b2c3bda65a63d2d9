package dev.madeleine.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8: nothing is replaced by question marks. */
final class Utf8Text {
  private Utf8Text() {}

  /**
   * The bytes of a text.
   *
   * @param field what the text is, for the message
   */
  static byte[] bytes(String field, String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (CharacterCodingException e) {
      throw new UsageProblem(field, "holds half a character (a lone surrogate)");
    }
  }

  /** The text of these bytes, or null if they are no UTF-8. */
  static @Nullable String of(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
