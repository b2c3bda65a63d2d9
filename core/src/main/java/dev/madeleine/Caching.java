package dev.madeleine;

import java.util.List;
import java.util.Locale;

/** What a response says in {@code Cache-Control} about who may store it (RFC 9111 section 3). */
enum Caching {
  /** Nothing of that, though it may say something else, such as {@code must-revalidate}. */
  UNSAID,
  /** That others than the client may not. */
  OWN,
  /**
   * That it may be used for a while, and not by whom; a proxy may take that as leave to store it.
   */
  AGED,
  /** That proxies may store it for other clients. */
  SHARED;

  /** What these lines of {@code Cache-Control} say together; the strictest counts. */
  static Caching of(List<String> lines) {
    Caching caching = UNSAID;
    for (String line : lines) {
      for (String part : line.split(",", -1)) {
        String directive = part.strip().toLowerCase(Locale.ROOT);
        if (directive.equals("private") || directive.equals("no-store")) {
          return OWN;
        }
        if (directive.equals("public") || directive.startsWith("s-maxage")) {
          caching = SHARED;
        } else if (caching == UNSAID && hasAge(directive)) {
          caching = AGED;
        }
      }
    }
    return caching;
  }

  /** Whether what is stored may be used for a while. */
  private static boolean hasAge(String directive) {
    return directive.startsWith("max-age=") && !directive.matches("max-age=\"?0+\"?");
  }
}
