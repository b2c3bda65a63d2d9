package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.madeleine.json.format.Input;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of Jackson's binary formats, within the limits of {@link JsonLimits}. Depth is limited
 * by the parser, and a name twice is found by whoever reads a map.
 */
final class JacksonInput implements Input {
  private final JsonParser parser;
  private int names;
  private int values;

  JacksonInput(JsonParser parser) {
    this.parser = parser;
  }

  @Override
  public Kind next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return Kind.END;
    }
    if (++values > JsonLimits.MAX_VALUES) {
      throw new IOException("too many values");
    }
    if (token == null) {
      throw new IOException("the bytes end in the middle");
    }
    return switch (token) {
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT -> Kind.INTEGER;
      case VALUE_NUMBER_FLOAT -> Kind.FRACTION;
      case VALUE_TRUE -> Kind.TRUE;
      case VALUE_FALSE -> Kind.FALSE;
      case VALUE_NULL -> Kind.NULL;
      case VALUE_EMBEDDED_OBJECT -> Kind.BYTES;
      case START_ARRAY -> Kind.LIST;
      case START_OBJECT -> Kind.MAP;
      default -> throw new IOException("not a value");
    };
  }

  @Override
  public @Nullable String name() throws IOException {
    String name = parser.nextFieldName();
    if (name == null) {
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not a name");
      }
      return null;
    }
    if (JsonLimits.refusal(name) != null || ++names > JsonLimits.MAX_KEYS) {
      throw new IOException("a name too long, or one too many");
    }
    return name;
  }

  @Override
  public void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  @Override
  public String text() throws IOException {
    return parser.getText();
  }

  @Override
  public long integer() throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new IOException("an integer beyond 64 bits");
    }
    return parser.getLongValue();
  }

  @Override
  public double fraction() throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new IOException("a number that is none");
    }
    return number;
  }

  @Override
  public boolean hasBytes() {
    return true;
  }

  @Override
  public byte[] bytes() throws IOException {
    return parser.getBinaryValue();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Checks that nothing follows. */
  void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw new IOException("something follows the session");
    }
  }
}
