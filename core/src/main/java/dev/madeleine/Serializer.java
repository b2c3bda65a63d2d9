package dev.madeleine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Attributes to bytes and back. {@link JsonSerializer} is the default; an own one fills the hole in
 * {@link NativeEncoder#serializer}.
 *
 * <p>The same attributes always give the same bytes: that is how a change is noticed.
 * Implementations are safe for use by several threads.
 */
public interface Serializer {
  /**
   * A short name, for example {@code json}. It is part of the key derivation: renaming it orphans.
   */
  String name();

  /**
   * Writes all attributes.
   *
   * @throws IllegalArgumentException if a value would not come back equal; the message names the
   *     attribute and the type, never the value
   * @throws IOException only if {@code out} does
   */
  void write(Map<String, Object> attributes, OutputStream out) throws IOException;

  /**
   * Reads attributes back from authentic bytes: somebody with a key wrote them, but perhaps not
   * this release. Whatever this method throws rejects the session as {@link
   * Decoded.Reason#BAD_PAYLOAD}.
   *
   * @return a new map that the caller owns; lists and maps in it are mutable
   * @throws IOException if the bytes are not what {@link #write} writes
   */
  Map<String, Object> read(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Checks that one attribute makes the round trip. By default makes it.
   *
   * @throws IllegalArgumentException if it would not; the message names attribute and type and says
   *     what to do
   */
  default void check(String attribute, Object value) {
    try {
      TokenBuffer bytes = new TokenBuffer();
      write(Map.of(attribute, value), bytes);
      Object back = read(bytes.array(), 0, bytes.size()).get(attribute);
      if (!value.equals(back)) {
        throw new IllegalArgumentException(
            "attribute \"%s\": %s comes back from the %s serializer as something else"
                .formatted(attribute, value.getClass().getName(), name()));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "attribute \"%s\": the %s serializer cannot read the %s it wrote"
              .formatted(attribute, name(), value.getClass().getName()),
          e);
    }
  }
}
