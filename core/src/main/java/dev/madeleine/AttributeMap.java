package dev.madeleine;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one session, and whether they have changed: compared as encoded, so that a
 * change in place counts and a change that was taken back does not.
 */
final class AttributeMap {
  private final Serializer serializer;

  /** Values in their order; null stands for one that was removed, and keeps its place. */
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** The attributes as they came, encoded just before the first change that was possible. */
  private byte @Nullable [] before;

  /** The attributes as they were when {@link #isChanged} was last asked, once they can change. */
  private byte @Nullable [] lastSeen;

  AttributeMap(Serializer serializer) {
    this.serializer = serializer;
  }

  void begin(Map<String, Object> attributes) {
    values.putAll(attributes);
  }

  @Nullable Object get(String name) {
    Object value = values.get(name);
    if (value != null && !TypeTag.isImmutable(value)) {
      keepAsItWas();
    }
    return value;
  }

  void put(String name, @Nullable Object value) {
    if (value != null) {
      serializer.check(name, value);
    } else if (values.get(name) == null) {
      return;
    }
    keepAsItWas();
    values.put(name, value);
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            names.add(name);
          }
        });
    return Collections.unmodifiableSet(names);
  }

  /** The attributes that are there, a copy. */
  Map<String, Object> present() {
    Map<String, Object> present = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  /** Whether they differ from what came. */
  boolean isChanged() {
    if (before == null) {
      return false;
    }
    lastSeen = encoded();
    return !Arrays.equals(before, lastSeen);
  }

  /** Whether they differ from what {@link #isChanged} last saw, or from what came. */
  boolean isChangedSince() {
    byte[] seen = lastSeen == null ? before : lastSeen;
    return seen != null && !Arrays.equals(seen, encoded());
  }

  private void keepAsItWas() {
    if (before == null) {
      before = encoded();
    }
  }

  private byte[] encoded() {
    return serializer.toBytes(present());
  }
}
