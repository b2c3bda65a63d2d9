package dev.madeleine.benchmarks.runner;

import java.lang.System.Logger.Level;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All contestants of one JVM, in turns: first until they are warm, then for the figures. */
public final class Interleaving {
  private static final int TURNS_IN_WINDOW = 30;
  private static final int MOST_CHECKS = 8;

  /** Without a JIT, as with {@code -Xint}, there is none to ask. */
  private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

  private final Effort effort;
  private final List<Lane> lanes;

  private Interleaving(Effort effort, List<? extends Contestant> contestants) {
    this.effort = effort;
    lanes = contestants.stream().map(Lane::new).toList();
  }

  /**
   * Measures contestants in the JVM of the caller, which is a fork, prints what was found, and ends
   * the JVM, whatever threads the contestants have.
   */
  public static void runAndExit(
      Effort effort, Callable<? extends List<? extends Contestant>> contestants) {
    int status = 1;
    try {
      readings(effort, contestants.call()).forEach(reading -> System.out.println(reading.line()));
      status = 0;
    } catch (Exception | LinkageError e) {
      System.getLogger(Interleaving.class.getName()).log(Level.ERROR, "the fork fails", e);
    }
    System.exit(status);
  }

  static List<Reading> readings(Effort effort, List<? extends Contestant> contestants)
      throws Exception {
    return new Interleaving(effort, contestants).run();
  }

  private List<Reading> run() throws Exception {
    warmUp();
    List<Lane> order = new ArrayList<>(lanes);
    for (int batch = 0; batch < effort.batches(); batch++) {
      for (Lane lane : order) {
        lane.measure(batch);
      }
      Collections.reverse(order); // What slowly gets faster or slower favours nobody.
    }
    Map<String, Lane> byName =
        lanes.stream().collect(Collectors.toMap(lane -> lane.contestant.name(), lane -> lane));
    return lanes.stream()
        .map(lane -> lane.reading(byName.get(String.valueOf(lane.contestant.unit()))))
        .toList();
  }

  /**
   * Gives windows to those who are not warm. When nobody needs one, all get one more, for a
   * contestant that warms up may make the JIT throw away what it compiled for another one.
   */
  private void warmUp() throws Exception {
    for (int checks = 0; checks < MOST_CHECKS; ) {
      List<Lane> cold = lanes.stream().filter(Lane::needsWarmUp).toList();
      for (Lane lane : cold.isEmpty() ? lanes : cold) {
        lane.warmUp();
      }
      if (cold.isEmpty()) {
        checks = lanes.stream().anyMatch(Lane::needsWarmUp) ? checks + 1 : MOST_CHECKS;
      }
    }
  }

  private static long jitNanos() {
    return JIT == null ? 0 : Duration.ofMillis(JIT.getTotalCompilationTime()).toNanos();
  }

  /** A contestant and what is known of it. */
  private final class Lane {
    private final Contestant contestant;
    private final WarmUp warmUp = new WarmUp(effort);
    private final double[] nanos = new double[effort.batches()];
    private final long[] bytes = new long[effort.batches()];
    private int invocations = 1;

    Lane(Contestant contestant) {
      this.contestant = contestant;
    }

    boolean needsWarmUp() {
      return !warmUp.isWarm() && !warmUp.isOver();
    }

    void warmUp() throws Exception {
      long jitNanos = jitNanos();
      long cpuNanos = 0;
      List<Double> turns = new ArrayList<>();
      long window = TURNS_IN_WINDOW * effort.batch().toNanos();
      do {
        Turn turn = contestant.take(invocations);
        cpuNanos += turn.cpuNanos();
        double each = (double) turn.cpuNanos() / invocations;
        turns.add(each);
        double fitting = effort.batch().toNanos() / Math.max(each, 1);
        invocations = (int) Math.max(1, Math.min(fitting, 2.0 * invocations));
      } while (cpuNanos < window);
      Collections.sort(turns);
      warmUp.add(turns.get(turns.size() / 10), cpuNanos, jitNanos() - jitNanos);
    }

    void measure(int batch) throws Exception {
      Turn turn = contestant.take(invocations);
      long operations = (long) invocations * contestant.operations();
      nanos[batch] = (double) turn.cpuNanos() / operations;
      bytes[batch] = turn.bytes() / operations;
    }

    Reading reading(@Nullable Lane unit) {
      Reading alone = Reading.of(contestant.name(), warmUp.isWarm(), nanos, bytes);
      return unit == null ? alone : alone.above(nanos, unit.nanos);
    }
  }
}
