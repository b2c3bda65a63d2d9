package dev.madeleine.benchmarks;

import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session of 200 attributes, of which a request needs one.
 *
 * <pre>benchmarks/run quick AttributesBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class AttributesBenchmark {
  private static final int ATTRIBUTES = 200;
  private static final String ONE = name(ATTRIBUTES / 2);

  private Sessions sessions;
  private Function<String, @Nullable List<String>> request;
  private int changes;

  /** Builds the request, and checks that its session is read and changed. */
  @Setup(Level.Trial)
  public void prepare() {
    sessions = Sessions.of(KeyRing.signingWith(MasterKey.generate(new SecureRandom())));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String cookie =
        sessions
            .transport()
            .encoder()
            .encode(
                SessionSnapshot.of(attributes())
                    .withId(SampleSession.ID)
                    .withTimes(now, now)
                    .withMaxIdle(Duration.ofMinutes(30)));
    request = RequestBenchmark.request(sessions, cookie);
    SealCheck.require(loadGet().equals(attributes().get(ONE)), "the session is not read");
    SealCheck.require(
        loadPutSave().stream().anyMatch(header -> header.name().equals("Set-Cookie")),
        "the session is not changed");
  }

  static int jsonBytes() {
    return JsonSerializer.PLAIN.toBytes(attributes()).length;
  }

  private static Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < ATTRIBUTES; i++) {
      attributes.put(name(i), "v" + i);
    }
    return attributes;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "a%03d", number);
  }

  /** A page that looks at one attribute. */
  @Benchmark
  public Object loadGet() {
    return sessions.load(request).get(ONE, "");
  }

  /** A page that changes one attribute. */
  @Benchmark
  public List<HttpHeader> loadPutSave() {
    Session loaded = sessions.load(request);
    loaded.put(ONE, loaded.get(ONE, "") + (changes++ & 7));
    return sessions.save(loaded);
  }
}
