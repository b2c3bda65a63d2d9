package dev.madeleine.benchmarks;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

/**
 * The program that {@link StartBenchmark} starts: sessions, a filter, a login, and a page that
 * reads the session. It says when it has answered, and ends with its standard input.
 */
public final class FirstAnswer {
  /** What it says then. */
  static final String DONE = "answered";

  private static final FilterChain LOGIN =
      (request, response) -> {
        HttpSession session = ((HttpServletRequest) request).getSession();
        SampleSession.SMALL.attributes().forEach(session::setAttribute);
      };

  private static final FilterChain PAGE =
      (request, response) ->
          SealCheck.require(
              Integer.valueOf(42)
                  .equals(
                      ((HttpServletRequest) request)
                          .getSession()
                          .getAttribute(SampleSession.VIEWS)),
              "the session is lost");

  private FirstAnswer() {}

  /** Answers, and waits for the end of standard input. */
  public static void main(String... arguments) throws IOException, ServletException {
    SessionFilter filter =
        new SessionFilter(Sessions.of(KeyRing.signingWith(MasterKey.generate(new SecureRandom()))));
    FakeExchange exchange = new FakeExchange(List.of());
    filter.doFilter(exchange.request, exchange.response, LOGIN);
    String setCookie = Objects.requireNonNull(exchange.setCookie(), "no cookie after the login");
    exchange.recycle(List.of(setCookie.substring(0, setCookie.indexOf(';'))));
    filter.doFilter(exchange.request, exchange.response, PAGE);
    System.out.println(DONE);
    while (System.in.read() >= 0) {
      // Nobody writes anything; the end is what counts.
    }
  }
}
