package dev.madeleine.json;

import com.fasterxml.jackson.databind.JavaType;
import dev.madeleine.Attribute;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.TypeMapping;
import dev.madeleine.internal.DeclarationText;
import dev.madeleine.internal.PrintableName;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types that the application declared for its attributes, carried as plain JSON by
 * jackson-databind. The type comes from the declaration alone; no class is named in the cookie.
 */
final class DeclaredTypes {
  /** Types that take whatever value the tags bring back. */
  private static final Set<Class<?>> CONTAINERS =
      Set.of(Map.class, List.class, Set.class, Object.class);

  /** None, so jackson-databind is not needed. */
  static final DeclaredTypes NONE = new DeclaredTypes();

  private final List<Attribute<?>> attributes;
  private final Map<String, JavaType> types = new HashMap<>();
  private final Map<String, JavaType> expected = new HashMap<>();
  private final @Nullable TypeMapping mapping;
  private final @Nullable DeclaredMapper mapper;

  private DeclaredTypes() {
    attributes = List.of();
    mapping = null;
    mapper = null;
  }

  private DeclaredTypes(List<Attribute<?>> attributes, @Nullable TypeMapping mapping) {
    this.attributes = List.copyOf(attributes);
    this.mapping = mapping;
    if (attributes.isEmpty()) {
      mapper = null;
      return;
    }
    DeclaredMapper made = new DeclaredMapper(mapping);
    mapper = made;
    for (Attribute<?> attribute : attributes) {
      JavaType type = made.type(attribute.type());
      if (expected.put(attribute.name(), type) != null) {
        throw new IllegalArgumentException(
            "attribute \"%s\" is declared twice".formatted(PrintableName.of(attribute.name())));
      }
      boolean carriedAnyway =
          attribute.type() instanceof Class<?> raw ? isCarriedAnyway(raw) : saysNothing(type);
      if (!carriedAnyway) {
        types.put(attribute.name(), type);
      }
    }
  }

  private static boolean isCarriedAnyway(Class<?> type) {
    return TypeTag.isPlain(type)
        || CONTAINERS.contains(type)
        || TypeTag.carries(type)
        || CollectionType.of(type) != null;
  }

  /** Whether tags say more about values than this type: {@code Map<String, Object>}. */
  private static boolean saysNothing(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == Map.class) {
      Class<?> key = type.getKeyType().getRawClass();
      return (key == String.class || key == Object.class) && saysNothing(type.getContentType());
    }
    return raw == Object.class
        || ((raw == List.class || raw == Set.class) && saysNothing(type.getContentType()));
  }

  /** These and more. */
  DeclaredTypes and(List<Attribute<?>> more) {
    List<Attribute<?>> all = new ArrayList<>(attributes);
    all.addAll(more);
    return new DeclaredTypes(all, mapping);
  }

  /** These by another mapping. */
  DeclaredTypes by(TypeMapping newMapping) {
    return new DeclaredTypes(attributes, newMapping);
  }

  boolean isEmpty() {
    return expected.isEmpty();
  }

  /** Whether this attribute is declared, with whatever type. */
  boolean knows(String attribute) {
    return !expected.isEmpty() && expected.containsKey(attribute);
  }

  /** Whether this attribute travels by its declaration rather than by tags. */
  boolean covers(String attribute) {
    return !types.isEmpty() && types.containsKey(attribute);
  }

  /** What to throw when a stored value cannot be read; repeats nothing of it. */
  IllegalArgumentException unreadable(String attribute, Exception e) {
    return refused(attribute, "does not come back", MappingProblem.ofReading(e));
  }

  /**
   * A declared value as maps, lists and scalars.
   *
   * @throws SessionTooLargeException if it is larger than a session may be
   * @throws java.util.ConcurrentModificationException if another thread changes it meanwhile
   */
  @Nullable Object toPlain(String attribute, Object value) {
    expect(attribute, value);
    JavaType type = Objects.requireNonNull(expected.get(attribute));
    try {
      return mapper().toPlain(type, value);
    } catch (IOException | RuntimeException e) { // Whatever a getter of the application throws.
      MappingProblem.throwIfChanging(e);
      if (MappingProblem.isTooLarge(e)) {
        throw SessionTooLargeException.whileWriting(attribute, JsonLimits.MAX_BYTES);
      }
      String where = mapper().selfReference(value);
      if (where != null) {
        throw SelfReference.refusal(attribute, where);
      }
      throw refused(attribute, "cannot be written", MappingProblem.ofWriting(e));
    }
  }

  private IllegalArgumentException refused(String attribute, String what, String why) {
    JavaType type = expected.get(attribute);
    return new IllegalArgumentException(
        "attribute \"%s\", declared as %s, %s: %s"
            .formatted(
                PrintableName.of(attribute),
                type == null ? null : DeclarationText.ofType(type(attribute)),
                what,
                why));
  }

  /** The type as the application declared it. */
  private Type type(String attribute) {
    return attributes.stream()
        .filter(declared -> declared.name().equals(attribute))
        .findFirst()
        .orElseThrow()
        .type();
  }

  /**
   * The declared value of maps, lists and scalars that some key holder wrote.
   *
   * @throws IllegalArgumentException if they do not fit the declaration, or there is none any more;
   *     the message repeats nothing of them
   */
  @Nullable Object fromPlain(String attribute, @Nullable Object plain) {
    JavaType type = expected.get(attribute);
    if (type == null) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is not declared any more".formatted(PrintableName.of(attribute)));
    }
    try {
      Object value = mapper().fromPlain(type, plain);
      if (value != null || plain == null) {
        return value;
      }
    } catch (IOException | RuntimeException e) { // Whatever a setter of the application throws.
      throw unreadable(attribute, e);
    }
    throw unreadable(attribute, new IllegalArgumentException());
  }

  /** A value that travelled without a declaration, as the type that is declared today. */
  @Nullable Object fit(String attribute, @Nullable Object value) {
    JavaType type = expected.get(attribute);
    boolean fits = !covers(attribute) && type != null && type.getRawClass().isInstance(value);
    return fits ? value : fromPlain(attribute, value);
  }

  /** Checks that a value is of the declared type, if there is one. */
  void expect(String attribute, Object value) {
    JavaType type = expected.get(attribute);
    if (type != null && !type.getRawClass().isInstance(value)) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is declared as %s, the value is a %s"
              .formatted(
                  PrintableName.of(attribute),
                  DeclarationText.ofType(type(attribute)),
                  value.getClass().getTypeName()));
    }
  }

  /** Checks that a value of a declared attribute was read back equal. */
  void requireEqual(String attribute, Object value, @Nullable Object back) {
    if (back == null || !isSame(attribute, value, back)) {
      throw refused(
          attribute,
          "comes back different",
          "each field that its equals sees needs a getter and a setter or constructor parameter, or make it a record; elements must be of the declared types");
    }
  }

  /**
   * Whether a value came back equal: by its own equals, if that knows a copy when it sees one, and
   * otherwise by class and plain values. It does not where an element's class has no equals.
   */
  private boolean isSame(String attribute, Object value, Object back) {
    if (OwnEquals.isIn(value.getClass())) {
      return value.equals(back)
          || (!back.equals(copy(attribute, back)) && hasSamePlain(attribute, value, back));
    }
    boolean losesFields = value instanceof Collection<?> || value instanceof Map<?, ?>;
    return !losesFields && hasSamePlain(attribute, value, back);
  }

  private @Nullable Object copy(String attribute, Object value) {
    return fromPlain(attribute, toPlain(attribute, value));
  }

  /** Whether a value of this class may come back as one of that: a HashMap as a LinkedHashMap. */
  private static boolean mayStandFor(Object value, Object back) {
    boolean ordinary =
        (value instanceof Map<?, ?> && back instanceof Map<?, ?>)
            || (value instanceof Collection<?> && back instanceof Collection<?>);
    return value.getClass() == back.getClass()
        || (ordinary && CollectionType.of(value.getClass()) != null);
  }

  private boolean hasSamePlain(String attribute, Object value, Object back) {
    if (!mayStandFor(value, back)
        || !Objects.equals(toPlain(attribute, value), toPlain(attribute, back))) {
      return false;
    }
    requireNothingHidden(attribute, value, back);
    return true;
  }

  /** Checks that what no getter shows is in the copy, too. */
  private void requireNothingHidden(String attribute, Object value, Object back) {
    JavaType type = Objects.requireNonNull(expected.get(attribute));
    String why;
    try {
      String field = mapper().hiddenDifference(type, value, back);
      if (field == null) {
        return;
      }
      why = field + " has no getter, so it is not written";
    } catch (IOException | RuntimeException e) { // Of a field that cannot be written.
      MappingProblem.throwIfChanging(e);
      why = "a field without a getter cannot be compared" + MappingProblem.where(e);
    }
    throw refused(
        attribute,
        "comes back different",
        why
            + "; give it a getter and a setter or constructor parameter, or make it transient if it may get lost");
  }

  private DeclaredMapper mapper() {
    return Objects.requireNonNull(mapper, "nothing is declared");
  }
}
