package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * What older keys in the ring cost: nothing, if each text names its key.
 *
 * <pre>benchmarks/run quick KeyRingBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls prepare.
public class KeyRingBenchmark {
  @Param({"1", "16"})
  int keys;

  private SessionEncoder encoder;
  private SessionSnapshot decoded;
  private String bySigningKey;
  private String byOldestKey;

  /** Builds the ring and a text of its first and its last key, and checks that both are read. */
  @Setup(Level.Trial)
  public void prepare() {
    SecureRandom random = new SecureRandom();
    MasterKey signing = MasterKey.generate(random);
    MasterKey[] older =
        Stream.generate(() -> MasterKey.generate(random))
            .limit(keys - 1L)
            .toArray(MasterKey[]::new);
    MasterKey oldest = keys == 1 ? signing : older[keys - 2];
    encoder = signed(KeyRing.signingWith(signing).alsoAccepting(older));
    decoded = SampleSession.SMALL.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    bySigningKey = encoder.encode(decoded);
    byOldestKey = signed(KeyRing.signingWith(oldest)).encode(decoded);
    check(decode(), signing);
    check(decodeOldest(), oldest);
  }

  private static SessionEncoder signed(KeyRing ring) {
    return NativeEncoder.signed(() -> ring, "session").withName("__Host-session");
  }

  private void check(Decoded read, MasterKey key) {
    SealCheck.require(
        read instanceof Accepted accepted
            && key.id().equals(accepted.keyId())
            && accepted.snapshot().attributes().equals(decoded.attributes()),
        "not read, or with another key");
  }

  /** A session to text. */
  @Benchmark
  public String encode() {
    return encoder.encode(decoded);
  }

  /** What the signing key sealed, to a session. */
  @Benchmark
  public Decoded decode() {
    return encoder.decode(bySigningKey);
  }

  /** What the last key of the ring sealed, to a session. */
  @Benchmark
  public Decoded decodeOldest() {
    return encoder.decode(byOldestKey);
  }
}
