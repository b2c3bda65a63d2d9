package dev.madeleine;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts together a {@link ReplicatedRevocation}. */
public final class ReplicatedRevocationBuilder {
  private static final int USUAL_LIMIT = 1_000_000;
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private final SharedMarks engine;
  private final Supplier<KeyRing> keys;
  private final SecureRandom random = new SecureRandom();
  private int limit = USUAL_LIMIT;
  private Duration start = Duration.ofSeconds(5);
  private Duration stale = Duration.ZERO;
  private Duration compactEvery = Duration.ofMinutes(10);
  private boolean acceptEarly;
  private boolean shareVisits;
  private Consumer<RevocationEvent> listener = new RevocationEventLog();

  ReplicatedRevocationBuilder(SharedMarks engine, Supplier<KeyRing> keys) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.keys = Objects.requireNonNull(keys, "keys");
  }

  /**
   * Another limit than a million: so many ended logins, subjects and keys are remembered, at 34
   * bytes each, and as many sessions without a subject. When it is reached, the oldest become a
   * date, all sessions that were created before it end, and {@link SessionEvent.RevocationFull} is
   * reported.
   *
   * @param most at least 1
   */
  public ReplicatedRevocationBuilder limit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "revocation of at most %s entries; it must be at least 1".formatted(most));
    }
    limit = most;
    return this;
  }

  /**
   * How long {@link #start} waits for what the engine knows; 5 seconds if not said.
   *
   * @param most zero for not at all, at most 5 minutes
   */
  public ReplicatedRevocationBuilder startWithin(Duration most) {
    Objects.requireNonNull(most, "most");
    if (most.isNegative() || most.compareTo(LONGEST_START) > 0) {
      throw new IllegalArgumentException(
          "a start within %s; it must be zero to 5 minutes".formatted(most));
    }
    start = most;
    return this;
  }

  /**
   * Lets requests pass before the engine has answered for the first time: a session that was ended
   * before this node started is accepted until then. Without this they fail, and {@link
   * RevocationStatus#ready} says so.
   */
  public ReplicatedRevocationBuilder acceptEarly() {
    acceptEarly = true;
    return this;
  }

  /**
   * Lets requests with a session fail when the engine has not answered for so long. Without this
   * they go on with what is known.
   *
   * @param silence at least 5 seconds
   */
  public ReplicatedRevocationBuilder failWhenStale(Duration silence) {
    Objects.requireNonNull(silence, "silence");
    if (silence.compareTo(Duration.ofSeconds(5)) < 0) {
      throw new IllegalArgumentException(
          "requests that fail after a silence of %s; it must be at least 5 seconds"
              .formatted(silence));
    }
    stale = silence;
    return this;
  }

  /**
   * Shares the end of sessions without a subject too, which anybody can begin and end as often as
   * they like.
   */
  public ReplicatedRevocationBuilder shareVisits() {
    shareVisits = true;
    return this;
  }

  /** Gets the events instead of the log. Called in a thread of its own, one event at a time. */
  public ReplicatedRevocationBuilder listener(Consumer<RevocationEvent> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /** How often a node tries to make the log of the engine shorter; for tests. */
  ReplicatedRevocationBuilder compactEvery(Duration time) {
    compactEvery = time;
    return this;
  }

  /**
   * Begins to read and to send. Give it to a policy before the first request: the policy says how
   * long a revocation has to be remembered.
   *
   * @return when all that the engine knows has been read, or the time for it has passed; see {@link
   *     RevocationStatus#ready}
   */
  public ReplicatedRevocation start() {
    ReplicatedRevocation revocation = new ReplicatedRevocation(this);
    revocation.start(start);
    return revocation;
  }

  SharedMarks engine() {
    return engine;
  }

  SecureRandom random() {
    return random;
  }

  Supplier<KeyRing> keys() {
    return keys;
  }

  int limit() {
    return limit;
  }

  boolean acceptsEarly() {
    return acceptEarly;
  }

  boolean sharesVisits() {
    return shareVisits;
  }

  Duration stale() {
    return stale;
  }

  Duration compactEvery() {
    return compactEvery;
  }

  Consumer<RevocationEvent> listener() {
    return listener;
  }
}
