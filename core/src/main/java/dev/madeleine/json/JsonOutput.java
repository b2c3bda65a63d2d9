package dev.madeleine.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.madeleine.internal.TokenBuffer;
import java.nio.charset.StandardCharsets;

/**
 * JSON text in UTF-8 (RFC 8259): no white space, escapes where there must be some. Its doubles are
 * the shortest, which Double.toString is from JDK 19 on only: two nodes on two JDKs write the same
 * text.
 */
final class JsonOutput implements Output {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Most bytes that a character, or half of one, takes up. */
  private static final int LONGEST_CHARACTER = 6;

  /** Most characters that are written before the buffer is asked for more space. */
  private static final int PIECE = 512;

  /** Most bytes that a number or a word takes up, with a comma. */
  private static final int LONGEST_SCALAR = 32;

  private final TokenBuffer out;

  private final int start;

  /** The array of the buffer, and where the next byte goes. */
  private byte[] bytes;

  private int at;

  /** Whether a comma comes before the next value or name. */
  private boolean comma;

  JsonOutput(TokenBuffer out) {
    this.out = out;
    start = out.size();
    at = start;
    bytes = out.space(LONGEST_SCALAR);
  }

  @Override
  public void startMap(int size) {
    open('{');
  }

  @Override
  public void endMap() {
    close('}');
  }

  @Override
  public void startList(int size) {
    open('[');
  }

  @Override
  public void endList() {
    close(']');
  }

  private void open(char bracket) {
    separate(1);
    bytes[at++] = (byte) bracket;
    comma = false;
  }

  private void close(char bracket) {
    ensure(1);
    bytes[at++] = (byte) bracket;
    comma = true;
  }

  @Override
  public boolean name(String name) {
    byte[] known = KnownTexts.of(name);
    if (known != null) {
      separate(known.length);
      System.arraycopy(known, 0, bytes, at, known.length);
      at += known.length;
    } else if (JsonLimits.refusal(name) == null) {
      quoted(name);
      ensure(1);
      bytes[at++] = ':';
    } else {
      return false;
    }
    comma = false;
    return true;
  }

  @Override
  public void text(String text) {
    quoted(text);
    comma = true;
  }

  @Override
  public void integer(long number) {
    separate(LONGEST_SCALAR);
    at =
        number == (int) number
            ? NumberOutput.outputInt((int) number, bytes, at)
            : NumberOutput.outputLong(number, bytes, at);
    comma = true;
  }

  @Override
  public void fraction(double number) {
    word(NumberOutput.toString(number, true));
  }

  @Override
  public void truth(boolean truth) {
    word(truth ? "true" : "false");
  }

  @Override
  public void nothing() {
    word("null");
  }

  @Override
  public boolean hasBytes() {
    return false;
  }

  @Override
  public void bytes(byte[] value) {
    throw new IllegalStateException("there are no bytes in a JSON text");
  }

  @Override
  public int size() {
    return at - start;
  }

  @Override
  public void finish() {
    out.skip(at - out.size());
  }

  /** Makes sure that so many bytes can be written. */
  private void ensure(int more) {
    if (bytes.length - at < more) {
      finish();
      bytes = out.space(more);
    }
  }

  /** Makes sure that so many bytes can be written behind the comma, if there has to be one. */
  private void separate(int more) {
    ensure(more + 1);
    if (comma) {
      bytes[at++] = ',';
    }
  }

  @SuppressWarnings("deprecation") // The one method that copies ASCII without another array.
  private void word(String word) {
    separate(LONGEST_SCALAR);
    word.getBytes(0, word.length(), bytes, at);
    at += word.length();
    comma = true;
  }

  private void quoted(String text) {
    int length = text.length();
    separate(length + 2);
    byte[] target = bytes;
    int to = at;
    target[to++] = '"';
    int from = 0;
    while (from < length) {
      char c = text.charAt(from);
      if (!KnownTexts.isPlain(c)) {
        break;
      }
      target[to++] = (byte) c;
      from++;
    }
    at = to;
    if (from < length) {
      rest(text, from);
    }
    bytes[at++] = '"';
  }

  /** The rest of a text with characters that take more than one byte; leaves space for one more. */
  private void rest(String text, int start) {
    int length = text.length();
    int from = start;
    while (from < length) {
      ensure(PIECE * LONGEST_CHARACTER + 1);
      int pieceEnd = Math.min(length, from + PIECE - 1);
      while (from < pieceEnd) {
        from += character(text, from);
      }
    }
  }

  /** Writes one character; returns how many of Java's it was. */
  private int character(String text, int index) {
    char c = text.charAt(index);
    if (c < 0x80) {
      ascii(c);
    } else if (c < 0x800) {
      bytes[at++] = (byte) (0xc0 | (c >> 6));
      bytes[at++] = (byte) (0x80 | (c & 0x3f));
    } else if (!Character.isSurrogate(c)) {
      bytes[at++] = (byte) (0xe0 | (c >> 12));
      bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[at++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isHighSurrogate(c)
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1))) {
      int point = Character.toCodePoint(c, text.charAt(index + 1));
      bytes[at++] = (byte) (0xf0 | (point >> 18));
      bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      bytes[at++] = (byte) (0x80 | (point & 0x3f));
      return 2;
    } else {
      unicode(c); // Half a character, which UTF-8 has no bytes for.
    }
    return 1;
  }

  private void ascii(char c) {
    char letter =
        switch (c) {
          case '"', '\\' -> c;
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          default -> 0;
        };
    if (letter != 0) {
      bytes[at++] = '\\';
      bytes[at++] = (byte) letter;
    } else if (c < ' ') {
      unicode(c);
    } else {
      bytes[at++] = (byte) c;
    }
  }

  private void unicode(char c) {
    bytes[at++] = '\\';
    bytes[at++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[at++] = HEX[(c >> shift) & 0xf];
    }
  }
}
