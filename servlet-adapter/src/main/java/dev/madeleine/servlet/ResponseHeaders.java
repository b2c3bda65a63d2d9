package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
  private static final String NO_STORE = "no-store";
  private static final String VARY = "Vary";

  private final HttpServletResponse response;

  /** What was last written. */
  private List<HttpHeader> written = List.of();

  /** The lines of it that are the session itself. */
  private List<HttpHeader> session = List.of();

  private @Nullable String cacheControl;
  private boolean disturbed;
  private volatile boolean held;

  ResponseHeaders(HttpServletResponse response) {
    this.response = response;
  }

  /** Whether an application that touches this header touches one of ours. */
  static boolean isShared(String name) {
    return name.equalsIgnoreCase(SET_COOKIE)
        || name.equalsIgnoreCase(CACHE_CONTROL)
        || name.equalsIgnoreCase(VARY);
  }

  boolean isCommitted() {
    return response.isCommitted();
  }

  /** The size of the container's buffer for the body. */
  int bufferSize() {
    return response.getBufferSize();
  }

  /** Whether the container did not take our cookie when it was last written. */
  boolean isHeld() {
    return held;
  }

  /** Gives up what the container did not take before the commit. */
  void forget() {
    held = false;
  }

  /** Notes that somebody else has cleared headers, or written some that we share. */
  void disturbed() {
    disturbed = true;
  }

  /** The lines of a header that are not ours. */
  List<String> linesOfOthers(String name) {
    if (!response.containsHeader(name)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(response.getHeaders(name));
    if (name.equals(CACHE_CONTROL)) {
      lines.remove(cacheControl);
    }
    return lines;
  }

  /**
   * Makes the response say this, and nothing that an earlier call said.
   *
   * @param headers what the session needs now
   * @param revert from the name of a cookie, or header, to the line that reverts ours, where a line
   *     cannot be removed
   */
  @SuppressWarnings("ReferenceEquality") // The same list as long as nothing has changed.
  void write(List<HttpHeader> headers, Function<String, @Nullable HttpHeader> revert) {
    if (headers == written && !disturbed && areThere(headers)) {
      held = false;
      return;
    }
    List<HttpHeader> lines = new ArrayList<>(0);
    String ours = null;
    for (HttpHeader header : headers) {
      switch (header.name()) {
        case CACHE_CONTROL -> ours = header.value();
        case VARY -> addUnlessThere(header);
        default -> lines.add(header);
      }
    }
    if (!lines.isEmpty() || !session.isEmpty()) {
      replaceCacheControl(ours);
      replaceCookies(lines, revert);
      replaceFields(lines, revert);
    }
    written = headers;
    session = lines;
    disturbed = false;
    held = !areThere(lines);
  }

  private boolean areThere(List<HttpHeader> headers) {
    for (HttpHeader header : headers) {
      if (!isThere(header)) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(HttpHeader header) {
    return switch (header.name()) {
      case CACHE_CONTROL -> true; // Ours, or the one that the application chose.
      case VARY -> isVarying(header.value());
      default -> isLine(header);
    };
  }

  /** Asks for the first line before all lines, which containers collect into a new set. */
  private boolean isLine(HttpHeader header) {
    String first = response.getHeader(header.name());
    return header.value().equals(first)
        || (first != null && response.getHeaders(header.name()).contains(header.value()));
  }

  private boolean isVarying(String field) {
    String first = response.getHeader(VARY);
    if (first == null || first.equals(field)) {
      return first != null;
    }
    for (String line : response.getHeaders(VARY)) {
      for (String token : line.split(",", -1)) {
        if (token.strip().equalsIgnoreCase(field) || token.strip().equals("*")) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Our cookies in place of those we wrote before; the application's own cookies stay. Tomcat 10.1
   * cannot remove the only line, it can only replace it.
   */
  private void replaceCookies(
      List<HttpHeader> headers, Function<String, @Nullable HttpHeader> revert) {
    List<String> former = cookies(session);
    List<String> lines = cookies(headers);
    int ours = lines.size();
    if (former.isEmpty() && ours == 0) {
      return;
    }
    if (response.containsHeader(SET_COOKIE)) {
      for (String line : response.getHeaders(SET_COOKIE)) {
        if (!isAmong(former, line) && !isAmong(lines.subList(0, ours), line)) {
          lines.add(line);
        }
      }
    }
    if (lines.isEmpty()) {
      response.setHeader(SET_COOKIE, null);
      if (response.containsHeader(SET_COOKIE)) {
        response.setHeader(CACHE_CONTROL, NO_STORE); // Whatever is sent again is a cookie.
        cacheControl = NO_STORE;
        former.stream()
            .map(ResponseHeaders::cookieName)
            .distinct()
            .map(revert)
            .filter(Objects::nonNull)
            .forEach(line -> lines.add(line.value()));
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (i == 0) {
        response.setHeader(SET_COOKIE, lines.get(i));
      } else {
        response.addHeader(SET_COOKIE, lines.get(i));
      }
    }
  }

  private static List<String> cookies(List<HttpHeader> headers) {
    List<String> lines = new ArrayList<>(headers.size());
    for (HttpHeader header : headers) {
      if (header.name().equals(SET_COOKIE)) {
        lines.add(header.value());
      }
    }
    return lines;
  }

  /** Whether one of these cookies has the name of this one. */
  private static boolean isAmong(List<String> cookies, String line) {
    for (String cookie : cookies) {
      if (cookieName(cookie).equals(cookieName(line))) {
        return true;
      }
    }
    return false;
  }

  private static String cookieName(String line) {
    int equals = line.indexOf('=');
    return equals < 0 ? line : line.substring(0, equals);
  }

  /** Our other headers in place of those we wrote before. */
  private void replaceFields(
      List<HttpHeader> headers, Function<String, @Nullable HttpHeader> revert) {
    for (HttpHeader header : session) {
      String name = header.name();
      if (!name.equals(SET_COOKIE) && headers.stream().noneMatch(h -> h.name().equals(name))) {
        response.setHeader(name, null);
        HttpHeader reverted = isLine(header) ? revert.apply(name) : null;
        if (reverted != null) {
          response.setHeader(name, reverted.value());
        }
      }
    }
    for (HttpHeader header : headers) {
      if (!header.name().equals(SET_COOKIE)) {
        response.setHeader(header.name(), header.value());
      }
    }
  }

  /**
   * Our Cache-Control in place of what the response says, or nothing of ours beside what it says.
   *
   * @param value null to leave it to what the application chose
   */
  private void replaceCacheControl(@Nullable String value) {
    List<String> others = linesOfOthers(CACHE_CONTROL);
    if (value != null) {
      if (!others.isEmpty() || !response.containsHeader(CACHE_CONTROL)) {
        response.setHeader(CACHE_CONTROL, value);
        cacheControl = value;
      }
    } else if (cacheControl != null && !others.isEmpty()) {
      cacheControl = null;
      response.setHeader(CACHE_CONTROL, others.get(0));
      others.subList(1, others.size()).forEach(line -> response.addHeader(CACHE_CONTROL, line));
    }
  }

  private void addUnlessThere(HttpHeader vary) {
    if (!isVarying(vary.value())) {
      response.addHeader(VARY, vary.value());
    }
  }
}
