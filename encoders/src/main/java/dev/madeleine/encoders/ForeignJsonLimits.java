package dev.madeleine.encoders;

/** What {@link JsonStringify} and {@link JsonParse} agree on. */
final class ForeignJsonLimits {
  /**
   * Deepest nesting, the root included: more than the 16 of our own JSON, because other frameworks
   * have no limit.
   */
  static final int MAX_DEPTH = 64;

  /** Most characters of a name, as in our own JSON. */
  static final int MAX_NAME = 128;

  /** Most names in all, as in our own JSON. */
  static final int MAX_NAMES = 512;

  /** Most values in all, objects and arrays included, as in our own JSON. */
  static final int MAX_VALUES = 1000;

  /** Most characters of a session, as many as our own JSON has bytes: no cookie holds more. */
  static final int MAX_CHARACTERS = 65_536;

  private ForeignJsonLimits() {}
}
