package dev.madeleine.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/** A Java type that the form can make an attribute of. */
enum AttributeKind {
  TEXT("text"),
  NUMBER("whole number"),
  DECIMAL("exact decimal, like 19.90"),
  TRUTH("truth, true or false"),
  DATE("date, like 1913-11-14"),
  LIST("list, like tea, cake"),
  OPTIONAL("java.util.Optional, which is refused");

  private final String label;

  AttributeKind(String label) {
    this.label = label;
  }

  /** The kind of this name; text if there is none. */
  static AttributeKind named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findAny().orElse(TEXT);
  }

  /** What the form calls it. */
  String label() {
    return label;
  }

  /**
   * The value that this text stands for.
   *
   * @throws IllegalArgumentException if it stands for none
   */
  Object value(String text) {
    try {
      return switch (this) {
        case TEXT -> text;
        case NUMBER -> Integer.valueOf(text);
        case DECIMAL -> new BigDecimal(text);
        case TRUTH -> truth(text);
        case DATE -> LocalDate.parse(text);
        case LIST -> Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        case OPTIONAL -> Optional.of(text);
      };
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("\"%s\" is no %s".formatted(text, label), e);
    }
  }

  private static Boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }
}
