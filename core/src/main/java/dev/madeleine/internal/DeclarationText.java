package dev.madeleine.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Java by which an attribute is declared, for messages that say what to write: {@code
 * Item.class}, {@code new TypeToken<List<Item>>() {}}. Classes of {@code java.lang} and {@code
 * java.util} stand there by their simple names.
 */
public final class DeclarationText {
  /** Deepest nesting of a value that is looked at. */
  private static final int DEEPEST = 4;

  private static final Pattern ANYTHING = Pattern.compile("\\bObject\\b");

  private DeclarationText() {}

  /** What declares this type. */
  public static String ofType(Type type) {
    return argument(name(type), type instanceof Class<?>);
  }

  /**
   * What declares the type of this value, as far as the value shows it. The elements of a
   * collection have the one class that all of them have in common.
   */
  public static String ofValue(Object value) {
    String name = nameOf(value, DEEPEST);
    return argument(name, name.indexOf('<') < 0);
  }

  /** Whether {@link #ofValue} says more of this value than that it holds objects. */
  public static boolean says(Object value) {
    return !ANYTHING.matcher(nameOf(value, DEEPEST)).find();
  }

  private static String argument(String name, boolean raw) {
    return raw ? name + ".class" : "new TypeToken<%s>() {}".formatted(name);
  }

  private static String name(Type type) {
    if (type instanceof Class<?> raw) {
      return name(raw);
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(DeclarationText::name)
          .collect(Collectors.joining(", ", name(generic.getRawType()) + "<", ">"));
    }
    if (type instanceof GenericArrayType array) {
      return name(array.getGenericComponentType()) + "[]";
    }
    return type instanceof WildcardType ? "?" : type.getTypeName();
  }

  private static String name(Class<?> type) {
    if (type.isArray()) {
      return name(type.getComponentType()) + "[]";
    }
    if (type.isPrimitive()) {
      return type.getName();
    }
    String packageName = type.getPackageName();
    String name = Objects.requireNonNullElse(type.getCanonicalName(), type.getName());
    boolean known = packageName.equals("java.lang") || packageName.equals("java.util");
    return known ? name.substring(packageName.length() + 1) : name;
  }

  private static String nameOf(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      return "Map<%s, %s>".formatted(common(map.keySet(), depth), common(map.values(), depth));
    }
    if (value instanceof List<?> list) {
      return "List<%s>".formatted(common(list, depth));
    }
    if (value instanceof Set<?> set) {
      return "Set<%s>".formatted(common(set, depth));
    }
    if (value instanceof Optional<?> optional) {
      return "Optional<%s>".formatted(common(optional.stream().toList(), depth));
    }
    if (value instanceof Enum<?> constant) {
      return name(constant.getDeclaringClass());
    }
    return value == null ? "Object" : name(value.getClass());
  }

  /** What all elements are. */
  private static String common(Collection<?> elements, int depth) {
    List<?> present = elements.stream().filter(Objects::nonNull).toList();
    Set<String> names =
        present.stream()
            .limit(depth == 0 ? 0 : Long.MAX_VALUE)
            .map(element -> nameOf(element, depth - 1))
            .collect(Collectors.toSet());
    if (names.size() == 1) {
      return names.iterator().next();
    }
    return present.stream()
        .findFirst()
        .flatMap(first -> sharedBy(first.getClass(), present))
        .map(DeclarationText::name)
        .orElse("Object");
  }

  /** The superclass or interface of an application's that all of these have. */
  private static Optional<Class<?>> sharedBy(Class<?> type, List<?> elements) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Class<?> candidate : concat(at.getSuperclass(), at.getInterfaces())) {
        if (!candidate.getName().startsWith("java.")
            && elements.stream().allMatch(candidate::isInstance)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Class<?>> concat(@Nullable Class<?> first, Class<?>[] others) {
    return Stream.concat(Optional.<Class<?>>ofNullable(first).stream(), Arrays.stream(others))
        .toList();
  }
}
