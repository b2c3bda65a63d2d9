package dev.madeleine;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A generic type as a value, which a class literal cannot be: an empty subclass keeps what stands
 * between the angle brackets.
 *
 * <pre>{@code
 * static final Attribute<List<Item>> ITEMS = Attribute.of("items", new TypeToken<List<Item>>() {});
 * }</pre>
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {
  private final Type type;

  /**
   * Reads the type from the subclass.
   *
   * @throws IllegalArgumentException if the subclass does not say the whole type: it is raw, its
   *     type holds a variable, or it does not extend this class directly
   */
  protected TypeToken() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType token
        && token.getRawType() == TypeToken.class)) {
      throw new IllegalArgumentException(
          "a TypeToken without a type; write new TypeToken<List<String>>() {}");
    }
    type = token.getActualTypeArguments()[0];
    if (hasVariable(type)) {
      throw new IllegalArgumentException(
          "the type %s holds a variable, which is known to the compiler only; write the whole type, for example new TypeToken<List<String>>() {}"
              .formatted(type.getTypeName()));
    }
  }

  private static boolean hasVariable(@Nullable Type type) {
    if (type instanceof ParameterizedType generic) {
      return hasVariable(generic.getOwnerType()) || hasVariable(generic.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return hasVariable(array.getGenericComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return hasVariable(wildcard.getUpperBounds()) || hasVariable(wildcard.getLowerBounds());
    }
    return type instanceof TypeVariable<?>;
  }

  private static boolean hasVariable(Type[] types) {
    return Arrays.stream(types).anyMatch(TypeToken::hasVariable);
  }

  /** The type. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TypeToken<?> token && type.equals(token.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  /** The type as it is written in Java, with package names. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
