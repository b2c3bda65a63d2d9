package dev.madeleine;

import dev.madeleine.internal.DeclarationText;
import dev.madeleine.internal.LosslessNumber;
import dev.madeleine.internal.PrintableName;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session attribute with its name and Java type, declared once by the application.
 *
 * <p>Records, beans and enums travel in declared attributes, or by an {@link AttributeConverter}:
 * the type comes from this declaration or the converter, never from the cookie.
 *
 * <pre>{@code
 * static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);
 * session.put(CART, new Cart(List.of("madeleine")));
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class Attribute<T> {
  private final String name;
  private final Type type;
  private final @Nullable AttributeConverter<T> converter;

  private Attribute(String name, Type type, @Nullable AttributeConverter<T> converter) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.converter = converter;
  }

  /**
   * An attribute of a class.
   *
   * @param name its name in the session, at most 128 characters
   * @param type its class; for a generic type use {@link #of(String, TypeToken)}
   */
  public static <T> Attribute<T> of(String name, Class<T> type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    if (type.isPrimitive()) {
      throw new IllegalArgumentException(
          "attribute \"%s\": %s has no objects; declare %s"
              .formatted(
                  PrintableName.of(name),
                  type.getName(),
                  MethodType.methodType(type).wrap().returnType().getSimpleName()));
    }
    return new Attribute<>(name, type, null);
  }

  /** An attribute of a generic type, for example {@code new TypeToken<List<Item>>() {}}. */
  public static <T> Attribute<T> of(String name, TypeToken<T> type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    return new Attribute<>(name, type.type(), null);
  }

  /**
   * An attribute whose value is carried by this converter, which is used for nothing else. The
   * value itself, not what stands in a list or map, is of the converter's class, which may also be
   * one that a session carries without it.
   *
   * @param name its name in the session, at most 128 characters
   */
  public static <T> Attribute<T> of(String name, AttributeConverter<T> converter) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(converter, "converter");
    return new Attribute<>(name, converter.type(), converter);
  }

  /** The attribute's name in the session. */
  public String name() {
    return name;
  }

  /** The declared type. */
  public Type type() {
    return type;
  }

  /** The converter of this attribute alone, or null. */
  public @Nullable AttributeConverter<T> converter() {
    return converter;
  }

  /**
   * The value as this attribute's type, or null. A number is converted where nothing is lost.
   *
   * @throws ClassCastException if the value is of another type; the message says both, and what to
   *     do
   */
  @SuppressWarnings("unchecked") // Checked by its class; elements were when it was read or put.
  @Nullable T cast(@Nullable Object value) {
    Class<?> raw = raw(type);
    Object converted = value == null ? null : as(raw, value);
    if (converted == null && value != null) {
      throw new ClassCastException(
          "attribute \"%s\" is declared as %s, the session holds a %s%s; declare it where the sessions are built, SessionsBuilder.attributes(Attribute.of(\"%s\", %s)), and one that does not fit is unreadable and reads as null, or remove it"
              .formatted(
                  PrintableName.of(name),
                  type.getTypeName(),
                  value.getClass().getTypeName(),
                  value instanceof Number ? ", which would lose something" : "",
                  PrintableName.of(name),
                  DeclarationText.ofType(type)));
    }
    return (T) converted;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : Object.class;
  }

  /** A value as one of this class, or null if it is none. */
  private static @Nullable Object as(Class<?> type, Object value) {
    if (type.isInstance(value)) {
      return value;
    }
    return value instanceof Number number ? LosslessNumber.of(number, type) : null;
  }

  /**
   * The value of the fallback's kind; the fallback if there is no value.
   *
   * @throws ClassCastException if it is of another kind, or a number that would lose something
   */
  @SuppressWarnings("unchecked") // Checked by its kind, if the fallback has one.
  static <T extends @Nullable Object> T like(String name, @Nullable Object value, T fallback) {
    if (value == null) {
      return fallback;
    }
    if (fallback != null && fallback.getClass() == value.getClass()) {
      return (T) value;
    }
    Class<?> kind = fallback == null ? Object.class : kind(fallback);
    Object converted = as(kind, value);
    if (converted == null) {
      throw new ClassCastException(
          "attribute \"%s\" is a %s, it was asked for as a %s%s; ask for the type that was put, remove it, or declare it, SessionsBuilder.attributes(Attribute.of(\"%s\", %s)): a declared one that does not fit is unreadable, and the fallback holds"
              .formatted(
                  PrintableName.of(name),
                  value.getClass().getTypeName(),
                  kind.getTypeName(),
                  value instanceof Number ? ", which would lose something" : "",
                  PrintableName.of(name),
                  DeclarationText.ofType(kind)));
    }
    return (T) converted;
  }

  /** What a value must be to stand for a fallback; Object where its class does not say. */
  private static Class<?> kind(Object fallback) {
    if (fallback instanceof Enum<?> constant) {
      return constant.getDeclaringClass();
    }
    if (fallback instanceof ZoneId) {
      return ZoneId.class; // There are two kinds of them, and one is asked for with the other.
    }
    if (fallback instanceof List<?>) {
      return List.class;
    }
    if (fallback instanceof Set<?>) {
      return Set.class;
    }
    if (fallback instanceof Map<?, ?>) {
      return Map.class;
    }
    // A class that may have siblings or subclasses says nothing of the values beside it.
    Class<?> own = fallback.getClass();
    boolean alone =
        own.getClassLoader() == null
            && own.getModule().isExported(own.getPackageName())
            && (Modifier.isFinal(own.getModifiers()) || fallback instanceof Number);
    return alone ? own : Object.class;
  }

  @Override
  public String toString() {
    return "Attribute[" + PrintableName.of(name) + ": " + type.getTypeName() + "]";
  }
}
