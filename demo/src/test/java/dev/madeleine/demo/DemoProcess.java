package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo in a process of its own. */
final class DemoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OUTPUT = "output";
  private static final Pattern URL = Pattern.compile("http://localhost:(\\d+)/");

  private final Process process;
  private final Path folder;
  private final Path output;

  private DemoProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    this.output = folder.resolve(OUTPUT);
  }

  /** Starts one; does not wait until it answers. */
  static DemoProcess start(Path keyFile, int port) throws IOException {
    return start(keyFile, port, Map.of());
  }

  /** Starts one that finds these variables in its environment too. */
  static DemoProcess start(Path keyFile, int port, Map<String, String> variables)
      throws IOException {
    Path folder = Files.createTempDirectory("demo-process");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Demo.class.getName());
    builder.environment().put("PORT", String.valueOf(port));
    builder.environment().put("KEY_FILE", keyFile.toString());
    builder.environment().remove("BIND");
    builder.environment().remove("KEY_POLL_MS");
    builder.environment().remove("PLAIN_HTTP");
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(OUTPUT).toFile());
    return new DemoProcess(builder.start(), folder);
  }

  /** Where it listens, once it does, without a slash at the end. */
  String url() throws IOException, InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      Matcher url = URL.matcher(output());
      if (url.find() && output().contains("stop ")) {
        return url.group().substring(0, url.group().length() - 1);
      }
      assertThat(process.isAlive()).as(output()).isTrue();
      Thread.sleep(20);
    }
    throw new AssertionError("does not start: " + output());
  }

  int port() throws IOException, InterruptedException {
    String url = url();
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits for the end and returns the exit code. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  void terminate() {
    process.destroy();
  }

  /** Kills it, with no chance to say goodbye. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Kills it, and removes what it leaves behind. */
  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
