package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.madeleine.benchmarks.runner.Contestant;
import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Interleaving;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The main class of a JVM with several servers of one container, asked in turns. */
public final class PipelinedServers {
  private static final String SEPARATOR = "\t";

  /** A server has more code and data than a benchmark, which a turn has to find again. */
  private static final int LONGER_TURNS = 5;

  private static final int LONGER_WARM_UP = 2;

  private PipelinedServers() {}

  /**
   * The line of input that stands for a server.
   *
   * @param unit the name of the server with which it is compared
   * @param cookieOf the kind whose cookie the requests have; {@code kind} itself, or one that comes
   *     later or earlier in the input
   */
  static String line(
      String name, String unit, SessionKind kind, SessionKind cookieOf, String classPath) {
    return String.join(SEPARATOR, name, kind.name(), cookieOf.name(), classPath, unit);
  }

  /**
   * Measures the servers that are named on standard input.
   *
   * @param arguments the name of an {@link Effort}, and of a {@code Container}
   */
  public static void main(String... arguments) {
    Interleaving.runAndExit(
        Effort.named(arguments[0]).times(LONGER_TURNS, LONGER_WARM_UP),
        () -> contestants(Container.valueOf(arguments[1])));
  }

  private static List<Contestant> contestants(Container container) throws Exception {
    List<String[]> lines = new ArrayList<>();
    List<LoadedServer> servers = new ArrayList<>();
    try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] parts = line.split(SEPARATOR, -1);
        SessionKind kind = SessionKind.valueOf(parts[1]);
        LoadedServer server = LoadedServer.start(container, kind, parts[3]);
        check(parts[0], new Visitor(kind, server.port()));
        lines.add(parts);
        servers.add(server);
      }
    }
    List<Contestant> contestants = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      SessionKind cookieOf = SessionKind.valueOf(lines.get(i)[2]);
      LoadedServer login = serverOf(cookieOf, lines, servers, i);
      contestants.add(
          new PipelinedVariant(
              lines.get(i)[0],
              lines.get(i)[4],
              servers.get(i),
              new Visitor(cookieOf, login.port())));
    }
    return contestants;
  }

  private static void check(String name, Visitor visitor) throws Exception {
    try {
      visitor.check();
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /** This server if it is of that kind, otherwise the first that is. */
  private static LoadedServer serverOf(
      SessionKind kind, List<String[]> lines, List<LoadedServer> servers, int own) {
    return IntStream.concat(IntStream.of(own), IntStream.range(0, lines.size()))
        .filter(i -> lines.get(i)[1].equals(kind.name()))
        .mapToObj(servers::get)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no server of the kind " + kind));
  }
}
