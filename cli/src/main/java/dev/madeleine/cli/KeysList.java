package dev.madeleine.cli;

import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.KeyState;
import dev.madeleine.keys.ScheduledKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code madeleine keys list}: ids, states and times; never a secret. */
@Command(
    name = "list",
    description = "Show the keys: ids, states and times, never a secret.",
    footer = {
      "",
      "States: created (accepted, signs later), active (signs), older (accepted), expired, revoked.",
      "",
      "Examples:",
      "  madeleine keys list -f keys.json",
      "  madeleine keys list -f keys.json --json | jq -r '.keys[] | select(.state == \"active\").id'"
    })
final class KeysList implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private KeyFileOption file = new KeyFileOption();

  KeysList(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KeySchedule schedule = file.read(console);
    Instant now = console.now();
    Answer answer = new Answer(Madeleine.DONE).with("file", file.label(console));
    answer.with("longestSession", schedule.longestSession().toString());
    answer.line(
        "%s: %s %s; a session lives %s at most"
            .formatted(
                file.label(console),
                schedule.keys().size(),
                schedule.keys().size() == 1 ? "key" : "keys",
                HumanTime.words(schedule.longestSession())));
    List<Map<String, Object>> keys = new ArrayList<>();
    for (ScheduledKey key : schedule.keys()) {
      KeyState state = schedule.state(key, now);
      keys.add(fields(schedule, key, state));
      answer.line("  %s  %-7s  %s".formatted(key.id(), name(state), words(schedule, key, now)));
    }
    return answer.with("keys", keys).print(console, common.json);
  }

  private static String name(KeyState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> fields(
      KeySchedule schedule, ScheduledKey key, KeyState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", key.id());
    fields.put("state", name(state));
    fields.put("created", key.created().toString());
    fields.put("signsFrom", key.signsFrom().toString());
    put(fields, "signsUntil", schedule.signsUntil(key));
    put(fields, "lateFrom", schedule.lateFrom(key));
    put(fields, "verifiesUntil", key.verifiesUntil());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Instant time) {
    if (time != null) {
      fields.put(name, time.toString());
    }
  }

  /** What the state of a key means for its times. */
  private static String words(KeySchedule schedule, ScheduledKey key, Instant now) {
    Instant until = key.verifiesUntil();
    Instant late = schedule.lateFrom(key);
    return switch (schedule.state(key, now)) {
      case CREATED -> "accepted; signs from " + HumanTime.moment(key.signsFrom(), now);
      case ACTIVE -> signing(key, now) + end(until, now);
      case OLDER -> (late == null ? "accepted" : lateness(late, now)) + end(until, now);
      case EXPIRED -> "ended " + (until == null ? "" : HumanTime.moment(until, now));
      case REVOKED -> "rejected; made " + HumanTime.moment(key.created(), now);
    };
  }

  private static String signing(ScheduledKey key, Instant now) {
    String moment = HumanTime.moment(key.signsFrom(), now);
    return key.signsFrom().isAfter(now)
        ? "signs before its time, " + moment
        : "signs since " + moment;
  }

  private static String lateness(Instant late, Instant now) {
    return late.isAfter(now)
        ? "accepted, late from " + HumanTime.moment(late, now)
        : "accepted, though no session of it should be left";
  }

  private static String end(@Nullable Instant until, Instant now) {
    return until == null ? "" : "; ends " + HumanTime.moment(until, now);
  }
}
