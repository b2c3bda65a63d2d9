package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis of our own: on the loopback address and a free port, without anything on disk. */
final class RedisProcess implements AutoCloseable {
  private static final int TRIES = 200;
  private static final int MILLIS_BETWEEN = 25;

  private final Process process;
  private final int port;

  private RedisProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts {@code redis-server} and waits until it listens.
   *
   * @param folder its working directory, and where its pid stands in {@code redis.pid}
   */
  static RedisProcess start(Path folder) throws IOException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    loopback.getHostAddress(),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString(),
                    "--pidfile",
                    folder.resolve("redis.pid").toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    RedisProcess redis = new RedisProcess(process, port);
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      if (listens(loopback, port)) {
        return redis;
      }
      Thread.sleep(MILLIS_BETWEEN);
    }
    redis.close();
    throw new IOException("redis-server did not start: see " + folder.resolve("redis.log"));
  }

  private static boolean listens(InetAddress address, int port) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // Not yet.
    }
  }

  int port() {
    return port;
  }

  /** User and system time so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
