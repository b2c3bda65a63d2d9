package dev.madeleine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client files a value under: two places of one identity overwrite each other, and only the
 * same identity expires what was stored. For a cookie that is name, domain, path and {@code
 * Partitioned} (RFC 6265bis section 5.7, CHIPS), for a header its name.
 *
 * @param name of the cookie, or of the header in lower case
 * @param path of the cookie, which begins with a slash, or empty for a header
 * @param domain of the cookie, or null for the host alone
 * @param partitioned whether the cookie is kept apart for each top-level site
 */
record PlaceIdentity(String name, String path, @Nullable String domain, boolean partitioned) {
  /** The identity of a header. */
  static PlaceIdentity ofHeader(String name) {
    return new PlaceIdentity(name.toLowerCase(Locale.ROOT), "", null, false);
  }

  /** Whether this is the cookie or header of this name. */
  boolean isNamed(String other) {
    return path.isEmpty() ? name.equalsIgnoreCase(other) : name.equals(other);
  }
}
