package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
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
 * What it costs to turn a bad cookie away, beside what it costs to accept a good one.
 *
 * <pre>benchmarks/run quick RejectionBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls prepare.
public class RejectionBenchmark {
  @Param Arrival arrival;

  @Param({"SIGNED", "ENCRYPTED"})
  EncoderChoice encoder;

  @Param SampleSession session;

  private SessionEncoder plug;
  private String text;

  /** Builds what comes, and checks that it is rejected for the reason that it stands for. */
  @Setup(Level.Trial)
  public void prepare() {
    plug = encoder.with(TextBenchmark.newSecret());
    SessionSnapshot sealed = session.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    text = arrival.text(plug, encoder.with(TextBenchmark.newSecret()), sealed);
    SealCheck.require(
        text.length() == plug.encode(sealed).length(), "another length than the good text");
    Decoded decoded = plug.decode(text);
    SealCheck.require(
        decoded instanceof Rejected rejected
            ? rejected.reason() == arrival.reason()
            : arrival.reason() == null,
        "not rejected, or for another reason");
  }

  /** Text to a session, or to the news that it is none. */
  @Benchmark
  public Decoded decode() {
    return plug.decode(text);
  }
}
