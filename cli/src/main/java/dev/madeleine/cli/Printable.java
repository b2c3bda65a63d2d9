package dev.madeleine.cli;

/** Text that a terminal shows and does not obey. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** A name or value in one line, at most 200 characters. */
  static String of(String text) {
    String line = lines(text).replace("\n", "\\n");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /**
   * The text with everything escaped that could steer a terminal or turn the reading direction; the
   * ends of lines stay. In JSON the escapes mean the same as what they replace.
   */
  static String lines(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || isSafe(c)) {
                safe.appendCodePoint(c);
              } else {
                for (char half : Character.toChars(c)) {
                  safe.append("\\u%04x".formatted((int) half));
                }
              }
            });
    return safe.toString();
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
