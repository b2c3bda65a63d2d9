package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A generator of JSON text that is kept: it writes one session behind the other, each to a stream
 * of its own. To make a generator costs a quarter of what it costs to write a small session.
 *
 * <p>For JSON text alone, which holds nothing that a later value refers to, with a factory that
 * separates values by nothing. After an exception it is of no use.
 */
final class KeptGenerator extends OutputStream {
  private static final OutputStream NONE = nullOutputStream();

  private final JsonGenerator json;
  private OutputStream target = NONE;

  KeptGenerator(JsonFactory factory) {
    try {
      json = factory.createGenerator(this, JsonEncoding.UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing is written yet.
    }
  }

  void write(Map<String, Object> attributes, DeclaredTypes declared, OutputStream out)
      throws IOException {
    target = out;
    new JsonWriter(json, declared).write(attributes);
    json.flush();
    target = NONE;
  }

  @Override
  public void write(int b) throws IOException {
    target.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    target.write(bytes, offset, length);
  }
}
