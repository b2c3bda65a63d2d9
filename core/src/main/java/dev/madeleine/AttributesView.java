package dev.madeleine;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Located attributes as a map: one value is built to look it up, all to go through them. */
final class AttributesView extends AbstractMap<String, Object> {
  private final LocatedAttributes located;

  AttributesView(LocatedAttributes located) {
    this.located = located;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return name instanceof String text ? located.value(text) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null || (name instanceof String text && located.names().contains(text));
  }

  @Override
  @SuppressWarnings("NullAway") // Null is a value.
  public Set<Map.Entry<String, Object>> entrySet() {
    List<String> names = List.copyOf(located.names());
    names.forEach(located::value); // Now it is known which of them are unreadable.
    Map<String, Object> built = new LinkedHashMap<>();
    for (String name : located.names()) {
      built.put(name, located.value(name));
    }
    return Collections.unmodifiableMap(built).entrySet();
  }
}
