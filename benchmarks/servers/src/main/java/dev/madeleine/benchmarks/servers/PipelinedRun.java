package dev.madeleine.benchmarks.servers;

import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Forks;
import dev.madeleine.benchmarks.runner.Measurement;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main class that measures servers whose requests are pipelined: this build, and beside it
 * another one, if there is one.
 */
public final class PipelinedRun {
  /** Their work falls into nobody's turn: it is that of another thread. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2");

  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** One processor for server and client: what they do to each other is the same in each turn. */
  private static final List<String> PINNED =
      List.of("taskset", "-c", Integer.toString(Runtime.getRuntime().availableProcessors() - 1));

  private PipelinedRun() {}

  /**
   * Measures and prints the table, or only shows that everything works.
   *
   * @param arguments the name of an {@link Effort}; a folder for logs; a file for the table; then
   *     perhaps the name and the classes of another build
   */
  public static void main(String... arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(PipelinedRun::endChildren, "end"));
    try {
      Effort effort = Effort.named(arguments[0]);
      boolean against = arguments.length > 3;
      String load = load();
      Map<Container, List<Measurement>> measured = new LinkedHashMap<>();
      for (Container container : Container.values()) {
        System.err.printf("%s, pipelined%n", container.label());
        measured.put(
            container,
            measure(effort, container, Path.of(arguments[1]), against ? arguments[4] : ""));
      }
      if (effort.provesOnly()) {
        System.out.println("Every kind of session works with pipelined requests.");
        return;
      }
      String text =
          "%s, %s, load average %s to %s%n%s%n"
                  .formatted(
                      System.getProperty("java.vm.name"),
                      System.getProperty("java.vm.version"),
                      load,
                      load(),
                      against ? "before: %s%n".formatted(arguments[3]) : "")
              + new PipelinedTable(measured);
      Files.writeString(Path.of(arguments[2]), text);
      System.out.print(text);
    } catch (IOException e) {
      System.err.println("servers: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void endChildren() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroy);
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }

  private static List<Measurement> measure(
      Effort effort, Container container, Path folder, String other)
      throws IOException, InterruptedException {
    String ours = Forks.ownClassPath();
    List<String> input = new ArrayList<>();
    for (PipelinedRow row : PipelinedRow.values()) {
      if (!other.isEmpty() && row.isOurs()) {
        input.add(row.line(PipelinedTable.BEFORE, other + File.pathSeparator + ours));
      }
      input.add(row.line("", ours));
    }
    return new Forks(
            effort.provesOnly() ? QUICK_START : OPTIONS,
            ours,
            folder.resolve("pipelined-" + container.label() + ".log"))
        .startedBy(effort.provesOnly() ? List.of() : PINNED)
        .run(
            effort.forks(),
            PipelinedServers.class.getName(),
            List.of(effort.name(), container.name()),
            input);
  }
}
