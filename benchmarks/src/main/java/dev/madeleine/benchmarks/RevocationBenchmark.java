package dev.madeleine.benchmarks;

import dev.madeleine.ApplicationKey;
import dev.madeleine.Revocation;
import dev.madeleine.Revocation.Stamp;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * What it costs a request to learn that its session has not been revoked, among 500,000 marks,
 * beside one {@link HashMap#get} of the same size that finds nothing: of one session again and
 * again, and of one of 65,536 each time, whose places in memory are not in a cache of the
 * processor.
 *
 * <pre>benchmarks/run quick RevocationBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls prepare.
public class RevocationBenchmark {
  private static final int MARKS = 500_000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** How many sessions are asked about in turn; a power of two. */
  @Param({"1", "65536"})
  int sessions;

  private Revocation revocation;
  private Stamp[] stamps;
  private Map<Long, Long> map;
  private Long[] keys;
  private int turn;

  /** Revokes half a million logins and fills the map. */
  @Setup(Level.Trial)
  public void prepare() {
    Random random = new Random(7);
    revocation =
        SessionPolicy.defaults().withClock(() -> NOW).withRevocationInMemory(MARKS).revocation();
    map = new HashMap<>();
    for (int i = 0; i < MARKS; i++) {
      Instant created = NOW.minusMillis(random.nextInt(43_000_000));
      revocation.revokeSession(stamp(i, created), NOW.plusSeconds(86_400));
      map.put(random.nextLong(), random.nextLong());
    }
    stamps = new Stamp[sessions];
    keys = new Long[sessions];
    for (int i = 0; i < sessions; i++) {
      stamps[i] = stamp(MARKS + i, NOW.minusMillis(random.nextInt(43_000_000)));
      keys[i] = random.nextLong();
    }
    SealCheck.require(!revocation.isRevoked(stamps[0]), "a session that nobody ended");
  }

  private static Stamp stamp(int user, Instant created) {
    List<ApplicationKey> none = List.of();
    return new Stamp("0".repeat(32), created, Subject.of("user " + user, 0), none);
  }

  private int next() {
    turn = (turn + 1) & (sessions - 1);
    return turn;
  }

  /** Whether a session of a user has been ended. */
  @Benchmark
  public boolean isRevoked() {
    return revocation.isRevoked(stamps[next()]);
  }

  /** What it takes to look at the session alone, which a request has read a moment before. */
  @Benchmark
  public long stamp() {
    Stamp stamp = stamps[next()];
    Subject subject = Objects.requireNonNull(stamp.subject());
    return HexFormat.fromHexDigitsToLong(subject.hash())
        + stamp.created().toEpochMilli()
        + stamp.keys().size();
  }

  /** The yardstick. */
  @Benchmark
  public boolean hashMap() {
    return map.get(keys[next()]) != null;
  }
}
