package dev.madeleine.json;

import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.CheckReturnValue;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import dev.madeleine.TypeMapping;
import dev.madeleine.internal.PrintableName;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.JacksonFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) that brings every value back equal, or refuses it.
 *
 * <p>Plain JSON for String, Boolean, Integer, finite Double, Map with String keys, List and null; a
 * tag for the types of {@code docs/concepts.md}, which plain JSON would change; own classes when
 * the application declared the attribute's type or registered an {@link AttributeConverter}. An
 * attribute is unreadable alone if its declaration or converter has vanished or does not fit any
 * more, or if it holds a tag of a later release; this serializer {@link #withStrictReading} refuses
 * the session instead. Depth is at most 16, names at most 128 characters, 512 names, 1,000 values
 * and 65,536 bytes in all; reading and writing have the same limits.
 */
public final class JsonSerializer implements Serializer {
  /** JSON without declared attributes. */
  public static final JsonSerializer PLAIN =
      new JsonSerializer(JsonFormat.TEXT, Vocabulary.PLAIN, false);

  private final Format format;
  private final Vocabulary vocabulary;
  private final boolean strict;

  private JsonSerializer(Format format, Vocabulary vocabulary, boolean strict) {
    this.format = format;
    this.vocabulary = vocabulary;
    this.strict = strict;
  }

  /**
   * The same types, limits and refusals over another format, which the encoders module brings
   * along: see {@code Cbor.serializer()}.
   */
  public static JsonSerializer over(JacksonFormat format) {
    Objects.requireNonNull(format, "format");
    return new JsonSerializer(new BinaryFormat(format), Vocabulary.PLAIN, false);
  }

  /**
   * This serializer that also carries these attributes by their declared types or by their
   * converters.
   *
   * @throws IllegalArgumentException if two have the same name, or two converters the same word
   */
  @CheckReturnValue
  public JsonSerializer withAttributes(Attribute<?>... attributes) {
    Arrays.asList(attributes).forEach(one -> Objects.requireNonNull(one, "attributes"));
    return attributes.length == 0
        ? this
        : new JsonSerializer(format, vocabulary.withAttributes(List.of(attributes)), strict);
  }

  /**
   * This serializer that also carries values by these converters, wherever they stand.
   *
   * @throws IllegalArgumentException if two are for the same class or have the same word, or one is
   *     for a class that is carried without it
   */
  @CheckReturnValue
  public JsonSerializer withConverters(AttributeConverter<?>... converters) {
    Arrays.asList(converters).forEach(one -> Objects.requireNonNull(one, "converters"));
    return converters.length == 0
        ? this
        : new JsonSerializer(format, vocabulary.withConverters(List.of(converters)), strict);
  }

  /**
   * This serializer with the declared attributes carried by a mapping of the application's, which
   * knows more types than the ordinary one.
   */
  @CheckReturnValue
  public JsonSerializer withTypes(TypeMapping mapping) {
    Objects.requireNonNull(mapping, "mapping");
    return new JsonSerializer(format, vocabulary.withTypes(mapping), strict);
  }

  /**
   * This serializer without leniency: one attribute that does not fit its declaration, has lost it
   * or its converter, or holds a tag of a later release rejects the whole session.
   */
  @CheckReturnValue
  public JsonSerializer withStrictReading() {
    return new JsonSerializer(format, vocabulary, true);
  }

  /**
   * This serializer as a release reads that knows these tags only. For tests of two releases side
   * by side.
   */
  JsonSerializer readingTags(Predicate<String> known) {
    return new JsonSerializer(format, vocabulary.withTags(known), strict);
  }

  @Override
  public boolean canChangeInPlace(String attribute, Object value) {
    return vocabulary.canChangeInPlace(attribute, value);
  }

  @Override
  public String name() {
    return format.name();
  }

  /** Whether values may be of the application's own classes, by a declaration or a converter. */
  public boolean carriesOwnClasses() {
    return !vocabulary.declared().isEmpty() || !vocabulary.converters().isEmpty();
  }

  Format format() {
    return format;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    if (out instanceof TokenBuffer buffer) {
      format.write(attributes, vocabulary, buffer);
      return;
    }
    TokenBuffer buffer = TokenBuffer.take();
    format.write(attributes, vocabulary, buffer);
    out.write(buffer.array(), 0, buffer.size());
    buffer.release();
  }

  /** One attribute as it lies in a session. */
  EncodedAttribute encode(String attribute, Object value) {
    return format.encode(attribute, value, vocabulary);
  }

  @Override
  public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
    return read(bytes, offset, length, strict);
  }

  private ReadAttributes read(byte[] bytes, int offset, int length, boolean strictly)
      throws IOException {
    if (length > JsonLimits.MAX_BYTES) {
      throw new IOException("more than %s bytes".formatted(JsonLimits.MAX_BYTES));
    }
    return ReadAttributes.of(this, format.locate(bytes, offset, length), strictly);
  }

  @Override
  public void check(String attribute, Object value) {
    boolean fits = format.writesAll(value.getClass()) && JsonLimits.refusal(attribute) == null;
    if (!fits || vocabulary.declares(attribute)) {
      encodeAndCheck(attribute, value);
    }
  }

  /** One attribute as it lies in a session, which was tried to be read back from there. */
  EncodedAttribute encodeAndCheck(String attribute, Object value) {
    vocabulary.expect(attribute, value);
    EncodedAttribute encoded = encode(attribute, value);
    if (vocabulary.converters().areIn(attribute, value)) {
      Object back = readBack(attribute, encoded);
      RoundTrip.requireEqual(vocabulary.converters(), attribute, value, back);
    } else if (vocabulary.declared().covers(attribute)) {
      byte[] session = format.join(List.of(encoded));
      vocabulary.declared().requireEqual(attribute, value, readBack(attribute, session));
    }
    return encoded;
  }

  @Override
  public Object adopt(String attribute, Object value) {
    Object fit = vocabulary.adopt(attribute, value);
    check(attribute, Objects.requireNonNull(fit));
    return fit;
  }

  private @Nullable Object readBack(String attribute, byte[] session) {
    try {
      return read(session, 0, session.length, true).value(attribute);
    } catch (IOException e) {
      throw vocabulary.declared().unreadable(attribute, e);
    }
  }

  /** An attribute that converters have written. */
  private @Nullable Object readBack(String attribute, EncodedAttribute encoded) {
    byte[] session = format.join(List.of(encoded));
    try (Input in = format.input(format.locate(session, 0, session.length), 0)) {
      AttributeReader reader = new AttributeReader(in, vocabulary);
      Object back = reader.attribute(attribute, true);
      if (back == AttributeReader.Mark.UNREADABLE) {
        throw new IllegalArgumentException(
            "attribute \"%s\" would not come back: %s"
                .formatted(PrintableName.of(attribute), reader.whyUnreadable()));
      }
      return back;
    } catch (IOException e) {
      throw new AssertionError(e); // It is what the writer has just written.
    }
  }

  /** The format's name; nothing of any session. */
  @Override
  public String toString() {
    return name() + vocabulary + (strict ? ", strict" : "");
  }
}
