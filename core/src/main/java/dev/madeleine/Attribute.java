package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import dev.madeleine.json.JsonSerializer;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Objects;
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

  /** The value as this attribute's type, or null. */
  @SuppressWarnings("unchecked") // A generic type was checked by databind when it was read or put.
  @Nullable T cast(@Nullable Object value) {
    if (value != null && type instanceof Class<?> raw && !raw.isInstance(value)) {
      throw new ClassCastException(
          "attribute \"%s\" is declared as %s, the session holds a %s"
              .formatted(
                  PrintableName.of(name), raw.getTypeName(), value.getClass().getTypeName()));
    }
    return (T) value;
  }

  /** The value if it is of the fallback's class; the fallback if there is none. */
  @SuppressWarnings("unchecked") // Checked for scalars; lists and maps have no one class to check.
  static <T> T like(String name, @Nullable Object value, T fallback) {
    boolean scalar = !JsonSerializer.PLAIN.canChangeInPlace(name, fallback);
    if (value != null && scalar && !fallback.getClass().isInstance(value)) {
      throw new ClassCastException(
          "attribute \"%s\" is a %s, it was asked for as a %s"
              .formatted(
                  PrintableName.of(name),
                  value.getClass().getTypeName(),
                  fallback.getClass().getTypeName()));
    }
    return value == null ? fallback : (T) value;
  }

  @Override
  public String toString() {
    return "Attribute[" + PrintableName.of(name) + ": " + type.getTypeName() + "]";
  }
}
