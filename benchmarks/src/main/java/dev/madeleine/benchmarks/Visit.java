package dev.madeleine.benchmarks;

import dev.madeleine.SessionEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** The cookie with which a visitor comes. */
public enum Visit {
  /** A good session. */
  GOOD,
  /** No session. */
  NO_COOKIE,
  /** A session whose time is over. */
  EXPIRED,
  /** A session that we never sealed: version, form and key id of ours, and random bytes behind. */
  FORGED;

  private static final Duration LONG_AGO = Duration.ofDays(1);

  /** The cookie's value, or empty if there is no cookie. */
  Optional<String> value(SessionEncoder encoder, Random random) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String good = encoder.encode(SampleSession.SMALL.sealedAt(now));
    return switch (this) {
      case GOOD -> Optional.of(good);
      case NO_COOKIE -> Optional.empty();
      case EXPIRED ->
          Optional.of(encoder.encode(SampleSession.SMALL.sealedAt(now.minus(LONG_AGO))));
      case FORGED -> Optional.of(Arrival.randomBehindPrefix(good, random));
    };
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
