package dev.madeleine.json.format;

/**
 * What a JSON text may hold beyond the grammar of RFC 8259.
 *
 * @param maxDepth deepest nesting, the root included
 * @param maxName most characters of a name
 * @param maxNames most names in all
 * @param maxValues most values in all, objects and arrays included
 * @param numbers which numbers there are
 * @param spaceInFront whether white space may come before the object
 */
public record JsonRules(
    int maxDepth, int maxName, int maxNames, int maxValues, Numbers numbers, boolean spaceInFront) {
  /** Most characters of a fraction, most digits of a number of JavaScript. */
  static final int MAX_NUMBER = 32;

  /** Which numbers there are. */
  public enum Numbers {
    /** Integers of 64 bits with sign, and doubles, which have a fraction or an exponent. */
    JAVA,
    /** Doubles. */
    JAVASCRIPT
  }
}
