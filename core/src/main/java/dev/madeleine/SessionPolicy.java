package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lives, and what ends it early. Immutable. Times are judged in milliseconds.
 *
 * <p>A session expires when it has not been used for its idle timeout, and in any case when the
 * absolute timeout has passed since it was created. Because the cookie is sealed again at most once
 * per touch interval, nobody is logged out earlier than idle, and at most one touch interval later.
 */
public final class SessionPolicy {
  /** Longest timeout, 400 days: what browsers keep a cookie (RFC 6265bis section 5.5). */
  public static final Duration LONGEST = Duration.ofDays(400);

  /** The longest skew. */
  private static final Duration LONGEST_SKEW = Duration.ofHours(1);

  /** How far a created time may lie ahead of the clock because of a revocation. */
  static final Duration AHEAD = Duration.ofSeconds(1);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration USUAL_IDLE = Duration.ofMinutes(30);

  /** Most entries of revocation in memory, unless another number is given. */
  private static final int REVOCATION_LIMIT = 100_000;

  /** The id of a session that has none yet. */
  private static final String NO_ID = "0".repeat(32);

  /** The longest touch interval in seconds. */
  private static final long MAX_TOUCH = 60;

  /** Seconds, and milliseconds, farther away from 1970 than any session. */
  private static final long FARTHEST = 1L << 50;

  private final Settings settings;

  private SessionPolicy(Settings settings) {
    this.settings = settings;
  }

  /** What a policy says; changed only while the policy is made. */
  private static final class Settings implements Cloneable {
    private Duration idle = USUAL_IDLE;

    /** Whether the idle timeout was asked for, and is not the default. */
    private boolean idleAsked;

    private Duration absolute = Duration.ofHours(12);
    private Duration longestRemembered = Duration.ZERO;
    private Duration rememberAll = Duration.ZERO;
    private boolean rolling;
    private @Nullable String noRenewalHeader;
    private Duration skew = Duration.ofSeconds(30);
    private Instant undatedUntil = Instant.MIN;
    private Revocation revocation = Revocation.NONE;
    private SessionCondition condition = SessionCondition.ALWAYS;
    private InstantSource clock = InstantSource.system();

    @Override
    public Settings clone() {
      try {
        return (Settings) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e); // This class is Cloneable.
      }
    }
  }

  private SessionPolicy with(Consumer<Settings> change) {
    Settings changed = settings.clone();
    change.accept(changed);
    SessionPolicy policy = new SessionPolicy(changed);
    if (changed.revocation instanceof InMemoryRevocation memory) {
      changed.revocation = memory.under(policy); // By its clock, and for its longest life.
    } else if (changed.revocation instanceof ReplicatedRevocation replicated) {
      replicated.governedBy(policy);
    }
    return policy;
  }

  /** Idle 30 minutes, absolute 12 hours, nothing revoked, the system's clock. */
  public static SessionPolicy defaults() {
    return new SessionPolicy(new Settings());
  }

  /**
   * This policy with another idle timeout for new sessions: whole seconds to 400 days, zero for
   * none.
   */
  @CheckReturnValue
  public SessionPolicy withIdle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return with(
        changed -> {
          changed.idle = checked("idle timeout", timeout, Duration.ZERO);
          changed.idleAsked = true;
        });
  }

  /**
   * This policy with another absolute timeout: whole seconds, 1 second to 400 days. The default
   * idle timeout is no longer than that.
   */
  @CheckReturnValue
  public SessionPolicy withAbsolute(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return with(
        changed -> {
          changed.absolute = checked("absolute timeout", timeout, SECOND);
          if (!changed.idleAsked) {
            changed.idle = timeout.compareTo(USUAL_IDLE) < 0 ? timeout : USUAL_IDLE;
          }
        });
  }

  /**
   * This policy with cookies that outlive the browser's session: every session is remembered for
   * this time after its last use, and may live as long if that is longer than the absolute timeout.
   *
   * @param time the cookie's Max-Age at each re-issue, and the idle timeout; 1 second to 400 days
   */
  @CheckReturnValue
  public SessionPolicy withRemember(Duration time) {
    Objects.requireNonNull(time, "time");
    return with(changed -> changed.rememberAll = checked("remembered time", time, SECOND));
  }

  /**
   * This policy with leave for {@link Session#remember}: a session that asks for it may live this
   * long in all, where others end at the absolute timeout.
   *
   * @param longest 1 second to 400 days
   */
  @CheckReturnValue
  public SessionPolicy withRememberUpTo(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    return with(c -> c.longestRemembered = checked("remembered time", longest, SECOND));
  }

  /** This policy with a new cookie on every response to a request that used its session. */
  @CheckReturnValue
  public SessionPolicy withRolling() {
    return with(changed -> changed.rolling = true);
  }

  /**
   * This policy without renewals by requests that have this header: their use of the session does
   * not put off its idle timeout. For what runs without the user, such as polling. Such a request
   * reads and changes the session as any other, and a change renews it.
   *
   * <p>{@link SessionExchange#skipRenewal} says the same for one request.
   *
   * @param requestHeader for example {@code X-Background}; its value does not matter
   */
  @CheckReturnValue
  public SessionPolicy withoutRenewalOn(String requestHeader) {
    Objects.requireNonNull(requestHeader, "requestHeader");
    if (!HeaderField.isName(requestHeader)) {
      throw new IllegalArgumentException(
          "\"%s\" is no name of a header; write one such as X-Background"
              .formatted(PrintableName.of(requestHeader)));
    }
    return with(changed -> changed.noRenewalHeader = requestHeader);
  }

  /**
   * This policy with another skew: how far the times of a session may lie in the future, as clocks
   * differ, before it is rejected as {@link RejectionReason#NOT_YET_VALID}. It never extends a
   * life.
   *
   * @param newSkew whole seconds to 1 hour, 30 seconds by default
   */
  @CheckReturnValue
  public SessionPolicy withSkew(Duration newSkew) {
    Objects.requireNonNull(newSkew, "newSkew");
    return with(c -> c.skew = checked("skew", newSkew, Duration.ZERO, LONGEST_SKEW, "1 hour"));
  }

  /**
   * This policy accepting, until then, sessions whose format seals no times. They never expire by
   * themselves; allow them during a migration, or for an encoder of your own.
   */
  @CheckReturnValue
  public SessionPolicy withUndatedUntil(Instant until) {
    return with(changed -> changed.undatedUntil = Objects.requireNonNull(until, "until"));
  }

  /** {@code withRevocationInMemory(100_000)}. */
  @CheckReturnValue
  public SessionPolicy withRevocationInMemory() {
    return withRevocationInMemory(REVOCATION_LIMIT);
  }

  /**
   * This policy with a hook that ends sessions early and remembers in this process what has ended;
   * {@link #revocation()} is where to revoke. It has the clock and the longest life of this policy,
   * also when these change in a policy that is made of this one; such policies share what is
   * remembered.
   *
   * <p>Nothing that was ended comes back when the limit is reached. For sessions without a subject,
   * which anybody can begin and end, that ends older sessions without a subject. The others have a
   * limit of their own; when it is reached, the oldest entries become a date, all sessions that
   * were created before it end, and {@link SessionEvent.RevocationFull} is reported. So choose it
   * larger than the logouts within {@link #longestLife}.
   *
   * @param limit most ended logins, subjects and keys that are remembered, and as many sessions
   *     without a subject; at least 1, at 34 bytes each
   */
  @CheckReturnValue
  public SessionPolicy withRevocationInMemory(int limit) {
    return with(changed -> changed.revocation = InMemoryRevocation.of(limit, this));
  }

  /** This policy with a hook of the application's own that ends sessions early. */
  @CheckReturnValue
  public SessionPolicy withRevocation(Revocation newRevocation) {
    return with(c -> c.revocation = Objects.requireNonNull(newRevocation, "newRevocation"));
  }

  /**
   * This policy with a condition of the application's own: a session that does not meet it is
   * rejected as {@link RejectionReason#REFUSED}. It is asked after the times, before the revocation
   * hook.
   *
   * @param newCondition replaces the one before; {@link SessionCondition#and} joins two
   */
  @CheckReturnValue
  public SessionPolicy withCondition(SessionCondition newCondition) {
    return with(c -> c.condition = Objects.requireNonNull(newCondition, "newCondition"));
  }

  /** This policy by another clock. */
  @CheckReturnValue
  public SessionPolicy withClock(InstantSource newClock) {
    return with(changed -> changed.clock = Objects.requireNonNull(newClock, "newClock"));
  }

  /** The idle timeout of new sessions; zero for none. */
  public Duration idle() {
    return rememberAll() ? settings.rememberAll : settings.idle;
  }

  /** How long a session may be remembered that asks for it; zero for not at all. */
  public Duration rememberUpTo() {
    return longestRemembered();
  }

  /** The absolute timeout of sessions that are not remembered. */
  public Duration absolute() {
    return settings.absolute;
  }

  /** The hook that ends sessions early, {@link Revocation#NONE} by default. */
  public Revocation revocation() {
    return settings.revocation;
  }

  boolean rememberAll() {
    return !settings.rememberAll.isZero();
  }

  /** How long a session may live in all. */
  public Duration longestLife() {
    return longer(settings.absolute, longestRemembered());
  }

  private Duration longestRemembered() {
    return longer(settings.longestRemembered, settings.rememberAll);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The time that a session wants to be remembered, if this policy allows it. */
  Duration checkedRemember(Duration time) {
    if (time.compareTo(longestRemembered()) > 0) {
      throw new IllegalArgumentException(
          "remember for %s: remembered sessions may live %s; allow more with SessionPolicy.withRememberUpTo"
              .formatted(time, longestRemembered()));
    }
    return time.isZero() ? settings.idle : checked("remembered time", time, SECOND);
  }

  /** How long the browser keeps the cookie of this session: null for as long as it runs. */
  @Nullable Duration maxAge(SessionSnapshot session) {
    Duration idle = session.remembered() ? session.maxIdle() : null;
    return idle != null && idle.isZero() ? longestRemembered() : idle;
  }

  /** The current time, to the millisecond. */
  public Instant now() {
    return Instant.ofEpochMilli(settings.clock.millis() + settings.revocation.clockOffset());
  }

  InstantSource clock() {
    return settings.clock;
  }

  /** Why an authentic session is not to be believed at this time, or null if it is. */
  @Nullable RejectionReason judge(SessionSnapshot session, RequestHeaders request, Instant now) {
    Instant created = session.created();
    Instant refreshed = session.refreshed();
    if (created == null || refreshed == null) {
      return !now.isBefore(settings.undatedUntil)
          ? RejectionReason.UNDATED
          : settings.condition.test(session, request::lines) ? null : RejectionReason.REFUSED;
    }
    long time = now.toEpochMilli();
    long begun = millis(created);
    long used = millis(refreshed);
    if (Math.max(begun, used) > time + settings.skew.toMillis()) {
      return RejectionReason.NOT_YET_VALID;
    }
    Duration maxIdle = session.maxIdle() == null ? settings.idle : session.maxIdle();
    boolean expired =
        time - begun >= life(session.remembered()).toMillis()
            || (!maxIdle.isZero()
                && time - used >= millis(maxIdle) + touchInterval(maxIdle).toMillis());
    if (expired) {
      return RejectionReason.EXPIRED;
    }
    if (!settings.condition.test(session, request::lines)) {
      return RejectionReason.REFUSED;
    }
    return isRevoked(session) ? RejectionReason.REVOKED : null;
  }

  /**
   * The created time of a session that begins now, or whose user logs in now: this time, or the
   * first millisecond that no revocation covers, up to a second ahead.
   *
   * @return null if a revocation covers all of that second: a clock is wrong
   */
  @Nullable Instant createdNow(Instant now, @Nullable Subject subject, List<ApplicationKey> keys) {
    if (!hasRevocation()) {
      return now;
    }
    Revocation hook = settings.revocation;
    if (subject != null || !keys.isEmpty()) {
      hook.catchUp();
    }
    LongPredicate isRevoked =
        time ->
            hook.isRevoked(new Revocation.Stamp(NO_ID, Instant.ofEpochMilli(time), subject, keys));
    long created = now.toEpochMilli();
    if (isRevoked.test(created)) {
      long revoked = created;
      created += AHEAD.toMillis();
      if (isRevoked.test(created)) {
        return null;
      }
      while (created - revoked > 1) {
        long middle = (revoked + created) / 2;
        if (isRevoked.test(middle)) {
          revoked = middle;
        } else {
          created = middle;
        }
      }
    }
    Instant time = Instant.ofEpochMilli(created);
    hook.issued(time);
    return time;
  }

  /** Tells the hook that this session has ended. */
  void revoke(SessionSnapshot ended) {
    Revocation.Stamp stamp = hasRevocation() ? stamp(ended) : null;
    if (stamp != null) {
      settings.revocation.revokeSession(stamp, expiry(stamp.created(), ended.remembered()));
    }
  }

  /** Whether anything can end sessions early. */
  boolean hasRevocation() {
    return !Revocation.NONE.equals(settings.revocation);
  }

  /** Whether the hook has ended this session. */
  boolean isRevoked(SessionSnapshot session) {
    Revocation.Stamp stamp = hasRevocation() ? stamp(session) : null;
    return stamp != null && settings.revocation.isRevoked(stamp);
  }

  private static Revocation.@Nullable Stamp stamp(SessionSnapshot session) {
    String id = session.id();
    Instant created = session.created();
    return id == null || created == null
        ? null
        : new Revocation.Stamp(id, created, session.subject(), session.keys());
  }

  /** Reports what an operator should know of the hook, if it is ours. */
  void reportRevocation(String cookie, Consumer<SessionEvent> listener) {
    if (settings.revocation instanceof InMemoryRevocation memory) {
      memory.report(cookie, listener);
    } else if (settings.revocation instanceof ReplicatedRevocation replicated) {
      replicated.report(cookie, listener);
    }
  }

  /** When a session that was created then ends at the latest. */
  Instant expiry(Instant created, boolean remembered) {
    return created.plus(life(remembered));
  }

  private Duration life(boolean remembered) {
    return remembered ? longestLife() : settings.absolute;
  }

  // What an own format invented becomes the nearest that can be.

  /** Milliseconds since 1970. */
  private static long millis(Instant time) {
    long seconds = time.getEpochSecond();
    return Math.abs(seconds) < FARTHEST ? time.toEpochMilli() : Long.signum(seconds) * FARTHEST;
  }

  private static long millis(Duration duration) {
    return duration.toSeconds() < FARTHEST ? duration.toMillis() : FARTHEST;
  }

  /**
   * Whether a session that is in use at this time is due for a new cookie because of its age alone.
   */
  boolean renewalDue(SessionSnapshot session, Instant now) {
    Instant refreshed = session.refreshed();
    Duration maxIdle = session.maxIdle();
    return settings.rolling
        || refreshed == null
        || now.toEpochMilli() - millis(refreshed)
            >= touchInterval(maxIdle == null ? settings.idle : maxIdle).toMillis();
  }

  /** A tenth of the idle timeout, at least 1 s and at most 60 s. */
  static Duration touchInterval(Duration maxIdle) {
    long tenth = Math.max(1, Math.min(MAX_TOUCH, maxIdle.toSeconds() / 10));
    return Duration.ofSeconds(maxIdle.isZero() ? MAX_TOUCH : tenth);
  }

  /** Whether this request has the header of those that do not renew. */
  boolean skipsRenewal(RequestHeaders request) {
    String header = settings.noRenewalHeader;
    return header != null && !request.lines(header).isEmpty();
  }

  /**
   * The earliest time from which on this session is not accepted, unless it is used before.
   *
   * @param used when it was refreshed
   */
  Instant end(SessionSnapshot session, Instant used) {
    Instant end = expiry(Objects.requireNonNull(session.created()), session.remembered());
    Duration idle = session.maxIdle() == null ? settings.idle : session.maxIdle();
    if (idle.isZero()) {
      return end;
    }
    Instant unused = used.plus(idle).plus(touchInterval(idle));
    return unused.isBefore(end) ? unused : end;
  }

  /**
   * This policy, if its timeouts go together.
   *
   * @throws IllegalArgumentException if the idle timeout is longer than the absolute one, so that
   *     it would never be reached
   */
  SessionPolicy requireReachable() {
    if (!rememberAll() && settings.idle.compareTo(settings.absolute) > 0) {
      throw new IllegalArgumentException(
          "the idle timeout %s is longer than the absolute timeout %s, so it would never be reached; raise the absolute timeout (SessionPolicy.withAbsolute, setting absolute), or shorten the idle one (withIdle, setting idle; zero for none)"
              .formatted(settings.idle, settings.absolute));
    }
    return this;
  }

  /** The duration, if a token can hold it. */
  static Duration checked(String what, Duration value, Duration min) {
    return checked(what, value, min, LONGEST, "400 days");
  }

  private static Duration checked(
      String what, Duration value, Duration min, Duration max, String readableMax) {
    if (value.compareTo(min) < 0
        || value.compareTo(max) > 0
        || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
      throw new IllegalArgumentException(
          "%s is %s; it must be whole seconds from %s to %s (%s)"
              .formatted(what, value, min, max, readableMax));
    }
    return value;
  }

  @Override
  public String toString() {
    return "idle %s, absolute %s%s, revocation %s"
        .formatted(
            idle(),
            settings.absolute,
            longestRemembered().isZero() ? "" : ", remembered up to " + longestRemembered(),
            settings.revocation);
  }
}
