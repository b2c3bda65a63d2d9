package dev.madeleine.internal;

/** The name of an attribute, cookie or header as messages show it. */
public final class PrintableName {
  private static final int SHOWN = 40;

  private PrintableName() {}

  /** A name without control and format characters, and not too long. */
  public static String of(String name) {
    String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
  }
}
