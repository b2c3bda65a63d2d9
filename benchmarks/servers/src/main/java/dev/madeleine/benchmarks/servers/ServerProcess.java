package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A measured process, seen from the one that measures. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern JIT = Pattern.compile("C[12] Compiler");

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final int port;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    answers = process.inputReader(US_ASCII);
    orders = new PrintWriter(process.outputWriter(US_ASCII), true);
    port = Math.toIntExact(number());
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param options the JVM's
   * @param log what the server says on standard error
   */
  static ServerProcess start(Variant variant, List<String> options, int redisPort, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName()));
    command.addAll(List.of(variant.container().name(), variant.kind().name()));
    command.add(Integer.toString(redisPort));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try {
      return new ServerProcess(process);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException(variant + " did not start: see " + log, e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** User and system time so far, of all threads: those of the garbage collector and JIT too. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** What of {@link #cpuTime} the compiler threads took. */
  Duration jitTime() throws IOException {
    long nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(threads())) {
      for (Path thread : threads) {
        nanos += jitNanos(thread);
      }
    }
    return Duration.ofNanos(nanos);
  }

  private static long jitNanos(Path thread) throws IOException {
    try {
      if (!JIT.matcher(Files.readString(thread.resolve("comm"))).lookingAt()) {
        return 0;
      }
      String nanosAndMore = Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(nanosAndMore.substring(0, nanosAndMore.indexOf(' ')));
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw e;
      }
      return 0; // The thread has ended since it was listed.
    }
  }

  private Path threads() {
    return Path.of("/proc", Long.toString(process.pid()), "task");
  }

  /** Bytes that the server's threads have allocated so far. */
  long allocatedBytes() throws IOException {
    orders.println();
    return number();
  }

  private long number() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the server has ended");
    }
    return Long.parseLong(line);
  }

  /** Ends the server, by force if it does not in 5 seconds, and waits for the end. */
  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
