package dev.madeleine.json;

import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A value as ASCII text: two values have one text if they are equal, of one class and in order. */
final class ValueText {
  private ValueText() {}

  static String of(Object value) {
    if (value == null || value instanceof Boolean || value instanceof Integer) {
      return String.valueOf(value);
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Long number) {
      return number + "L";
    }
    if (value instanceof Double number) {
      return number + "d";
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner text = new StringJoiner(",", word(value) + "{", "}");
      CollectionType type = CollectionType.of(value.getClass());
      boolean hashed = type != null && type.hasOrderedNames();
      (hashed ? new TreeMap<>(map) : map)
          .forEach((name, element) -> text.add(of(name) + ":" + of(element)));
      return text.toString();
    }
    if (value instanceof Collection<?> elements) {
      StringJoiner text = new StringJoiner(",", word(value) + "[", "]");
      elements.forEach(element -> text.add(of(element)));
      return text.toString();
    }
    TypeTag<?> tag = TypeTag.of(value);
    return value.getClass().getSimpleName() + (tag == null ? "" : quoted(tag.encode(value)));
  }

  /** The class of a collection, if it keeps it. */
  private static String word(Object value) {
    CollectionType type = CollectionType.of(value.getClass());
    return type == null || type.tag() == null ? "" : type.tag();
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
