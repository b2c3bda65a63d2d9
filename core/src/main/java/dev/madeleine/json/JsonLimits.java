package dev.madeleine.json;

import org.jspecify.annotations.Nullable;

/**
 * What {@link JsonWriter} and {@link JsonReader} agree on: one writes nothing that the other
 * refuses.
 */
final class JsonLimits {
  /** Deepest nesting, the root included. */
  static final int MAX_DEPTH = 16;

  /** Most characters of a name. */
  static final int MAX_NAME = 128;

  /** Most characters of a number in JSON text. */
  static final int MAX_NUMBER = 32;

  /** Most names in all. */
  static final int MAX_KEYS = 512;

  /** Most values in all, objects and arrays included. */
  static final int MAX_VALUES = 1000;

  private JsonLimits() {}

  /** Why this may not be a name, or null if it may. */
  static @Nullable String refusal(String name) {
    if (name.length() > MAX_NAME) {
      return "a name of %s characters, limit %s".formatted(name.length(), MAX_NAME);
    }
    return hasLoneSurrogate(name) ? "a name with half a character (a lone surrogate)" : null;
  }

  /**
   * Whether UTF-8 cannot hold this name. In a value such a character is escaped, in a name it is
   * lost.
   */
  private static boolean hasLoneSurrogate(String name) {
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
