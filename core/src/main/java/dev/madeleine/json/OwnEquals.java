package dev.madeleine.json;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Whether a class says itself when two of its values are equal. */
final class OwnEquals {
  private OwnEquals() {}

  /**
   * Whether its equals can know all of its fields, apart from classes of the JDK, which do. It
   * cannot if it is Object's, nor if it is inherited by a class that adds fields: that of a list
   * knows its elements, not the owner whom a subclass adds.
   */
  static boolean isIn(Class<?> type) {
    Class<?> declaring = declaring(type);
    if (declaring == Object.class) {
      return false;
    }
    for (Class<?> below = type;
        below != null && below != declaring;
        below = below.getSuperclass()) {
      if (!below.getName().startsWith("java.") && hasFields(below)) {
        return false;
      }
    }
    return true;
  }

  /** The class whose equals a class has. */
  private static Class<?> declaring(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e); // Every class has equals.
    }
  }

  private static boolean hasFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        return true;
      }
    }
    return false;
  }
}
