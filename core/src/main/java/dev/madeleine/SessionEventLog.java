package dev.madeleine;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A listener that logs, and the default if no listener is set: one log line per kind and topic of
 * event in ten seconds, with the number of events that it stands for, so that forged cookies cannot
 * fill a disk. Routine events, sessions accepted and issued, are not logged.
 */
public final class SessionEventLog implements Consumer<SessionEvent> {
  /** Least time between two lines of one kind, in milliseconds. */
  private static final long PAUSE = 10_000;

  /** What shares one line: few, as no client can choose any of it. */
  private record Line(String cookie, Class<?> kind, String topic) {}

  /** When the next line may be written, and how many events went without one. */
  private static final class Tally {
    private long nextLine = Long.MIN_VALUE;
    private long silent;

    /** The number of silent events before this one if a line is due, otherwise -1. */
    synchronized long due(long now) {
      if (now < nextLine) {
        silent++;
        return -1;
      }
      long before = silent;
      silent = 0;
      nextLine = now + PAUSE;
      return before;
    }
  }

  private final System.Logger logger;
  private final InstantSource clock;
  private final Map<Line, Tally> tallies = new ConcurrentHashMap<>();

  /**
   * A log that writes to this logger.
   *
   * @param logger for example {@code System.getLogger("sessions")}
   * @param clock tells when the next line is due
   */
  public SessionEventLog(System.Logger logger, InstantSource clock) {
    this.logger = Objects.requireNonNull(logger, "logger");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void accept(SessionEvent event) {
    if (event.isRoutine()) {
      return;
    }
    Line line = new Line(event.cookie(), event.getClass(), event.topic());
    Tally tally = tallies.get(line); // Without the lock that computing takes.
    if (tally == null) {
      tally = tallies.computeIfAbsent(line, l -> new Tally());
    }
    long silent = tally.due(clock.millis());
    if (silent >= 0) {
      String more =
          silent == 0 ? "" : " (and %s more of these since the last line)".formatted(silent);
      logger.log(event.level(), event.cookie() + ": " + event.message() + more);
    }
  }
}
