package dev.madeleine.encoders;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.madeleine.internal.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code JSON.parse} reads of an object (ECMA-262 section 25.5.1), and no tags: {@code
 * {"~uuid":…}} stays a map. One object reads one session.
 *
 * <p>Stricter than {@code JSON.parse} where no {@code JSON.stringify} writes it: bytes that are not
 * UTF-8, white space in front, a name twice, numbers beyond a double. A name with half a character
 * (a lone surrogate) is refused too, because Jackson does.
 */
final class JsonParse {
  private static final int MAX_NUMBER = 32;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(ForeignJsonLimits.MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  // Counted in bytes here and there.
                  .maxNameLength(4 * ForeignJsonLimits.MAX_NAME)
                  .build())
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser json;
  private int names;
  private int values;

  private JsonParse(JsonParser json) {
    this.json = json;
  }

  /** The object in these bytes, in the order of its names. */
  static Map<String, Object> read(byte[] bytes, int offset, int length) throws IOException {
    requireUtf8(bytes, offset, length);
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      return new JsonParse(json).root();
    }
  }

  /** Checks before the parser sees a byte: Jackson takes overlong forms and guesses UTF-16. */
  private static void requireUtf8(byte[] bytes, int offset, int length) throws IOException {
    if (length < 2 || bytes[offset] != '{' || bytes[offset + 1] == 0) {
      throw new IOException("not a JSON object in UTF-8");
    }
    Utf8.require(bytes, offset, length);
  }

  private Map<String, Object> root() throws IOException {
    json.nextToken();
    values++;
    Map<String, Object> attributes = object();
    if (json.nextToken() != null) {
      throw new IOException("something follows the object");
    }
    return attributes;
  }

  /** The value that the parser stands on. */
  private @Nullable Object value() throws IOException {
    if (++values > ForeignJsonLimits.MAX_VALUES) {
      throw new IOException("too many values");
    }
    JsonToken token = json.currentToken();
    if (token == null) {
      throw new IOException("the text ends in the middle");
    }
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getDoubleValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case START_ARRAY -> array();
      case START_OBJECT -> object();
      default -> throw new IOException("not a value");
    };
  }

  private static Number number(double number) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IOException("a number beyond a double");
    }
    return EcmaNumber.fromJavaScript(number);
  }

  private List<@Nullable Object> array() throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = nextName(); name != null; name = nextName()) {
      json.nextToken();
      add(map, name, value());
    }
    return map;
  }

  private @Nullable String nextName() throws IOException {
    String name = json.nextFieldName();
    if (name == null) {
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not a name");
      }
      return null;
    }
    if (name.length() > ForeignJsonLimits.MAX_NAME || ++names > ForeignJsonLimits.MAX_NAMES) {
      throw new IOException("a name too long or one too many");
    }
    return name;
  }

  @SuppressWarnings("NullAway") // JSON null is a value.
  private static void add(Map<String, Object> map, String name, @Nullable Object value)
      throws IOException {
    int size = map.size();
    map.put(name, value);
    if (map.size() == size) {
      throw new IOException("a name twice");
    }
  }
}
