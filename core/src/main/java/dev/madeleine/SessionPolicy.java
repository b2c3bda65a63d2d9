package dev.madeleine;

import dev.madeleine.Decoded.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lives, and what ends it early. Immutable. Times are judged in whole seconds,
 * as they are sealed.
 *
 * <p>A session expires when it has not been used for its idle timeout, and in any case when the
 * absolute timeout has passed since it was created. Because the cookie is sealed again at most once
 * per touch interval, nobody is logged out earlier than idle, and at most one touch interval later.
 */
public final class SessionPolicy {
  /** Longest timeout that a token can hold, about 194 days. */
  public static final Duration LONGEST = Duration.ofSeconds(Header.MAX_SPAN);

  /** How far a token's times may lie in the future; clocks differ. Never extends a life. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final Duration MAX_TOUCH = Duration.ofSeconds(60);

  private final Duration idle;
  private final Duration absolute;
  private final Duration longestRemembered;
  private final boolean rememberAll;
  private final boolean rolling;
  private final Instant undatedUntil;
  private final Revocation revocation;
  private final InstantSource clock;

  private SessionPolicy(
      Duration idle,
      Duration absolute,
      Duration longestRemembered,
      boolean rememberAll,
      boolean rolling,
      Instant undatedUntil,
      Revocation revocation,
      InstantSource clock) {
    this.idle = idle;
    this.absolute = absolute;
    this.longestRemembered = longestRemembered;
    this.rememberAll = rememberAll;
    this.rolling = rolling;
    this.undatedUntil = Objects.requireNonNull(undatedUntil, "undatedUntil");
    this.revocation = Objects.requireNonNull(revocation, "revocation");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Idle 30 minutes, absolute 12 hours, nothing revoked, the system's clock. */
  public static SessionPolicy defaults() {
    return new SessionPolicy(
        Duration.ofMinutes(30),
        Duration.ofHours(12),
        Duration.ZERO,
        false,
        false,
        Instant.MIN,
        Revocation.NONE,
        InstantSource.system());
  }

  /**
   * This policy with another idle timeout for new sessions.
   *
   * @param timeout whole seconds, up to 194 days; zero for none
   */
  public SessionPolicy idle(Duration timeout) {
    checked("idle timeout", timeout, Duration.ZERO);
    return new SessionPolicy(
        timeout,
        absolute,
        longestRemembered,
        rememberAll,
        rolling,
        undatedUntil,
        revocation,
        clock);
  }

  /**
   * This policy with another absolute timeout.
   *
   * @param timeout whole seconds, 1 second to 194 days
   */
  public SessionPolicy absolute(Duration timeout) {
    checked("absolute timeout", timeout, Duration.ofSeconds(1));
    return new SessionPolicy(
        idle, timeout, longestRemembered, rememberAll, rolling, undatedUntil, revocation, clock);
  }

  /**
   * This policy with cookies that outlive the browser's session: every session is remembered for
   * this time after its last use, and may live as long if that is longer than the absolute timeout.
   *
   * @param time the cookie's Max-Age at each re-issue, and the idle timeout; 1 second to 194 days
   */
  public SessionPolicy remember(Duration time) {
    checked("remembered time", time, Duration.ofSeconds(1));
    return new SessionPolicy(idle, absolute, time, true, rolling, undatedUntil, revocation, clock);
  }

  /**
   * This policy with leave for {@link Session#remember}: a session that asks for it may live this
   * long in all, where others end at the absolute timeout.
   *
   * @param longest 1 second to 194 days
   */
  public SessionPolicy allowRemember(Duration longest) {
    checked("remembered time", longest, Duration.ofSeconds(1));
    return new SessionPolicy(
        idle, absolute, longest, rememberAll, rolling, undatedUntil, revocation, clock);
  }

  /** This policy with a new cookie on every response to a request that used its session. */
  public SessionPolicy rolling() {
    return new SessionPolicy(
        idle, absolute, longestRemembered, rememberAll, true, undatedUntil, revocation, clock);
  }

  /**
   * This policy with leave for sessions whose format seals no times: they never expire by
   * themselves. For the time of a move, or for an own encoder.
   */
  public SessionPolicy acceptUndated(Instant until) {
    return new SessionPolicy(
        idle, absolute, longestRemembered, rememberAll, rolling, until, revocation, clock);
  }

  /** This policy with a hook that ends sessions early. */
  public SessionPolicy revocation(Revocation newRevocation) {
    return new SessionPolicy(
        idle,
        absolute,
        longestRemembered,
        rememberAll,
        rolling,
        undatedUntil,
        newRevocation,
        clock);
  }

  /** This policy by another clock. */
  public SessionPolicy clock(InstantSource newClock) {
    return new SessionPolicy(
        idle,
        absolute,
        longestRemembered,
        rememberAll,
        rolling,
        undatedUntil,
        revocation,
        newClock);
  }

  /** The idle timeout of new sessions; zero for none. */
  public Duration idle() {
    return rememberAll ? longestRemembered : idle;
  }

  /** The absolute timeout of sessions that are not remembered. */
  public Duration absolute() {
    return absolute;
  }

  /** The hook that ends sessions early. */
  public Revocation revocation() {
    return revocation;
  }

  boolean rememberAll() {
    return rememberAll;
  }

  boolean isRolling() {
    return rolling;
  }

  /** The time that a session wants to be remembered, if this policy allows it. */
  Duration checkedRemember(Duration time) {
    if (time.compareTo(longestRemembered) > 0) {
      throw new IllegalArgumentException(
          "remember for %s: remembered sessions may live %s; allow more with SessionPolicy.allowRemember"
              .formatted(time, longestRemembered));
    }
    return time.isZero() ? idle : checked("remembered time", time, Duration.ofSeconds(1));
  }

  /** How long the browser keeps the cookie of this session: null for as long as it runs. */
  @Nullable Duration maxAge(SessionSnapshot session) {
    Duration maxIdle = session.maxIdle();
    if (!session.remembered() || maxIdle == null) {
      return null;
    }
    return maxIdle.isZero() ? longestRemembered : maxIdle;
  }

  /** The current time in whole seconds. */
  Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  InstantSource clock() {
    return clock;
  }

  /** Why an authentic session is not to be believed now, or null if it is. */
  @Nullable Reason judge(SessionSnapshot session) {
    Instant now = now();
    Instant created = session.created();
    Instant refreshed = session.refreshed();
    if (created == null || refreshed == null) {
      return now.isBefore(undatedUntil) ? null : Reason.UNDATED;
    }
    if (created.isAfter(now.plus(SKEW)) || refreshed.isAfter(now.plus(SKEW))) {
      return Reason.NOT_YET_VALID;
    }
    Duration maxIdle = session.maxIdle() == null ? idle : session.maxIdle();
    boolean expired =
        !now.isBefore(expiry(created, session.remembered()))
            || (!maxIdle.isZero()
                && !now.isBefore(refreshed.plus(maxIdle).plus(touchInterval(maxIdle))));
    if (expired) {
      return Reason.EXPIRED;
    }
    String id = session.id();
    boolean revoked =
        id != null && revocation.isRevoked(new Revocation.Stamp(id, created, session.subject()));
    return revoked ? Reason.REVOKED : null;
  }

  /** When a session that was created then ends at the latest. */
  Instant expiry(Instant created, boolean remembered) {
    boolean longer = remembered && longestRemembered.compareTo(absolute) > 0;
    return created.plus(longer ? longestRemembered : absolute);
  }

  /** Whether a session that is in use is due for a new cookie because of its age alone. */
  boolean renewalDue(SessionSnapshot session) {
    Instant refreshed = session.refreshed();
    Duration maxIdle = session.maxIdle();
    return rolling
        || refreshed == null
        || !now().isBefore(refreshed.plus(touchInterval(maxIdle == null ? idle : maxIdle)));
  }

  /** A tenth of the idle timeout, at least 1 s, the unit of sealed times, and at most 60 s. */
  static Duration touchInterval(Duration maxIdle) {
    long tenth = maxIdle.toSeconds() / 10;
    boolean longest = maxIdle.isZero() || tenth >= MAX_TOUCH.toSeconds();
    return longest ? MAX_TOUCH : Duration.ofSeconds(Math.max(1, tenth));
  }

  /** The duration, if a token can hold it. */
  static Duration checked(String what, Duration value, Duration min) {
    if (value.compareTo(min) < 0
        || value.compareTo(LONGEST) > 0
        || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
      throw new IllegalArgumentException(
          "%s is %s; it must be whole seconds from %s to %s (194 days)"
              .formatted(what, value, min, LONGEST));
    }
    return value;
  }

  @Override
  public String toString() {
    return "idle %s, absolute %s%s, revocation %s"
        .formatted(
            idle(),
            absolute,
            longestRemembered.isZero() ? "" : ", remembered up to " + longestRemembered,
            revocation);
  }
}
