package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import dev.madeleine.json.JsonSerializer;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries values of a class that a session would not carry, as plain values under a short word:
 *
 * <pre>{@code
 * static final AttributeConverter<Money> MONEY =
 *     AttributeConverter.of("money", Money.class, Money::toString, Money::parse);
 * Sessions sessions = Sessions.builder(keys).converters(MONEY).build();
 * }</pre>
 *
 * <p>A plain value is whatever a session carries without this converter: a text, a number, an
 * {@link java.time.Instant}, a list or map of these, or a value of another converter; never null.
 * The session holds the word, never the name of a class, so the class may be renamed and moved as
 * long as the word stays. Where nobody has registered the word, the attribute is {@linkplain
 * LocatedAttributes#unreadable() unreadable} and travels on as it is.
 *
 * <p>Registered with {@link SessionsBuilder#converters} or {@link JsonSerializer#withConverters} it
 * is used wherever such a value stands: as an attribute, in maps, lists and sets, and in the plain
 * values of other converters. {@link Attribute#of(String, AttributeConverter)} uses it for one
 * attribute alone.
 *
 * <p>A value has to come back equal: by its class's own {@code equals} if there is one, otherwise
 * with equal plain values. That is checked when it is put; {@link #comparedByPlainValues} is for
 * what is left out on purpose. A function that throws when it writes refuses the value; when it
 * reads, the attribute is unreadable.
 *
 * <p>Immutable. Both functions are called by several threads at once, and not only when a value is
 * put or asked for: what can change in place is written anew to find out whether it has changed.
 *
 * @param <T> the class of the values
 */
public final class AttributeConverter<T> {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,29}");

  private final String word;
  private final Class<T> type;
  private final Function<Object, @Nullable Object> toPlain;
  private final Function<Object, @Nullable Object> fromPlain;
  private final boolean subclasses;
  private final boolean immutable;
  private final boolean byPlainValues;

  private AttributeConverter(
      String word,
      Class<T> type,
      Function<Object, @Nullable Object> toPlain,
      Function<Object, @Nullable Object> fromPlain,
      boolean subclasses,
      boolean immutable,
      boolean byPlainValues) {
    this.word = word;
    this.type = type;
    this.toPlain = toPlain;
    this.fromPlain = fromPlain;
    this.subclasses = subclasses;
    this.immutable = immutable;
    this.byPlainValues = byPlainValues;
  }

  /**
   * A converter for values of exactly this class.
   *
   * @param word what stands for the class in the session: 1 to 30 lower-case letters, digits and
   *     hyphens, a letter first. Changing it makes what was stored unreadable
   * @param toPlain the plain value of a value
   * @param fromPlain the value of a plain value, in which lists, sets and maps are mutable and of
   *     the ordinary classes: an immutable list comes back as an ArrayList. It throws whatever it
   *     likes for a plain value that it does not understand
   * @param <P> the class of the plain values
   * @throws IllegalArgumentException if the word is none, or the class is primitive
   */
  @SuppressWarnings("unchecked") // A plain value of another class makes fromPlain throw.
  public static <T, P> AttributeConverter<T> of(
      String word, Class<T> type, Function<T, P> toPlain, Function<P, T> fromPlain) {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(type, "type");
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "the word \"%s\" of a converter: write 1 to 30 lower-case letters, digits and hyphens, a letter first, for example money"
              .formatted(PrintableName.of(word)));
    }
    if (type.isPrimitive()) {
      throw new IllegalArgumentException(
          "the converter \"%s\": name the wrapper class of %s".formatted(word, type.getName()));
    }
    Objects.requireNonNull(toPlain, "toPlain");
    Objects.requireNonNull(fromPlain, "fromPlain");
    return new AttributeConverter<>(
        word,
        type,
        value -> toPlain.apply(type.cast(value)),
        plain -> fromPlain.apply((P) plain),
        false,
        false,
        false);
  }

  /**
   * This converter, also for values of subclasses that have no converter of their own; of several,
   * the one for the nearest class is used. A subclass without an {@code equals} of its own has to
   * come back as itself.
   */
  @CheckReturnValue
  public AttributeConverter<T> withSubclasses() {
    return new AttributeConverter<>(word, type, toPlain, fromPlain, true, immutable, byPlainValues);
  }

  /**
   * This converter for values that nobody can change in place, nor anything that they hold. A
   * session then writes one when it is put, and does not compare it after it was handed out; a
   * change in place would be lost.
   */
  @CheckReturnValue
  public AttributeConverter<T> withImmutableValues() {
    return new AttributeConverter<>(
        word, type, toPlain, fromPlain, subclasses, true, byPlainValues);
  }

  /**
   * This converter for values that come back without what it leaves out on purpose, such as a
   * password: two are taken as equal if their plain values are, whatever their class's own equals
   * says, and a subclass may come back as its superclass.
   */
  @CheckReturnValue
  public AttributeConverter<T> comparedByPlainValues() {
    return new AttributeConverter<>(word, type, toPlain, fromPlain, subclasses, immutable, true);
  }

  /** The word that stands for the class in the session. */
  public String word() {
    return word;
  }

  /** The class of the values. */
  public Class<T> type() {
    return type;
  }

  /** Whether it is also for subclasses of {@link #type}. */
  public boolean includesSubclasses() {
    return subclasses;
  }

  /** Whether its values cannot change in place. */
  public boolean hasImmutableValues() {
    return immutable;
  }

  /** Whether its values are compared by their plain values alone. */
  public boolean comparesPlainValues() {
    return byPlainValues;
  }

  /** The plain value of a value. Throws what the application's function throws. */
  public @Nullable Object toPlain(T value) {
    return toPlain.apply(value);
  }

  /**
   * The value of a plain value. Throws what the application's function throws, or
   * ClassCastException if that returns something else.
   */
  public @Nullable T fromPlain(Object plain) {
    return type.cast(fromPlain.apply(plain));
  }

  /** Its word and class. */
  @Override
  public String toString() {
    return "AttributeConverter[%s: %s%s]"
        .formatted(word, type.getTypeName(), subclasses ? " and subclasses" : "");
  }
}
