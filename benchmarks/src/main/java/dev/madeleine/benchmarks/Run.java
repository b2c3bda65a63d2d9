package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Forks;
import dev.madeleine.benchmarks.runner.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The main class of {@code benchmarks/run}: measures, and reports. */
public final class Run {
  private static final String ENCODERS = "encoders";

  private Run() {}

  /**
   * Measures and prints.
   *
   * @param arguments the mode; a folder for what is written; where table and chart go; then what is
   *     measured, if not the usual
   */
  public static void main(String... arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(Run::endChildren, "end"));
    try {
      List<String> selected = List.of(arguments).subList(4, arguments.length);
      Path folder = Path.of(arguments[1]);
      if (arguments[0].equals(ENCODERS)) {
        Selection selection = Selection.of(false, List.of("EncoderBenchmark"));
        System.out.print(
            EncoderTable.of(new Heats(Effort.FULL, log(folder)).run(selection.cases())));
        return;
      }
      Effort effort = Effort.named(arguments[0]);
      Report report = run(effort, Selection.of(effort.equals(Effort.QUICK), selected), folder);
      if (effort.provesOnly()) {
        System.out.printf("All %d rows can be measured.%n", report.results().rows().size());
        return;
      }
      report.write(folder.resolve("results.json"), Path.of(arguments[2]), Path.of(arguments[3]));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
  }

  static void endChildren() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroy);
  }

  static Path log(Path folder) {
    return folder.resolve("forks.log");
  }

  private static Report run(Effort effort, Selection selection, Path folder)
      throws IOException, InterruptedException {
    String load = Machine.load();
    List<ResultRow> rows = new ArrayList<>(new Heats(effort, log(folder)).run(selection.cases()));
    List<String> notes = new ArrayList<>();
    if (selection.takesStart()) {
      String classPath = Forks.ownClassPath();
      Map<String, String> ours = Map.of(Contender.MADELEINE.label(), classPath);
      StartBenchmark start = new StartBenchmark(log(folder));
      for (Measurement measured : start.run(ours, effort.forks(), effort.starts())) {
        rows.add(
            new ResultRow(
                "start",
                "first answer",
                measured.name(),
                SampleSession.SMALL.jsonBytes(),
                measured));
      }
      notes.add(
          "start to the first answer: %d classes of jackson-databind"
              .formatted(start.databindClasses(classPath)));
    }
    return new Report(Results.of(rows), notes, Machine.here(), load + " to " + Machine.load());
  }
}
