package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that hear of new keys late, each at another time, and a client that counts. */
class TwoNodesTest {
  private static final Duration PROPAGATION = Duration.ofSeconds(10);
  private static final int ANSWERS = 20_000;

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock();
  private final Random random = new Random(7);

  /** A node whose next look at the file comes within the propagation time. */
  private final class Node {
    private final ReloadingKeys keys =
        ReloadingKeys.from(KeySource.file(folder.resolve("keys.json")))
            .every(Duration.ofDays(1)) // The test looks itself.
            .clock(clock)
            .listener(event -> {})
            .start();
    private final Sessions sessions =
        Sessions.builder(keys)
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(event -> {})
            .build();
    private long nextLook;

    /** One answer; returns the count that it tells. */
    int answer(List<String> cookies, long second) {
      if (second >= nextLook) {
        keys.refresh();
        nextLook = second + 1 + random.nextInt((int) PROPAGATION.toSeconds() - 1);
      }
      Session session = sessions.load(name -> name.equals("Cookie") ? List.copyOf(cookies) : null);
      int count = session.get("count", 0) + 1;
      session.put("count", count);
      for (HttpHeader header : sessions.save(session)) {
        if (header.name().equals("Set-Cookie")) {
          cookies.clear();
          cookies.add(header.value().substring(0, header.value().indexOf(';')));
        }
      }
      return count;
    }
  }

  /** How many of the answers did not know what had been counted before. */
  private int lost(Duration propagation) throws IOException {
    KeyRingFile file = KeyRingFile.at(folder.resolve("keys.json"), clock);
    SecureRandom keys = Fixtures.counting();
    file.create(KeySchedule.startingWith(LIFE, NOON, keys));
    List<Node> nodes = List.of(new Node(), new Node());
    List<String> cookies = new ArrayList<>();
    int lost = 0;
    int last = 0;
    for (int i = 0; i < ANSWERS; i++) {
      if (i % 100 == 99) {
        clock.forward(Duration.ofSeconds(1));
      }
      if (i % 700 == 350) {
        file.edit(ring -> ring.rotate(propagation, clock.instant(), keys));
      }
      int count = nodes.get(random.nextInt(2)).answer(cookies, i / 100);
      lost += count == last + 1 ? 0 : 1;
      last = count;
    }
    nodes.forEach(node -> node.keys.close());
    return lost;
  }

  @Test
  void loseNoSessionWhenAKeyIsAcceptedEverywhereBeforeItSigns() throws IOException {
    assertThat(lost(PROPAGATION)).isZero();
  }

  @Test
  void loseSessionsWhenAKeySignsAtOnce() throws IOException {
    assertThat(lost(Duration.ZERO)).as("the test can see the fault").isPositive();
  }
}
