package dev.madeleine.json.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that lie in their text one behind the other, so that a change of one leaves the bytes
 * of the others as they are, also of those that nobody here can read.
 */
public interface EncodedAttributes {
  /**
   * Whether this very serializer has read them, so that it writes them like this. Another one may
   * have read its own text with the help of that one.
   */
  boolean areBy(Object serializer);

  /** Whether there is a readable attribute of this name that is not null. */
  boolean hasValue(String name);

  /**
   * An attribute as it would be written into this text.
   *
   * @throws IllegalArgumentException if it cannot be written; the message names attribute and type,
   *     never the value
   */
  EncodedAttribute encode(String name, Object value);

  /** As {@link #encode}, and makes sure that what is written comes back equal. */
  EncodedAttribute encodeAndCheck(String name, Object value);

  /**
   * Whether an attribute still is what was received, if it is written like this now. What was
   * received may have been written in another way, with a field that its declaration does not know.
   */
  boolean isReceived(String name, EncodedAttribute now);

  /** Whether an attribute of this name lies in the text, readable or not. */
  boolean isPresent(String name);

  /**
   * The text with some attributes changed, the others byte for byte as they were.
   *
   * @param changes from a name to what its attribute becomes, or to null if it is removed; new ones
   *     follow in their order
   * @throws IllegalArgumentException if there are more names or values in all than a session may
   *     have
   */
  byte[] with(Map<String, @Nullable EncodedAttribute> changes);
}
