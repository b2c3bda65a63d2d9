package dev.madeleine.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import dev.madeleine.internal.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attributes of a session as JSON text: what stands on the wire of a JSON format, type tags
 * included, so that reading gives back what was written.
 */
final class SessionJson {
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private SessionJson() {}

  /** The attributes in a JSON object, as this serializer reads them. */
  static Map<String, Object> read(Serializer serializer, String json) {
    byte[] bytes = Utf8.bytes(json);
    if (bytes == null) {
      throw UsageProblem.halfACharacter("session");
    }
    LocatedAttributes located;
    Map<String, Object> attributes;
    try {
      located = serializer.read(bytes, 0, bytes.length);
      attributes = new LinkedHashMap<>(located.asMap()); // All values are built now.
    } catch (IOException | RuntimeException e) { // Its message may quote the session.
      throw new UsageProblem(
          "session",
          "is no JSON object that this format can carry (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
    for (String name : located.unreadable()) {
      throw new UsageProblem(
          "session", "attribute \"%s\" would be lost in this format".formatted(Printable.of(name)));
    }
    return attributes;
  }

  /** The attributes as JSON text in one line. */
  static String write(Serializer serializer, Map<String, Object> attributes) {
    return new String(serializer.toBytes(attributes), StandardCharsets.UTF_8);
  }

  /** JSON text with line breaks, numbers as they stand, nothing in it that steers a terminal. */
  static String pretty(String json) throws IOException {
    return Printable.lines(
        EXACT.writerWithDefaultPrettyPrinter().writeValueAsString(tree(json)).replace("\r", ""));
  }

  /** The text as a tree, numbers as they stand. */
  static JsonNode tree(String json) throws IOException {
    return EXACT.readTree(json);
  }
}
