package dev.madeleine.benchmarks;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What names cost that were never seen before: as many sessions, each of which is read in its turn,
 * with the same names in all or with other names in each.
 *
 * <pre>benchmarks/run quick NamesBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class NamesBenchmark {
  /** More than the names that any table of known ones keeps. */
  private static final int SESSIONS = 8192;

  private static final int PAGES = 2048;

  @Param Names names;

  private Sessions sessions;
  private final List<Function<String, @Nullable List<String>>> requests = new ArrayList<>(SESSIONS);
  private int next;

  /** Builds the requests, and checks that the session of each is read. */
  @Setup(Level.Trial)
  public void prepare() {
    sessions = Sessions.of(KeyRing.signingWith(MasterKey.generate(new SecureRandom())));
    SessionEncoder encoder = sessions.transport().encoder();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < SESSIONS; i++) {
      SessionSnapshot session =
          SessionSnapshot.of(names.attributes(i))
              .withId(SampleSession.ID)
              .withTimes(now, now)
              .withMaxIdle(Duration.ofMinutes(30));
      requests.add(RequestBenchmark.request(sessions, encoder.encode(session)));
    }
    SealCheck.require(loadGet() == 42 * PAGES, "the session is not read");
  }

  /**
   * Many pages that look at the session: a table of names may cost most when it is full, and the
   * time of a single page would depend on that.
   */
  @Benchmark
  @OperationsPerInvocation(PAGES)
  public int loadGet() {
    int views = 0;
    for (int page = 0; page < PAGES; page++) {
      next = next + 1 < requests.size() ? next + 1 : 0;
      views += sessions.load(requests.get(next)).get(SampleSession.VIEWS, 0);
    }
    return views;
  }
}
