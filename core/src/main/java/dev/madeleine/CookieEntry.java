package dev.madeleine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A cookie in a list of settings: its name and what it differs in, as {@code Set-Cookie} has it,
 * for example {@code sid; Domain=example.com}.
 *
 * @param options name, path, domain and {@code Partitioned}
 * @param encrypted what the words {@code encrypted} and {@code signed} say of the sessions in it,
 *     null without them
 */
record CookieEntry(CookieOptions options, @Nullable Boolean encrypted) {
  /**
   * Reads an entry.
   *
   * @param secure whether the cookie has {@code Secure} if its name leaves that open
   * @throws IllegalArgumentException if it is none
   */
  static CookieEntry parse(String text, boolean secure) {
    String[] parts = text.split(";", -1);
    CookieOptions options = CookieOptions.foreign(parts[0].strip());
    Boolean encrypted = null;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int value = part.indexOf('=') + 1;
      switch (part.substring(0, value == 0 ? part.length() : value).toLowerCase(Locale.ROOT)) {
        case "path=" -> options = options.withPath(part.substring(value));
        case "domain=" -> options = options.withDomain(part.substring(value));
        case "partitioned" -> options = options.withPartitioned(true);
        case "signed" -> encrypted = false;
        case "encrypted" -> encrypted = true;
        default ->
            throw new IllegalArgumentException(
                "\"%s\" is not Path=…, Domain=…, Partitioned, signed or encrypted".formatted(part));
      }
    }
    boolean free = !options.name().startsWith("__") && !options.isPartitioned();
    return new CookieEntry(free ? options.withSecure(secure) : options, encrypted);
  }
}
