package dev.madeleine.encoders;

import dev.madeleine.SessionTooLargeException;
import dev.madeleine.internal.PrintableName;
import dev.madeleine.json.format.OrdinaryCollections;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes byte for byte as {@code JSON.stringify} does (ECMA-262 section 25.5.2), and
 * refuses what {@link JsonParse} would not bring back equal. One object writes one session.
 *
 * <p>Names that are array indices come first, ascending (section 10.1.11.1); the others keep their
 * order. Only quote, backslash, U+0000 to U+001F and lone surrogates are escaped.
 */
final class JsonStringify {
  /** An array index is at most this. */
  private static final long MAX_INDEX = 4_294_967_294L;

  private static final String ESCAPED = "\"\\\b\f\n\r\t";
  private static final String ESCAPES = "\"\\bfnrt";

  private final StringBuilder json = new StringBuilder();
  private final Set<String> reserved;
  private String attribute = "";
  private int names;
  private int values;

  /**
   * Makes a writer.
   *
   * @param reserved names of attributes that the other side would lose
   */
  JsonStringify(Set<String> reserved) {
    this.reserved = reserved;
  }

  byte[] write(Map<String, Object> attributes) {
    values++;
    String separator = "{";
    for (Map.Entry<String, ?> entry : ordered(attributes).entrySet()) {
      attribute = entry.getKey();
      if (reserved.contains(attribute)) {
        throw new IllegalArgumentException(
            "attribute \"%s\" has a name that the other side drops when it reads; choose another"
                .formatted(PrintableName.of(attribute)));
      }
      json.append(separator);
      member(entry, 1);
      separator = ",";
    }
    json.append(attributes.isEmpty() ? "{}" : "}");
    // Lone surrogates are escaped, so nothing is lost here.
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A value; {@code depth} is the nesting of what it stands in. */
  private void value(@Nullable Object value, int depth) {
    if (++values > ForeignJsonLimits.MAX_VALUES) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the session has more than %s values, nested ones included"
              .formatted(PrintableName.of(attribute), ForeignJsonLimits.MAX_VALUES));
    }
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map && OrdinaryCollections.isOrdinary(map.getClass())) {
      object(map, deeper(depth));
    } else if (value instanceof List<?> list && OrdinaryCollections.isOrdinary(list.getClass())) {
      array(list, deeper(depth));
    } else if (value == null || value instanceof Boolean || value instanceof Integer) {
      json.append(value);
    } else if (value instanceof Long number) {
      integer(number);
    } else if (value instanceof Double number) {
      fraction(number);
    } else {
      throw refused(
          value,
          value instanceof Map<?, ?> || value instanceof List<?>
              ? "the other side's JSON has one class of list and of map; put a copy, new %s<>(value), if it is the elements that matter"
                  .formatted(value instanceof List<?> ? "ArrayList" : "LinkedHashMap")
              : "the other side's JSON has strings, numbers, booleans, lists and maps only");
    }
  }

  private void integer(long number) {
    if (number == (int) number) {
      throw refused(number, "it fits an int, so it would come back as an Integer; put an Integer");
    }
    if (!EcmaNumber.isExact(number)) {
      throw refused(number, "JavaScript would round it; put a String");
    }
    json.append(number);
  }

  private void fraction(double number) {
    if (!Double.isFinite(number)) {
      throw refused(number, "it is not a finite number");
    }
    if (!EcmaNumber.staysDouble(number)) {
      throw refused(
          number,
          "it is a whole number, which would come back as an Integer or Long, as JavaScript has one"
              + " type of number; put an Integer, a Long or a String");
    }
    json.append(EcmaNumber.toString(number));
  }

  private void array(List<?> list, int depth) {
    json.append('[');
    String separator = "";
    for (Object element : list) {
      json.append(separator);
      value(element, depth);
      separator = ",";
    }
    json.append(']');
  }

  private void object(Map<?, ?> map, int depth) {
    json.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : ordered(map).entrySet()) {
      json.append(separator);
      member(entry, depth);
      separator = ",";
    }
    json.append('}');
    if (!(map instanceof HashMap) && new HashSet<>(map.keySet()).size() != map.size()) {
      throw refused(map, "two of its names are equal");
    }
  }

  private void member(Map.Entry<?, ?> entry, int depth) {
    if (!(entry.getKey() instanceof String name)) {
      throw beyond("a key that is not a String stands in a map; the keys of a map must be strings");
    }
    if (name.length() > ForeignJsonLimits.MAX_NAME) {
      throw beyond(
          "a name of %s characters, limit %s".formatted(name.length(), ForeignJsonLimits.MAX_NAME));
    }
    if (IntStream.range(0, name.length()).anyMatch(at -> isLone(name, at))) {
      throw beyond("a name with half a character (a lone surrogate)");
    }
    if (++names > ForeignJsonLimits.MAX_NAMES) {
      throw beyond(
          "the session has more than %s names, nested ones included"
              .formatted(ForeignJsonLimits.MAX_NAMES));
    }
    string(name);
    json.append(':');
    value(entry.getValue(), depth);
  }

  /** The map in the order of JavaScript. */
  private static <K> Map<K, ?> ordered(Map<K, ?> map) {
    Map<Long, K> indices = new TreeMap<>();
    for (K key : map.keySet()) {
      if (key instanceof String name && isIndex(name)) {
        indices.put(Long.valueOf(name), key);
      }
    }
    if (indices.isEmpty()) {
      return map;
    }
    Map<K, Object> ordered = new LinkedHashMap<>();
    indices.values().forEach(key -> put(ordered, key, map));
    map.keySet().forEach(key -> put(ordered, key, map));
    return ordered;
  }

  @SuppressWarnings("NullAway") // JSON null is a value.
  private static <K> void put(Map<K, Object> target, K key, Map<K, ?> source) {
    target.putIfAbsent(key, source.get(key));
  }

  private static boolean isIndex(String name) {
    int length = name.length();
    if (length == 0 || length > 10 || (name.charAt(0) == '0' && length > 1)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return Long.parseLong(name) <= MAX_INDEX;
  }

  private void string(String text) {
    if (text.length() > ForeignJsonLimits.MAX_CHARACTERS - json.length()) {
      throw SessionTooLargeException.whileWriting(attribute, ForeignJsonLimits.MAX_CHARACTERS);
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = ESCAPED.indexOf(c);
      if (escape >= 0) {
        json.append('\\').append(ESCAPES.charAt(escape));
      } else if (c < ' ' || isLone(text, i)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** Whether this is half a character without its other half. */
  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private int deeper(int depth) {
    if (depth >= ForeignJsonLimits.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is nested deeper than %s levels, or contains itself"
              .formatted(PrintableName.of(attribute), ForeignJsonLimits.MAX_DEPTH));
    }
    return depth + 1;
  }

  private IllegalArgumentException beyond(String limit) {
    return new IllegalArgumentException(
        "attribute \"%s\": %s".formatted(PrintableName.of(attribute), limit));
  }

  private IllegalArgumentException refused(@Nullable Object value, String why) {
    return new IllegalArgumentException(
        "attribute \"%s\" holds a %s that would not come back as it is: %s"
            .formatted(
                PrintableName.of(attribute),
                value == null ? "null" : value.getClass().getTypeName(),
                why));
  }
}
