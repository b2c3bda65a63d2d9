package dev.madeleine;

import dev.madeleine.ChangedAttributes.Touched;
import dev.madeleine.internal.PrintableName;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.EncodedAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
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
  /** How often a value that another thread changes is written, before that is given up. */
  static final int ATTEMPTS = 10;

  private final Serializer serializer;
  private final List<Serializer> others;

  /** What was received; never changed, though a value in it may be, in place. */
  private LocatedAttributes received = BuiltAttributes.NONE;

  /** The same if one attribute can be written without the others, or null. */
  private @Nullable EncodedAttributes text;

  /** The bytes that were received, if they are of this serializer and known apart. */
  private byte @Nullable [] whole;

  /** The attributes that may differ from what was received, in the order of their first touch. */
  private Map<String, Touched> touched = Map.of();

  /** Whether a picture holds {@link #touched}, so that more is noted in a copy. */
  private boolean pictured = true;

  /** Whether the application holds a value that can change in place. */
  private boolean handedOut;

  /** What differed when {@link #isChanged} was last asked; null for what was removed. */
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
    text =
        received instanceof EncodedAttributes encoded && encoded.areBy(serializer) ? encoded : null;
    whole = snapshot.encodedBy(serializer);
  }

  @Nullable Object get(String name) {
    Touched touch = touched.get(name);
    if (touch != null) {
      if (touch.value() != null) {
        handOut(name, touch.value());
      }
      return touch.value();
    }
    Object value = received.value(name);
    if (value != null && handOut(name, value)) {
      note(name, new Touched(value, null, before(name)));
    }
    return value;
  }

  void put(String name, @Nullable Object value) {
    if (value == null) {
      remove(name);
      return;
    }
    EncodedAttribute now = checkSteady(name, value);
    Touched former = touched.get(name);
    EncodedAttribute before = former == null ? before(name) : former.before();
    note(name, new Touched(value, handOut(name, value) ? null : now, before));
  }

  /** Checks a value that another thread may be changing; see {@link #check}. */
  private @Nullable EncodedAttribute checkSteady(String name, Object value) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return check(name, value);
      } catch (ConcurrentModificationException e) {
        Thread.onSpinWait();
      }
    }
    try {
      return check(name, value);
    } catch (ConcurrentModificationException e) { // Its message names no value.
      throw new IllegalArgumentException(
          "attribute \"%s\" was changed by another thread each of the %s times that it was written, or has a size() that is not the number of its elements; put a copy of it, new ArrayList<>(list), or put it when no other thread changes it"
              .formatted(PrintableName.of(name), ATTEMPTS));
    }
  }

  /**
   * Checks that all formats carry a value; returns how it is written, or null where that takes more
   * writing and may change in place anyway.
   */
  private @Nullable EncodedAttribute check(String name, Object value) {
    EncodedAttribute now;
    if (text == null) {
      serializer.check(name, value);
      now = serializer.canChangeInPlace(name, value) ? null : alone(name, value);
    } else {
      now = text.encodeAndCheck(name, value);
    }
    others.forEach(other -> other.check(name, value));
    return now;
  }

  private void remove(String name) {
    Touched former = touched.get(name);
    if (former != null || isReceived(name)) {
      EncodedAttribute before = former == null ? before(name) : former.before();
      note(name, new Touched(null, null, before));
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
    for (Touched touch : touched.values()) {
      if (touch.value() != null) {
        return false;
      }
    }
    return touched.isEmpty()
        ? received.isEmpty()
        : names().isEmpty() && touched.keySet().containsAll(received.unreadable());
  }

  /** The names of the attributes that are there and can be read, in their order; a copy. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : received.names()) {
      Touched touch = touched.get(name);
      if (touch == null ? hasReceivedValue(name) : touch.value() != null) {
        names.add(name);
      }
    }
    touched.forEach(
        (name, touch) -> {
          if (touch.value() != null) {
            names.add(name);
          }
        });
    return Collections.unmodifiableSet(names);
  }

  /** The names of those that cannot be read, as far as that is known; a copy. */
  Set<String> unreadable() {
    Set<String> unreadable = new LinkedHashSet<>(received.unreadable());
    unreadable.removeAll(touched.keySet());
    return Collections.unmodifiableSet(unreadable);
  }

  private boolean hasReceivedValue(String name) {
    return text == null ? received.value(name) != null : text.hasValue(name);
  }

  <T> List<T> values(Class<T> type) {
    List<T> found = new ArrayList<>(0);
    for (String name : names()) {
      Touched touch = touched.get(name);
      Object value = touch == null ? received.value(name) : touch.value();
      if (type.isInstance(value)) {
        found.add(type.cast(get(name)));
      }
    }
    return found;
  }

  /** The attributes as they are now; a value in them may still change in place. */
  LocatedAttributes present() {
    pictured = true;
    return touched.isEmpty() ? received : new ChangedAttributes(received, touched);
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
    return !touched.isEmpty() && !differences().equals(saved);
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
    Map<String, @Nullable EncodedAttribute> differences = Map.of();
    for (Map.Entry<String, Touched> entry : touched.entrySet()) {
      String name = entry.getKey();
      Touched touch = entry.getValue();
      EncodedAttribute now = write(name, touch);
      if (isReceived(name, now, touch)) {
        continue;
      }
      if (differences.isEmpty()) {
        differences = Collections.singletonMap(name, now); // As most requests change one.
      } else {
        if (differences.size() == 1) {
          differences = new LinkedHashMap<>(differences);
        }
        differences.put(name, now);
      }
    }
    return differences;
  }

  private @Nullable EncodedAttribute write(String name, Touched touch) {
    Object value = touch.value();
    if (value == null || touch.now() != null) {
      return touch.now();
    }
    return text == null ? alone(name, value) : text.encode(name, value);
  }

  /** Whether an attribute is what was received, if it is written like this now. */
  private boolean isReceived(String name, @Nullable EncodedAttribute now, Touched touch) {
    if (now == null) {
      return !isReceived(name);
    }
    return text == null ? now.equals(touch.before()) : text.isReceived(name, now);
  }

  /** What was received of an attribute, encoded, unless it lies in the text. */
  private @Nullable EncodedAttribute before(String name) {
    Object value = text == null ? received.value(name) : null;
    return value == null ? null : alone(name, value);
  }

  /** An attribute as a session of its own, for a serializer that writes nothing smaller. */
  private EncodedAttribute alone(String name, Object value) {
    byte[] alone = serializer.toBytes(Map.of(name, value));
    return new EncodedAttribute(alone, 0, alone.length, 1, 1, 1);
  }

  /** Notes that the application gets this value; returns whether it can change in place. */
  private boolean handOut(String name, Object value) {
    boolean canChange = serializer.canChangeInPlace(name, value);
    handedOut |= canChange;
    return canChange;
  }

  private void note(String name, Touched touch) {
    if (pictured) {
      touched = new LinkedHashMap<>(touched);
      pictured = false;
    }
    touched.put(name, touch);
  }
}
