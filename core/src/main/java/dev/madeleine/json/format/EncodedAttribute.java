package dev.madeleine.json.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as it is written: its name, then its value. Several that lie one behind the other
 * may be taken as one. Equal if the bytes are.
 */
public final class EncodedAttribute {
  private final byte[] bytes;
  private final int start;
  private final int length;
  private final int attributes;
  private final int names;
  private final int values;

  /**
   * A part of these bytes, which are not copied and not to be changed any more.
   *
   * @param attributes how many attributes it is, one unless they lie one behind the other
   * @param names how many names are in it, its own included
   * @param values how many values are in it, nested ones included
   */
  public EncodedAttribute(
      byte[] bytes, int start, int length, int attributes, int names, int values) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    this.attributes = attributes;
    this.names = names;
    this.values = values;
  }

  /** How many bytes it has. */
  public int length() {
    return length;
  }

  /** How many attributes it is. */
  public int attributes() {
    return attributes;
  }

  /** How many names are in it, its own included. */
  public int names() {
    return names;
  }

  /** How many values are in it, nested ones included. */
  public int values() {
    return values;
  }

  /** Copies it into this array. Returns where it ends there. */
  public int copyTo(byte[] target, int at) {
    System.arraycopy(bytes, start, target, at, length);
    return at + length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedAttribute attribute
        && Arrays.equals(
            bytes,
            start,
            start + length,
            attribute.bytes,
            attribute.start,
            attribute.start + attribute.length);
  }

  @Override
  public int hashCode() {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** Its length; nothing of it. */
  @Override
  public String toString() {
    return "EncodedAttribute[%s bytes]".formatted(length);
  }
}
