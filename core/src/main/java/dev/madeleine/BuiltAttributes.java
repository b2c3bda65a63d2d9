package dev.madeleine;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes whose values were built when they were read. */
final class BuiltAttributes implements LocatedAttributes {
  /** No attributes. */
  static final BuiltAttributes NONE = new BuiltAttributes(Map.of(), Set.of());

  private final Map<String, Object> attributes;
  private final Set<String> unreadable;

  BuiltAttributes(Map<String, Object> attributes, Set<String> unreadable) {
    this.attributes = Collections.unmodifiableMap(attributes);
    this.unreadable = unreadable.isEmpty() ? Set.of() : Collections.unmodifiableSet(unreadable);
  }

  @Override
  public Set<String> names() {
    return attributes.keySet();
  }

  @Override
  public @Nullable Object value(String name) {
    return attributes.get(name);
  }

  @Override
  public Set<String> unreadable() {
    return unreadable;
  }

  @Override
  public boolean isEmpty() {
    return attributes.isEmpty() && unreadable.isEmpty();
  }

  @Override
  public Map<String, Object> asMap() {
    return attributes;
  }

  /** How many there are; no names and no values. */
  @Override
  public String toString() {
    return "%s attributes, %s unreadable".formatted(attributes.size(), unreadable.size());
  }
}
