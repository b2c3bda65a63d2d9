package dev.madeleine.json;

import com.fasterxml.jackson.core.exc.StreamWriteException;
import dev.madeleine.internal.PrintableName;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes and refuses what {@link AttributeReader} would not bring back equal; the two
 * have the same limits. One writer writes one session.
 */
final class AttributeWriter {
  private final Output out;
  private final DeclaredTypes declared;
  private String attribute = "";
  private int keys;
  private int values = 1; // The session itself.

  /** How many sets the value at hand stands in. */
  private int sets;

  AttributeWriter(Output out, DeclaredTypes declared) {
    this.out = out;
    this.declared = declared;
  }

  /** Writes a whole session. */
  void write(Map<String, Object> attributes) throws IOException {
    out.startMap(attributes.size());
    for (Map.Entry<String, Object> entry : attributes.entrySet()) {
      attribute(entry.getKey(), entry.getValue());
    }
    out.endMap();
    out.finish();
  }

  /** Writes one attribute. */
  void write(String name, @Nullable Object value) throws IOException {
    attribute(name, value);
    out.finish();
  }

  private void attribute(String name, @Nullable Object value) throws IOException {
    attribute = name;
    try {
      name(name);
      if (declared.covers(name) && value != null) {
        open(TypeTag.OWN, 1);
        plain(declared.toPlain(name, value), 2);
        out.endMap();
      } else {
        value(value, 1);
      }
    } catch (StreamWriteException e) {
      // The cause is not kept: it may quote the value.
      throw new IllegalArgumentException(
          "attribute \"%s\": half a character (a lone surrogate), or a size() that is not the number of elements"
              .formatted(PrintableName.of(attribute)));
    }
  }

  /** How many names were written. */
  int names() {
    return keys;
  }

  /** How many values were written, nested ones included, without the session itself. */
  int values() {
    return values - 1;
  }

  /**
   * A value with its type; {@code depth} is the nesting around it. The plain classes come first:
   * one that misses several interface checks makes them slow (docs/benchmarks/tuning.md).
   */
  private void value(@Nullable Object value, int depth) throws IOException {
    if (value == null
        || TypeTag.isPlain(value.getClass())
        || (value instanceof Long number && number != number.intValue())) {
      scalar(value);
    } else if (value instanceof Map<?, ?> map) {
      if (looksTagged(map)) {
        open(TypeTag.ESCAPE, depth);
        map(map, depth + 1);
        out.endMap();
      } else {
        map(map, depth);
      }
    } else if (value instanceof List<?> list) {
      elements(list, depth);
    } else if (value instanceof Set<?> set) {
      set(set, depth);
    } else {
      TypeTag<?> tag = TypeTag.of(value);
      if (tag == null) {
        scalar(value);
      } else {
        tagged(tag, value, depth);
      }
    }
  }

  private void set(Set<?> set, int depth) throws IOException {
    sets++;
    open(TypeTag.SET, depth);
    elements(set, depth + 1);
    out.endMap();
    sets--;
    // After the elements, which are known not to contain themselves by now.
    if (new HashSet<>(set).size() != set.size()) {
      throw refused(set, "two of its elements are equal");
    }
  }

  private void tagged(TypeTag<?> tag, Object value, int depth) throws IOException {
    if (sets > 0 && value instanceof byte[]) {
      throw refused(value, "a set finds byte arrays by identity, so it would not come back equal");
    }
    if (value instanceof byte[] bytes && out.hasBytes()) {
      count();
      out.bytes(bytes);
      return;
    }
    String text;
    try {
      text = tag.encode(value);
    } catch (IllegalArgumentException e) {
      throw refused(value, e.getMessage());
    }
    open(tag.tag(), depth);
    scalar(text);
    out.endMap();
  }

  /** A value of a declared type, which needs no tags to find its way back. */
  private void plain(@Nullable Object value, int depth) throws IOException {
    if (value instanceof Map<?, ?> map) {
      startObject(depth, map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        name(entry.getKey());
        plain(entry.getValue(), depth + 1);
      }
      out.endMap();
    } else if (value instanceof List<?> list) {
      startArray(depth, list.size());
      for (Object element : list) {
        plain(element, depth + 1);
      }
      out.endList();
    } else {
      scalar(value);
    }
  }

  private void map(Map<?, ?> map, int depth) throws IOException {
    startObject(depth, map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      name(entry.getKey());
      value(entry.getValue(), depth + 1);
    }
    out.endMap();
    if (!(map instanceof HashMap) && new HashSet<>(map.keySet()).size() != map.size()) {
      throw refused(map, "two of its names are equal");
    }
  }

  private void elements(Collection<?> elements, int depth) throws IOException {
    startArray(depth, elements.size());
    for (Object element : elements) {
      value(element, depth + 1);
    }
    out.endList();
  }

  private void open(String tag, int depth) throws IOException {
    startObject(depth, 1);
    name(tag);
  }

  private void startObject(int depth, int size) throws IOException {
    deeper(depth);
    out.startMap(size);
  }

  private void startArray(int depth, int size) throws IOException {
    deeper(depth);
    out.startList(size);
  }

  private void scalar(@Nullable Object value) throws IOException {
    count();
    if (value == null) {
      out.nothing();
    } else if (value instanceof String text) {
      out.text(text);
    } else if (value instanceof Integer number) {
      out.integer(number);
    } else if (value instanceof Long number) {
      out.integer(number);
    } else if (value instanceof Boolean truth) {
      out.truth(truth);
    } else if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw refused(value, "it is not a finite number");
      }
      out.fraction(number);
    } else {
      throw refused(value, DeclaredTypes.HOW_TO);
    }
  }

  private void name(@Nullable Object key) throws IOException {
    if (!(key instanceof String name)) {
      throw refused(key, "the keys of a map must be strings");
    }
    if (++keys > JsonLimits.MAX_KEYS) {
      throw refused(name, "the session has more than %s names".formatted(JsonLimits.MAX_KEYS));
    }
    if (!out.name(name)) {
      throw refused(name, JsonLimits.refusal(name));
    }
  }

  private void deeper(int depth) {
    count();
    if (depth >= JsonLimits.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is nested deeper than %s levels, or contains itself"
              .formatted(PrintableName.of(attribute), JsonLimits.MAX_DEPTH));
    }
  }

  private void count() {
    if (++values > JsonLimits.MAX_VALUES) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the session has more than %s values, nested ones included"
              .formatted(PrintableName.of(attribute), JsonLimits.MAX_VALUES));
    }
  }

  private static boolean looksTagged(Map<?, ?> map) {
    return !map.isEmpty()
        && map.keySet().iterator().next() instanceof String first
        && first.startsWith(TypeTag.ESCAPE);
  }

  private IllegalArgumentException refused(@Nullable Object value, @Nullable String why) {
    return new IllegalArgumentException(
        "attribute \"%s\" holds a %s that would not come back as it is: %s"
            .formatted(
                PrintableName.of(attribute),
                value == null ? "null" : value.getClass().getTypeName(),
                why));
  }
}
