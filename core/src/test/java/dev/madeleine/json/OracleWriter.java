package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes one session over jackson-core, and refuses what would not come back equal. */
final class OracleWriter {
  private final JsonGenerator json;
  private int keys;
  private int values;

  /** How many sets the value at hand stands in. */
  private int sets;

  OracleWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Map<String, Object> attributes) throws IOException {
    values++;
    json.writeStartObject();
    for (Map.Entry<String, Object> entry : attributes.entrySet()) {
      name(entry.getKey());
      value(entry.getValue(), 1);
    }
    json.writeEndObject();
  }

  /** A value with its type; {@code depth} is the nesting around it. */
  private void value(Object value, int depth) throws IOException {
    CollectionType collection = value == null ? null : CollectionType.of(value.getClass());
    if (collection != null) {
      collection(collection, value, depth);
    } else if (value instanceof Long number && number != number.intValue()) {
      scalar(number);
    } else {
      TypeTag<?> tag = value == null ? null : TypeTag.of(value);
      if (tag == null) {
        scalar(value);
      } else {
        tagged(tag, value, depth);
      }
    }
  }

  private static boolean looksTagged(Map<?, ?> map) {
    return !map.isEmpty()
        && map.keySet().iterator().next() instanceof String first
        && first.startsWith(TypeTag.ESCAPE);
  }

  private void collection(CollectionType type, Object value, int depth) throws IOException {
    if (CollectionType.refusal(value) != null) {
      throw new IllegalArgumentException("a collection whose order is not the format's");
    }
    if (type.tag() == null) {
      content(type, value, depth);
      return;
    }
    open(type.tag(), depth);
    content(type, value, depth + 1);
    json.writeEndObject();
  }

  private void content(CollectionType type, Object value, int depth) throws IOException {
    if (value instanceof Map<?, ?> map) {
      escapedMap(type.hasOrderedNames() ? new TreeMap<>(map) : map, depth);
    } else if (value instanceof Set<?> set) {
      set(set, depth);
    } else {
      elements((Collection<?>) value, depth);
    }
  }

  private void escapedMap(Map<?, ?> map, int depth) throws IOException {
    if (looksTagged(map)) {
      open(TypeTag.ESCAPE, depth);
      map(map, depth + 1);
      json.writeEndObject();
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
      throw new IllegalArgumentException("a set with equal elements");
    }
  }

  private void tagged(TypeTag<?> tag, Object value, int depth) throws IOException {
    if (sets > 0 && value instanceof byte[]) {
      throw new IllegalArgumentException("bytes in a set, which finds them by identity");
    }
    String text = tag.encode(value);
    open(tag.tag(), depth);
    scalar(text);
    json.writeEndObject();
  }

  private void map(Map<?, ?> map, int depth) throws IOException {
    deeper(depth);
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      name(entry.getKey());
      value(entry.getValue(), depth + 1);
    }
    json.writeEndObject();
    if (new HashSet<>(map.keySet()).size() != map.size()) {
      throw new IllegalArgumentException("a map with equal names");
    }
  }

  private void elements(Collection<?> elements, int depth) throws IOException {
    deeper(depth);
    json.writeStartArray();
    for (Object element : elements) {
      value(element, depth + 1);
    }
    json.writeEndArray();
  }

  private void open(String tag, int depth) throws IOException {
    deeper(depth);
    json.writeStartObject();
    name(tag);
  }

  private void scalar(Object value) throws IOException {
    count();
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      throw new IllegalArgumentException("a value that is not in the list");
    }
  }

  private void name(Object key) throws IOException {
    if (!(key instanceof String name)
        || JsonLimits.refusal(name) != null
        || ++keys > JsonLimits.MAX_KEYS) {
      throw new IllegalArgumentException("not a name, or one too many");
    }
    json.writeFieldName(name);
  }

  private void deeper(int depth) {
    count();
    if (depth >= JsonLimits.MAX_DEPTH) {
      throw new IllegalArgumentException("too deep");
    }
  }

  private void count() {
    if (++values > JsonLimits.MAX_VALUES) {
      throw new IllegalArgumentException("too many values");
    }
  }
}
