package dev.madeleine.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of a {@link ChaosRun}: a process that may be killed, the port that it keeps, and its own
 * copy of the key ring file.
 */
final class ChaosNode implements AutoCloseable {
  /** How long it waits between two looks at its copy. */
  static final Duration POLL = Duration.ofMillis(100);

  private static final String REJECTION = ": rejected a cookie: ";

  private final String name;
  private final Path keyFile;
  private final int port;
  private @Nullable DemoProcess process;
  private String lastWords = "";
  private long rejections;
  private boolean closed;

  /** A node that is not started, with no keys. */
  ChaosNode(String name, Path folder) throws IOException {
    this.name = name;
    keyFile = Files.createDirectory(folder.resolve("node-" + name)).resolve("keys.json");
    port = Ports.free();
  }

  /** Replaces its copy of the key ring file in one step, whether it runs or not. */
  void receive(byte[] ring) throws IOException {
    Path arriving = keyFile.resolveSibling("arriving");
    Files.deleteIfExists(arriving);
    Files.createFile(
        arriving,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(arriving, ring);
    Files.move(arriving, keyFile, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts a process; does not wait until it answers. */
  synchronized void start() throws IOException {
    if (closed) {
      throw new IOException("the run has ended");
    }
    Map<String, String> poll = Map.of("KEY_POLL_MS", String.valueOf(POLL.toMillis()));
    process = DemoProcess.start(keyFile, port, poll);
  }

  /** Waits until it answers. */
  void awaitStart() throws IOException, InterruptedException {
    DemoProcess started;
    synchronized (this) {
      started = process;
    }
    if (started != null) {
      started.url();
    }
  }

  /** Kills the process with SIGKILL; its requests stay without an answer. */
  synchronized void kill() throws IOException {
    if (process != null) {
      process.kill();
      lastWords = process.output();
      rejections += lastWords.lines().filter(line -> line.contains(REJECTION)).count();
      process.close();
      process = null;
    }
  }

  /** How many cookies its processes have rejected; the one that runs does not count yet. */
  synchronized long rejections() {
    return rejections;
  }

  /** What the process that was killed last has said. */
  synchronized String lastWords() {
    return lastWords;
  }

  /** Where it listens while it runs. */
  String url() {
    return "http://localhost:" + port;
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }

  /** Kills it for good. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    kill();
  }
}
