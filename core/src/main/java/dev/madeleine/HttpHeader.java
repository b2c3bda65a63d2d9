package dev.madeleine;

import java.util.Objects;

/**
 * One header line of a response, as {@link Sessions#save} returns it.
 *
 * @param name the field name, for example {@code Set-Cookie}
 * @param value the field value, free of CR, LF and NUL
 */
public record HttpHeader(String name, String value) {
  static final String SET_COOKIE = "Set-Cookie";

  /** Checks that neither part is null. */
  public HttpHeader {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** The name alone: the value of a {@code Set-Cookie} line is a credential. */
  @Override
  public String toString() {
    return name + ": …";
  }
}
