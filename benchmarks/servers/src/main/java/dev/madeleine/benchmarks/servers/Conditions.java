package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures depend on: the machine, the versions, and for how long was measured. */
final class Conditions {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private Conditions() {}

  /** A few lines to stand above the table. */
  static String describe(Pace pace) throws IOException {
    return String.format(
        Locale.ROOT,
        """
        %d processors, %s
        %s %s, %s
        %s, %s, %s
        wrk -t1 -c8; after at most %d turns of warm-up %d rounds of %d s each
        CPU: user and system time of the server's process per request, the median of the rounds
        """,
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        String.join(" ", pace.options()),
        Stream.of(Container.values())
            .map(container -> container.label() + " " + container.version())
            .collect(Collectors.joining(", ")),
        SpringSessions.version(),
        firstWords("redis-server", "--version"),
        pace.warmUpTurns(),
        pace.rounds(),
        pace.seconds());
  }

  private static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** The first three words that a program says. */
  private static String firstWords(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return said.lines().findFirst().orElse("").replaceFirst("((\\S+ ){2}\\S+).*", "$1");
  }
}
