package dev.madeleine.json;

import dev.madeleine.json.format.JsonScanner;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AttributeWriter} and {@link AttributeReader} agree on: one writes nothing that the
 * other refuses.
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

  /**
   * Most bytes of a session, before compression: as many as the text of the longest token has
   * characters, so none of more could ever be sent.
   */
  static final int MAX_BYTES = 65_536;

  private JsonLimits() {}

  /** Why this may not be a name, or null if it may. */
  static @Nullable String refusal(String name) {
    if (name.length() > MAX_NAME) {
      return "a name of %s characters, limit %s".formatted(name.length(), MAX_NAME);
    }
    return JsonScanner.hasLoneSurrogate(name)
        ? "a name with half a character (a lone surrogate)"
        : null;
  }
}
