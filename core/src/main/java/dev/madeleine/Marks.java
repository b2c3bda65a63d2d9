package dev.madeleine;

import dev.madeleine.Mark.Kind;
import dev.madeleine.Revocation.Stamp;
import dev.madeleine.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What this process knows to have ended, and by which rules. All times are milliseconds since 1970;
 * whoever asks says what time it is.
 *
 * <p>Sessions without a subject have a table of their own: anybody can begin and end these without
 * end, so all that a full one ends is sessions without a subject.
 */
final class Marks {
  private final int limit;
  private final boolean elsewhere;
  private final MarkTable anonymous;
  private final MarkTable owned;

  /** The longest life of a session under any of the policies. */
  private final AtomicLong longestLife = new AtomicLong();

  /** All sessions that were created up to then have been ended. */
  private final AtomicLong endedAll = new AtomicLong(Long.MIN_VALUE);

  /** The latest created time that a session of this process was given. */
  private final AtomicLong issued = new AtomicLong(Long.MIN_VALUE);

  /** Created times up to this one were given before the clock was set back. */
  private final AtomicLong setBack = new AtomicLong(Long.MIN_VALUE);

  // What has happened since it was last reported.
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicBoolean behind = new AtomicBoolean();

  /**
   * None yet.
   *
   * @param limit most marks of what has a subject, and as many of what has none; at least 1
   * @param elsewhere whether sessions also begin in other processes
   */
  Marks(int limit, boolean elsewhere) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "revocation in memory of at most %s entries; it must be at least 1".formatted(limit));
    }
    this.limit = limit;
    this.elsewhere = elsewhere;
    anonymous = new MarkTable(limit);
    owned = new MarkTable(limit);
  }

  /** Remembers for sessions that live this long. */
  void expectLife(SessionPolicy policy) {
    longestLife.accumulateAndGet(policy.longestLife().toMillis(), Math::max);
  }

  long longestLife() {
    return longestLife.get();
  }

  int limit() {
    return limit;
  }

  boolean isRevoked(Stamp stamp) {
    long created = stamp.created().toEpochMilli();
    Subject subject = stamp.subject();
    if (subject == null) {
      if (!anonymous.isEmpty() && anonymous.has(Kind.VISIT, visit(stamp))) {
        return true;
      }
    } else {
      long hash = hash(subject);
      if (owned.ends(Kind.SUBJECT, hash, created)
          || (owned.mayHaveSession(created) && owned.has(Kind.SESSION, login(hash, created)))) {
        return true;
      }
    }
    for (int i = 0; i < stamp.keys().size(); i++) {
      if (owned.ends(Kind.KEY, hash(stamp.keys().get(i)), created)) {
        return true;
      }
    }
    return (subject == null && anonymous.endsAll(created)) || owned.endsAll(created);
  }

  // --- what ends something, now ---

  /**
   * The mark of one session.
   *
   * @param until when it would have expired anyway
   */
  Mark ofSession(Stamp stamp, Instant until, long now) {
    long created = stamp.created().toEpochMilli();
    Instant latest = Instant.ofEpochMilli(Math.max(now, created) + longestLife.get());
    long end = (until.isBefore(latest) ? until : latest).toEpochMilli();
    // All cookies of a login have its created time. Those of an id may have others, if the session
    // was read from a format that seals no times.
    Subject subject = stamp.subject();
    return subject == null
        ? new Mark(Kind.VISIT, visit(stamp), Math.max(notBefore(now), created), end)
        : new Mark(Kind.SESSION, login(hash(subject), created), created, end);
  }

  Mark ofSubject(String subject, long now) {
    return of(Kind.SUBJECT, hash(Subject.of(subject, 0)), now);
  }

  Mark ofKey(String key, long now) {
    return of(Kind.KEY, hash(ApplicationKey.of(key)), now);
  }

  Mark ofAll(long now) {
    return of(Kind.ALL, 0, now);
  }

  private Mark of(Kind kind, long hash, long now) {
    long former = kind == Kind.ALL ? endedAll.get() : owned.notBefore(kind, hash);
    long notBefore = Math.max(notBefore(now), former);
    if (elsewhere) {
      // A login on another node after the former mark may lie a millisecond behind that one, ahead
      // of the clock. Half of what a login may take, so that one more is possible at once.
      notBefore =
          Math.max(notBefore, Math.min(former + 1, now + SessionPolicy.AHEAD.toMillis() / 2));
    }
    return new Mark(kind, hash, notBefore, notBefore + longestLife.get());
  }

  /** The time up to which a revocation counts, the mark that is there already left aside. */
  private long notBefore(long now) {
    long latestIssued = issued.get();
    long latest = now + SessionPolicy.AHEAD.toMillis();
    if (latestIssued > latest) {
      // Once: otherwise every revocation would lie a second ahead from now on.
      setBack.accumulateAndGet(latestIssued, Math::max);
      issued.compareAndSet(latestIssued, latest);
    }
    if (setBack.get() > latest) {
      behind.set(true);
    }
    return Math.min(Math.max(now, latestIssued), latest);
  }

  /** From now on what a mark ends has ended. */
  void add(Mark mark, long now) {
    switch (mark.kind()) {
      case ALL -> {
        endedAll.accumulateAndGet(mark.notBefore(), Math::max);
        owned.endAll(mark.notBefore(), now);
        anonymous.endAll(mark.notBefore(), now);
      }
      case VISIT -> anonymous.add(mark, now);
      default -> {
        if (owned.add(mark, now)) {
          full.set(true);
        }
      }
    }
  }

  /** See {@link Revocation#issued}. */
  void issued(Instant created) {
    long time = created.toEpochMilli();
    if (time > issued.get()) {
      issued.accumulateAndGet(time, Math::max);
    }
  }

  // --- what there is ---

  /** All marks that have not expired but those of sessions without a subject, in no order. */
  void forEach(long now, Consumer<Mark> visitor) {
    long all = endedAll.get();
    if (all != Long.MIN_VALUE && all + longestLife.get() > now) {
      visitor.accept(new Mark(Kind.ALL, 0, all, all + longestLife.get()));
    }
    owned.forEach(now, visitor::accept);
  }

  /** Number of marks. */
  int size() {
    return anonymous.size() + owned.size();
  }

  /** Bytes of memory that they take. */
  long bytes() {
    return anonymous.bytes() + owned.bytes();
  }

  /** Reports what has happened since it was last asked to. */
  void report(String cookie, Consumer<SessionEvent> listener) {
    if (full.get() && full.getAndSet(false)) {
      Instant date = Instant.ofEpochMilli(owned.date());
      listener.accept(new SessionEvent.RevocationFull(cookie, limit, date));
    }
    if (behind.get() && behind.getAndSet(false)) {
      listener.accept(new SessionEvent.ClockBehind(cookie));
    }
  }

  // --- hashes ---

  /** A hash of the id, so that the time of a lookup tells nothing about ids (CVE-2019-16782). */
  private static long visit(Stamp stamp) {
    return first(Sha256.of(stamp.sessionId().getBytes(StandardCharsets.UTF_8)));
  }

  /** What all cookies of a login have in common. */
  private static long login(long subject, long created) {
    byte[] text = ByteBuffer.allocate(2 * Long.BYTES).putLong(subject).putLong(created).array();
    return first(Sha256.of(text));
  }

  private static long first(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  private static long hash(Subject subject) {
    return HexFormat.fromHexDigitsToLong(subject.hash());
  }

  /** The first 8 bytes of its hash. */
  private static long hash(ApplicationKey key) {
    return HexFormat.fromHexDigitsToLong(key.hash(), 0, 2 * Long.BYTES);
  }
}
