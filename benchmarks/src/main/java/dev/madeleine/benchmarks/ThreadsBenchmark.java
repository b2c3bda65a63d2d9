package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One encoder in the hands of one thread, and of two at a time: what they wait for each other shows
 * in the CPU time of an operation, and in the time by the clock.
 *
 * <pre>benchmarks/run quick ThreadsBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls prepare.
public class ThreadsBenchmark {
  @Param({"SIGNED", "ENCRYPTED"})
  EncoderChoice encoder;

  private SessionEncoder plug;
  private SessionSnapshot decoded;
  private String encoded;

  /** Builds the one encoder, and checks that it reads what it wrote. */
  @Setup(Level.Trial)
  public void prepare() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    plug = encoder.with(secret);
    decoded = SampleSession.SMALL.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    encoded = plug.encode(decoded);
    SealCheck.require(plug.valid(encoded), "does not read what it wrote");
  }

  /** A session to text, by one thread. */
  @Benchmark
  @Threads(1)
  public String encodeByOne() {
    return plug.encode(decoded);
  }

  /** A session to text, by each of two threads. */
  @Benchmark
  @Threads(2)
  public String encodeByTwo() {
    return plug.encode(decoded);
  }

  /** Text to a session, by one thread. */
  @Benchmark
  @Threads(1)
  public Decoded decodeByOne() {
    return plug.decode(encoded);
  }

  /** Text to a session, by each of two threads. */
  @Benchmark
  @Threads(2)
  public Decoded decodeByTwo() {
    return plug.decode(encoded);
  }
}
