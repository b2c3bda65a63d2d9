package dev.madeleine.benchmarks.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What all forks found of a contestant. Only forks in which it was warm count, if there are any.
 *
 * @param name the contestant's
 * @param forks one reading each
 */
public record Measurement(String name, List<Reading> forks) {
  /** How far the two best forks may be from each other. */
  private static final double TRUSTED_SPREAD = 0.1;

  /** Checks that there is a reading. */
  public Measurement {
    if (forks.isEmpty()) {
      throw new IllegalArgumentException(name + " has no reading");
    }
    forks = List.copyOf(forks);
  }

  /** CPU nanoseconds of an operation in the fastest turn of all forks. */
  public double leastNanos() {
    return best().leastNanos();
  }

  /** The same at the tenth percentile of that fork's turns. */
  public double tenthNanos() {
    return best().tenthNanos();
  }

  /** Bytes that an operation allocates in that fork. */
  public long bytes() {
    return best().bytes();
  }

  /** By how much the second best fork is above the best, or infinity if there is but one. */
  public double spread() {
    List<Reading> counting = counting();
    return counting.size() < 2
        ? Double.POSITIVE_INFINITY
        : counting.get(1).leastNanos() / leastNanos() - 1;
  }

  /** Why the figures are not to be trusted, or empty if they are. */
  public Optional<String> doubt() {
    if (forks.stream().filter(Reading::warm).count() < 2) {
      return Optional.of(forks.size() < 2 ? "one fork" : "not warm");
    }
    return spread() > TRUSTED_SPREAD ? Optional.of("disturbed") : Optional.empty();
  }

  /**
   * Both, one after the other, under a name of their own.
   *
   * @throws IllegalArgumentException if they were not measured in the same forks
   */
  public Measurement plus(Measurement next, String sumName) {
    if (forks.size() != next.forks.size()) {
      throw new IllegalArgumentException(
          "%s has %d forks, %s has %d".formatted(name, forks.size(), next.name, next.forks.size()));
    }
    List<Reading> sums = new ArrayList<>();
    for (int i = 0; i < forks.size(); i++) {
      sums.add(forks.get(i).plus(next.forks.get(i), sumName));
    }
    return new Measurement(sumName, sums);
  }

  private Reading best() {
    return counting().get(0);
  }

  /** The forks that count, the fastest first. */
  private List<Reading> counting() {
    List<Reading> warm = forks.stream().filter(Reading::warm).toList();
    return (warm.isEmpty() ? forks : warm)
        .stream().sorted(Comparator.comparingDouble(Reading::leastNanos)).toList();
  }
}
