package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.internal.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * What {@link JsonSerializer#PLAIN} has to read and write, said by jackson-core: the closed set of
 * types without declarations. It shares {@link TypeTag}, {@link CollectionType}, {@link JsonLimits}
 * and {@link Utf8} with what it judges, and nothing else.
 */
final class JacksonOracle {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.MAX_DEPTH)
                  .maxNumberLength(32)
                  .maxNameLength(4 * JsonLimits.MAX_NAME) // Counted in bytes here and there.
                  .build())
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // Double.toString from JDK 19 on.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JacksonOracle() {}

  /**
   * The one text of these attributes.
   *
   * @throws IllegalArgumentException if one would not come back equal
   */
  static byte[] write(Map<String, Object> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
      new OracleWriter(json).write(attributes);
    }
    if (bytes.size() > JsonLimits.MAX_BYTES) {
      throw new IllegalArgumentException("too many bytes");
    }
    return bytes.toByteArray();
  }

  /**
   * The attributes of a text, all values built.
   *
   * @throws IOException if it is refused; so does any RuntimeException
   */
  static LocatedAttributes read(byte[] text) throws IOException {
    requireUtf8(text);
    try (JsonParser json = FACTORY.createParser(text)) {
      return new OracleReader(json).read();
    }
  }

  /**
   * Jackson takes texts of any length and overlong forms, and guesses UTF-16 and UTF-32 from the
   * first bytes.
   */
  private static void requireUtf8(byte[] text) throws IOException {
    if (text.length > JsonLimits.MAX_BYTES) {
      throw new IOException("too many bytes");
    }
    boolean object = text.length > 0 && "{ \t\n\r".indexOf(text[0]) >= 0;
    boolean utf16 = text.length > 1 && text[1] == 0;
    if (!object || utf16) {
      throw new IOException("not a JSON object in UTF-8");
    }
    Utf8.require(text, 0, text.length);
  }
}
