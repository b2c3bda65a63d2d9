package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Forks;
import dev.madeleine.benchmarks.runner.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases in several JVMs, those together that are compared. */
final class Heats {
  private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

  private final Effort effort;
  private final Forks forks;

  /**
   * Heats of this length.
   *
   * @param log what the forks say besides their results
   */
  Heats(Effort effort, Path log) {
    this.effort = effort;
    forks = new Forks(effort.provesOnly() ? QUICK_START : List.of(), Forks.ownClassPath(), log);
  }

  /**
   * The rows of these cases.
   *
   * @throws IOException if a benchmark fails
   */
  List<ResultRow> run(List<BenchmarkCase> cases) throws IOException, InterruptedException {
    Map<String, List<BenchmarkCase>> heats = new LinkedHashMap<>();
    for (BenchmarkCase each : cases) {
      String heat = effort.provesOnly() ? "all" : each.heat();
      heats.computeIfAbsent(heat, key -> new ArrayList<>()).add(each);
    }
    List<ResultRow> rows = new ArrayList<>();
    for (Map.Entry<String, List<BenchmarkCase>> heat : heats.entrySet()) {
      System.err.printf("%s: %d contestants%n", heat.getKey(), heat.getValue().size());
      List<String> input = new ArrayList<>();
      for (BenchmarkCase each : heat.getValue()) {
        input.add(Heat.line(each.toString(), Forks.ownClassPath(), each));
      }
      List<Measurement> measured = measure(input);
      for (int i = 0; i < measured.size(); i++) {
        rows.add(ResultRow.of(heat.getValue().get(i), measured.get(i)));
      }
    }
    return rows;
  }

  /** What was measured of the contestants in these lines, in their order. */
  List<Measurement> measure(List<String> input) throws IOException, InterruptedException {
    return forks.run(effort.forks(), Heat.class.getName(), List.of(effort.name()), input);
  }
}
