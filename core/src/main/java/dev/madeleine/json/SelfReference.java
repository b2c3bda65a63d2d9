package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.AttributeConverter;
import dev.madeleine.internal.PrintableName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a value that was too deep or too large to write refers to itself: by the names of what
 * converters make, {@code []} for an element of any other collection, whose keys are the session's
 * own data.
 */
final class SelfReference {
  /** Deepest nesting that is looked at. */
  private static final int MAX_DEPTH = 100;

  /** Ends soon where there is no end; the path of its exception is whole then. */
  private static final JsonFactory SHALLOW =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final Converters converters;

  /** What the value at hand stands in. */
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What refers to nothing that it stands in. */
  private final Set<Object> done = Collections.newSetFromMap(new IdentityHashMap<>());

  private SelfReference(Converters converters) {
    this.converters = converters;
  }

  /** What to throw when an attribute refers to itself. */
  static IllegalArgumentException refusal(String attribute, String where) {
    return new IllegalArgumentException(
        "attribute \"%s\" refers to itself at %s; leave that reference out"
            .formatted(PrintableName.of(attribute), where));
  }

  /** The place, for example {@code orders[].customer}; null if there is none. */
  static @Nullable String in(@Nullable Object value, Converters converters) {
    try {
      String path = new SelfReference(converters).path(value, false, 0);
      if (path != null && path.isEmpty()) {
        return "its plain value"; // Of a converter that makes nothing of it.
      }
      return path == null || !path.startsWith(".") ? path : path.substring(1);
    } catch (RuntimeException e) {
      return null; // What cannot be gone through has another message.
    }
  }

  /** The place in a value that jackson-databind cannot write, by the names of its fields. */
  static @Nullable String in(Object value, ObjectMapper mapper) {
    try (JsonGenerator json = SHALLOW.createGenerator(OutputStream.nullOutputStream())) {
      mapper.writeValue(json, value);
      return null;
    } catch (JsonMappingException e) {
      return fields(e);
    } catch (IOException | RuntimeException e) {
      return null; // It has another fault, which has its own message.
    }
  }

  private static @Nullable String fields(JsonMappingException tooDeep) {
    Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : tooDeep.getPath()) {
      if (step.getFrom() != null && !around.add(step.getFrom())) {
        return path.toString();
      }
      boolean field = step.getFieldName() != null && !(step.getFrom() instanceof Map<?, ?>);
      path.append(field && !path.isEmpty() ? "." : "");
      path.append(field ? PrintableName.of(step.getFieldName()) : "[]");
    }
    return null;
  }

  private @Nullable String path(@Nullable Object value, boolean named, int depth) {
    if (value == null || depth > MAX_DEPTH || done.contains(value)) {
      return null;
    }
    AttributeConverter<?> converter = converters.of(value);
    if (converter == null && !(value instanceof Map<?, ?>) && !(value instanceof Collection<?>)) {
      return null;
    }
    if (!around.add(value)) {
      return "";
    }
    String path =
        converter != null
            ? path(Converters.plain(converter, value), true, depth + 1)
            : elements(value, named, depth + 1);
    around.remove(value);
    done.add(value);
    return path;
  }

  private @Nullable String elements(Object value, boolean named, int depth) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String path = path(entry.getValue(), false, depth);
        if (path != null) {
          return (named ? "." + PrintableName.of(String.valueOf(entry.getKey())) : "[]") + path;
        }
      }
      return null;
    }
    for (Object element : (Collection<?>) value) {
      String path = path(element, false, depth);
      if (path != null) {
        return "[]" + path;
      }
    }
    return null;
  }
}
