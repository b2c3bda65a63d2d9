package dev.madeleine.benchmarks.servers;

import java.io.IOException;

/** A server that runs in this process until it is closed. */
interface WebServer extends AutoCloseable {
  /** Threads that serve requests: as many in each container, none is started or ended later. */
  int THREADS = 16;

  int port();

  @Override
  void close() throws IOException;
}
