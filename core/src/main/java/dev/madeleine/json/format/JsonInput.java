package dev.madeleine.json.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text that {@link JsonScanner} has let pass, so it looks for nothing that could be
 * wrong: commas and colons are no more than white space.
 */
public final class JsonInput implements Input {
  private final byte[] bytes;
  private int at;

  // The string or number that was read last.
  private int start;
  private int end;

  /** Whether it is ASCII without escapes. */
  private boolean plain;

  /**
   * Reads from here on.
   *
   * @param bytes the whole text that was checked
   * @param at where a value begins, or white space before it
   */
  public JsonInput(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  @Override
  public Kind next() {
    skipBetween();
    switch (bytes[at]) {
      case '"' -> {
        string();
        return Kind.TEXT;
      }
      case '{' -> {
        at++;
        return Kind.MAP;
      }
      case '[' -> {
        at++;
        return Kind.LIST;
      }
      case ']' -> {
        at++;
        return Kind.END;
      }
      case 't' -> {
        at += 4;
        return Kind.TRUE;
      }
      case 'f' -> {
        at += 5;
        return Kind.FALSE;
      }
      case 'n' -> {
        at += 4;
        return Kind.NULL;
      }
      default -> {
        return number();
      }
    }
  }

  @Override
  public @Nullable String name() {
    skipBetween();
    if (bytes[at] == '}') {
      at++;
      return null;
    }
    string();
    return plain ? KnownNames.of(bytes, start, end) : text();
  }

  @Override
  public void skip() {
    int open = 0;
    do {
      skipBetween();
      if (bytes[at] == '}') {
        at++;
        open--;
        continue;
      }
      switch (next()) {
        case MAP, LIST -> open++;
        case END -> open--;
        default -> {}
      }
    } while (open > 0);
  }

  @Override
  public String text() {
    return plain
        ? new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        : JsonStrings.text(bytes, start, end);
  }

  @Override
  public long integer() {
    boolean negative = bytes[start] == '-';
    long number = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      number = number * 10 - (bytes[i] - '0'); // Below zero there is one number more.
    }
    return negative ? number : -number;
  }

  @Override
  public double fraction() {
    return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
  }

  @Override
  public boolean hasBytes() {
    return false;
  }

  @Override
  public byte[] bytes() {
    throw new IllegalStateException("there are no bytes in a JSON text");
  }

  @Override
  public void close() {}

  private void string() {
    plain = true;
    start = ++at;
    while (true) {
      long stops = Words.stops(Words.at(bytes, at));
      if (stops == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Words.before(stops);
      if (bytes[at] == '"') {
        end = at++;
        return;
      }
      plain = false;
      at += bytes[at] == '\\' ? 2 : 1; // Of what follows a backslash, a quote alone matters.
    }
  }

  private Kind number() {
    start = at;
    Kind kind = Kind.INTEGER;
    while (true) {
      switch (bytes[at]) {
        case '-', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {}
        case '.', 'e', 'E' -> kind = Kind.FRACTION;
        default -> {
          end = at;
          return kind;
        }
      }
      at++;
    }
  }

  private void skipBetween() {
    while (true) {
      switch (bytes[at]) {
        case ' ', '\n', '\r', '\t', ',', ':' -> at++;
        default -> {
          return;
        }
      }
    }
  }
}
