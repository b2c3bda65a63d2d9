package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.SameAsJackson.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@link JsonSerializer#PLAIN} against {@link JacksonOracle}, on random sessions and on texts that
 * are nearly right.
 *
 * <p>Each round has a seed of its own, which a failure shows: {@code
 * -Dmadeleine.differential.rounds=1 -Dmadeleine.differential.seed=…} replays it alone.
 */
final class DifferentialTest {
  private static final int ROUNDS = Integer.getInteger("madeleine.differential.rounds", 20_000);
  private static final long SEED = Long.getLong("madeleine.differential.seed", 8259);

  /** As many rounds as show whether the input is of all kinds. */
  private static final int MANY = 10_000;

  private static final Path FOUND =
      Path.of("src/test/resources/dev/madeleine/json/JsonFuzzTestInputs");

  @Test
  void sessionsAreWrittenAndReadBackAsByJackson() {
    Map<Outcome, Integer> outcomes =
        rounds(random -> SameAsJackson.writesAlike(new RandomSessions(random).next()));
    if (ROUNDS >= MANY) {
      assertThat(outcomes.get(Outcome.ACCEPTED)).isGreaterThan(ROUNDS / 2);
      assertThat(outcomes.get(Outcome.REFUSED)).isGreaterThan(ROUNDS / 50);
    }
  }

  @Test
  void textsAreAcceptedOrRefusedAsByJackson() {
    List<byte[]> examples = JsonGrammarTest.texts();
    Map<Outcome, Integer> outcomes =
        rounds(random -> SameAsJackson.readsAlike(new RandomTexts(random, examples).next()));
    if (ROUNDS >= MANY) {
      assertThat(outcomes.get(Outcome.ACCEPTED)).isGreaterThan(ROUNDS / 5);
      assertThat(outcomes.get(Outcome.UNREADABLE_IN_PART)).isGreaterThan(ROUNDS / 100);
      assertThat(outcomes.get(Outcome.REFUSED)).isGreaterThan(ROUNDS / 5);
    }
  }

  @Test
  void whatJazzerOnceFoundIsReadAsByJackson() throws IOException {
    int found = 0;
    try (Stream<Path> files = Files.walk(FOUND)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        SameAsJackson.readsAlike(Files.readAllBytes(file));
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  private static Map<Outcome, Integer> rounds(Function<RandomGenerator, Outcome> round) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      try {
        outcomes.merge(round.apply(new SplittableRandom(seed)), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed %s: %s".formatted(seed, e.getMessage()), e);
      }
    }
    return outcomes;
  }
}
