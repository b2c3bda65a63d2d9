package dev.madeleine.cli;

import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The option that says which keys a command is about. */
final class KeyFileOption {
  private static final String VARIABLE = "MADELEINE_KEY_FILE";
  private static final String FALLBACK = "keys.json";
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = {
        "The key ring file. If not given: the environment variable MADELEINE_KEY_FILE, or keys.json.",
        "With - the keys are read from standard input, and what is changed goes to standard output."
      })
  private String file = "";

  private String name(Console console) {
    return file.isEmpty() ? console.variables().getOrDefault(VARIABLE, FALLBACK) : file;
  }

  /** Whether the keys come from standard input. */
  boolean isStandardInput(Console console) {
    return name(console).equals(STANDARD_INPUT);
  }

  /** What to call the keys. */
  String label(Console console) {
    return isStandardInput(console) ? "standard input" : name(console);
  }

  KeyRingFile file(Console console) {
    return KeyRingFile.at(Path.of(name(console)), console.clock());
  }

  KeySchedule read(Console console) throws IOException {
    return isStandardInput(console) ? parsed(console) : file(console).read();
  }

  /** Changes the file, or passes the changed keys on; returns what they are now. */
  KeySchedule edit(Console console, UnaryOperator<KeySchedule> change) throws IOException {
    if (!isStandardInput(console)) {
      return file(console).edit(change);
    }
    KeySchedule after = change.apply(parsed(console));
    console.out().print(after.toJson());
    console.out().flush();
    return after;
  }

  /** Prints what a command did, beside the changed keys if they went to standard output. */
  int print(Answer answer, Console console, boolean json) {
    return isStandardInput(console)
        ? answer.printAside(console, json)
        : answer.print(console, json);
  }

  private static KeySchedule parsed(Console console) throws IOException {
    String text = console.input();
    try {
      return text.stripLeading().startsWith("{")
          ? KeySchedule.parse(text)
          : KeySchedule.ofList(text, Duration.ofHours(12), console.now());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("standard input, " + e.getMessage(), e);
    }
  }
}
