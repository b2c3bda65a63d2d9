package dev.madeleine.cli;

import dev.madeleine.KeyRing;
import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where keys come from; never the keys themselves. */
final class SecretOption {
  private static final String VARIABLE = "MADELEINE_KEY";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Keys: a key ring file, or text with one key per line, the newest first.")
  private @Nullable Path file;

  @Option(
      names = "--key-env",
      paramLabel = "NAME",
      description = {
        "Keys: this environment variable. If nothing is said, a format of our own takes",
        "MADELEINE_KEY."
      })
  private String variable = "";

  @Option(names = "--key-stdin", description = "Keys: standard input, as in a file.")
  private boolean standardInput;

  /** Whether the keys take up standard input. */
  boolean isStandardInput() {
    return standardInput;
  }

  /** The keys, or a word about how to give them. */
  FormatKeys require(Format format, Console console) throws IOException {
    FormatKeys keys = find(format, console);
    if (keys == null) {
      throw new UsageProblem(
          "keys",
          "none; name them by --key-file, --key-env or --key-stdin"
              + (format.isNative() ? ", or set " + VARIABLE : ""));
    }
    return keys;
  }

  /** The keys, or null if none were named. */
  @Nullable FormatKeys find(Format format, Console console) throws IOException {
    try {
      return file == null ? unfiled(format, console) : filed(file, format, console);
    } catch (NoSuchFileException e) {
      throw new UsageProblem("keys", "there is no file " + Printable.of(e.getFile()));
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new UsageProblem("keys", String.valueOf(e.getMessage()));
    }
  }

  private static FormatKeys filed(Path path, Format format, Console console) throws IOException {
    return format.isNative()
        ? FormatKeys.of(KeyRingFile.at(path, console.clock()).read().ring(console.now()))
        : lines(Files.readString(path));
  }

  private @Nullable FormatKeys unfiled(Format format, Console console) throws IOException {
    if (standardInput) {
      return parsed(console.input(), format, console);
    }
    String name = variable.isEmpty() && format.isNative() ? VARIABLE : variable;
    String text = console.variables().get(name);
    if (!variable.isEmpty() && text == null) {
      throw new UsageProblem("--key-env", "there is no variable " + Printable.of(variable));
    }
    return text == null ? null : parsed(text, format, console);
  }

  private static FormatKeys parsed(String text, Format format, Console console) {
    return format.isNative() ? FormatKeys.of(ring(text, console.now())) : lines(text);
  }

  private static KeyRing ring(String text, Instant now) {
    KeySchedule schedule =
        text.stripLeading().startsWith("{")
            ? KeySchedule.parse(text)
            : KeySchedule.ofList(text, Duration.ofHours(12), now);
    return schedule.ring(now);
  }

  private static FormatKeys lines(String text) {
    List<String> secrets =
        Arrays.stream(text.split("\r?\n", -1)).filter(line -> !line.isEmpty()).toList();
    return FormatKeys.of(secrets);
  }
}
