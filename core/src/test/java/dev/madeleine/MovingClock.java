package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class MovingClock implements InstantSource {
  private volatile Instant now;

  MovingClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void set(Instant newNow) {
    now = newNow;
  }

  void forward(Duration time) {
    now = now.plus(time);
  }

  void forwardSeconds(long seconds) {
    forward(Duration.ofSeconds(seconds));
  }
}
