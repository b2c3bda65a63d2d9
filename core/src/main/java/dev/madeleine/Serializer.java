package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes to bytes and back. {@link JsonSerializer} is the default; an own one fills the hole in
 * {@link NativeEncoder#withSerializer}.
 *
 * <p>The same attributes always give the same bytes: that is how a change is noticed.
 * Implementations are safe for use by several threads.
 */
public interface Serializer {
  /**
   * A short name, for example {@code json}. It is part of the key derivation, so changing it
   * invalidates all existing sessions.
   */
  String name();

  /**
   * Writes all attributes.
   *
   * @param out neither closed nor kept: the next session is written to it too
   * @throws IllegalArgumentException if a value would not come back equal; the message names the
   *     attribute and the type, never the value
   * @throws java.util.ConcurrentModificationException if another thread changes a value meanwhile,
   *     so that it may be tried again
   * @throws IOException only if {@code out} does
   */
  void write(Map<String, Object> attributes, OutputStream out) throws IOException;

  /**
   * Reads attributes back from authentic bytes: somebody with a key wrote them, but perhaps not
   * this release. Whatever this method throws rejects the session as {@link
   * RejectionReason#BAD_PAYLOAD}; afterwards the text is accepted for good. An attribute whose
   * declaration has vanished, or does not fit any more, or that only a later release understands,
   * is {@linkplain LocatedAttributes#unreadable() unreadable} alone.
   *
   * @param bytes nobody changes them afterwards, so values may be built from them later
   * @return {@link LocatedAttributes#of(Map)} of a new map for whoever builds all values at once;
   *     lists and maps in it are mutable
   * @throws IOException if the bytes are not what {@link #write} writes
   */
  LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException;

  /** The attributes as a new array; otherwise as {@link #write}. */
  default byte[] toBytes(Map<String, Object> attributes) {
    TokenBuffer bytes = TokenBuffer.take();
    try {
      write(attributes, bytes);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
    byte[] array = bytes.copyFrom(0);
    bytes.release();
    return array;
  }

  /**
   * The attributes of a whole array, all of them; otherwise as {@link #read}.
   *
   * @throws IOException also if one is unreadable; the message names it
   */
  default Map<String, Object> fromBytes(byte[] bytes) throws IOException {
    LocatedAttributes located = read(bytes, 0, bytes.length);
    Map<String, Object> attributes = new LinkedHashMap<>(located.asMap());
    for (String name : located.unreadable()) {
      throw new IOException("attribute \"%s\" is unreadable".formatted(PrintableName.of(name)));
    }
    return attributes;
  }

  /**
   * The value of an attribute that was read in another format, as this one carries it: of its
   * declared type, if there is one. By default the value as it is.
   *
   * @throws IllegalArgumentException if this format cannot carry it
   */
  default Object adopt(String attribute, Object value) {
    check(attribute, value);
    return value;
  }

  /**
   * Whether a value can be changed in place, so that it has to be compared with what was received:
   * by {@code list.add(…)}, {@code date.setTime(…)}. When in doubt, yes. By default as {@link
   * JsonSerializer#PLAIN} says.
   */
  default boolean canChangeInPlace(String attribute, Object value) {
    return JsonSerializer.PLAIN.canChangeInPlace(attribute, value);
  }

  /**
   * Checks that one attribute makes the round trip. By default makes it.
   *
   * @throws IllegalArgumentException if it would not; the message names attribute and type and says
   *     what to do
   */
  default void check(String attribute, Object value) {
    String refused = null;
    byte[] bytes = toBytes(Map.of(attribute, value));
    try {
      Map<String, Object> back = fromBytes(bytes);
      if (!value.equals(back.get(attribute))) {
        refused = "comes back as something else";
      }
    } catch (IOException | RuntimeException e) {
      refused = "cannot be read back"; // The cause is not kept: it may quote the value.
    }
    if (refused != null) {
      throw new IllegalArgumentException(
          "attribute \"%s\": a %s %s from the %s serializer"
              .formatted(
                  PrintableName.of(attribute), value.getClass().getTypeName(), refused, name()));
    }
  }
}
