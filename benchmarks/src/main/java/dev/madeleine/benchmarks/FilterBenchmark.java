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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
 * What the servlet filter alone adds to a request, without a container.
 *
 * <pre>benchmarks/run quick FilterBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls prepare.
public class FilterBenchmark {
  /** What the application behind the filter does with its session. */
  public enum Application implements FilterChain {
    /** Never asks for it. */
    UNTOUCHED {
      @Override
      public void use(HttpServletRequest request) {}
    },
    /** Looks at one attribute. */
    READ {
      @Override
      public void use(HttpServletRequest request) {
        views(request.getSession());
      }
    },
    /** Looks at one list, which it might have changed. */
    READLIST {
      @Override
      public void use(HttpServletRequest request) {
        SealCheck.require(
            request.getSession().getAttribute("roles") instanceof List<?>, "the list is not read");
      }
    },
    /** Changes one attribute. */
    CHANGE {
      @Override
      public void use(HttpServletRequest request) {
        HttpSession session = request.getSession();
        session.setAttribute(SampleSession.VIEWS, views(session) + 1);
      }
    },
    /** Changes one attribute five times. */
    CHANGE5 {
      @Override
      public void use(HttpServletRequest request) {
        HttpSession session = request.getSession();
        for (int i = 0; i < 5; i++) {
          session.setAttribute(SampleSession.VIEWS, views(session) + 1);
        }
      }
    };

    public abstract void use(HttpServletRequest request);

    @Override
    public void doFilter(
        jakarta.servlet.ServletRequest request, jakarta.servlet.ServletResponse r) {
      use((HttpServletRequest) request);
    }

    private static int views(HttpSession session) {
      return session.getAttribute(SampleSession.VIEWS) instanceof Integer views ? views : -1;
    }
  }

  @Param Application application;

  private SessionFilter filter;
  private FakeExchange exchange;

  /** Builds filter and request, and checks that the application's use has its effect. */
  @Setup(Level.Trial)
  public void prepare() throws IOException, ServletException {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    Sessions sessions = Sessions.of(keys);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String good = sessions.transport().encoder().encode(SampleSession.SMALL.sealedAt(now));
    filter = new SessionFilter(sessions);
    exchange = new FakeExchange(List.of("theme=dark; " + sessions.transport().name() + "=" + good));
    String cookie = request();
    boolean changes = application.name().startsWith("CHANGE");
    SealCheck.require(changes == (cookie != null), "a cookie is there if and only if it changed");
  }

  /** One request through the filter. */
  @Benchmark
  public @Nullable String request() throws IOException, ServletException {
    exchange.recycle();
    filter.doFilter(exchange.request, exchange.response, application);
    return exchange.setCookie();
  }
}
