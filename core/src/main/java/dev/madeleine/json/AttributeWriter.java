package dev.madeleine.json;

import com.fasterxml.jackson.core.exc.StreamWriteException;
import dev.madeleine.AttributeConverter;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.internal.PrintableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes and refuses what {@link AttributeReader} would not bring back equal; the two
 * have the same limits. One writer writes one session.
 */
final class AttributeWriter {
  private final Output out;
  private final Vocabulary vocabulary;
  private final Converters converters;
  private String attribute = "";

  /** The value of the attribute at hand. */
  private @Nullable Object root;

  private int keys;
  private int values = 1; // The session itself.

  /** Characters of text that were written; each takes a byte at least. */
  private int characters;

  /** How many sets the value at hand stands in. */
  private int sets;

  AttributeWriter(Output out, Vocabulary vocabulary) {
    this.out = out;
    this.vocabulary = vocabulary;
    converters = vocabulary.converters();
  }

  /** Writes a whole session. */
  void write(Map<String, Object> attributes) throws IOException {
    out.startMap(attributes.size());
    for (Map.Entry<String, Object> entry : attributes.entrySet()) {
      attribute(entry.getKey(), entry.getValue());
    }
    out.endMap();
    finish();
  }

  /** Writes one attribute. */
  void write(String name, @Nullable Object value) throws IOException {
    attribute(name, value);
    finish();
  }

  private void finish() throws IOException {
    out.finish();
    if (out.size() > JsonLimits.MAX_BYTES) {
      throw SessionTooLargeException.whileWriting(attribute, JsonLimits.MAX_BYTES);
    }
  }

  private void attribute(String name, @Nullable Object value) throws IOException {
    attribute = name;
    root = value;
    AttributeConverter<?> own = converters.ofAttribute(name);
    try {
      name(name);
      if (own != null && value != null) {
        Converters.requireFor(name, own, value);
        converted(own, value, 1);
      } else if (value != null && vocabulary.isDeclaredOnly(name, value)) {
        open(TypeTag.OWN, 1);
        plain(vocabulary.declared().toPlain(name, value), 2);
        out.endMap();
      } else {
        value(value, 1);
      }
    } catch (StreamWriteException e) {
      // The cause is not kept: it may quote the value.
      throw new IllegalArgumentException(
          "attribute \"%s\": half a character (a lone surrogate)"
              .formatted(PrintableName.of(attribute)));
    } catch (IllegalArgumentException e) {
      throw e; // Refused.
    } catch (RuntimeException e) {
      if (!(e instanceof ConcurrentModificationException)
          && !MappingProblem.isOfCollection(e)) { // Of an element's equals, for example.
        throw new IllegalArgumentException(
            "attribute \"%s\" holds something that threw a %s while it was written"
                .formatted(PrintableName.of(attribute), e.getClass().getTypeName()));
      }
      throw new ConcurrentModificationException(
          "attribute \"%s\" was changed by another thread while it was written, or has a size() that is not the number of its elements (%s)"
              .formatted(PrintableName.of(attribute), e.getClass().getName()));
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
   * A value with its type; {@code depth} is the nesting around it. The ordinary classes come first,
   * each by itself: interface checks that miss are slow (docs/benchmarks/tuning.md).
   */
  private void value(@Nullable Object value, int depth) throws IOException {
    if (value == null
        || TypeTag.isPlain(value.getClass())
        || (value instanceof Long number && number != number.intValue())) {
      scalar(value);
      return;
    }
    Class<?> type = value.getClass();
    if (type == ArrayList.class) {
      elements((ArrayList<?>) value, depth);
    } else if (type == LinkedHashMap.class || type == HashMap.class) {
      untaggedMap((Map<?, ?>) value, depth);
    } else {
      special(value, depth);
    }
  }

  private void special(Object value, int depth) throws IOException {
    TypeTag<?> tag = TypeTag.of(value);
    CollectionType collection = tag == null ? CollectionType.of(value.getClass()) : null;
    AttributeConverter<?> converter =
        tag == null && collection == null ? converters.of(value) : null;
    if (tag != null) {
      tagged(tag, value, depth);
    } else if (collection != null) {
      collection(collection, value, depth);
    } else if (converter != null) {
      converted(converter, value, depth);
    } else {
      throw refused(value, HowTo.carry(attribute, Objects.requireNonNull(root), value, converters));
    }
  }

  private void collection(CollectionType type, Object value, int depth) throws IOException {
    String refusal = CollectionType.refusal(value);
    if (refusal != null) {
      throw refused(value, refusal + "; " + HowTo.copy(value));
    }
    String tag = type.tag();
    if (tag != null) {
      open(tag, depth);
    }
    int inner = tag == null ? depth : depth + 1;
    if (value instanceof Map<?, ?> map) {
      untaggedMap(type.hasOrderedNames() ? inOrder(map) : map, inner);
    } else if (value instanceof Set<?> set) {
      set(set, inner);
    } else {
      elements((Collection<?>) value, inner);
    }
    if (tag != null) {
      out.endMap();
    }
  }

  /**
   * A map by its names in ascending order: that of hashing may be another one after it was read.
   */
  private Map<?, ?> inOrder(Map<?, ?> map) {
    if (map instanceof TreeMap<?, ?>) {
      return map;
    }
    Map<String, Object> ordered = new TreeMap<>();
    map.forEach((name, value) -> ordered.put(requireText(name), value));
    return ordered;
  }

  private void untaggedMap(Map<?, ?> map, int depth) throws IOException {
    if (looksTagged(map)) {
      open(TypeTag.ESCAPE, depth);
      map(map, depth + 1);
      out.endMap();
    } else {
      map(map, depth);
    }
  }

  private void set(Set<?> set, int depth) throws IOException {
    sets++;
    elements(set, depth);
    sets--;
    // After the elements, which are known not to contain themselves by now.
    if (new HashSet<>(set).size() != set.size()) {
      throw refused(set, "two of its elements are equal");
    }
  }

  /** A value of a class that only the application knows. */
  private void converted(AttributeConverter<?> converter, Object value, int depth)
      throws IOException {
    open(Converters.tag(converter), depth);
    int around = sets;
    sets = 0; // It is the value that stands in a set, not what it is carried as.
    value(converters.toPlain(attribute, converter, value), depth + 1);
    sets = around;
    out.endMap();
  }

  private void tagged(TypeTag<?> tag, Object value, int depth) throws IOException {
    if (value instanceof byte[] bytes) {
      text(bytes.length);
    }
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
    int size = map.size();
    startObject(depth, size);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      size--;
      requireNone(size < 0);
      name(entry.getKey());
      value(entry.getValue(), depth + 1);
    }
    requireNone(size > 0);
    out.endMap();
    if (!(map instanceof HashMap) && new HashSet<>(map.keySet()).size() != map.size()) {
      throw refused(map, "two of its names are equal");
    }
  }

  private void elements(Collection<?> elements, int depth) throws IOException {
    int size = elements.size();
    startArray(depth, size);
    for (Object element : elements) {
      size--;
      requireNone(size < 0);
      value(element, depth + 1);
    }
    requireNone(size > 0);
    out.endList();
  }

  private static void requireNone(boolean others) {
    if (others) {
      throw new ConcurrentModificationException("its size is not the number of its elements");
    }
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
      text(text.length());
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
      throw refused(value, HowTo.carry(attribute, Objects.requireNonNull(root), value, converters));
    }
  }

  private void name(@Nullable Object key) throws IOException {
    String name = requireText(key);
    if (++keys > JsonLimits.MAX_KEYS) {
      throw tooMuch(
          "the session has more than %s names, nested ones included"
              .formatted(JsonLimits.MAX_KEYS));
    }
    if (!out.name(name)) {
      throw new IllegalArgumentException(
          "attribute \"%s\" has %s"
              .formatted(PrintableName.of(attribute), JsonLimits.refusal(name)));
    }
  }

  private String requireText(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException(
        "attribute \"%s\" has a map with a key that is %s; the keys of a map %s"
            .formatted(
                PrintableName.of(attribute),
                key == null ? "null" : "a " + key.getClass().getTypeName(),
                HowTo.key(attribute, Objects.requireNonNull(root))));
  }

  private void deeper(int depth) {
    count();
    if (depth >= JsonLimits.MAX_DEPTH) {
      throw tooMuch("it is nested deeper than %s levels".formatted(JsonLimits.MAX_DEPTH));
    }
  }

  private void count() {
    if (++values > JsonLimits.MAX_VALUES) {
      throw tooMuch(
          "the session has more than %s values, nested ones included"
              .formatted(JsonLimits.MAX_VALUES));
    }
  }

  /** Beyond a limit, which every value exceeds that refers to itself. */
  private IllegalArgumentException tooMuch(String limit) {
    String where = SelfReference.in(root, converters);
    return where == null
        ? new IllegalArgumentException(
            "attribute \"%s\": %s".formatted(PrintableName.of(attribute), limit))
        : SelfReference.refusal(attribute, where);
  }

  /** Notes text of this length before it is written. */
  private void text(int length) {
    if (length > JsonLimits.MAX_BYTES - characters) {
      throw SessionTooLargeException.whileWriting(attribute, JsonLimits.MAX_BYTES);
    }
    characters += length;
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
