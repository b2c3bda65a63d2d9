package dev.madeleine.keys;

import java.util.regex.Pattern;

/** A plain list of keys: text with one key per line, or with commas between them. */
final class KeyList {
  private static final Pattern SEPARATOR = Pattern.compile("[,\\r\\n][,\\s]*+");

  private KeyList() {}

  /**
   * The list as {@link dev.madeleine.KeyRing#parse} reads it. A comma at the end stays: a key is
   * missing after it.
   */
  static String withCommas(String list) {
    return SEPARATOR.matcher(list.strip()).replaceAll(",");
  }

  /**
   * The list of a file, whose writer may not be done yet.
   *
   * @throws IllegalArgumentException if it has several keys and its last line has no end
   */
  static String whole(String list) {
    if (SEPARATOR.matcher(list.strip()).find() && !list.endsWith("\n")) {
      throw new IllegalArgumentException(
          "half-written: a list of several keys must end with a line break, which tells that it is whole");
    }
    return list;
  }
}
