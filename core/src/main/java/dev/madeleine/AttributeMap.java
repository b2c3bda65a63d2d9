package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.EncodedAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one session: what was received, and what has changed since. Compared as
 * encoded, one by one, so that a change in place counts and a change that was taken back does not.
 */
final class AttributeMap {
  private final Serializer serializer;
  private final List<Serializer> others;

  /** What was received; never changed, though a value in it may be, in place. */
  private LocatedAttributes received = BuiltAttributes.NONE;

  /** The same if one attribute can be written without the others, or null. */
  private @Nullable EncodedAttributes text;

  /** The bytes that were received, if they are of this serializer and known apart. */
  private byte @Nullable [] whole;

  /** What was put in the place of, or behind, what was received; null for removed. */
  private Map<String, @Nullable Object> changes = Map.of();

  /** Whether a picture holds these changes, so that others are made in a copy. */
  private boolean pictured = true;

  /** The values in {@link #changes} that cannot change any more, as they are written. */
  private Map<String, EncodedAttribute> written = Map.of();

  /**
   * The attributes that may differ from what was received: they were put, or handed out and can
   * change in place. Without a text of them, each as it was before; null if there was none.
   */
  private Map<String, @Nullable EncodedAttribute> exposed = Map.of();

  /** Whether the application holds a value that can change in place. */
  private boolean handedOut;

  /** What differed when {@link #isChanged} was last asked. */
  private Map<String, @Nullable EncodedAttribute> lastSeen = Map.of();

  /** What differed when the attributes were last saved. */
  private Map<String, @Nullable EncodedAttribute> saved = Map.of();

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

  /** The attributes that were received. */
  void begin(SessionSnapshot snapshot) {
    received = snapshot.located();
    boolean ours = snapshot.isReadBy(serializer);
    text = ours && received instanceof EncodedAttributes encoded ? encoded : null;
    whole = snapshot.encodedBy(serializer);
  }

  @Nullable Object get(String name) {
    Object value = changes.containsKey(name) ? changes.get(name) : received.value(name);
    if (value != null) {
      handOut(name, value);
    }
    return value;
  }

  void put(String name, @Nullable Object value) {
    if (value == null) {
      remove(name);
      return;
    }
    EncodedAttribute now = check(name, value);
    handOut(name, value);
    change(name, value);
    if (!JsonSerializer.canChangeInPlace(value)) {
      written = written.isEmpty() ? new HashMap<>() : written;
      written.put(name, now);
    }
  }

  /** Checks that all formats carry a value; returns how it is written. */
  private EncodedAttribute check(String name, Object value) {
    EncodedAttribute now;
    if (text == null) {
      serializer.check(name, value);
      now = alone(name, value);
    } else {
      now = text.encodeAndCheck(name, value);
    }
    others.forEach(other -> other.check(name, value));
    return now;
  }

  private void remove(String name) {
    if (changes.containsKey(name) || isReceived(name)) {
      change(name, null);
    }
  }

  private void change(String name, @Nullable Object value) {
    expose(name);
    if (pictured) {
      changes = new LinkedHashMap<>(changes);
      pictured = false;
    }
    changes.put(name, value);
    if (!written.isEmpty()) {
      written.remove(name);
    }
  }

  /** Whether an attribute of this name was received, readable or not. */
  private boolean isReceived(String name) {
    return text == null
        ? received.value(name) != null || received.unreadable().contains(name)
        : text.isPresent(name);
  }

  void clear() {
    names().forEach(this::remove);
    received.unreadable().forEach(this::remove); // All of them are known by now.
  }

  /** Whether there is nothing, not even an attribute that cannot be read. */
  boolean isEmpty() {
    for (Object value : changes.values()) {
      if (value != null) {
        return false;
      }
    }
    return changes.isEmpty()
        ? received.isEmpty()
        : names().isEmpty() && changes.keySet().containsAll(received.unreadable());
  }

  /** The names of the attributes that are there and can be read, in their order; a copy. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : received.names()) {
      if (changes.containsKey(name) ? changes.get(name) != null : hasReceivedValue(name)) {
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

  private boolean hasReceivedValue(String name) {
    return text == null ? received.value(name) != null : text.hasValue(name);
  }

  <T> List<T> values(Class<T> type) {
    List<T> found = new ArrayList<>(0);
    for (String name : names()) {
      Object value = changes.containsKey(name) ? changes.get(name) : received.value(name);
      if (type.isInstance(value)) {
        handOut(name, value);
        found.add(type.cast(value));
      }
    }
    return found;
  }

  /** The attributes as they are now; a value in them may still change in place. */
  LocatedAttributes present() {
    pictured = true;
    return changes.isEmpty() ? received : new ChangedAttributes(received, changes);
  }

  /** Whether they differ from what was received. */
  boolean isChanged() {
    lastSeen = differences();
    return !lastSeen.isEmpty();
  }

  /** Notes that what {@link #isChanged} last saw has been saved. */
  void saved() {
    saved = lastSeen;
  }

  /** Whether they differ from what was last saved, or from what was received. */
  boolean isUnsaved() {
    return !exposed.isEmpty() && !differences().equals(saved);
  }

  /**
   * The encoded attributes as {@link #isChanged} last saw them, the unchanged ones byte for byte as
   * they were received; null if they are not known.
   */
  byte @Nullable [] encoded() {
    if (text != null) {
      return text.with(lastSeen);
    }
    return lastSeen.isEmpty() ? whole : null;
  }

  /** Whether the application holds a value of this session that can change in place. */
  boolean isHandedOut() {
    return handedOut;
  }

  /** The attributes that differ from what was received, as they are written now. */
  private Map<String, @Nullable EncodedAttribute> differences() {
    if (exposed.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable EncodedAttribute> differences = Collections.emptyMap();
    for (String name : exposed.keySet()) {
      Object value = changes.containsKey(name) ? changes.get(name) : received.value(name);
      EncodedAttribute now = value == null ? null : write(name, value);
      if (!isAsReceived(name, now)) {
        differences = differences.isEmpty() ? new LinkedHashMap<>() : differences;
        differences.put(name, now);
      }
    }
    return differences;
  }

  private boolean isAsReceived(String name, @Nullable EncodedAttribute now) {
    if (text == null) {
      EncodedAttribute before = exposed.get(name);
      return before == null ? now == null && !isReceived(name) : before.equals(now);
    }
    return now == null ? !text.isPresent(name) : text.isReceived(name, now);
  }

  private EncodedAttribute write(String name, Object value) {
    EncodedAttribute known = written.get(name);
    if (known != null) {
      return known;
    }
    return text == null ? alone(name, value) : text.encode(name, value);
  }

  /** An attribute as a session of its own, for a serializer that writes nothing smaller. */
  private EncodedAttribute alone(String name, Object value) {
    byte[] alone = serializer.toBytes(Map.of(name, value));
    return new EncodedAttribute(alone, 0, alone.length, 1, 1, 1);
  }

  private void handOut(String name, Object value) {
    if (JsonSerializer.canChangeInPlace(value)) {
      handedOut = true;
      expose(name);
    }
  }

  /** Notes that an attribute may differ from now on from what was received. */
  private void expose(String name) {
    if (!exposed.containsKey(name)) {
      Object before = text == null ? received.value(name) : null;
      exposed = exposed.isEmpty() ? new LinkedHashMap<>() : exposed;
      exposed.put(name, before == null ? null : write(name, before));
    }
  }
}
