package dev.madeleine.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavingTest {
  private static final Effort SHORT =
      new Effort(
          "short", 1, 4, Duration.ofMillis(1), Duration.ofMillis(60), Duration.ofMillis(200), 1);

  private final List<String> turns = new ArrayList<>();

  /** A contestant whose invocations take what they say, without taking it. */
  private final class Fake implements Contestant {
    private final String name;
    private final int operations;
    private long nanos;
    private final double pace;

    Fake(String name, long nanos, int operations, double pace) {
      this.name = name;
      this.nanos = nanos;
      this.operations = operations;
      this.pace = pace;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int operations() {
      return operations;
    }

    @Override
    public Turn take(int invocations) {
      turns.add(name + " " + invocations);
      nanos = Math.max(1, Math.round(nanos * pace));
      return new Turn(nanos * invocations, 100L * invocations);
    }
  }

  @Test
  void takesTurnsOfTheSameLengthInAnOrderThatFavoursNobody() throws Exception {
    List<Reading> readings =
        Interleaving.readings(
            SHORT, List.of(new Fake("a", 1000, 1, 1), new Fake("b", 20_000, 10, 1)));

    assertThat(turns.subList(turns.size() - 8, turns.size()))
        .containsExactly("a 1000", "b 50", "b 50", "a 1000", "a 1000", "b 50", "b 50", "a 1000");
    assertThat(readings)
        .containsExactly(
            new Reading("a", true, 1000, 1000, 100), new Reading("b", true, 2000, 2000, 10));
  }

  @Test
  void doesNotTrustAContestantThatGetsFasterAndFaster() throws Exception {
    List<Reading> readings =
        Interleaving.readings(SHORT, List.of(new Fake("a", 20_000_000, 1, 0.9)));

    assertThat(readings).noneMatch(Reading::warm);
  }
}
