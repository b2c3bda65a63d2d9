package dev.madeleine.internal;

/** The name of an attribute, cookie or header as messages show it. */
public final class PrintableName {
  /** As long as an attribute's name may be. */
  private static final int SHOWN = 128;

  private PrintableName() {}

  /** A name without control and format characters, whole if it may be an attribute's. */
  public static String of(String name) {
    String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
  }
}
