package dev.madeleine.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that cannot choose one themselves. They lie below those that the kernel gives
 * to clients: a client must not get the port of a server that is down, which would connect it to
 * itself.
 */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 30_000;

  private Ports() {}

  /** A port where nobody listens. Somebody may before it is used. */
  static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody else's; the next one.
      }
    }
  }
}
