package dev.madeleine;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) that brings every value back equal, or refuses it.
 *
 * <p>Plain JSON for String, Boolean, Integer, finite Double, Map with String keys, List and null; a
 * tag for the types of {@code docs/concepts.md}, which plain JSON would change; own classes when
 * the application declared the attribute's type. Depth is at most 16, names at most 128 characters,
 * 512 names and 1,000 values in all; reading and writing have the same limits.
 */
public final class JsonSerializer implements Serializer {
  /** JSON without declared attributes. */
  public static final JsonSerializer PLAIN = new JsonSerializer(List.of());

  private static final int MAX_NUMBER = 32;
  private static final Set<Class<?>> SURE = Set.of(String.class, Integer.class, Boolean.class);
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxNameLength(4 * JsonLimits.MAX_NAME) // Counted in bytes here and there.
                  .build())
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final DeclaredTypes declared;

  private JsonSerializer(List<Attribute<?>> attributes) {
    declared = new DeclaredTypes(attributes);
  }

  /**
   * JSON that also carries these attributes by their declared types.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static JsonSerializer carrying(Attribute<?>... attributes) {
    return attributes.length == 0 ? PLAIN : new JsonSerializer(List.of(attributes));
  }

  @Override
  public String name() {
    return "json";
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      new JsonWriter(json, declared).write(attributes);
    }
  }

  @Override
  public Map<String, Object> read(byte[] bytes, int offset, int length) throws IOException {
    requireUtf8(bytes, offset, length);
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      return new JsonReader(json, declared).read();
    }
  }

  @Override
  public void check(String attribute, Object value) {
    declared.expect(attribute, value);
    boolean sure = SURE.contains(value.getClass()) && JsonLimits.isName(attribute);
    if (sure && !declared.covers(attribute)) {
      return;
    }
    byte[] json = toBytes(Map.of(attribute, value));
    if (declared.covers(attribute)) {
      declared.requireEqual(attribute, value, readBack(attribute, json));
    }
  }

  private @Nullable Object readBack(String attribute, byte[] json) {
    try {
      return fromBytes(json).get(attribute);
    } catch (IOException | IllegalArgumentException e) {
      throw declared.unreadable(attribute, e);
    }
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
