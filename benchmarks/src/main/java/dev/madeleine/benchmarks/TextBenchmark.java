package dev.madeleine.benchmarks;

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
 * A session to signed text and back: the whole cost of a stateless session apart from HTTP.
 *
 * <pre>benchmarks/run quick TextBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class TextBenchmark {
  @Param Contender contender;
  @Param SampleSession session;

  private SignedText text;
  private SessionSnapshot decoded;
  private String encoded;

  /** Builds key, parser and input, and checks that the contender does its work. */
  @Setup(Level.Trial)
  public void prepare() {
    text = contender.signingWith(newSecret());
    decoded = session.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    encoded = text.encode(decoded);
    SealCheck.pass(text, contender.signingWith(newSecret()), decoded);
  }

  /** A key of 32 random bytes. */
  static byte[] newSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** A session to text. */
  @Benchmark
  public String encode() {
    return text.encode(decoded);
  }

  /** Text to a session. */
  @Benchmark
  public Object decode() {
    return text.decode(encoded);
  }
}
