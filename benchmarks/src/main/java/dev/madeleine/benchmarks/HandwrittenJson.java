package dev.madeleine.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON of ASCII strings without escapes, small integers, booleans, lists and maps, as fast as it
 * was found to go. Not a JSON library: a bound for one.
 */
final class HandwrittenJson implements PlainJson {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  @Override
  public int write(Map<String, Object> attributes, byte[] target) {
    return object(attributes, target, 0);
  }

  private static int value(Object value, byte[] out, int at) {
    if (value.getClass() == String.class) {
      return string((String) value, out, at);
    }
    if (value.getClass() == Integer.class) {
      return integer((Integer) value, out, at);
    }
    if (value.getClass() == Boolean.class) {
      byte[] word = (Boolean) value ? TRUE : FALSE;
      System.arraycopy(word, 0, out, at, word.length);
      return at + word.length;
    }
    return value instanceof Map<?, ?> map ? object(map, out, at) : list((List<?>) value, out, at);
  }

  private static int object(Map<?, ?> map, byte[] out, int start) {
    int at = start;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out[at] = (byte) (at == start ? '{' : ',');
      at = string((String) entry.getKey(), out, at + 1);
      out[at++] = ':';
      at = value(entry.getValue(), out, at);
    }
    out[at] = '}';
    return at + 1;
  }

  private static int list(List<?> list, byte[] out, int start) {
    int at = start;
    for (int i = 0; i < list.size(); i++) {
      out[at] = (byte) (i == 0 ? '[' : ',');
      at = value(list.get(i), out, at + 1);
    }
    out[at] = ']';
    return at + 1;
  }

  @SuppressWarnings("deprecation") // The fastest way from Latin-1 to bytes.
  private static int string(String text, byte[] out, int at) {
    int length = text.length();
    out[at] = '"';
    text.getBytes(0, length, out, at + 1);
    for (int i = at + 1; i <= at + length; i++) {
      byte b = out[i];
      if (b < ' ' || b == '"' || b == '\\') {
        throw new IllegalArgumentException("not in a sample session");
      }
    }
    out[at + length + 1] = '"';
    return at + length + 2;
  }

  private static int integer(int number, byte[] out, int at) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  @Override
  public Map<String, Object> read(byte[] json) throws IOException {
    return new Reader(json).object();
  }

  private static final class Reader {
    private final byte[] json;
    private int at;

    Reader(byte[] json) {
      this.json = json;
    }

    Map<String, Object> object() throws IOException {
      Map<String, Object> map = new LinkedHashMap<>();
      do {
        at++;
        String name = string();
        at++;
        map.put(name, value());
      } while (json[at] == ',');
      at++;
      return map;
    }

    private Object value() throws IOException {
      return switch (json[at]) {
        case '"' -> string();
        case '{' -> object();
        case '[' -> list();
        case 't' -> {
          at += TRUE.length;
          yield true;
        }
        case 'f' -> {
          at += FALSE.length;
          yield false;
        }
        default -> integer();
      };
    }

    private List<Object> list() throws IOException {
      List<Object> list = new ArrayList<>();
      do {
        at++;
        list.add(value());
      } while (json[at] == ',');
      at++;
      return list;
    }

    private String string() throws IOException {
      int start = ++at;
      byte b = json[at];
      while (b != '"') {
        if (b < ' ' || b == '\\') {
          throw new IOException("not in a sample session");
        }
        b = json[++at];
      }
      return new String(json, start, at++ - start, StandardCharsets.ISO_8859_1);
    }

    private Integer integer() throws IOException {
      int number = 0;
      int start = at;
      for (int digit = json[at] - '0'; digit >= 0 && digit <= 9; digit = json[++at] - '0') {
        number = number * 10 + digit;
      }
      if (at == start) {
        throw new IOException("not in a sample session");
      }
      return number;
    }
  }
}
