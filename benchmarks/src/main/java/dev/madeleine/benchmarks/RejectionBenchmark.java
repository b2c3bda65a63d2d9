package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
 * What it costs to turn a bad cookie away, beside what it costs to accept a good one. Each text has
 * random bytes of its own, where it has any.
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
  private static final int TEXTS = 256;

  @Param Arrival arrival;

  @Param({"SIGNED", "ENCRYPTED"})
  EncoderChoice encoder;

  @Param SampleSession session;

  private final List<String> texts = new ArrayList<>(TEXTS);
  private SessionEncoder plug;
  private int next;

  /** Builds what comes, and checks that it is rejected for the reason that it stands for. */
  @Setup(Level.Trial)
  public void prepare() {
    plug = encoder.with(TextBenchmark.newSecret());
    SessionSnapshot sealed = session.sealedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    SessionEncoder other = encoder.with(TextBenchmark.newSecret());
    Random random = new Random(1);
    for (int i = 0; i < TEXTS; i++) {
      String text = arrival.text(plug, other, sealed, random);
      SealCheck.require(
          text.length() == plug.encode(sealed).length(), "another length than the good text");
      Decoded decoded = plug.decode(text);
      SealCheck.require(
          decoded instanceof Rejected rejected
              ? rejected.reason() == arrival.reason()
              : arrival.reason() == null,
          "not rejected, or for another reason");
      texts.add(text);
    }
  }

  /** Text to a session, or to the news that it is none. */
  @Benchmark
  public Decoded decode() {
    next = next + 1 < texts.size() ? next + 1 : 0;
    return plug.decode(texts.get(next));
  }
}
