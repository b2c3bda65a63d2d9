package dev.madeleine.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.madeleine.benchmarks.runner.Measurement;
import dev.madeleine.benchmarks.runner.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From the start of a JVM to its {@link FirstAnswer}: the CPU time of the whole process, and the
 * classes of Jackson's object mapper that it loaded.
 */
final class StartBenchmark {
  private static final String DATABIND = " com.fasterxml.jackson.databind.";

  private final Path log;

  /**
   * Starts of JVMs.
   *
   * @param log what they say on standard error
   */
  StartBenchmark(Path log) {
    this.log = log;
  }

  /**
   * Starts a JVM for each class path in turn, again and again.
   *
   * @param classPaths by name
   * @param forks sets of starts; their spread is shown
   * @param starts in each set
   */
  List<Measurement> run(Map<String, String> classPaths, int forks, int starts)
      throws IOException, InterruptedException {
    Map<String, List<Reading>> readings = new LinkedHashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      Map<String, double[]> nanos = new LinkedHashMap<>();
      for (int start = 0; start < starts; start++) {
        for (Map.Entry<String, String> each : classPaths.entrySet()) {
          nanos.computeIfAbsent(each.getKey(), name -> new double[starts])[start] =
              cpuNanos(each.getValue());
        }
      }
      nanos.forEach(
          (name, all) ->
              readings
                  .computeIfAbsent(name, key -> new ArrayList<>())
                  .add(Reading.ofStarts(name, all)));
    }
    return readings.entrySet().stream()
        .map(entry -> new Measurement(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The process waits after its answer, so that its time can be read. */
  private double cpuNanos(String classPath) throws IOException, InterruptedException {
    Process process = start(classPath, List.of());
    try (BufferedReader output = process.inputReader(UTF_8)) {
      answered(output.readLine());
      return cpuNanos(process);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** The number of classes of jackson-databind that are loaded until the first answer. */
  long databindClasses(String classPath) throws IOException, InterruptedException {
    Process process = start(classPath, List.of("-Xlog:class+load"));
    process.outputWriter(UTF_8).close();
    long classes;
    try (Stream<String> output = process.inputReader(UTF_8).lines()) {
      classes = output.filter(line -> line.contains(DATABIND)).count();
    }
    if (process.waitFor() != 0) {
      throw new IOException("the first answer failed");
    }
    return classes;
  }

  private Process start(String classPath, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, FirstAnswer.class.getName()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static void answered(String line) throws IOException {
    if (!FirstAnswer.DONE.equals(line)) {
      throw new IOException("the first answer failed: " + line);
    }
  }

  /** User and system time of all threads, in nanoseconds where the system counts in ticks. */
  private static long cpuNanos(Process process) throws IOException {
    long nanos = 0;
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        nanos += cpuNanos(thread);
      }
    }
    return nanos;
  }

  private static long cpuNanos(Path thread) throws IOException {
    try {
      String nanosAndMore = Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(nanosAndMore.substring(0, nanosAndMore.indexOf(' ')));
    } catch (NoSuchFileException e) {
      return 0; // The thread has ended since it was listed.
    }
  }
}
