package dev.madeleine.benchmarks;

import dev.madeleine.CookieOptions;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Session;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * A session in as many cookies as it needs: two, or sixteen.
 *
 * <pre>benchmarks/run quick ChunksBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class ChunksBenchmark {
  private static final int LIMIT = 65_536;
  private static final int BYTES_PER_LINE = 480;

  /** Of text in the session: 3 KB of JSON, and 47 KB. */
  @Param({"6", "98"})
  int lines;

  private Sessions sessions;
  private Function<String, @Nullable List<String>> request;

  /** Builds the request, and checks that its session is read and changed. */
  @Setup(Level.Trial)
  public void prepare() {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    SessionTransport transport =
        SessionTransport.chunked(
            CookieOptions.defaults(), NativeEncoder.signed(() -> keys, "session"), LIMIT);
    sessions = Sessions.builder(transport).build();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    request =
        request(
            transport.write(
                SessionSnapshot.of(attributes(lines))
                    .withId(SampleSession.ID)
                    .withTimes(now, now)
                    .withMaxIdle(Duration.ofMinutes(30))));
    SealCheck.require(loadGet().equals(42), "the session is not read");
    Session changed = sessions.load(request(loadPutSave()));
    SealCheck.require(changed.get(SampleSession.VIEWS, 0) == 43, "the change is not there");
  }

  static int jsonBytes(int lines) {
    return JsonSerializer.PLAIN.toBytes(attributes(lines)).length;
  }

  private static Map<String, Object> attributes(int lines) {
    Map<String, Object> attributes = SampleSession.SMALL.attributes();
    String line = "Notes on the Analytical Engine. ".repeat(BYTES_PER_LINE / 32);
    attributes.put("draft", Collections.nCopies(lines, line));
    return attributes;
  }

  /** The cookies that are set, sent back. */
  private static Function<String, @Nullable List<String>> request(List<HttpHeader> response) {
    String cookies =
        response.stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(header -> header.value().substring(0, header.value().indexOf(';')))
            .filter(cookie -> !cookie.endsWith("="))
            .collect(Collectors.joining("; "));
    List<String> lines = List.of(cookies);
    return name -> name.equals("Cookie") ? lines : null;
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
}
