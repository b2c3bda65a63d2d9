package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a session puts into a response, beside those of the application.
 *
 * <p>Works on the response that the container gave to the filter, so that no wrapper of the
 * application and no code that unwraps can get past it.
 */
final class ResponseHeaders {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final Set<String> SHARED = Set.of("set-cookie", "cache-control", "vary");

  private final HttpServletResponse response;
  private final String cookieName;
  private @Nullable String written;
  private @Nullable String cacheControl;
  private volatile boolean held;

  /** The headers of the response with this session cookie. */
  ResponseHeaders(HttpServletResponse response, String cookieName) {
    this.response = response;
    this.cookieName = cookieName;
  }

  /** Whether an application that touches this header touches one of ours. */
  static boolean isShared(String name) {
    return SHARED.contains(name.toLowerCase(Locale.ROOT));
  }

  boolean isCommitted() {
    return response.isCommitted();
  }

  /** Whether the container did not take our cookie when it was last written. */
  boolean isHeld() {
    return held;
  }

  /** Gives up what the container did not take before the commit. */
  void forget() {
    held = false;
  }

  /**
   * Makes the response say this, and nothing that an earlier call said.
   *
   * @param headers what the session needs now
   * @param restoring the {@code Set-Cookie} line that undoes ours, where a line cannot be removed
   */
  void write(List<HttpHeader> headers, Supplier<HttpHeader> restoring) {
    String cookie = null;
    for (HttpHeader header : headers) {
      switch (header.name()) {
        case SET_COOKIE -> cookie = header.value();
        case CACHE_CONTROL -> addUnlessChosen(header.value());
        default -> addToken(header);
      }
    }
    if (cookie != null) {
      replaceCookie(cookie);
    } else if (written != null) {
      takeBack(restoring);
    }
    written = cookie;
    held = cookie != null && !response.getHeaders(SET_COOKIE).contains(cookie);
  }

  /** Our cookie in place of the one we wrote before; the application's own cookies stay. */
  private void replaceCookie(String cookie) {
    List<String> own = applicationsOwn();
    response.setHeader(SET_COOKIE, cookie);
    own.forEach(line -> response.addHeader(SET_COOKIE, line));
  }

  /** Removes our cookie. Tomcat 10.1 cannot remove the only line, it can only replace it. */
  private void takeBack(Supplier<HttpHeader> restoring) {
    List<String> own = applicationsOwn();
    if (own.isEmpty()) {
      response.setHeader(SET_COOKIE, null);
      if (!response.getHeaders(SET_COOKIE).isEmpty()) {
        response.setHeader(SET_COOKIE, restoring.get().value());
      }
      return;
    }
    response.setHeader(SET_COOKIE, own.get(0));
    own.subList(1, own.size()).forEach(line -> response.addHeader(SET_COOKIE, line));
  }

  private List<String> applicationsOwn() {
    List<String> own = new ArrayList<>(response.getHeaders(SET_COOKIE));
    own.removeIf(line -> line.startsWith(cookieName) && line.startsWith("=", cookieName.length()));
    return own;
  }

  /** Our Cache-Control, unless there is one of the application, before ours or after. */
  private void addUnlessChosen(String value) {
    List<String> present = new ArrayList<>(response.getHeaders(CACHE_CONTROL));
    if (present.isEmpty()) {
      response.setHeader(CACHE_CONTROL, value);
      cacheControl = value;
    } else if (present.size() > 1 && present.remove(cacheControl)) {
      cacheControl = null;
      response.setHeader(CACHE_CONTROL, present.get(0));
      present.subList(1, present.size()).forEach(line -> response.addHeader(CACHE_CONTROL, line));
    }
  }

  /** Adds a field name to a list header such as Vary, unless it is there. */
  private void addToken(HttpHeader header) {
    for (String line : response.getHeaders(header.name())) {
      for (String token : line.split(",", -1)) {
        if (token.strip().equalsIgnoreCase(header.value()) || token.strip().equals("*")) {
          return;
        }
      }
    }
    response.addHeader(header.name(), header.value());
  }
}
