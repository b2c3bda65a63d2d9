package dev.madeleine.json;

import dev.madeleine.Attribute;
import dev.madeleine.CheckReturnValue;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.JacksonFormat;
import java.io.IOException;
import java.io.OutputStream;
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
 * the application declared the attribute's type. An attribute is unreadable alone if its
 * declaration has vanished or does not fit any more, or if it holds a tag of a later release; this
 * serializer {@link #withStrictReading} refuses the session instead. Depth is at most 16, names at
 * most 128 characters, 512 names and 1,000 values in all; reading and writing have the same limits.
 */
public final class JsonSerializer implements Serializer {
  /** JSON without declared attributes. */
  public static final JsonSerializer PLAIN =
      new JsonSerializer(JsonFormat.TEXT, tag -> true, DeclaredTypes.NONE, false);

  private final Format format;
  private final Predicate<String> tags;
  private final DeclaredTypes declared;
  private final boolean strict;

  private JsonSerializer(
      Format format, Predicate<String> tags, DeclaredTypes declared, boolean strict) {
    this.format = format;
    this.tags = tags;
    this.declared = declared;
    this.strict = strict;
  }

  /**
   * The same types, limits and refusals over another format, which the encoders module brings
   * along: see {@code Cbor.serializer()}.
   */
  public static JsonSerializer over(JacksonFormat format) {
    return new JsonSerializer(new BinaryFormat(format), tag -> true, DeclaredTypes.NONE, false);
  }

  /**
   * This serializer that also carries these attributes by their declared types.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  @CheckReturnValue
  public JsonSerializer withAttributes(Attribute<?>... attributes) {
    return attributes.length == 0
        ? this
        : new JsonSerializer(format, tags, declared.and(List.of(attributes)), strict);
  }

  /**
   * This serializer without leniency: one attribute that does not fit its declaration, has lost it
   * or holds a tag of a later release rejects the whole session.
   */
  @CheckReturnValue
  public JsonSerializer withStrictReading() {
    return new JsonSerializer(format, tags, declared, true);
  }

  /**
   * This serializer as a release reads that knows these tags only. For tests of two releases side
   * by side.
   */
  JsonSerializer readingTags(Predicate<String> known) {
    return new JsonSerializer(format, known, declared, strict);
  }

  /**
   * Whether a value of a session can be changed in place, so that it has to be compared with what
   * was received: by {@code list.add(…)}, {@code date.setTime(…)}. When in doubt, yes.
   */
  public static boolean canChangeInPlace(Object value) {
    return TypeTag.canChangeInPlace(value);
  }

  @Override
  public String name() {
    return format.name();
  }

  /** Whether attributes are declared, so that values may be of the application's own classes. */
  public boolean hasDeclaredAttributes() {
    return !declared.isEmpty();
  }

  Format format() {
    return format;
  }

  /** The tags that this release knows. */
  Predicate<String> tags() {
    return tags;
  }

  DeclaredTypes declared() {
    return declared;
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    if (out instanceof TokenBuffer buffer) {
      format.write(attributes, declared, buffer);
      return;
    }
    TokenBuffer buffer = TokenBuffer.take();
    format.write(attributes, declared, buffer);
    out.write(buffer.array(), 0, buffer.size());
    buffer.release();
  }

  /** One attribute as it lies in a session. */
  EncodedAttribute encode(String attribute, Object value) {
    return format.encode(attribute, value, declared);
  }

  @Override
  public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
    return read(bytes, offset, length, strict);
  }

  private ReadAttributes read(byte[] bytes, int offset, int length, boolean strictly)
      throws IOException {
    return ReadAttributes.of(this, format.locate(bytes, offset, length), strictly);
  }

  @Override
  public void check(String attribute, Object value) {
    declared.expect(attribute, value);
    boolean fits = format.writesAll(value.getClass()) && JsonLimits.refusal(attribute) == null;
    if (!fits || declared.covers(attribute)) {
      encodeAndCheck(attribute, value);
    }
  }

  /** One attribute as it lies in a session, which was tried to be read back from there. */
  EncodedAttribute encodeAndCheck(String attribute, Object value) {
    declared.expect(attribute, value);
    EncodedAttribute encoded = encode(attribute, value);
    if (declared.covers(attribute)) {
      byte[] session = format.join(List.of(encoded));
      declared.requireEqual(attribute, value, readBack(attribute, session));
    }
    return encoded;
  }

  @Override
  public Object adopt(String attribute, Object value) {
    Object fit = declared.knows(attribute) ? declared.fit(attribute, value) : value;
    check(attribute, Objects.requireNonNull(fit));
    return fit;
  }

  private @Nullable Object readBack(String attribute, byte[] session) {
    try {
      return read(session, 0, session.length, true).value(attribute);
    } catch (IOException e) {
      throw declared.unreadable(attribute, e);
    }
  }

  /** The format's name; nothing of any session. */
  @Override
  public String toString() {
    return name()
        + (declared.isEmpty() ? "" : " with declared attributes")
        + (strict ? ", strict" : "");
  }
}
