package dev.madeleine.json.format;

import java.nio.charset.StandardCharsets;

/** The strings of a JSON text that was checked (RFC 8259 section 7). */
final class JsonStrings {
  private JsonStrings() {}

  /** The text between two quotes. */
  static String text(byte[] bytes, int start, int end) {
    int escape = nextEscape(bytes, start, end);
    if (escape == end) {
      return plain(bytes, start, end);
    }
    StringBuilder text = new StringBuilder(end - start);
    int from = start;
    while (escape < end) {
      text.append(plain(bytes, from, escape));
      boolean unicode = bytes[escape + 1] == 'u';
      from = escape + (unicode ? 6 : 2);
      text.append(unicode ? unit(bytes, escape + 2) : escaped(bytes[escape + 1]));
      escape = nextEscape(bytes, from, end);
    }
    return text.append(plain(bytes, from, end)).toString();
  }

  private static String plain(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static int nextEscape(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /** The character, or half of one, of four hex digits. */
  private static char unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = (unit << 4) | Character.digit(bytes[i], 16);
    }
    return (char) unit;
  }

  private static char escaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) letter;
    };
  }
}
