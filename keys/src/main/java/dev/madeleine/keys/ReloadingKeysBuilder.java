package dev.madeleine.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/** Puts together {@link ReloadingKeys}. */
public final class ReloadingKeysBuilder {
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  final KeySource source;
  Duration interval = Duration.ofSeconds(10);
  boolean allowOrphaning;
  Consumer<KeyEvent> listener = new KeyEventLog();
  InstantSource clock = InstantSource.system();

  ReloadingKeysBuilder(KeySource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /** How long to wait between two looks at the source; 10 ms to a day, 10 seconds if not said. */
  public ReloadingKeysBuilder every(Duration newInterval) {
    Objects.requireNonNull(newInterval, "newInterval");
    if (newInterval.compareTo(Duration.ofMillis(10)) < 0
        || newInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "a look every %s; it must be 10 ms to a day".formatted(newInterval));
    }
    interval = newInterval;
    return this;
  }

  /**
   * Takes a new ring even if it does not know the key that signs at present. The sessions of that
   * key are lost then; without this the ring is refused and reported.
   */
  public ReloadingKeysBuilder allowOrphaning() {
    allowOrphaning = true;
    return this;
  }

  /** Gets the events instead of the log. Called in the background; one event at a time. */
  public ReloadingKeysBuilder listener(Consumer<KeyEvent> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /** Another clock to tell which key signs. */
  public ReloadingKeysBuilder clock(InstantSource newClock) {
    clock = Objects.requireNonNull(newClock, "newClock");
    return this;
  }

  /**
   * Reads the source, and begins to look at it in the background.
   *
   * @throws UncheckedIOException if it cannot be read; the message is for the operator
   * @throws IllegalArgumentException if it holds no good keys, or none that signs now; the message
   *     names line and field
   */
  public ReloadingKeys start() {
    try {
      return new ReloadingKeys(this).started();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
