package dev.madeleine;

import dev.madeleine.internal.LogLine;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A listener that logs, and the default if no listener is set: one log line per kind and topic of
 * event in ten seconds, so that forged cookies cannot fill a disk. Routine events, sessions
 * accepted and issued, are not logged.
 *
 * <p>A line is names and values: {@code event}, the simple name of its class, {@code cookie}, its
 * {@link SessionEvent#details details}, {@code more}, how many events of this kind went without a
 * line since the last one, and {@code message}.
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
      logger.log(event.level(), line(event, silent));
    }
  }

  private static String line(SessionEvent event, long silent) {
    LogLine line = new LogLine(event.getClass().getSimpleName());
    line.with("cookie", event.cookie()).with(event.details());
    if (silent > 0) {
      line.with("more", silent);
    }
    return line.with("message", event.message()).toString();
  }
}
