package dev.madeleine.json;

import dev.madeleine.AttributeConverter;
import dev.madeleine.internal.PrintableName;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The converters that the application registered, and which of them a value or a tag has. Values
 * that are carried anyway have none, except by an attribute of their own.
 */
final class Converters {
  /** What the tags of converters begin with; no other tag ever does. */
  static final String PREFIX = TypeTag.MARK + "x-";

  /** None. */
  static final Converters NONE = new Converters(List.of(), Map.of());

  private final List<AttributeConverter<?>> all;
  private final Map<String, AttributeConverter<?>> ofAttributes;
  private final Map<String, AttributeConverter<?>> byTag = new HashMap<>();
  private final Map<Class<?>, AttributeConverter<?>> byType = new HashMap<>();

  /** Which converter the values of a class have, as far as somebody has asked. */
  private final Map<Class<?>, Optional<AttributeConverter<?>>> found = new ConcurrentHashMap<>();

  private Converters(
      List<AttributeConverter<?>> all, Map<String, AttributeConverter<?>> ofAttributes) {
    this.all = List.copyOf(all);
    this.ofAttributes = Map.copyOf(ofAttributes);
    for (AttributeConverter<?> converter : all) {
      requireUsable(converter);
      requireNeeded(converter);
      requireOneWord(byTag.put(tag(converter), converter), converter);
      if (byType.put(converter.type(), converter) != null) {
        throw new IllegalArgumentException(
            "two converters are registered for %s; remove one of them, or use it for one attribute alone, Attribute.of(name, converter)"
                .formatted(converter.type().getTypeName()));
      }
    }
    Map<String, AttributeConverter<?>> words = new HashMap<>(byTag);
    for (AttributeConverter<?> converter : ofAttributes.values()) {
      requireUsable(converter);
      AttributeConverter<?> former = words.put(tag(converter), converter);
      requireOneWord(former == converter ? null : former, converter);
    }
  }

  private static void requireUsable(AttributeConverter<?> converter) {
    Class<?> type = converter.type();
    if (!converter.includesSubclasses()
        && !type.isEnum()
        && !type.isArray()
        && Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException(
          "the converter \"%s\": no value has exactly the class %s, which is abstract; write .withSubclasses()"
              .formatted(converter.word(), type.getTypeName()));
    }
  }

  private static void requireNeeded(AttributeConverter<?> converter) {
    Class<?> type = converter.type();
    if (TypeTag.isPlain(type) || TypeTag.carries(type) || CollectionType.of(type) != null) {
      throw new IllegalArgumentException(
          "the converter \"%s\": a session carries a %s without it; remove it, or use it for one attribute alone, Attribute.of(name, converter)"
              .formatted(converter.word(), type.getTypeName()));
    }
  }

  private static void requireOneWord(
      @Nullable AttributeConverter<?> former, AttributeConverter<?> converter) {
    if (former != null) {
      throw new IllegalArgumentException(
          "the word \"%s\" stands for two converters, of %s and %s; give each a word of its own"
              .formatted(
                  converter.word(), former.type().getTypeName(), converter.type().getTypeName()));
    }
  }

  /** These and more. */
  Converters and(List<AttributeConverter<?>> more) {
    List<AttributeConverter<?>> both = new ArrayList<>(all);
    both.addAll(more);
    return new Converters(both, ofAttributes);
  }

  /** These, and one for an attribute of its own. */
  Converters and(String attribute, AttributeConverter<?> converter) {
    Map<String, AttributeConverter<?>> both = new HashMap<>(ofAttributes);
    both.put(attribute, converter);
    return new Converters(all, both);
  }

  boolean isEmpty() {
    return all.isEmpty() && ofAttributes.isEmpty();
  }

  /** Whether some attribute has a converter of its own. */
  boolean haveAttributes() {
    return !ofAttributes.isEmpty();
  }

  /** The tag that a converter's values have. */
  static String tag(AttributeConverter<?> converter) {
    return PREFIX + converter.word();
  }

  /** The converter of this tag anywhere in a session, or null. */
  @Nullable AttributeConverter<?> tagged(String tag) {
    return byTag.get(tag);
  }

  /** The converter that an attribute has for itself, or null. */
  @Nullable AttributeConverter<?> ofAttribute(String attribute) {
    return ofAttributes.isEmpty() ? null : ofAttributes.get(attribute);
  }

  /**
   * The converter of a value that is an attribute, or null.
   *
   * @throws IllegalArgumentException if the attribute has one that is not for this value
   */
  @Nullable AttributeConverter<?> of(String attribute, Object value) {
    AttributeConverter<?> own = ofAttribute(attribute);
    if (own == null) {
      return of(value);
    }
    requireFor(attribute, own, value);
    return own;
  }

  /**
   * Checks that an attribute may have this value.
   *
   * @param own the attribute's converter
   */
  static void requireFor(String attribute, AttributeConverter<?> own, Object value) {
    if (!isFor(own, value)) {
      throw new IllegalArgumentException(
          "attribute \"%s\" has the converter \"%s\" for %s, the value is a %s%s"
              .formatted(
                  PrintableName.of(attribute),
                  own.word(),
                  own.type().getTypeName(),
                  value.getClass().getTypeName(),
                  own.type().isInstance(value) ? "; write .withSubclasses()" : ""));
    }
  }

  private static boolean isFor(AttributeConverter<?> converter, Object value) {
    return converter.includesSubclasses()
        ? converter.type().isInstance(value)
        : converter.type() == typeOf(value);
  }

  /** The converter of a value wherever it stands, or null if it has none or needs none. */
  @Nullable AttributeConverter<?> of(Object value) {
    return all.isEmpty()
        ? null
        : found
            .computeIfAbsent(typeOf(value), type -> Optional.ofNullable(find(type, value)))
            .orElse(null);
  }

  /** The class of a value; of an enum's constant the enum, even if the constant has a body. */
  private static Class<?> typeOf(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  private @Nullable AttributeConverter<?> find(Class<?> type, Object value) {
    if (TypeTag.isPlain(type) || TypeTag.of(value) != null || CollectionType.of(type) != null) {
      return null;
    }
    AttributeConverter<?> exact = byType.get(type);
    if (exact != null) {
      return exact;
    }
    AttributeConverter<?> nearest = null;
    for (AttributeConverter<?> converter : all) {
      if (converter.includesSubclasses()
          && converter.type().isAssignableFrom(type)
          && (nearest == null || isNearer(converter.type(), nearest.type()))) {
        nearest = converter;
      }
    }
    return nearest;
  }

  /**
   * Whether a class is nearer to a subclass of both than another: it extends the other, or is a
   * class where the other is an interface. Of two interfaces the one that was registered first.
   */
  private static boolean isNearer(Class<?> type, Class<?> other) {
    return other.isAssignableFrom(type)
        || (other.isInterface() && !type.isInterface() && type != Object.class);
  }

  /** The converter of a class that this one extends, which is not for subclasses; or null. */
  @Nullable AttributeConverter<?> ofSuperclass(Class<?> type) {
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      AttributeConverter<?> converter = byType.get(above);
      if (converter != null && !converter.includesSubclasses()) {
        return converter;
      }
    }
    return null;
  }

  /**
   * What a value is carried as.
   *
   * @throws IllegalArgumentException if the converter fails; names attribute, class and word
   */
  Object toPlain(String attribute, AttributeConverter<?> converter, Object value) {
    Object plain;
    try {
      plain = plain(converter, value);
    } catch (Exception e) { // Kotlin's functions also throw what they do not declare.
      // The cause is not kept: it may quote the value.
      throw new IllegalArgumentException(
          "attribute \"%s\": the converter \"%s\" cannot write a %s: %s"
              .formatted(
                  PrintableName.of(attribute),
                  converter.word(),
                  value.getClass().getTypeName(),
                  e.getClass().getSimpleName()));
    }
    if (plain == null) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the converter \"%s\" makes null of a %s; return a plain value, an empty text or map for nothing"
              .formatted(
                  PrintableName.of(attribute), converter.word(), value.getClass().getTypeName()));
    }
    return plain;
  }

  /** What the application's function makes of a value; throws what that throws. */
  static <T> @Nullable Object plain(AttributeConverter<T> converter, Object value) {
    return converter.toPlain(converter.type().cast(value));
  }

  /**
   * The value of a plain value that another format had.
   *
   * @throws IllegalArgumentException if the converter does not take it
   */
  static Object adopt(String attribute, AttributeConverter<?> converter, Object plain) {
    Object value = null;
    try {
      value = converter.fromPlain(plain);
    } catch (Exception e) {
      value = null; // It is no plain value of this converter's, whatever the function throws.
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the converter \"%s\" cannot read a %s"
              .formatted(
                  PrintableName.of(attribute), converter.word(), plain.getClass().getTypeName()));
    }
    return value;
  }

  /** Whether a converter has a part in how an attribute is carried, at any depth. */
  boolean areIn(String attribute, Object value) {
    return !isEmpty() && (ofAttribute(attribute) != null || isIn(value));
  }

  private boolean isIn(@Nullable Object value) {
    if (value == null || TypeTag.isPlain(value.getClass())) {
      return false;
    }
    if (CollectionType.of(value.getClass()) == null) {
      return of(value) != null;
    }
    Collection<?> values = value instanceof Map<?, ?> map ? map.values() : (Collection<?>) value;
    return values.stream().anyMatch(this::isIn);
  }
}
