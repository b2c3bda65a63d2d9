package dev.madeleine.benchmarks.servers;

import dev.madeleine.benchmarks.runner.Measurement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a request takes above one without a session in the same round, in each fork: neighbouring
 * turns have the same machine, while one fork may be faster than another.
 *
 * @param forks nanoseconds, ascending
 * @param warm whether at least two forks were
 */
record OwnPart(List<Double> forks, boolean warm) {
  private static final double TRUSTED_SPREAD = 0.15;

  /** What nobody can tell from noise. */
  private static final double NOISE_NANOS = 300;

  /** The part of forks in which both were warm, or of all if there are fewer than two of these. */
  static OwnPart of(Measurement measured, Measurement unit) {
    int[] warm =
        IntStream.range(0, unit.forks().size())
            .filter(fork -> measured.forks().get(fork).warm() && unit.forks().get(fork).warm())
            .toArray();
    int[] all = IntStream.range(0, unit.forks().size()).toArray();
    return new OwnPart(
        IntStream.of(warm.length < 2 ? all : warm)
            .mapToObj(fork -> measured.forks().get(fork).aboveNanos())
            .sorted()
            .toList(),
        warm.length >= 2);
  }

  /** The one in the middle, the lower of two. */
  double nanos() {
    return forks.get((forks.size() - 1) / 2);
  }

  double least() {
    return forks.get(0);
  }

  double most() {
    return forks.get(forks.size() - 1);
  }

  /** Why it is not to be trusted, or empty if it is. */
  Optional<String> doubt() {
    if (!warm) {
      return Optional.of("not warm");
    }
    double closest =
        IntStream.range(1, forks.size())
            .mapToDouble(i -> forks.get(i) - forks.get(i - 1))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return closest > Math.max(NOISE_NANOS, TRUSTED_SPREAD * nanos())
        ? Optional.of("disturbed")
        : Optional.empty();
  }
}
