package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * The same sessions through each of our encoders.
 *
 * <pre>benchmarks/run encoders</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class EncoderBenchmark {
  @Param EncoderChoice encoder;
  @Param SampleSession session;

  private SessionEncoder plug;
  private SessionSnapshot decoded;
  private String encoded;

  /** Builds key, encoder and input, and checks that the encoder does its work. */
  @Setup(Level.Trial)
  public void prepare() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    plug = encoder.with(secret);
    decoded = session.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    encoded = plug.encode(decoded);
    SealCheck.require(
        plug.decode(encoded) instanceof Accepted accepted
            && accepted.snapshot().attributes().equals(decoded.attributes()),
        "the attributes do not come back");
    SealCheck.require(
        !plug.valid(SealCheck.changed(encoded, encoded.length() / 2)), "takes a changed text");
  }

  /** A session to text. */
  @Benchmark
  public String encode() {
    return plug.encode(decoded);
  }

  /** Text to a session. */
  @Benchmark
  public Decoded decode() {
    return plug.decode(encoded);
  }
}
