package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * The main class of a measured process: one server with one kind of session.
 *
 * <p>It says its port on standard output. To each line on standard input it answers with the bytes
 * that its threads have allocated so far, and it ends with standard input, so it cannot outlive the
 * process that started it.
 */
public final class Server {
  private Server() {}

  /**
   * Starts the server.
   *
   * @param arguments names of a {@code Container} and of a {@code SessionKind}, and Redis' port
   */
  public static void main(String... arguments) throws Exception {
    Container container = Container.valueOf(arguments[0]);
    SessionKind kind = SessionKind.valueOf(arguments[1]);
    WebServer server = container.start(Application.of(kind, Integer.parseInt(arguments[2])));
    System.out.println(server.port());
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    while (orders.readLine() != null) {
      System.out.println(allocatedBytes());
    }
    server.close();
  }

  // JDK 21 has a method for this. Here no thread ends, so the sum over the living misses nothing.
  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
  }
}
