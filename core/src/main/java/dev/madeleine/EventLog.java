package dev.madeleine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A listener that logs, and the one of those who bring none: one log line per kind of event in ten
 * seconds, with the number of events that it stands for, so that forged cookies cannot fill a disk.
 * What goes well, sessions accepted and issued, is not logged.
 */
public final class EventLog implements Consumer<SessionEvent> {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** The kind of an event, of which there are few. */
  private record Kind(String cookie, String what) {}

  /** When the next line of a kind may be written, and how many events went without one. */
  private static final class Tally {
    private Instant nextLine = Instant.MIN;
    private long silent;

    /** The number of silent events before this one if a line is due, otherwise -1. */
    synchronized long due(Instant now) {
      if (now.isBefore(nextLine)) {
        silent++;
        return -1;
      }
      long before = silent;
      silent = 0;
      nextLine = now.plus(PAUSE);
      return before;
    }
  }

  private final System.Logger logger;
  private final InstantSource clock;
  private final Map<Kind, Tally> tallies = new ConcurrentHashMap<>();

  /**
   * A log that writes to this logger.
   *
   * @param logger for example {@code System.getLogger("sessions")}
   * @param clock tells when the next line is due
   */
  public EventLog(System.Logger logger, InstantSource clock) {
    this.logger = Objects.requireNonNull(logger, "logger");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void accept(SessionEvent event) {
    if (event instanceof SessionEvent.Rejected rejected) {
      String key = rejected.keyId() == null ? "" : ", key " + rejected.keyId();
      log(
          Level.INFO,
          new Kind(rejected.cookie(), rejected.reason().name()),
          "rejected a session cookie: " + rejected.reason() + key);
    } else if (event instanceof SessionEvent.TooLarge tooLarge) {
      log(Level.ERROR, new Kind(tooLarge.cookie(), "too large"), tooLarge.message());
    } else if (event instanceof SessionEvent.Lost lost) {
      log(
          Level.ERROR,
          new Kind(lost.cookie(), "lost"),
          "a session change came after the response was committed and is lost: "
              + Attribute.printable(lost.change()));
    } else if (event instanceof SessionEvent.NotCarried attribute) {
      log(
          Level.INFO,
          new Kind(attribute.cookie(), "attribute " + attribute.attribute()),
          "attribute %s, a %s, lives in its request only"
              .formatted(Attribute.printable(attribute.attribute()), attribute.type()));
    } else if (event instanceof SessionEvent.LateKey late) {
      warn(
          late,
          "late key " + late.keyId(),
          "a session of key %s, which should not be in use any more".formatted(late.keyId()));
    } else if (event instanceof SessionEvent.Dropped dropped) {
      String name = Attribute.printable(dropped.attribute());
      warn(
          dropped,
          "dropped " + name,
          "attribute %s was left out: it does not fit its declaration, or has none any more"
              .formatted(name));
    } else if (event instanceof SessionEvent.WeakKey weak) {
      warn(weak, "weak key", weak.weakness());
    }
  }

  private void warn(SessionEvent event, String what, String message) {
    log(Level.WARNING, new Kind(event.cookie(), what), message);
  }

  private void log(Level level, Kind kind, String message) {
    long silent = tallies.computeIfAbsent(kind, k -> new Tally()).due(clock.instant());
    if (silent >= 0) {
      String more =
          silent == 0 ? "" : " (and %s more of these since the last line)".formatted(silent);
      logger.log(level, kind.cookie() + ": " + message + more);
    }
  }
}
