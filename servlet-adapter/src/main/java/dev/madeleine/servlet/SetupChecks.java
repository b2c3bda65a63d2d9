package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.HttpHeader;
import dev.madeleine.SessionEvent;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Signs in requests that the filter is set up in a way in which sessions get lost. Each is reported
 * once.
 */
final class SetupChecks {
  /** What proxies add, and no browser. */
  private static final List<String> OF_PROXIES =
      List.of(
          "Forwarded",
          "X-Forwarded-Proto",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Ssl",
          "X-Real-IP",
          "Front-End-Https",
          "Via");

  private final AtomicBoolean containerSession = new AtomicBoolean();

  /** Whether it is known that cookies arrive, or reported that they do not. */
  private final AtomicBoolean transportSettled = new AtomicBoolean();

  /** The first use of the session of a request. */
  void onUse(Exchange exchange, HttpServletRequest request) {
    if (!containerSession.get()
        && ofContainer(request).getSession(false) != null
        && !containerSession.getAndSet(true)) {
      exchange.report(
          question(
              exchange,
              "the container's own session is in use beside this one: something before the session"
                  + " filter asks for a session; map the session filter before it"));
    }
  }

  /** A response gets these headers of the session. */
  void onHeaders(
      Exchange exchange,
      HttpServletRequest request,
      @Nullable CookieOptions cookie,
      List<HttpHeader> headers) {
    if (transportSettled.get() || cookie == null || !cookie.isSecure() || request.isSecure()) {
      return;
    }
    if (!areStoring(headers) || isLoopback(request.getServerName())) {
      return;
    }
    if (!transportSettled.getAndSet(true) && !isBehindTls(request)) {
      exchange.report(
          question(
              exchange,
              "a cookie with Secure was sent over plain http, where browsers drop it, on another"
                  + " host than localhost: serve https, let a proxy that ends TLS send"
                  + " X-Forwarded-Proto, or, in development, call forPlainHttpDevelopment() of the"
                  + " builder or set plainHttpDevelopment=true"));
    }
  }

  private static boolean areStoring(List<HttpHeader> headers) {
    for (HttpHeader header : headers) {
      if (header.name().equals("Set-Cookie") && !header.value().contains("; Max-Age=0;")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the client may well have used https: a proxy says something, or a browser does. It
   * sends Sec-Fetch-Site to origins that it trusts only.
   */
  private static boolean isBehindTls(HttpServletRequest request) {
    return OF_PROXIES.stream().anyMatch(name -> request.getHeader(name) != null)
        || request.getHeader("Sec-Fetch-Site") != null
        || startsWithHttps(request.getHeader("Origin"))
        || startsWithHttps(request.getHeader("Referer"));
  }

  private static boolean startsWithHttps(@Nullable String url) {
    return url != null && url.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.matches("127(\\.\\d+){3}")
        || name.matches("\\[?(0{0,4}:){2,7}0{0,3}1\\]?");
  }

  private static SessionEvent question(Exchange exchange, String what) {
    return new SessionEvent.SetupQuestionable(exchange.cookieName(), what);
  }

  /** The request of the container, which knows its own sessions. */
  private static HttpServletRequest ofContainer(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner instanceof HttpServletRequest http ? http : request;
  }
}
