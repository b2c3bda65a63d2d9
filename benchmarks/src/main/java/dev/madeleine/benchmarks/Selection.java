package dev.madeleine.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run measures.
 *
 * @param benchmarks simple names of classes; empty for the usual ones
 * @param params values that a parameter may have, where a benchmark has it
 */
record Selection(Set<String> benchmarks, Map<String, Set<String>> params) {
  private static final List<Class<?>> USUAL =
      List.of(
          TextBenchmark.class,
          PartsBenchmark.class,
          RequestBenchmark.class,
          FilterBenchmark.class,
          NamesBenchmark.class,
          ChunksBenchmark.class,
          AttributesBenchmark.class,
          VisitBenchmark.class,
          RejectionBenchmark.class,
          KeyRingBenchmark.class,
          RevocationBenchmark.class,
          ThreadsBenchmark.class);

  private static final List<Class<?>> ALL =
      Stream.concat(USUAL.stream(), Stream.of(EncoderBenchmark.class)).toList();

  private static final Set<String> QUICK =
      Set.of("TextBenchmark", "PartsBenchmark", "RequestBenchmark", "FilterBenchmark");

  /**
   * The selection of a command: names of benchmarks, and parameters as in {@code
   * session=SMALL,LARGE}.
   *
   * @param quick whether to take less where nothing is named
   * @throws IllegalArgumentException if there is no such benchmark
   */
  static Selection of(boolean quick, List<String> arguments) {
    Set<String> benchmarks = new LinkedHashSet<>();
    Map<String, Set<String>> params = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        benchmarks.add(known(argument));
      } else {
        params.put(
            argument.substring(0, equals), Set.of(argument.substring(equals + 1).split(",", -1)));
      }
    }
    if (quick && benchmarks.isEmpty()) {
      benchmarks.addAll(QUICK);
      params.putIfAbsent("session", Set.of(SampleSession.SMALL.name()));
    }
    return new Selection(benchmarks, params);
  }

  private static String known(String name) {
    List<String> names = new ArrayList<>(ALL.stream().map(Class::getSimpleName).toList());
    names.add(StartBenchmark.class.getSimpleName());
    if (!names.contains(name)) {
      throw new IllegalArgumentException("No benchmark " + name + ", but " + names);
    }
    return name;
  }

  /** Whether the start of a JVM is measured, which is no case of a benchmark. */
  boolean takesStart() {
    return benchmarks.isEmpty() || benchmarks.contains(StartBenchmark.class.getSimpleName());
  }

  /** The cases, in the order of the benchmarks. */
  List<BenchmarkCase> cases() {
    return ALL.stream()
        .filter(type -> benchmarks.isEmpty() ? USUAL.contains(type) : named(type))
        .flatMap(type -> BenchmarkCase.of(type).stream())
        .filter(this::allows)
        .toList();
  }

  private boolean named(Class<?> type) {
    return benchmarks.contains(type.getSimpleName());
  }

  private boolean allows(BenchmarkCase benchmarkCase) {
    return benchmarkCase.params().entrySet().stream()
        .allMatch(
            param ->
                params
                    .getOrDefault(param.getKey(), Set.of(param.getValue()))
                    .contains(param.getValue()));
  }
}
