package dev.madeleine.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same contestants in several JVMs, one after the other. */
public final class Forks {
  /** What is hot waits for its compiler instead of competing with it, and is warm sooner. */
  private static final List<String> OPTIONS = List.of("-Xbatch", "-Xms1g", "-Xmx1g");

  private final List<String> launcher;
  private final List<String> options;
  private final String classPath;
  private final Path log;

  /**
   * Forks of the JDK that runs this.
   *
   * @param options more of the JVM's
   * @param log what they say on standard error
   */
  public Forks(List<String> options, String classPath, Path log) {
    this(List.of(), options, classPath, log);
  }

  private Forks(List<String> launcher, List<String> options, String classPath, Path log) {
    this.launcher = launcher;
    this.options = List.copyOf(options);
    this.classPath = classPath;
    this.log = log;
  }

  /** The same, started by another program, which gets Java's command as its last arguments. */
  public Forks startedBy(List<String> program) {
    return new Forks(List.copyOf(program), options, classPath, log);
  }

  /**
   * Runs them and puts together what each contestant's readings are.
   *
   * @param main a class that ends with {@link Interleaving#runAndExit}
   * @param input lines for its standard input
   * @throws IOException if a fork fails, or does not name the same contestants as the first
   */
  public List<Measurement> run(int forks, String main, List<String> arguments, List<String> input)
      throws IOException, InterruptedException {
    Map<String, List<Reading>> readings = new LinkedHashMap<>();
    for (int fork = 0; fork < forks; fork++) {
      for (Reading reading : fork(main, arguments, input)) {
        readings.computeIfAbsent(reading.name(), name -> new ArrayList<>()).add(reading);
      }
    }
    for (Map.Entry<String, List<Reading>> entry : readings.entrySet()) {
      if (entry.getValue().size() != forks) {
        throw new IOException(
            "%d forks have %d readings of %s"
                .formatted(forks, entry.getValue().size(), entry.getKey()));
      }
    }
    return readings.entrySet().stream()
        .map(entry -> new Measurement(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<Reading> fork(String main, List<String> arguments, List<String> input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (Writer lines = process.outputWriter(UTF_8)) {
      lines.write(String.join("\n", input));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException(main + " did not read its input: see " + log, e);
    }
    List<Reading> readings = new ArrayList<>();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Reading.parse(line).ifPresent(readings::add);
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(main + " ended with " + status + ": see " + log);
    }
    return readings;
  }

  /** The class path of the JVM that runs this, with absolute paths. */
  public static String ownClassPath() {
    List<String> absolute = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      absolute.add(new File(entry).getAbsolutePath());
    }
    return String.join(File.pathSeparator, absolute);
  }
}
