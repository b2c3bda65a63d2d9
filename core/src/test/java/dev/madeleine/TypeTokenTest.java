package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class TypeTokenTest {
  private static final String WITHOUT =
      "a TypeToken without a type; write new TypeToken<List<String>>() {}";

  /** A token that leaves the type to its own subclasses. */
  private abstract static class Indirect<T> extends TypeToken<T> {}

  private static void assertRefused(ThrowingCallable token, String message) {
    assertThatThrownBy(token)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static <T> TypeToken<?> ofVariable() {
    return new TypeToken<T>() {};
  }

  private static <T> TypeToken<?> ofListOfVariable() {
    return new TypeToken<Map<String, List<? extends T[]>>>() {};
  }

  @Test
  void keepsTheTypeBetweenTheBrackets() {
    TypeToken<List<Map<String, Long>>> token = new TypeToken<>() {};
    assertThat(token.type()).isInstanceOf(ParameterizedType.class);
    assertThat(token)
        .hasToString("java.util.List<java.util.Map<java.lang.String, java.lang.Long>>")
        .isEqualTo(new TypeToken<List<Map<String, Long>>>() {})
        .hasSameHashCodeAs(new TypeToken<List<Map<String, Long>>>() {})
        .isNotEqualTo(new TypeToken<List<Map<String, Integer>>>() {});
  }

  @Test
  void takesClassesArraysAndWildcards() {
    assertThat(new TypeToken<String>() {}.type()).isEqualTo(String.class);
    assertThat(new TypeToken<List<?>>() {}).hasToString("java.util.List<?>");
    assertThat(new TypeToken<List<String>[]>() {})
        .hasToString("java.util.List<java.lang.String>[]");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void refusesToBeRaw() {
    assertRefused(() -> new TypeToken() {}, WITHOUT);
  }

  @Test
  void refusesAVariableWhereverItStands() {
    assertRefused(TypeTokenTest::ofVariable, "the type T holds a variable");
    assertRefused(
        TypeTokenTest::ofListOfVariable,
        "the type java.util.Map<java.lang.String, java.util.List<? extends T[]>> holds a variable");
  }

  @Test
  void refusesASubclassOfASubclass() {
    assertRefused(() -> new Indirect<String>() {}, WITHOUT);
  }
}
