package dev.madeleine.encoders;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON as a JavaScript peer writes and reads it: no tags, so it carries String, Boolean, Integer,
 * List, Map with String keys and null, every Double that is no whole number below 2<sup>63</sup>,
 * and every Long that fits no int and that JavaScript does not round. Everything else is refused.
 */
final class JavaScriptJson implements Serializer {
  private final Set<String> reserved;

  /**
   * Makes a serializer.
   *
   * @param reserved names of attributes that the other side drops when it reads
   */
  JavaScriptJson(Set<String> reserved) {
    this.reserved = reserved;
  }

  @Override
  public String name() {
    return "json-stringify";
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    out.write(toBytes(attributes));
  }

  @Override
  public byte[] toBytes(Map<String, Object> attributes) {
    return new JsonStringify(reserved).write(attributes);
  }

  @Override
  public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
    Map<String, Object> attributes = JsonParse.read(bytes, offset, length);
    List<String> unreadable = new ArrayList<>(0);
    for (String name : reserved) {
      if (attributes.containsKey(name)) {
        attributes.remove(name);
        unreadable.add(name);
      }
    }
    return LocatedAttributes.of(attributes, unreadable);
  }

  /** Writes the attribute: what can be written comes back equal. */
  @Override
  public void check(String attribute, Object value) {
    toBytes(Map.of(attribute, value));
  }

  @Override
  public String toString() {
    return name();
  }
}
