package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.madeleine.internal.Pool;
import dev.madeleine.internal.Utf8;
import dev.madeleine.json.format.Guard;
import dev.madeleine.json.format.JacksonFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of Jackson's formats, with the limits of {@link JsonSerializer}: JSON text or another. */
final class JsonFormat {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(JsonLimits.MAX_DEPTH)
          .maxNumberLength(JsonLimits.MAX_NUMBER) // Without sign, point and exponent's letter.
          .maxNameLength(4 * JsonLimits.MAX_NAME) // Counted in bytes here and there.
          .build();

  /**
   * JSON text in UTF-8 (RFC 8259). Its doubles are the shortest, which Double.toString is from JDK
   * 19 on only: two nodes on two JDKs write the same text.
   */
  static final JsonFormat TEXT = text();

  private final String name;
  private final JsonFactory factory;
  private final Guard guard;
  private final boolean text;
  private final @Nullable Pool<KeptGenerator> generators;

  private JsonFormat(
      String name,
      JsonFactory factory,
      Guard guard,
      boolean text,
      @Nullable Pool<KeptGenerator> generators) {
    this.name = name;
    this.factory = factory;
    this.guard = guard;
    this.text = text;
    this.generators = generators;
  }

  private static JsonFormat text() {
    JsonFactory factory =
        limited(
            new JsonFactoryBuilder()
                .rootValueSeparator((String) null)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER));
    return new JsonFormat(
        "json",
        factory,
        JsonFormat::requireUtf8,
        true,
        new Pool<>(() -> new KeptGenerator(factory)));
  }

  /** Another format. Its generators may remember what they wrote, so none is used again. */
  static JsonFormat of(JacksonFormat format) {
    return new JsonFormat(
        format.name(), limited(format.factory().rebuild()), format.guard(), false, null);
  }

  private static JsonFactory limited(TSFBuilder<?, ?> format) {
    return format
        .streamReadConstraints(LIMITS)
        .recyclerPool(new JsonBuffers())
        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  String name() {
    return name;
  }

  /** Whether it is JSON text, in which numbers have characters and bytes are a text. */
  boolean isText() {
    return text;
  }

  /**
   * Whether every value of this class can be written, so that none needs a try. Text escapes any
   * string; another format may hold strict UTF-8 only. A double may be infinite.
   */
  boolean writesAll(Class<?> type) {
    return text && TypeTag.isPlain(type) && type != Double.class;
  }

  void write(Map<String, Object> attributes, DeclaredTypes declared, OutputStream out)
      throws IOException {
    if (generators == null) {
      try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
        new JsonWriter(json, declared).write(attributes);
      }
    } else {
      KeptGenerator generator = generators.take();
      generator.write(attributes, declared, out);
      generators.give(generator);
    }
  }

  /** A parser of bytes that the guard has let pass. */
  JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
    guard.check(bytes, offset, length);
    return factory.createParser(bytes, offset, length);
  }

  /**
   * Checks for UTF-8 and nothing else before the parser sees a byte: Jackson takes overlong forms,
   * and guesses UTF-16 and UTF-32 from the first bytes.
   */
  private static void requireUtf8(byte[] bytes, int offset, int length) throws IOException {
    boolean object = length > 0 && canBeginObject(bytes[offset]);
    boolean utf16 = length > 1 && bytes[offset + 1] == 0;
    if (!object || utf16) {
      throw new IOException("not a JSON object in UTF-8");
    }
    Utf8.require(bytes, offset, length);
  }

  private static boolean canBeginObject(byte first) {
    return switch (first) {
      case '{', ' ', '\t', '\n', '\r' -> true;
      default -> false;
    };
  }
}
