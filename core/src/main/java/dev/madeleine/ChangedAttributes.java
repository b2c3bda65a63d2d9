package dev.madeleine;

import dev.madeleine.json.format.EncodedAttribute;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that were received, with the changes of one moment.
 *
 * @param received not changed any more
 * @param touched by name; not changed any more
 */
record ChangedAttributes(LocatedAttributes received, Map<String, Touched> touched)
    implements LocatedAttributes {
  /**
   * An attribute that the application has put, removed, or been given.
   *
   * @param value what it is; null if it was removed
   * @param now how the value is written, if it cannot change any more
   * @param before how what was received is written, if that is not in the text; null if there was
   *     nothing
   */
  record Touched(
      @Nullable Object value, @Nullable EncodedAttribute now, @Nullable EncodedAttribute before) {
    /** The class alone: the value is the session's. */
    @Override
    public String toString() {
      return "Touched";
    }
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : received.names()) {
      Touched touch = touched.get(name);
      if (touch == null || touch.value != null) {
        names.add(name);
      }
    }
    touched.forEach(
        (name, touch) -> {
          if (touch.value != null) {
            names.add(name);
          }
        });
    return Collections.unmodifiableSet(names);
  }

  @Override
  public @Nullable Object value(String name) {
    Touched touch = touched.get(name);
    return touch == null ? received.value(name) : touch.value;
  }

  @Override
  public Set<String> unreadable() {
    Set<String> unreadable = new LinkedHashSet<>(received.unreadable());
    unreadable.removeAll(touched.keySet());
    return Collections.unmodifiableSet(unreadable);
  }

  /** How many were touched; no names and no values. */
  @Override
  public String toString() {
    return "%s, %s touched".formatted(received, touched.size());
  }
}
