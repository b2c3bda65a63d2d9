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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request costs whose session does not count, beside one whose session does: through the
 * filter, to a page that looks at a session if there is one. Each request has another cookie.
 *
 * <pre>benchmarks/run quick VisitBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class VisitBenchmark {
  private static final int VISITORS = 1024;
  private static final String THEME = "theme=dark";

  @Param Visit visit;

  @Param({"SIGNED", "ENCRYPTED"})
  EncoderChoice encoder;

  private final List<List<String>> cookies = new ArrayList<>(VISITORS);
  private final FakeExchange exchange = new FakeExchange(List.of());
  private SessionFilter filter;
  private int next;
  private int views;

  private final FilterChain page =
      (request, response) -> {
        HttpSession session = ((HttpServletRequest) request).getSession(false);
        views = session == null ? -1 : (Integer) session.getAttribute(SampleSession.VIEWS);
      };

  /** Builds the cookies, and checks that exactly the good sessions count. */
  @Setup(Level.Trial)
  public void prepare() throws IOException, ServletException {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    Sessions sessions =
        encoder == EncoderChoice.ENCRYPTED ? Sessions.encrypted(keys) : Sessions.of(keys);
    filter = new SessionFilter(sessions);
    Random random = new Random(1);
    for (int i = 0; i < VISITORS; i++) {
      cookies.add(
          List.of(
              visit
                  .value(sessions.transport().encoder(), random)
                  .map(value -> THEME + "; " + sessions.transport().name() + "=" + value)
                  .orElse(THEME)));
      String setCookie = request();
      SealCheck.require(views == (visit == Visit.GOOD ? 42 : -1), "another session");
      SealCheck.require(
          (visit == Visit.EXPIRED) == (setCookie != null), "only what has expired is taken back");
    }
  }

  /** One request through the filter. */
  @Benchmark
  public @Nullable String request() throws IOException, ServletException {
    next = next + 1 < cookies.size() ? next + 1 : 0;
    exchange.recycle(cookies.get(next));
    filter.doFilter(exchange.request, exchange.response, page);
    return exchange.setCookie();
  }
}
