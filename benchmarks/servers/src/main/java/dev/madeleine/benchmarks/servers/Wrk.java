package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The load: wrk with one thread and 8 connections, each asking again when it has its answer. */
final class Wrk {
  private Wrk() {}

  /**
   * Asks for so many seconds.
   *
   * @throws IOException if a request failed
   */
  static WrkReport run(URI url, @Nullable String cookie, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c8", "-d" + seconds + "s"));
    if (cookie != null) {
      command.addAll(List.of("-H", "Cookie: " + cookie));
    }
    command.add(url.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return WrkReport.parse(text);
    } finally {
      process.destroy();
    }
  }
}
