package dev.madeleine.micrometer;

import dev.madeleine.keys.KeyState;
import dev.madeleine.keys.KeyStatus;
import dev.madeleine.keys.ReloadingKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Two gauges of the keys: {@code madeleine.keys.age}, how long ago the signing key was made, not a
 * number if its source has no dates; and {@code madeleine.keys.unconfirmed}, how long the source
 * has been overdue, as {@link ReloadingKeys#unconfirmedFor} says.
 */
public final class KeyMeters implements MeterBinder {
  private final ReloadingKeys keys;
  private final InstantSource clock;

  /** Meters of these keys, by the system's clock. */
  public KeyMeters(ReloadingKeys keys) {
    this(keys, InstantSource.system());
  }

  /** Meters of these keys, by this clock. */
  public KeyMeters(ReloadingKeys keys, InstantSource clock) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    TimeGauge.builder("madeleine.keys.age", this, TimeUnit.SECONDS, KeyMeters::age)
        .description("Age of the key that signs")
        .register(registry);
    TimeGauge.builder(
            "madeleine.keys.unconfirmed",
            keys,
            TimeUnit.SECONDS,
            source -> seconds(source.unconfirmedFor()))
        .description("How long the source of the keys has been overdue")
        .register(registry);
  }

  private double age() {
    for (KeyStatus key : keys.status()) {
      Instant created = key.created();
      if (key.state() == KeyState.ACTIVE && created != null) {
        return seconds(Duration.between(created, clock.instant()));
      }
    }
    return Double.NaN;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
