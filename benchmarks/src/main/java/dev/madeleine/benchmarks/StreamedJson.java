package dev.madeleine.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Jackson's streaming interface at its fastest: its own thread-local buffers, a generator that is
 * kept, no type checks. For one thread.
 */
final class StreamedJson implements PlainJson {
  private final JsonFactory factory =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();
  private final Target bytes = new Target();
  private final JsonGenerator generator = generator();

  /** The beginning of an array. */
  private static final class Target extends OutputStream {
    private byte[] array = new byte[0];
    private int size;

    @Override
    public void write(int b) {
      array[size++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      System.arraycopy(bytes, offset, array, size, length);
      size += length;
    }
  }

  @Override
  public int write(Map<String, Object> attributes, byte[] target) throws IOException {
    bytes.array = target;
    bytes.size = 0;
    write(attributes, generator);
    generator.flush();
    return bytes.size;
  }

  private JsonGenerator generator() {
    try {
      return factory.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing is written yet.
    }
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value.getClass() == String.class) {
      json.writeString((String) value);
    } else if (value.getClass() == Integer.class) {
      json.writeNumber((Integer) value);
    } else if (value.getClass() == Boolean.class) {
      json.writeBoolean((Boolean) value);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        write(element, json);
      }
      json.writeEndArray();
    }
  }

  @Override
  public Map<String, Object> read(byte[] bytes) throws IOException {
    try (JsonParser json = factory.createParser(bytes)) {
      json.nextToken();
      return object(json);
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      map.put(name, value(json.nextToken(), json));
    }
    return map;
  }

  private static Object value(JsonToken token, JsonParser json) throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getIntValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken next = json.nextToken();
            next != JsonToken.END_ARRAY;
            next = json.nextToken()) {
          list.add(value(next, json));
        }
        yield list;
      }
      default -> throw new IOException("not in a sample session");
    };
  }
}
