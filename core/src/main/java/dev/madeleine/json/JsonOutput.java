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

  /** Most bytes that an integer takes up. */
  private static final int LONGEST_INTEGER = 20;

  private final TokenBuffer out;

  /** Whether a comma comes before the next value or name. */
  private boolean comma;

  JsonOutput(TokenBuffer out) {
    this.out = out;
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
    separate();
    out.write(bracket);
    comma = false;
  }

  private void close(char bracket) {
    out.write(bracket);
    comma = true;
  }

  @Override
  public void name(String name) {
    separate();
    quoted(name);
    out.write(':');
    comma = false;
  }

  @Override
  public void text(String text) {
    separate();
    quoted(text);
    comma = true;
  }

  @Override
  public void integer(long number) {
    separate();
    int start = out.size();
    out.skip(NumberOutput.outputLong(number, out.space(LONGEST_INTEGER), start) - start);
    comma = true;
  }

  @Override
  public void fraction(double number) {
    ascii(NumberOutput.toString(number, true));
  }

  @Override
  public void truth(boolean truth) {
    ascii(truth ? "true" : "false");
  }

  @Override
  public void nothing() {
    ascii("null");
  }

  @Override
  public boolean hasBytes() {
    return false;
  }

  @Override
  public void bytes(byte[] bytes) {
    throw new IllegalStateException("there are no bytes in a JSON text");
  }

  private void separate() {
    if (comma) {
      out.write(',');
    }
  }

  @SuppressWarnings("deprecation") // The one method that copies ASCII without another array.
  private void ascii(String text) {
    separate();
    text.getBytes(0, text.length(), out.space(text.length()), out.size());
    out.skip(text.length());
    comma = true;
  }

  private void quoted(String text) {
    int length = text.length();
    byte[] target = out.space(length + 2);
    int start = out.size();
    int at = start;
    target[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        out.skip(at - start);
        rest(text, i);
        return;
      }
      target[at++] = (byte) c;
    }
    target[at++] = '"';
    out.skip(at - start);
  }

  /** The rest of a text with characters that take more than one byte. */
  private void rest(String text, int from) {
    int length = text.length();
    byte[] target = out.space((length - from) * LONGEST_CHARACTER + 1);
    int start = out.size();
    int at = start;
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        at = ascii(c, target, at);
      } else if (c < 0x800) {
        target[at++] = (byte) (0xc0 | (c >> 6));
        target[at++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        target[at++] = (byte) (0xe0 | (c >> 12));
        target[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        target[at++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        int point = Character.toCodePoint(c, text.charAt(i));
        target[at++] = (byte) (0xf0 | (point >> 18));
        target[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        target[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        target[at++] = (byte) (0x80 | (point & 0x3f));
      } else {
        at = unicode(c, target, at); // Half a character, which UTF-8 has no bytes for.
      }
    }
    target[at++] = '"';
    out.skip(at - start);
  }

  private static int ascii(char c, byte[] target, int start) {
    int at = start;
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
      target[at++] = '\\';
      target[at++] = (byte) letter;
    } else if (c < ' ') {
      at = unicode(c, target, at);
    } else {
      target[at++] = (byte) c;
    }
    return at;
  }

  private static int unicode(char c, byte[] target, int start) {
    int at = start;
    target[at++] = '\\';
    target[at++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      target[at++] = HEX[(c >> shift) & 0xf];
    }
    return at;
  }
}
