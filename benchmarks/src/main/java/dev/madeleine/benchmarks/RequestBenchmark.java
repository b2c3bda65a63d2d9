package dev.madeleine.benchmarks;

import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one request costs an application that uses {@link Sessions} without servlets.
 *
 * <pre>benchmarks/run quick RequestBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls prepare.
public class RequestBenchmark {
  @Param SampleSession session;

  private Sessions sessions;
  private Function<String, @Nullable List<String>> request;
  private List<?> list = List.of();

  /** Builds the request, and checks that its session is read, changed and protected. */
  @Setup(Level.Trial)
  public void prepare() {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    sessions = Sessions.of(keys);
    String good =
        sessions
            .transport()
            .encoder()
            .encode(session.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    request = request(sessions, good);
    check(good);
  }

  /** A page that looks at the session. */
  @Benchmark
  public Object loadGet() {
    return sessions.load(request).get(SampleSession.VIEWS, 0);
  }

  /** A page that changes the session. */
  @Benchmark
  public List<HttpHeader> loadPutSave() {
    Session loaded = sessions.load(request);
    loaded.put(SampleSession.VIEWS, loaded.get(SampleSession.VIEWS, 0) + 1);
    return sessions.save(loaded);
  }

  /** A page that looks at a list and hands it out, so that it might have been changed. */
  @Benchmark
  public List<HttpHeader> loadListSave() {
    Session loaded = sessions.load(request);
    list = loaded.get(session.listName(), List.of());
    return sessions.save(loaded);
  }

  private void check(String good) {
    Object views = loadGet();
    SealCheck.require(views.equals(42), "the session is not read");
    SealCheck.require(
        loadListSave().stream().noneMatch(header -> header.name().equals("Set-Cookie"))
            && list.equals(session.attributes().get(session.listName())),
        "the list is not read, or was changed");
    String setCookie =
        loadPutSave().stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(HttpHeader::value)
            .findFirst()
            .orElse("");
    String changed = setCookie.replaceAll("^[^=]*=|;.*$", "");
    SealCheck.require(
        sessions.load(request(sessions, changed)).get(SampleSession.VIEWS, 0) == 43,
        "the change is not in the new cookie");
    String forged = SealCheck.changed(good, good.length() / 2);
    SealCheck.require(sessions.load(request(sessions, forged)).isNew(), "takes a changed cookie");
  }

  /** The header lines of a request with this session and another cookie. */
  static Function<String, @Nullable List<String>> request(Sessions sessions, String cookie) {
    List<String> lines = List.of("theme=dark; " + sessions.transport().name() + "=" + cookie);
    return name -> name.equals("Cookie") ? lines : null;
  }
}
