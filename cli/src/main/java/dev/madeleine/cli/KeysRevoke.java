package dev.madeleine.cli;

import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code madeleine keys revoke}: ends every session of a key. */
@Command(
    name = "revoke",
    description = "Reject every session that a key sealed, on each node that has the new file.",
    footer = {
      "",
      "The key's secret is removed from the file; this cannot be taken back.",
      "",
      "Examples:",
      "  madeleine keys revoke -f keys.json 1a2b3c4d",
      "  madeleine keys revoke -f keys.json --replace 1a2b3c4d     a new key signs at once"
    })
final class KeysRevoke implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private KeyFileOption file = new KeyFileOption();

  @Option(
      names = "--replace",
      description =
          "Let a new key sign at once, in the same edit. For the key that signs, when it has leaked.")
  private boolean replace;

  @Parameters(paramLabel = "ID", description = "The key's id, as madeleine keys list shows it.")
  private String id = "";

  private boolean already;

  KeysRevoke(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = console.now();
    KeySchedule after = file.edit(console, schedule -> revoked(schedule, now));
    String signing = after.ring(now).signingKey().id();
    Answer answer =
        new Answer(Madeleine.DONE)
            .with("file", file.label(console))
            .with("revoked", id)
            .with("signing", signing)
            .line(
                (already
                        ? "%s: key %s was revoked already, nothing is changed; key %s signs"
                        : "%s: sessions of key %s are rejected; key %s signs")
                    .formatted(file.label(console), id, signing));
    return file.print(answer, console, common.json);
  }

  /** Revokes it; what was done already, perhaps by the same command before, is not done again. */
  private KeySchedule revoked(KeySchedule schedule, Instant now) {
    already = schedule.keys().stream().anyMatch(key -> key.id().equals(id) && key.isRevoked());
    if (already) {
      return schedule;
    }
    return (replace ? schedule.rotate(Duration.ZERO, now, console.random()) : schedule)
        .revoke(id, now);
  }
}
