package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The main class of the process that measures; {@code benchmarks/servers/run} starts it. */
public final class Run {
  private Run() {}

  /**
   * Measures and prints the table, or only shows that everything works.
   *
   * @param arguments the name of a {@code Pace}, a folder for logs, and files for the rows as JSON
   *     and for the table
   */
  public static void main(String... arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(Run::endChildren, "end"));
    try {
      Pace pace = Pace.named(arguments[0]);
      Rounds rounds = measure(pace, Path.of(arguments[1]));
      if (pace.provesOnly()) {
        System.out.println("Every kind of session works in every server.");
      } else {
        report(pace, rounds, Path.of(arguments[2]), Path.of(arguments[3]));
      }
    } catch (IOException e) {
      System.err.println("servers: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void endChildren() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroy);
  }

  private static Rounds measure(Pace pace, Path logs) throws IOException, InterruptedException {
    List<RunningVariant> running = new ArrayList<>();
    try (RedisProcess redis = RedisProcess.start(logs)) {
      try {
        for (Variant variant : Variant.all()) {
          running.add(RunningVariant.start(variant, pace, redis, logs));
        }
        System.err.printf("%d servers run and answer rightly%n", running.size());
        return measure(pace, running);
      } finally {
        running.forEach(RunningVariant::close);
      }
    }
  }

  private static Rounds measure(Pace pace, List<RunningVariant> running)
      throws IOException, InterruptedException {
    for (RunningVariant server : running) {
      server.warmUp(pace);
    }
    Rounds rounds = new Rounds();
    for (int round = 1; round <= pace.rounds(); round++) {
      for (RunningVariant server : running) {
        rounds.add(server.variant(), server.load(pace.seconds()));
      }
      System.err.printf("round %d of %d%n", round, pace.rounds());
      Collections.reverse(running); // What slowly gets faster or slower favours nobody.
    }
    return rounds;
  }

  private static void report(Pace pace, Rounds rounds, Path rows, Path text) throws IOException {
    ResultTable table = new ResultTable(rounds);
    table.writeJson(rows.toFile());
    String report = Conditions.describe(pace) + System.lineSeparator() + table;
    Files.writeString(text, report);
    System.out.print(report);
  }
}
