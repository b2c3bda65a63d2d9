package dev.madeleine.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Map;

/**
 * JSON for contenders that leave it to the application: one reader and one writer of Jackson for
 * all, as its documentation recommends.
 */
final class MappedJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final ObjectReader READER =
      MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});

  private MappedJson() {}

  static byte[] bytes(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String text(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Map<String, Object> read(byte[] json) {
    try {
      return READER.readValue(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Map<String, Object> read(String json) {
    try {
      return READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One value: a list or a map. */
  static Object readValue(String json) {
    try {
      return MAPPER.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * The same attributes in the types that Jackson reads, for libraries that make a Long or a
   * BigInteger of each whole number.
   */
  static Map<String, Object> retyped(Map<String, Object> attributes) {
    return read(text(attributes));
  }
}
