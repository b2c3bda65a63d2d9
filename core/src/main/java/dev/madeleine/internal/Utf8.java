package dev.madeleine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 (RFC 3629) that is refused where Java would replace what it cannot hold. */
public final class Utf8 {
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Fewest bytes for which a buffer is worth its making; most single texts have fewer. */
  private static final int MANY = 64;

  private Utf8() {}

  /**
   * Checks bytes: no overlong forms, no surrogates, nothing cut off.
   *
   * @throws IOException if they are not UTF-8; the message quotes nothing of them
   */
  public static void require(byte[] bytes, int offset, int length) throws IOException {
    if (!isAscii(bytes, offset, length)) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      } catch (CharacterCodingException e) {
        throw new IOException("not UTF-8", e);
      }
    }
  }

  /** The text of these bytes, or null if they are not UTF-8. */
  public static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The bytes of a text, or null if it holds half a character (a lone surrogate). */
  public static byte @Nullable [] bytes(String text) {
    try {
      return array(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * The bytes of a text as a {@code Buffer} of Node writes it: half a character (a lone surrogate)
   * becomes U+FFFD, where Java's own {@code getBytes} writes a question mark.
   */
  public static byte[] bytesLikeNode(String text) {
    try {
      return array(
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .replaceWith(REPLACEMENT)
              .encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw new AssertionError(e); // UTF-8 has every character, and halves are replaced.
    }
  }

  private static byte[] array(ByteBuffer encoded) {
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  /** Whether these bytes are ASCII; many of them are looked at eight at a time. */
  static boolean isAscii(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    long all = 0;
    if (length >= MANY) {
      ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      for (; at < end - Long.BYTES; at += Long.BYTES) {
        all |= words.getLong(at);
      }
    }
    for (; at < end; at++) {
      all |= bytes[at];
    }
    return (all & HIGH_BITS) == 0;
  }
}
