package dev.madeleine.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One line of {@code madeleine batch}: a JSON object, its fields asked for by name. */
final class BatchRequest {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  /** Largest time in seconds that the native format holds; beyond any clock. */
  private static final long MAX_SECONDS = 1L << 40;

  private static final String HEX = "hex:";
  private static final String BASE64 = "base64:";

  private final Map<String, JsonNode> fields = new LinkedHashMap<>();
  private String session = "";

  private BatchRequest() {}

  /** The request in a line. */
  static BatchRequest parse(String line) {
    BatchRequest request = new BatchRequest();
    try (JsonParser json = JSON.getFactory().createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UsageProblem("line", "is no JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        request.read(name, line, json);
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new UsageProblem("line", "is no single JSON object");
      }
    } catch (IOException e) { // Its message may quote the line.
      throw new UsageProblem("line", "is no JSON (" + e.getClass().getSimpleName() + ")");
    }
    return request;
  }

  /**
   * Reads a field; the session stays text, because its numbers and their order are the format's.
   */
  private void read(String name, String line, JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (name.equals("session") && token == JsonToken.START_OBJECT) {
      int start = (int) json.currentTokenLocation().getCharOffset();
      json.skipChildren();
      session = line.substring(start, (int) json.currentLocation().getCharOffset());
      return;
    }
    JsonNode value = json.readValueAsTree();
    if (value != null && !value.isNull()) {
      fields.put(name, value);
    }
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /** The text of the object in the field {@code session}. */
  String session() {
    if (session.isEmpty()) {
      throw new UsageProblem("session", "is missing, or no JSON object");
    }
    return session;
  }

  String text(String field) {
    String text = text(field, "");
    if (!has(field)) {
      throw new UsageProblem(field, "is missing");
    }
    return text;
  }

  String text(String field, String fallback) {
    JsonNode value = fields.get(field);
    if (value == null) {
      return fallback;
    }
    if (!value.isTextual()) {
      throw new UsageProblem(field, "is no text");
    }
    return value.asText();
  }

  boolean flag(String field) {
    JsonNode value = fields.get(field);
    if (value != null && !value.isBoolean()) {
      throw new UsageProblem(field, "is neither true nor false");
    }
    return value != null && value.asBoolean();
  }

  long number(String field, long fallback) {
    JsonNode value = fields.get(field);
    if (value == null) {
      return fallback;
    }
    if (!value.isNumber() || !value.canConvertToLong()) {
      throw new UsageProblem(field, "is no whole number");
    }
    return value.asLong();
  }

  /** A time in seconds since 1970. */
  Instant time(String field, Instant fallback) {
    long seconds = number(field, fallback.getEpochSecond());
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new UsageProblem(field, seconds + " s since 1970; it must be 0 to " + MAX_SECONDS);
    }
    return has(field) ? Instant.ofEpochSecond(seconds) : fallback;
  }

  /** The bytes of a field in hex, or in what its prefix says, or null if there is none. */
  byte @Nullable [] hex(String field) {
    return has(field)
        ? bytes(field, text(field).startsWith(BASE64) ? text(field) : HEX + unprefixed(field, HEX))
        : null;
  }

  /** The bytes of a field in base64, or in what its prefix says. */
  byte[] base64(String field) {
    return bytes(
        field, text(field).startsWith(HEX) ? text(field) : BASE64 + unprefixed(field, BASE64));
  }

  private String unprefixed(String field, String prefix) {
    String text = text(field);
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static byte[] bytes(String field, String text) {
    if (text.startsWith(BASE64)) {
      return base64(field, text.substring(BASE64.length()));
    }
    try {
      return HexFormat.of().parseHex(text.substring(HEX.length()));
    } catch (IllegalArgumentException e) { // It quotes the text.
      throw new UsageProblem(field, "is no text of hex digits, two for each byte");
    }
  }

  private static byte[] base64(String field, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) { // It quotes the text.
      throw new UsageProblem(field, "is no base64");
    }
  }

  /** The texts of an array; one text alone stands for an array of it. */
  List<String> texts(String field) {
    JsonNode value = fields.get(field);
    if (value != null && value.isTextual()) {
      return List.of(value.asText());
    }
    List<String> texts = new ArrayList<>();
    if (value == null || !value.isArray() || value.isEmpty()) {
      throw new UsageProblem(field, "is missing; it is an array of texts, at least one");
    }
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw new UsageProblem(field + "[" + texts.size() + "]", "is no text");
      }
      texts.add(each.asText());
    }
    return texts;
  }

  /** An object of texts, numbers and booleans, each as text; empty if there is none. */
  Map<String, String> words(String field) {
    JsonNode value = fields.get(field);
    Map<String, String> words = new LinkedHashMap<>();
    if (value == null) {
      return words;
    }
    if (!value.isObject()) {
      throw new UsageProblem(field, "is no object");
    }
    value
        .properties()
        .forEach(
            each -> {
              String name = field + "." + Printable.of(each.getKey());
              if (!each.getValue().isValueNode()) {
                throw new UsageProblem(name, "is no text, number or boolean");
              }
              if (!each.getValue().isNull()) {
                words.put(each.getKey(), Objects.requireNonNull(each.getValue().asText()));
              }
            });
    return words;
  }
}
