package dev.madeleine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The domains that the cookie of a session may have, of which each response has the one that its
 * request's {@code Host} belongs to. A request to another host gets a cookie for that host alone.
 */
final class CookieDomains {
  private final List<String> domains;

  /** What is written for each of them. */
  private final List<Written> written;

  private final Written otherwise;

  /**
   * These domains.
   *
   * @throws IllegalArgumentException if the cookie cannot have one of them
   * @throws IllegalStateException if there are some, and the session travels in a header
   */
  CookieDomains(List<String> domains, Transports transports) {
    SessionTransport writing = transports.writing();
    this.domains = domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
    otherwise = new Written(transports, writing);
    written = new ArrayList<>();
    for (String domain : this.domains) {
      CookieOptions options = writing.options();
      if (options == null) {
        throw new IllegalStateException(
            "the session travels in the header %s, which has no domain".formatted(writing.name()));
      }
      written.add(otherwise.withCookie(options.withDomain(domain)));
    }
  }

  /** The domains in lower case. */
  List<String> list() {
    return domains;
  }

  /** What the response to this request writes. */
  Written written(RequestHeaders request) {
    if (domains.isEmpty()) {
      return otherwise;
    }
    List<String> lines = request.lines("Host");
    String host = lines.isEmpty() ? "" : withoutPort(lines.get(0).strip()).toLowerCase(Locale.ROOT);
    int best = -1;
    for (int i = 0; i < domains.size(); i++) {
      String domain = domains.get(i);
      boolean longer = best < 0 || domain.length() > domains.get(best).length();
      if (longer && (host.equals(domain) || host.endsWith("." + domain))) {
        best = i;
      }
    }
    return best < 0 ? otherwise : written.get(best);
  }

  private static String withoutPort(String host) {
    int colon = host.indexOf(':'); // The first of several in an IPv6 address, which has no domain.
    return colon < 0 ? host : host.substring(0, colon);
  }
}
