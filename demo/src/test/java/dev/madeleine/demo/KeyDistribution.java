package dev.madeleine.demo;

import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operator of a {@link ChaosRun}: rotates the keys again and again, and brings the key ring
 * file to each node after a time of its own.
 */
final class KeyDistribution {
  /**
   * The propagation time that is long enough here: the copy, the look of the node, and a reserve.
   */
  static final Duration ENOUGH = Duration.ofSeconds(4);

  private static final Duration LONGEST_COPY = Duration.ofSeconds(3);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Short, so that keys become late, end and are pruned during a run. */
  private static final Duration LONGEST_SESSION = Duration.ofSeconds(30);

  private static final InstantSource CLOCK = InstantSource.system();

  private final ChaosRun run;
  private final KeyRingFile source;
  private final List<ChaosNode> nodes;
  private final Duration propagation;
  private final Random random;
  private final SecureRandom secrets = new SecureRandom();
  private final AtomicInteger rotations = new AtomicInteger();

  /** A first key, which every node has. */
  KeyDistribution(
      ChaosRun run, Path folder, List<ChaosNode> nodes, Duration propagation, Random random)
      throws IOException {
    this.run = run;
    this.nodes = nodes;
    this.propagation = propagation;
    this.random = random;
    source = KeyRingFile.at(folder.resolve("keys.json"), CLOCK);
    source.create(KeySchedule.startingWith(LONGEST_SESSION, CLOCK.instant(), secrets));
    for (ChaosNode node : nodes) {
      node.receive(Files.readAllBytes(source.path()));
    }
  }

  /** Begins to rotate. */
  void start() {
    run.after(pause(), this::rotate);
  }

  /** How many rotations there were. */
  int rotations() {
    return rotations.get();
  }

  private void rotate() throws IOException {
    Instant now = CLOCK.instant();
    source.edit(schedule -> schedule.rotate(propagation, now, secrets).prune(now));
    rotations.incrementAndGet();
    for (ChaosNode node : nodes) {
      Instant arrival = now.plus(ChaosRun.between(random, Duration.ZERO, LONGEST_COPY));
      run.after(Duration.between(CLOCK.instant(), arrival), () -> copyTo(node, now));
    }
    run.after(pause(), this::rotate);
  }

  /** Brings the file as it is now: it may be newer than the rotation that the copy is for. */
  private void copyTo(ChaosNode node, Instant rotation) throws IOException {
    node.receive(Files.readAllBytes(source.path()));
    Duration took = Duration.between(rotation, CLOCK.instant());
    if (took.plus(ChaosNode.POLL).compareTo(ENOUGH) > 0) {
      throw new AssertionError(
          "the machine is too busy for this run: a copy to node %s took %s, at most %s were planned"
              .formatted(node, took, LONGEST_COPY));
    }
  }

  private Duration pause() {
    return ChaosRun.between(random, SHORTEST_PAUSE, LONGEST_PAUSE);
  }
}
