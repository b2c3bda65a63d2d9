package dev.madeleine.internal;

import org.jspecify.annotations.Nullable;

/**
 * A character that a shell, an editor or a template has left in a copied text, and that no key and
 * no cookie contains: a quotation mark, a byte order mark, white space, a placeholder.
 */
public final class StrayCharacter {
  private static final String QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb";

  private StrayCharacter() {}

  /**
   * Where in a text the first such character is and what it is called, such as "begins with a
   * quotation mark"; null if there is none.
   */
  public static @Nullable String in(String text) {
    for (int i = 0; i < text.length(); i++) {
      String name = name(text.charAt(i));
      if (name != null) {
        return (i == 0 ? "begins with " : i == text.length() - 1 ? "ends with " : "contains ")
            + name;
      }
    }
    return null;
  }

  private static @Nullable String name(char c) {
    if (QUOTES.indexOf(c) >= 0) {
      return "a quotation mark";
    }
    if (c == '\ufeff') {
      return "a byte order mark (U+FEFF)";
    }
    if (c == '\n' || c == '\r') {
      return "a line break";
    }
    if (c == '\t') {
      return "a tab";
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return "a space" + (c == ' ' ? "" : " (U+%04X)".formatted((int) c));
    }
    if (c == '$') {
      return "a dollar sign, so a shell or template has not replaced a variable";
    }
    return Character.getType(c) == Character.FORMAT || Character.isISOControl(c)
        ? "an invisible character (U+%04X)".formatted((int) c)
        : null;
  }
}
