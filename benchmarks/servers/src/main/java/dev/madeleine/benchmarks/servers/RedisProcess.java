package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis of our own: on the loopback address and a free port, without anything on disk. */
final class RedisProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MILLIS_BETWEEN = 25;
  private static final int PORTS_TRIED = 5;

  private final Process process;
  private final int port;

  private RedisProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts {@code redis-server} and waits until it says that it listens. Redis cannot choose a free
   * port itself, so another process may take the one that was found; then another is tried.
   *
   * @param folder its working directory, where it writes {@code redis.log}, and its pid into {@code
   *     redis.pid} some time after it listens
   */
  static RedisProcess start(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("redis.log");
    for (int i = 0; i < PORTS_TRIED; i++) {
      RedisProcess redis = started(freePort(), folder, log);
      if (redis.listens(log)) {
        return redis;
      }
      redis.close();
      if (!Files.readString(log).contains("Address already in use")) {
        break;
      }
    }
    throw new IOException("redis-server did not start: see " + log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static RedisProcess started(int port, Path folder, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    InetAddress.getLoopbackAddress().getHostAddress(),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString(),
                    "--pidfile",
                    folder.resolve("redis.pid").toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new RedisProcess(process, port);
  }

  /** Waits until this process listens; a connection could be to another one. */
  private boolean listens(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      if (Files.readString(log).contains("Ready to accept connections")) {
        return true;
      }
      Thread.sleep(MILLIS_BETWEEN);
    }
    return false;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** User and system time so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Ends it, by force if it does not in 5 seconds, and waits for the end. */
  @Override
  public void close() {
    process.destroy();
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
