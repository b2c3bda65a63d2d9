package dev.madeleine.benchmarks.servers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The samples of all rounds. What disturbs the machine for a while disturbs all variants of a round
 * alike, so variants are compared within a round first, and over the rounds then.
 */
final class Rounds {
  private final Map<Variant, List<Sample>> samples = new HashMap<>();

  /** Adds the variant's next round. */
  void add(Variant variant, Sample sample) {
    samples.computeIfAbsent(variant, key -> new ArrayList<>()).add(sample);
  }

  /** The samples of a variant, by round. */
  private List<Sample> of(Variant variant) {
    List<Sample> found = samples.get(variant);
    if (found == null) {
      throw new IllegalArgumentException("not measured: " + variant);
    }
    return found;
  }

  /** How many rounds a variant has. */
  int count(Variant variant) {
    return of(variant).size();
  }

  /** Whether the JIT was done with a variant in most rounds. */
  boolean isWarm(Variant variant) {
    return 2 * of(variant).stream().filter(Sample::isWarm).count() > count(variant);
  }

  /** The median over the rounds. */
  double median(Variant variant, ToDoubleFunction<Sample> figure) {
    return median(of(variant).stream().mapToDouble(figure).toArray());
  }

  /** CPU microseconds per request in the least disturbed round. */
  double leastCpuMicros(Variant variant) {
    return of(variant).stream().mapToDouble(Sample::cpuMicros).min().orElseThrow();
  }

  /** How many times the CPU of the other one a variant needs: the median of the rounds' ratios. */
  double ratio(Variant variant, Variant other) {
    List<Sample> ours = of(variant);
    List<Sample> theirs = of(other);
    if (ours.size() != theirs.size()) {
      throw new IllegalArgumentException(
          "%s has %d rounds, %s has %d".formatted(variant, ours.size(), other, theirs.size()));
    }
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours.get(i).cpuMicros() / theirs.get(i).cpuMicros();
    }
    return median(ratios);
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
