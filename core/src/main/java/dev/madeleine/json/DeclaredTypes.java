package dev.madeleine.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.madeleine.Attribute;
import dev.madeleine.internal.PrintableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final @Nullable ObjectMapper mapper;

  private DeclaredTypes() {
    attributes = List.of();
    mapper = null;
  }

  private DeclaredTypes(List<Attribute<?>> attributes) {
    this.attributes = List.copyOf(attributes);
    ObjectMapper made = newMapper();
    mapper = made;
    for (Attribute<?> attribute : attributes) {
      JavaType type = made.constructType(attribute.type());
      if (expected.put(attribute.name(), type) != null) {
        throw new IllegalArgumentException(
            "attribute \"%s\" is declared twice".formatted(PrintableName.of(attribute.name())));
      }
      boolean generic = type.hasGenericTypes() && !(attribute.type() instanceof Class<?>);
      Class<?> raw = type.getRawClass();
      if (generic || !isCarriedAnyway(raw)) {
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

  /** These and more. */
  DeclaredTypes and(List<Attribute<?>> more) {
    List<Attribute<?>> all = new ArrayList<>(attributes);
    all.addAll(more);
    return new DeclaredTypes(all);
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
    return new IllegalArgumentException(
        "attribute \"%s\": jackson-databind cannot read back its declared type %s: %s"
            .formatted(PrintableName.of(attribute), expected.get(attribute), kind(e)));
  }

  /** A declared value as maps, lists and scalars. */
  @Nullable Object toPlain(String attribute, Object value) {
    expect(attribute, value);
    try {
      return jsonNumbers(mapper().convertValue(value, Object.class));
    } catch (IllegalArgumentException e) {
      String where = SelfReference.in(value, mapper());
      if (where != null) {
        throw SelfReference.refusal(attribute, where);
      }
      throw new IllegalArgumentException(
          "attribute \"%s\": jackson-databind cannot write its declared type %s: %s"
              .formatted(PrintableName.of(attribute), types.get(attribute), kind(e)));
    }
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
      Object value = mapper().convertValue(plain, type);
      if (value != null || plain == null) {
        return value;
      }
    } catch (RuntimeException e) { // Whatever a constructor or setter of the application throws.
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
                  PrintableName.of(attribute), type.toCanonical(), value.getClass().getTypeName()));
    }
  }

  /** Checks that a value of a declared attribute was read back equal. */
  void requireEqual(String attribute, Object value, @Nullable Object back) {
    boolean same =
        back != null
            && (OwnEquals.isIn(value.getClass())
                ? value.equals(back)
                : !(value instanceof Collection<?>
                        || value instanceof Map<?, ?>) // These lose fields.
                    && back.getClass() == value.getClass()
                    && Objects.equals(toPlain(attribute, value), toPlain(attribute, back)));
    if (!same) {
      throw new IllegalArgumentException(
          "attribute \"%s\": its declared type %s comes back different from JSON; check its fields, accessors and equals"
              .formatted(PrintableName.of(attribute), types.get(attribute)));
    }
  }

  /** What kind of mapping failed, without the message, which may quote a value. */
  private static String kind(Exception e) {
    return e.getCause() instanceof JsonMappingException mapping
        ? mapping.getClass().getSimpleName() + " at " + path(mapping)
        : e.getClass().getSimpleName();
  }

  private static String path(JsonMappingException e) {
    List<String> fields =
        e.getPath().stream().limit(JsonLimits.MAX_DEPTH).map(DeclaredTypes::step).toList();
    return fields.isEmpty() ? "its root" : String.join(".", fields);
  }

  /** A field's name; not the key of a map, which is the session's own data. */
  private static String step(JsonMappingException.Reference step) {
    boolean field = step.getFieldName() != null && !(step.getFrom() instanceof Map<?, ?>);
    return field ? step.getFieldName() : "[]";
  }

  /** Widens the numbers of fields to those of JSON. */
  private static @Nullable Object jsonNumbers(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(key, jsonNumbers(element)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(jsonNumbers(element)));
      return copy;
    }
    if (value instanceof Short || value instanceof Byte) {
      return ((Number) value).intValue();
    }
    return value instanceof Float number ? Double.valueOf(TypeTag.text(number)) : value;
  }

  private ObjectMapper mapper() {
    return Objects.requireNonNull(mapper, "nothing is declared");
  }

  private static ObjectMapper newMapper() {
    return JsonMapper.builder()
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(new TypeTagModule())
        // A node of the last release reads what the next one wrote; the field it does not know is
        // skipped.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // A field whose type has changed is unreadable; it is not cut to size, nor read as an
        // ordinal.
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
        .build();
  }
}
