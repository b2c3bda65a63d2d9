package dev.madeleine.cli;

import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.ScheduledKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code madeleine keys prune}: removes the keys that have ended. */
@Command(
    name = "prune",
    description = "Drop the keys whose sessions have all ended.",
    footer = {"", "Example:", "  madeleine keys prune -f keys.json"})
final class KeysPrune implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private KeyFileOption file = new KeyFileOption();

  KeysPrune(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<String> dropped = new ArrayList<>();
    KeySchedule after =
        file.edit(
            console,
            schedule -> {
              KeySchedule pruned = schedule.prune(console.now());
              dropped.addAll(schedule.keys().stream().map(ScheduledKey::id).toList());
              dropped.removeAll(pruned.keys().stream().map(ScheduledKey::id).toList());
              return pruned;
            });
    Answer answer =
        new Answer(Madeleine.DONE)
            .with("file", file.label(console))
            .with("dropped", dropped)
            .with("left", after.keys().size())
            .line(
                "%s: dropped %s, %s left"
                    .formatted(
                        file.label(console),
                        dropped.isEmpty() ? "none" : String.join(", ", dropped),
                        after.keys().size()));
    return file.print(answer, console, common.json);
  }
}
