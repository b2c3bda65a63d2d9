package dev.madeleine.cli;

import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.ScheduledKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code madeleine keys check}: what is wrong with a key ring file, or will be. */
@Command(
    name = "check",
    description =
        "Find what is wrong with a key ring file, or will be. Exit code 1 if anything is.",
    footer = {
      "",
      "Examples:",
      "  madeleine keys check -f keys.json",
      "  madeleine keys check -f keys.json --longest-session 30d --max-age 90d",
      "  kubectl get secret shop-keys -o jsonpath='{.data.keys\\.json}' | base64 -d | madeleine keys check -f -"
    })
final class KeysCheck implements Callable<Integer> {
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private KeyFileOption file = new KeyFileOption();

  @Option(
      names = "--longest-session",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long a session may live by your policy; the file must not say less.")
  private @Nullable Duration longestSession;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long a key may sign before you want to rotate.")
  private @Nullable Duration maxAge;

  KeysCheck(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> findings = new ArrayList<>();
    try {
      if (!file.isStandardInput(console)
          && file.file(console).exists()
          && file.file(console).isOpenToOthers()) {
        findings.add(
            "every user of this machine can use the file; chmod 600 it, or 640 for a group");
      }
      KeySchedule schedule = file.read(console);
      judge(schedule, findings);
      for (ScheduledKey key : schedule.keys()) {
        judge(schedule, key, findings);
      }
    } catch (IOException | IllegalArgumentException e) {
      findings.add(String.valueOf(e.getMessage()));
    }
    Answer answer =
        new Answer(findings.isEmpty() ? Madeleine.DONE : Madeleine.FAILED)
            .with("file", file.label(console))
            .with("findings", findings);
    findings.forEach(finding -> answer.line(file.label(console) + ": " + finding));
    if (findings.isEmpty()) {
      answer.line(file.label(console) + ": in order");
    }
    return answer.print(console, common.json);
  }

  private void judge(KeySchedule schedule, List<String> findings) {
    Instant now = console.now();
    ScheduledKey active = schedule.active(now);
    if (active == null) {
      findings.add("no key signs now; madeleine keys rotate --propagation 0s makes one");
    } else if (active.signsFrom().isAfter(now.plus(SKEW))) {
      findings.add(
          "key %s signs before its time, %s, because no other does"
              .formatted(active.id(), HumanTime.moment(active.signsFrom(), now)));
    } else if (maxAge != null && schedule.signsUntil(active) == null) {
      Duration age = Duration.between(active.signsFrom(), now);
      if (age.compareTo(maxAge) > 0) {
        findings.add(
            "key %s signs for %s already; madeleine keys rotate"
                .formatted(active.id(), HumanTime.words(age)));
      }
    }
    if (longestSession != null && schedule.longestSession().compareTo(longestSession) < 0) {
      findings.add(
          "longestSession is %s, but sessions live %s: keys end too early for them"
              .formatted(
                  HumanTime.words(schedule.longestSession()), HumanTime.words(longestSession)));
    }
  }

  private void judge(KeySchedule schedule, ScheduledKey key, List<String> findings) {
    Instant now = console.now();
    if (key.created().isAfter(now.plus(SKEW))) {
      findings.add(
          "key %s was made %s; a clock is wrong"
              .formatted(key.id(), HumanTime.distance(key.created(), now)));
    }
    Instant until = key.verifiesUntil();
    if (key.isRevoked() || until == null || !until.isAfter(now)) {
      return;
    }
    Instant late = schedule.lateFrom(key);
    if (late == null) {
      findings.add(
          "key %s ends %s, and no key signs after it"
              .formatted(key.id(), HumanTime.moment(until, now)));
    } else if (until.isBefore(late)) {
      findings.add(
          "key %s ends %s, but its last sessions live until %s: they are lost"
              .formatted(key.id(), HumanTime.moment(until, now), HumanTime.moment(late, now)));
    }
  }
}
