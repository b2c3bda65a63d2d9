package dev.madeleine.cli;

import dev.madeleine.MasterKey;
import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code madeleine keygen}: a new key, or a key ring file with one. */
@Command(
    name = "keygen",
    description = "Make a key of 32 random bytes, or a key ring file.",
    footer = {
      "",
      "Examples:",
      "  export MADELEINE_KEY=$(madeleine keygen)",
      "  madeleine keygen --ring -o keys.json",
      "  madeleine keygen --ring -o keys.json --longest-session 30d",
      "  madeleine keygen --ring --from-variable MADELEINE_KEY -o keys.json"
    })
final class Keygen implements Callable<Integer> {
  private static final int SECRET_BYTES = 32;

  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--ring", description = "Make a key ring file (JSON) instead of a single key.")
  private boolean ring;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where the key ring goes: a new file that only you can read. If not given: standard output.")
  private @Nullable Path output;

  @Option(
      names = "--longest-session",
      paramLabel = "TIME",
      defaultValue = "12h",
      converter = DurationText.class,
      description = "How long a session may live in all, as your policy says (12h if not given).")
  private Duration longestSession = Duration.ofHours(12);

  @Option(
      names = "--from-variable",
      paramLabel = "NAME",
      description =
          "Put the keys of this environment variable into the ring, the first as the one that signs.")
  private String fromVariable = "";

  Keygen(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!ring && (output != null || !fromVariable.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--output and --from-variable are about a key ring: add --ring");
    }
    return ring ? makeRing() : makeKey();
  }

  private int makeKey() {
    byte[] secret = new byte[SECRET_BYTES];
    console.random().nextBytes(secret);
    String text = "base64:" + Base64.getEncoder().encodeToString(secret);
    return new Answer(Madeleine.DONE)
        .with("id", MasterKey.parse(text).id())
        .with("key", text)
        .line(text)
        .print(console, common.json);
  }

  private int makeRing() throws IOException {
    KeySchedule schedule =
        fromVariable.isEmpty()
            ? KeySchedule.startingWith(longestSession, console.now(), console.random())
            : KeySchedule.ofList(
                console.variables().getOrDefault(fromVariable, ""), longestSession, console.now());
    if (output == null) {
      console.out().print(schedule.toJson());
      console.out().flush();
      return Madeleine.DONE;
    }
    try {
      KeyRingFile.at(output, console.clock()).create(schedule);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          output + " exists already; to add a key: madeleine keys rotate -f " + output, e);
    }
    String id = schedule.ring(console.now()).signingKey().id();
    return new Answer(Madeleine.DONE)
        .with("file", output.toString())
        .with("signing", id)
        .line("%s: key %s signs from now on; only you can read the file".formatted(output, id))
        .print(console, common.json);
  }
}
