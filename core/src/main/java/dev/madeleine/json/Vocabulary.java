package dev.madeleine.json;

import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.TypeMapping;
import dev.madeleine.internal.PrintableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the attributes of a session may be beyond plain values.
 *
 * @param tags the tags that this release knows
 * @param converters of classes, and of attributes of their own
 * @param declared the attributes that travel by their declared types
 */
record Vocabulary(Predicate<String> tags, Converters converters, DeclaredTypes declared) {
  /** Every tag, and nothing of an application. */
  static final Vocabulary PLAIN = new Vocabulary(tag -> true, Converters.NONE, DeclaredTypes.NONE);

  Vocabulary withTags(Predicate<String> known) {
    return new Vocabulary(known, converters, declared);
  }

  /** This one and more converters. */
  Vocabulary withConverters(List<AttributeConverter<?>> more) {
    return new Vocabulary(tags, converters.and(more), declared);
  }

  /** This one and more attributes. */
  Vocabulary withAttributes(List<Attribute<?>> more) {
    Converters converting = converters;
    List<Attribute<?>> declaring = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Attribute<?> attribute : more) {
      AttributeConverter<?> converter = attribute.converter();
      if (declares(attribute.name()) || !names.add(attribute.name())) {
        throw new IllegalArgumentException(
            "attribute \"%s\" is declared twice".formatted(PrintableName.of(attribute.name())));
      }
      if (converter == null) {
        declaring.add(attribute);
      } else {
        converting = converting.and(attribute.name(), converter);
      }
    }
    return new Vocabulary(
        tags, converting, declaring.isEmpty() ? declared : declared.and(declaring));
  }

  /** This one with the declared attributes carried by another mapping. */
  Vocabulary withTypes(TypeMapping mapping) {
    return new Vocabulary(tags, converters, declared.by(mapping));
  }

  /** Whether some attribute is declared. */
  boolean declaresAny() {
    return !declared.isEmpty() || converters.haveAttributes();
  }

  /** Whether an attribute is declared, with a type or with a converter of its own. */
  boolean declares(String attribute) {
    return declared.knows(attribute) || converters.ofAttribute(attribute) != null;
  }

  /** Whether a value of an attribute travels by its declaration rather than by tags. */
  boolean isDeclaredOnly(String attribute, Object value) {
    return declared.covers(attribute) && converters.of(value) == null;
  }

  /**
   * Checks that a value may be that of an attribute.
   *
   * @throws IllegalArgumentException if it is declared as another type
   */
  void expect(String attribute, Object value) {
    AttributeConverter<?> own = converters.ofAttribute(attribute);
    if (own == null) {
      declared.expect(attribute, value);
    } else {
      Converters.requireFor(attribute, own, value);
    }
  }

  /**
   * A value that travelled by tags, as the type that the attribute is declared with today.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  @Nullable Object fit(String attribute, @Nullable Object value) {
    AttributeConverter<?> own = converters.ofAttribute(attribute);
    if (own != null && value != null) {
      Converters.requireFor(attribute, own, value);
      return value;
    }
    if (value != null && converters.of(value) != null) {
      declared.expect(attribute, value);
      return value;
    }
    return own == null ? declared.fit(attribute, value) : null;
  }

  /** The value of an attribute that was read in another format. */
  @Nullable Object adopt(String attribute, Object value) {
    AttributeConverter<?> own = converters.ofAttribute(attribute);
    if (own != null) {
      return own.type().isInstance(value) ? value : Converters.adopt(attribute, own, value);
    }
    return declared.knows(attribute) ? fit(attribute, value) : value;
  }

  /** Whether a value of an attribute can change in place. When in doubt, yes. */
  boolean canChangeInPlace(String attribute, Object value) {
    AttributeConverter<?> own = converters.ofAttribute(attribute);
    return TypeTag.canChangeInPlace(value, own == null ? converters.of(value) : own);
  }

  /** The types that a debugger shows. */
  @Override
  public String toString() {
    return "%s%s"
        .formatted(
            declared.isEmpty() ? "" : " with declared attributes",
            converters.isEmpty() ? "" : " with converters");
  }
}
