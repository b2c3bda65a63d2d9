package dev.madeleine;

import java.util.Locale;
import java.util.Objects;

/**
 * One header line of a response, as {@link Sessions#save} returns it.
 *
 * @param name the field name, for example {@code Set-Cookie}
 * @param value the field value, free of CR, LF and NUL
 */
public record HttpHeader(String name, String value) {
  /** Checks that neither part is null. */
  public HttpHeader {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** What it stores into: a field, or a cookie with its path and domain. */
  String place() {
    if (!name.equals(OneCookie.SET_COOKIE)) {
      return name.toLowerCase(Locale.ROOT);
    }
    StringBuilder place = new StringBuilder(value.substring(0, value.indexOf('=') + 1));
    for (String part : value.split("; ", -1)) {
      if (part.startsWith("Path=") || part.startsWith("Domain=")) {
        place.append(part).append(';');
      }
    }
    return place.toString();
  }

  /** The name alone: the value of a {@code Set-Cookie} line is a credential. */
  @Override
  public String toString() {
    return name + ": …";
  }
}
