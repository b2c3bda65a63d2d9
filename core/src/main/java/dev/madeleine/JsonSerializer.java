package dev.madeleine;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) that brings every value back equal, or refuses it. By {@link #over} another
 * format with the same rules.
 *
 * <p>Plain JSON for String, Boolean, Integer, finite Double, Map with String keys, List and null; a
 * tag for the types of {@code docs/concepts.md}, which plain JSON would change; own classes when
 * the application declared the attribute's type. An attribute whose declaration has vanished or
 * does not fit any more is dropped alone, unless this serializer is {@link #strict}. Depth is at
 * most 16, names at most 128 characters, 512 names and 1,000 values in all; reading and writing
 * have the same limits.
 */
public final class JsonSerializer implements Serializer {
  private static final int MAX_NUMBER = 32;
  private static final Set<Class<?>> SURE = Set.of(String.class, Integer.class, Boolean.class);
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(JsonLimits.MAX_DEPTH)
          .maxNumberLength(MAX_NUMBER)
          .maxNameLength(4 * JsonLimits.MAX_NAME) // Counted in bytes here and there.
          .build();

  /** JSON without declared attributes. */
  public static final JsonSerializer PLAIN =
      new JsonSerializer(
          "json",
          limited(
              JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)),
          JsonSerializer::requireUtf8,
          SURE,
          new DeclaredTypes(List.of()),
          false);

  private final String name;
  private final JsonFactory factory;
  private final Guard guard;
  private final Set<Class<?>> sure;
  private final DeclaredTypes declared;
  private final boolean strict;

  /**
   * What looks at the bytes before the parser does, and refuses what the parser would bend: text
   * that is not strict UTF-8, above all.
   */
  @FunctionalInterface
  public interface Guard {
    /**
     * Looks at the bytes of one session, written by somebody with a key.
     *
     * @throws IOException if the parser is not to see them; the message quotes nothing of them
     */
    void check(byte[] bytes, int offset, int length) throws IOException;
  }

  private JsonSerializer(
      String name,
      JsonFactory factory,
      Guard guard,
      Set<Class<?>> sure,
      DeclaredTypes declared,
      boolean strict) {
    this.name = Objects.requireNonNull(name, "name");
    this.factory = factory;
    this.guard = Objects.requireNonNull(guard, "guard");
    this.sure = sure;
    this.declared = declared;
    this.strict = strict;
  }

  /**
   * JSON that also carries these attributes by their declared types.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static JsonSerializer carrying(Attribute<?>... attributes) {
    return PLAIN.declaring(attributes);
  }

  /**
   * The same types, limits and refusals over another of Jackson's formats: an expert's seam.
   *
   * @param name name of the serializer, part of the key derivation
   * @param factory the format; the limits of its parsers become those of this class
   * @param guard refuses what the format's parser would let pass: text that is not strict UTF-8,
   *     names that are not text, anything behind the end
   */
  public static JsonSerializer over(String name, JsonFactory factory, Guard guard) {
    DeclaredTypes none = new DeclaredTypes(List.of());
    return new JsonSerializer(name, limited(factory.rebuild()), guard, Set.of(), none, false);
  }

  private static JsonFactory limited(TSFBuilder<?, ?> format) {
    return format
        .streamReadConstraints(LIMITS)
        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  /**
   * This serializer that also carries these attributes by their declared types.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public JsonSerializer declaring(Attribute<?>... attributes) {
    return attributes.length == 0
        ? this
        : new JsonSerializer(name, factory, guard, sure, declared.and(List.of(attributes)), strict);
  }

  /**
   * This serializer without leniency: one attribute that does not fit its declaration, or has lost
   * it, rejects the whole session.
   */
  public JsonSerializer strict() {
    return new JsonSerializer(name, factory, guard, sure, declared, true);
  }

  @Override
  public String name() {
    return name;
  }

  /** Exact without declarations: their types leave out the fields that they do not know. */
  @Override
  public boolean isExact() {
    return declared.isEmpty();
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
      new JsonWriter(json, declared).write(attributes);
    }
  }

  @Override
  public Map<String, Object> read(byte[] bytes, int offset, int length) throws IOException {
    return parse(bytes, offset, length, null);
  }

  @Override
  public Map<String, Object> read(byte[] bytes, int offset, int length, Consumer<String> dropped)
      throws IOException {
    return parse(bytes, offset, length, strict ? null : dropped);
  }

  private Map<String, Object> parse(
      byte[] bytes, int offset, int length, @Nullable Consumer<String> dropped) throws IOException {
    guard.check(bytes, offset, length);
    try (JsonParser json = factory.createParser(bytes, offset, length)) {
      return new JsonReader(json, declared, dropped).read();
    }
  }

  @Override
  public void check(String attribute, Object value) {
    declared.expect(attribute, value);
    boolean fits = sure.contains(value.getClass()) && JsonLimits.refusal(attribute) == null;
    if (fits && !declared.covers(attribute)) {
      return;
    }
    byte[] json = toBytes(Map.of(attribute, value));
    if (declared.covers(attribute)) {
      declared.requireEqual(attribute, value, readBack(attribute, json));
    }
  }

  @Override
  public Object adopt(String attribute, Object value) {
    Object fit = declared.knows(attribute) ? declared.fit(attribute, value) : value;
    check(attribute, Objects.requireNonNull(fit));
    return fit;
  }

  private @Nullable Object readBack(String attribute, byte[] json) {
    try {
      return fromBytes(json).get(attribute);
    } catch (IOException e) {
      throw declared.unreadable(attribute, e);
    }
  }

  /** The format's name; nothing of any session. */
  @Override
  public String toString() {
    return name
        + (declared.isEmpty() ? "" : " with declared attributes")
        + (strict ? ", strict" : "");
  }

  /**
   * Checks for UTF-8 and nothing else before the parser sees a byte: Jackson takes overlong forms,
   * and guesses UTF-16 and UTF-32 from the first bytes.
   */
  private static void requireUtf8(byte[] bytes, int offset, int length) throws IOException {
    boolean object = length > 0 && " \t\n\r{".indexOf(bytes[offset]) >= 0;
    boolean utf16 = length > 1 && bytes[offset + 1] == 0;
    if (!object || utf16) {
      throw new IOException("not a JSON object in UTF-8");
    }
    if (!Base64Url.isAscii(bytes, offset, length)) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      } catch (CharacterCodingException e) {
        throw new IOException("not UTF-8", e);
      }
    }
  }
}
