package dev.madeleine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that were received, with the changes of one moment.
 *
 * @param received not changed any more
 * @param changes from a name to its new value, or to null if it was removed; not changed any more
 */
record ChangedAttributes(LocatedAttributes received, Map<String, @Nullable Object> changes)
    implements LocatedAttributes {
  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : received.names()) {
      if (!changes.containsKey(name) || changes.get(name) != null) {
        names.add(name);
      }
    }
    changes.forEach(
        (name, value) -> {
          if (value != null) {
            names.add(name);
          }
        });
    return Collections.unmodifiableSet(names);
  }

  @Override
  public @Nullable Object value(String name) {
    return changes.containsKey(name) ? changes.get(name) : received.value(name);
  }

  @Override
  public Set<String> unreadable() {
    Set<String> unreadable = new LinkedHashSet<>(received.unreadable());
    unreadable.removeAll(changes.keySet());
    return Collections.unmodifiableSet(unreadable);
  }

  /** How many changes there are; no names and no values. */
  @Override
  public String toString() {
    return "%s, %s changed".formatted(received, changes.size());
  }
}
