package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** JSON that notes what it writes. */
record CountingSerializer(List<String> written) implements Serializer {
  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    written.add(attributes.keySet().toString());
    JsonSerializer.PLAIN.write(attributes, out);
  }

  @Override
  public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
    return JsonSerializer.PLAIN.read(bytes, offset, length);
  }

  @Override
  public void check(String attribute, Object value) {
    JsonSerializer.PLAIN.check(attribute, value);
  }
}
