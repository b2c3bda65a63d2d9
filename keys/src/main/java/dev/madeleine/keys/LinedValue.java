package dev.madeleine.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands, so that an error can say line and field. Errors never
 * quote a value, nor a name that is long enough to be a secret.
 *
 * @param value a Map, List, String, Long or Boolean, or null
 */
record LinedValue(@Nullable Object value, int line, String field) {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_QUOTED = 24;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /**
   * The value of a JSON document.
   *
   * @throws IllegalArgumentException if it is none
   */
  static LinedValue parse(String document) {
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      LinedValue value = read(parser, "");
      if (parser.nextToken() != null) {
        throw at(line(parser), "", "the document has ended before");
      }
      return value;
    } catch (JsonProcessingException e) {
      // The cause is not kept: its message may quote a part of a secret.
      throw new IllegalArgumentException(
          e.getLocation() == null
              ? "no JSON"
              : "line %s, column %s: here it is no JSON any more"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new AssertionError(e); // Text in memory is read without a device.
    }
  }

  private static LinedValue read(JsonParser parser, String field) throws IOException {
    int line = line(parser);
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw at(line, field, "the document ends here");
    }
    return switch (token) {
      case START_OBJECT -> new LinedValue(object(parser, field), line, field);
      case START_ARRAY -> new LinedValue(array(parser, field), line, field);
      case VALUE_STRING -> new LinedValue(parser.getText(), line, field);
      case VALUE_NUMBER_INT -> new LinedValue(number(parser), line, field);
      case VALUE_TRUE, VALUE_FALSE -> new LinedValue(parser.getBooleanValue(), line, field);
      case VALUE_NULL -> new LinedValue(null, line, field);
      default -> throw at(line, field, "a value of this kind has no meaning here");
    };
  }

  private static Map<String, LinedValue> object(JsonParser parser, String field)
      throws IOException {
    Map<String, LinedValue> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int line = line(parser);
      String inner = (field.isEmpty() ? "" : field + ".") + quotable(name);
      parser.nextToken();
      if (object.put(name, read(parser, inner)) != null) {
        throw at(line, inner, "is given twice");
      }
    }
    return object;
  }

  private static List<LinedValue> array(JsonParser parser, String field) throws IOException {
    List<LinedValue> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser, field + "[" + array.size() + "]"));
    }
    return array;
  }

  private static Object number(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? Long.MAX_VALUE
        : parser.getLongValue();
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String quotable(String name) {
    return name.matches("[A-Za-z0-9_.-]{1," + MAX_QUOTED + "}")
        ? name
        : "(a name of " + name.length() + " characters)";
  }

  /** What is wrong with this value, for the caller to throw. */
  IllegalArgumentException wrong(String what) {
    return at(line, field, what);
  }

  private static IllegalArgumentException at(int line, String field, String what) {
    return new IllegalArgumentException(
        "line %s%s: %s".formatted(line, field.isEmpty() ? "" : ", field " + field, what));
  }

  /** The fields of an object, of which none may be unknown. */
  @SuppressWarnings("unchecked") // Maps are made in this class only.
  Map<String, LinedValue> object(List<String> known) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("must be an object, {…}");
    }
    Map<String, LinedValue> fields = (Map<String, LinedValue>) map;
    fields.forEach(
        (name, inner) -> {
          if (!known.contains(name)) {
            throw inner.wrong("is unknown; known are " + known);
          }
        });
    return fields;
  }

  /** A field of this object that must be there. */
  LinedValue required(Map<String, LinedValue> fields, String name) {
    LinedValue inner = fields.get(name);
    if (inner == null) {
      throw wrong("has no field \"" + name + "\"");
    }
    return inner;
  }

  @SuppressWarnings("unchecked") // Lists are made in this class only.
  List<LinedValue> array() {
    if (!(value instanceof List<?> list)) {
      throw wrong("must be an array, […]");
    }
    return (List<LinedValue>) list;
  }

  String text() {
    if (!(value instanceof String text)) {
      throw wrong("must be a text in quotes");
    }
    return text;
  }
}
