package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one response that store and expire sessions, at most one for each identity: the
 * first that was added stays. So what is written comes first, then what may be expired.
 */
final class HeaderLines {
  /** A colon and a space, a carriage return and a line feed. */
  private static final int AROUND = 4;

  private final Instant now;
  private List<PlaceIdentity> identities = List.of();
  private List<HttpHeader> headers = List.of();

  /**
   * No lines so far.
   *
   * @param now the time of the response, from which the ages of cookies count
   */
  HeaderLines(Instant now) {
    this.now = now;
  }

  /** Adds the line that stores a value in this cookie. */
  void set(CookieOptions cookie, String value, @Nullable Duration maxAge) {
    if (isFree(cookie.identity())) {
      add(cookie.identity(), new HttpHeader(HttpHeader.SET_COOKIE, cookie.set(value, maxAge, now)));
    }
  }

  /** Adds the line that makes a browser drop this cookie. */
  void expire(CookieOptions cookie) {
    if (isFree(cookie.identity())) {
      add(cookie.identity(), new HttpHeader(HttpHeader.SET_COOKIE, cookie.expire()));
    }
  }

  /** Adds a header other than {@code Set-Cookie}. */
  void field(String name, String value) {
    PlaceIdentity identity = PlaceIdentity.ofHeader(name);
    if (isFree(identity)) {
      add(identity, new HttpHeader(name, value));
    }
  }

  private boolean isFree(PlaceIdentity identity) {
    return !identities.contains(identity);
  }

  private void add(PlaceIdentity identity, HttpHeader header) {
    if (headers.isEmpty()) {
      identities = new ArrayList<>(2);
      headers = new ArrayList<>(2);
    }
    identities.add(identity);
    headers.add(header);
  }

  /** The line for the cookie or header of this name, or null. */
  @Nullable HttpHeader named(String name) {
    for (int i = 0; i < identities.size(); i++) {
      if (identities.get(i).isNamed(name)) {
        return headers.get(i);
      }
    }
    return null;
  }

  /** The bytes that the lines take up in a response. */
  int size() {
    int size = 0;
    for (HttpHeader header : headers) {
      size += header.name().length() + header.value().length() + AROUND;
    }
    return size;
  }

  /** The lines in the order in which they were added. */
  List<HttpHeader> headers() {
    return headers;
  }
}
