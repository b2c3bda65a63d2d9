package dev.madeleine.benchmarks;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The program that {@link Tracer} watches. It sends the same request through the filter again and
 * again; the application reads the only attribute of its session, a string, and changes it.
 */
final class TracedRequest {
  /** The name of the method that sends the last request, which is the recorded one. */
  static final String LAST = "sendLast";

  private static final String ATTRIBUTE = "locale";
  private static final FilterChain CREATE =
      (request, response) ->
          ((HttpServletRequest) request).getSession().setAttribute(ATTRIBUTE, "en-GB");
  private static final FilterChain CHANGE =
      (request, response) -> {
        HttpSession session = ((HttpServletRequest) request).getSession();
        SealCheck.require("en-GB".equals(session.getAttribute(ATTRIBUTE)), "the session is lost");
        session.setAttribute(ATTRIBUTE, "fr-FR");
      };

  private final SessionFilter filter;

  private TracedRequest(SessionFilter filter) {
    this.filter = filter;
  }

  /**
   * Creates the session, warms up and sends the last request.
   *
   * @param warmUp the number of requests before the last one
   */
  public static void main(String... warmUp) throws IOException, ServletException {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    // A request that sees the next second begin writes its cookie twice, so time stands still.
    InstantSource clock = InstantSource.fixed(Instant.now());
    Sessions sessions =
        Sessions.builder(keys).policy(SessionPolicy.defaults().withClock(clock)).build();
    TracedRequest traced = new TracedRequest(new SessionFilter(sessions));

    String created = traced.send(new FakeExchange(List.of()), CREATE);
    FakeExchange exchange = new FakeExchange(List.of(created.substring(0, created.indexOf(';'))));
    for (int i = 0; i < Integer.parseInt(warmUp[0]); i++) {
      traced.send(exchange, CHANGE);
    }
    traced.sendLast(exchange);
  }

  private void sendLast(FakeExchange exchange) throws IOException, ServletException {
    send(exchange, CHANGE);
  }

  /** Sends a request and returns its {@code Set-Cookie}. */
  private String send(FakeExchange exchange, FilterChain application)
      throws IOException, ServletException {
    exchange.recycle();
    filter.doFilter(exchange.request, exchange.response, application);
    String cookie = exchange.setCookie();
    if (cookie == null) {
      throw new IllegalStateException("the changed session was not sent");
    }
    return cookie;
  }
}
