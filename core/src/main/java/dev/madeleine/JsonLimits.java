package dev.madeleine;

/**
 * What {@link JsonWriter} and {@link JsonReader} agree on: one writes nothing that the other
 * refuses.
 */
final class JsonLimits {
  /** Deepest nesting, the root included. */
  static final int MAX_DEPTH = 16;

  /** Most characters of a name. */
  static final int MAX_NAME = 128;

  /** Most names in all. */
  static final int MAX_KEYS = 512;

  /** Most values in all, objects and arrays included. */
  static final int MAX_VALUES = 1000;

  private JsonLimits() {}

  /** Whether this may be a name. */
  static boolean isName(String name) {
    return name.length() <= MAX_NAME && !hasLoneSurrogate(name);
  }

  /**
   * Whether UTF-8 cannot hold this name. In a value such a character is escaped, in a name it is
   * lost.
   */
  static boolean hasLoneSurrogate(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
