package dev.madeleine.cli;

import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.ScheduledKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code madeleine keys rotate}: adds a key that signs when every node knows it. */
@Command(
    name = "rotate",
    description = "Add a key that is accepted at once and signs later, when every node knows it.",
    footer = {
      "",
      "The keys of before are accepted until all their sessions have ended.",
      "",
      "Examples:",
      "  madeleine keys rotate -f keys.json",
      "  madeleine keys rotate -f keys.json --propagation 0s       one node only",
      "  madeleine keys rotate -f - < keys.json > new.json"
    })
final class KeysRotate implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private KeyFileOption file = new KeyFileOption();

  @Option(
      names = "--propagation",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationText.class,
      description =
          "How long until every node has the new file (10m if not given). Too short loses sessions.")
  private Duration propagation = Duration.ofMinutes(10);

  KeysRotate(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = console.now();
    ScheduledKey[] added = new ScheduledKey[1];
    file.edit(
        console,
        schedule -> {
          KeySchedule after = schedule.rotate(propagation, now, console.random());
          added[0] =
              after.keys().stream()
                  .filter(key -> schedule.keys().stream().noneMatch(k -> k.id().equals(key.id())))
                  .findFirst()
                  .orElseThrow();
          return after;
        });
    ScheduledKey key = added[0];
    Answer answer =
        new Answer(Madeleine.DONE)
            .with("file", file.label(console))
            .with("added", key.id())
            .with("signsFrom", key.signsFrom().toString())
            .line(
                "%s: key %s is accepted now and signs from %s"
                    .formatted(
                        file.label(console), key.id(), HumanTime.moment(key.signsFrom(), now)));
    return file.print(answer, console, common.json);
  }
}
