package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one session, and whether they have changed: compared as encoded, so that a
 * change in place counts and a change that was taken back does not.
 */
final class AttributeMap {
  private final Serializer serializer;
  private final List<Serializer> others;

  /**
   * Values in their order; null stands for one that was removed, and keeps its place. What was
   * received is read as it is and copied before the first change.
   */
  private Map<String, @Nullable Object> values = Map.of();

  private boolean copied;

  private int removed;

  /** The bytes that were received, with the attributes that could not be read. */
  private byte @Nullable [] received;

  /** The names of those attributes: they stay in the cookie until something else is written. */
  private Set<String> unreadable = Set.of();

  /**
   * The attributes as they were received, encoded at the latest before the first change that was
   * possible.
   */
  private byte @Nullable [] before;

  /** Whether a change was possible: something was put, or a value handed out that can change. */
  private boolean exposed;

  /** Whether the application holds a value that can change in place. */
  private boolean handedOut;

  /** The attributes as they were when {@link #isChanged} was last asked. */
  private byte @Nullable [] lastSeen;

  /** What {@link #isChanged} last said. */
  private boolean changed;

  /** The attributes as they were last saved. */
  private byte @Nullable [] saved;

  AttributeMap(Serializer serializer) {
    this(serializer, List.of());
  }

  /** Attributes that other formats have to carry too. */
  AttributeMap(Serializer serializer, List<Serializer> others) {
    this.serializer = serializer;
    this.others = others;
  }

  Serializer serializer() {
    return serializer;
  }

  /** The attributes that were received, with their encoded form if it is of this serializer. */
  @SuppressWarnings("NullAway") // What was received is only read, so it need not take null.
  void begin(SessionSnapshot snapshot) {
    Map<String, Object> attributes = snapshot.attributes();
    boolean whole = true;
    for (Object value : attributes.values()) {
      whole &= value != null;
    }
    values = attributes;
    copied = !whole;
    if (copied) {
      values = new LinkedHashMap<>(attributes);
      values.values().removeIf(Objects::isNull);
    }
    byte[] encoded = snapshot.encodedBy(serializer);
    received = whole ? encoded : null;
    unreadable = encoded == null ? Set.of() : snapshot.unreadable();
    before = unreadable.isEmpty() && serializer.isExact() ? received : null;
  }

  @Nullable Object get(String name) {
    Object value = values.get(name);
    if (value != null) {
      handOut(value);
    }
    return value;
  }

  void put(String name, @Nullable Object value) {
    Object former = values.get(name);
    if (value == null && former == null) {
      if (unreadable.contains(name)) {
        forgetUnreadable();
      }
      return;
    }
    if (value != null) {
      serializer.check(name, value);
      others.forEach(other -> other.check(name, value));
      handOut(value);
    }
    expose();
    if (!copied) {
      copied = true;
      values = new LinkedHashMap<>(values);
    }
    if (value == null) {
      removed++;
    } else if (former == null && values.containsKey(name)) {
      removed--;
    }
    values.put(name, value);
  }

  void clear() {
    names().forEach(name -> put(name, null));
    if (!unreadable.isEmpty()) {
      forgetUnreadable();
    }
  }

  /** Makes a change of it that what could not be read is not written again. */
  private void forgetUnreadable() {
    expose();
    before = received;
  }

  boolean isEmpty() {
    return values.size() == removed;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(present().keySet()));
  }

  <T> List<T> values(Class<T> type) {
    List<T> found = new ArrayList<>(0);
    for (Object value : values.values()) {
      if (type.isInstance(value)) {
        handOut(value);
        found.add(type.cast(value));
      }
    }
    return found;
  }

  /** The attributes that are there; not to be changed, nor kept beyond the next change. */
  @SuppressWarnings("NullAway") // Without removed ones there is no null in it.
  Map<String, Object> present() {
    if (removed == 0) {
      return values;
    }
    Map<String, Object> present = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  /** Whether they differ from what was received. */
  boolean isChanged() {
    if (!exposed) {
      return false;
    }
    lastSeen = serializer.toBytes(present());
    changed = !Arrays.equals(before, lastSeen);
    return changed;
  }

  /** Notes that what {@link #isChanged} last saw has been saved. */
  void saved() {
    saved = lastSeen;
  }

  /** Whether they differ from what was last saved, or from what was received. */
  boolean isUnsaved() {
    byte[] known = saved == null ? before : saved;
    return exposed && !Arrays.equals(known, serializer.toBytes(present()));
  }

  /**
   * The encoded attributes as {@link #isChanged} last saw them, or null if they are not known. What
   * has not changed is what was received, with the attributes that another release can read.
   */
  byte @Nullable [] encoded() {
    return changed || received == null ? lastSeen : received;
  }

  /** Whether the application holds a value of this session that can change in place. */
  boolean isHandedOut() {
    return handedOut;
  }

  private void handOut(Object value) {
    if (JsonSerializer.canChangeInPlace(value)) {
      handedOut = true;
      expose();
    }
  }

  private void expose() {
    if (before == null) {
      before = serializer.toBytes(present());
    }
    exposed = true;
  }
}
