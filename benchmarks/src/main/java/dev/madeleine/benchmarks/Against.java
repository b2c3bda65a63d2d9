package dev.madeleine.benchmarks;

import static dev.madeleine.benchmarks.Target.atMost;

import dev.madeleine.benchmarks.Target.Figure;
import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Two builds of the library beside each other: the same benchmarks with the classes of this build,
 * and with those of another one, in turns and in one JVM.
 */
public final class Against {
  private static final String OTHER = "other ";
  private static final String OURS = "ours ";
  private static final String START = "start";
  private static final String LINE = "%-24s %,8d %13s %13s %13s %13s %8s %10s %10s  %s";
  private static final List<String> FILTER = List.of("UNTOUCHED", "READ", "CHANGE");

  /** What is wanted in units of the build before values were read on demand. */
  private static final Map<String, Double> BOUNDS =
      Map.of(
          "RequestBenchmark.loadGet session=SMALL",
          0.6,
          "RequestBenchmark.loadGet session=LARGE",
          0.7,
          "RequestBenchmark.loadPutSave session=SMALL",
          0.55,
          "RequestBenchmark.loadPutSave session=LARGE",
          0.6,
          START,
          0.65);

  private final Heats heats;
  private final StartBenchmark start;
  private final Effort effort;
  private final String otherClassPath;
  private final String ourClassPath;

  /**
   * One row.
   *
   * @param name the text of a case, or {@code start}
   * @param label what it is called in the table
   */
  record Pair(String name, String label, int size, Measurement other, Measurement ours) {
    private Figure figure(Measurement measured) {
      return Figure.nanos(Optional.of(new ResultRow("", "", name, size, measured)));
    }

    /** Our time in units of the other's. */
    Figure ratio() {
      return figure(ours).per(figure(other));
    }

    String line() {
      return LINE.formatted(
              label,
              size,
              nanos(other.leastNanos()),
              nanos(other.tenthNanos()),
              nanos(ours.leastNanos()),
              nanos(ours.tenthNanos()),
              String.format(Locale.ROOT, "%.2f", ratio().value().orElseThrow()),
              String.format(Locale.ROOT, "%,d", other.bytes()),
              String.format(Locale.ROOT, "%,d", ours.bytes()),
              doubt())
          .stripTrailing();
    }

    private String doubt() {
      String spread = ResultTable.spread(other.spread()) + " " + ResultTable.spread(ours.spread());
      return spread + ratio().doubt().map(doubt -> "  unknown: " + doubt).orElse("");
    }

    private static String nanos(double value) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
  }

  private Against(Path folder, Effort effort, String otherClassPath, String ourClassPath) {
    heats = new Heats(effort, Run.log(folder));
    start = new StartBenchmark(Run.log(folder));
    this.effort = effort;
    this.otherClassPath = otherClassPath;
    this.ourClassPath = ourClassPath;
  }

  /**
   * Measures and prints.
   *
   * @param arguments the name of an {@link Effort}; a folder for what is written; where the table
   *     goes; the other build's name and class path; ours
   */
  public static void main(String... arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(Run::endChildren, "end"));
    try {
      Effort effort = Effort.named(arguments[0]);
      Against against = new Against(Path.of(arguments[1]), effort, arguments[4], arguments[6]);
      String load = Machine.load();
      List<Pair> pairs = against.pairs();
      String text =
          "%s%nload average %s to %s%n%s in units of %s%n%n%s"
                  .formatted(
                      Machine.here(), load, Machine.load(), arguments[5], arguments[3], text(pairs))
              + "classes of jackson-databind until the first answer: %d, and %d%n"
                  .formatted(
                      against.start.databindClasses(arguments[4]),
                      against.start.databindClasses(arguments[6]))
              + System.lineSeparator()
              + Target.text(targets(pairs));
      Files.writeString(Path.of(arguments[2]), text);
      System.out.print(text);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
  }

  private List<Pair> pairs() throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    Selection requests = Selection.of(false, List.of("RequestBenchmark"));
    pairs.addAll(
        heat(
            requests.cases().stream()
                .filter(each -> !each.operation().equals("loadListSave"))
                .toList()));
    pairs.addAll(
        heat(
            Selection.of(
                    false, List.of("FilterBenchmark", "application=" + String.join(",", FILTER)))
                .cases()));
    Map<String, String> classPaths = new LinkedHashMap<>();
    classPaths.put(OTHER, otherClassPath);
    classPaths.put(OURS, ourClassPath);
    List<Measurement> starts = start.run(classPaths, effort.forks(), effort.starts());
    pairs.add(
        new Pair(
            START,
            "start to the answer",
            SampleSession.SMALL.jsonBytes(),
            starts.get(0),
            starts.get(1)));
    return pairs;
  }

  /** Both builds of a case are neighbours, and each is the first in every second round. */
  private List<Pair> heat(List<BenchmarkCase> cases) throws IOException, InterruptedException {
    List<String> input = new ArrayList<>();
    for (BenchmarkCase each : cases) {
      input.add(Heat.line(OTHER + each, otherClassPath, each));
      input.add(Heat.line(OURS + each, ourClassPath, each));
    }
    System.err.printf("%d contestants%n", input.size());
    List<Measurement> measured = heats.measure(input);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      pairs.add(
          new Pair(
              cases.get(i).toString(),
              cases.get(i).group() + " " + cases.get(i).operation(),
              cases.get(i).size(),
              measured.get(2 * i),
              measured.get(2 * i + 1)));
    }
    return pairs;
  }

  static String text(List<Pair> pairs) {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.replace("%,8d", "%8s")
            .formatted(
                "CPU ns/op",
                "bytes",
                "before",
                "tenth",
                "now",
                "tenth",
                "ratio",
                "B/op",
                "B/op now",
                "forks, before and now"));
    text.append(System.lineSeparator());
    pairs.forEach(pair -> text.append(pair.line()).append(System.lineSeparator()));
    return text.append(System.lineSeparator()).toString();
  }

  static List<Target> targets(List<Pair> pairs) {
    return pairs.stream()
        .filter(pair -> BOUNDS.containsKey(pair.name()))
        .map(
            pair ->
                atMost(
                    BOUNDS.getOrDefault(pair.name(), 1.0),
                    "x",
                    String.format(Locale.ROOT, "%s, %,d B", pair.label, pair.size()),
                    pair.ratio()))
        .toList();
  }
}
