package dev.madeleine;

import dev.madeleine.MarkTable.Kind;
import dev.madeleine.MarkTable.Target;
import dev.madeleine.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Revocation for one process, in a bounded amount of memory. What it knows is lost with the
 * process.
 *
 * <p>Sessions without a subject have a table of their own: anybody can begin and end these without
 * end, so all that a full one ends is sessions without a subject. Policies that are made of one
 * another share what is remembered; each looks at it by its own clock.
 */
final class InMemoryRevocation implements Revocation {
  /** What policies share. */
  private static final class Memory {
    private final int limit;
    private final MarkTable anonymous;
    private final MarkTable owned;

    /** The longest life of a session under any of the policies, in milliseconds. */
    private final AtomicLong longestLife = new AtomicLong();

    /** The latest created time that a session of this process was given. */
    private final AtomicLong issued = new AtomicLong(Long.MIN_VALUE);

    /** Created times up to this one were given before the clock was set back. */
    private final AtomicLong setBack = new AtomicLong(Long.MIN_VALUE);

    // What has happened since it was last reported.
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean behind = new AtomicBoolean();

    Memory(int limit) {
      this.limit = limit;
      anonymous = new MarkTable(limit);
      owned = new MarkTable(limit);
    }
  }

  private final Memory memory;
  private final InstantSource clock;

  /** What most sessions live at most, in milliseconds: remembered ones may live longer. */
  private final long usualLife;

  private InMemoryRevocation(Memory memory, SessionPolicy policy) {
    this.memory = memory;
    clock = policy.clock();
    usualLife = policy.absolute().toMillis();
    memory.longestLife.accumulateAndGet(policy.longestLife().toMillis(), Math::max);
  }

  /** An empty one, for {@link SessionPolicy#withRevocationInMemory(int)}. */
  static InMemoryRevocation of(int limit, SessionPolicy policy) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "revocation in memory of at most %s entries; it must be at least 1".formatted(limit));
    }
    return new InMemoryRevocation(new Memory(limit), policy);
  }

  /** The same for a policy that was made of the one before: nothing is forgotten. */
  InMemoryRevocation under(SessionPolicy policy) {
    return new InMemoryRevocation(memory, policy);
  }

  @Override
  public boolean isRevoked(Stamp stamp) {
    long created = stamp.created().toEpochMilli();
    MarkTable sessions = sessionsLike(stamp);
    if (!sessions.isEmpty() && sessions.has(session(stamp, created))) {
      return true;
    }
    Subject subject = stamp.subject();
    if (subject != null && memory.owned.ends(subject(subject), created)) {
      return true;
    }
    for (ApplicationKey key : stamp.keys()) {
      if (memory.owned.ends(key(key), created)) {
        return true;
      }
    }
    return sessions.endsAll(created) || memory.owned.endsAll(created);
  }

  @Override
  public void revokeSession(Stamp stamp, Instant until) {
    long created = stamp.created().toEpochMilli();
    long now = clock.millis();
    Instant latest = Instant.ofEpochMilli(Math.max(now, created) + memory.longestLife.get());
    long end = (until.isBefore(latest) ? until : latest).toEpochMilli();
    // All cookies of a login have its created time. Those of an id may have others, if the session
    // was read from a format that seals no times.
    long notBefore = stamp.subject() == null ? Math.max(notBefore(now), created) : created;
    add(sessionsLike(stamp), session(stamp, created), notBefore, end, now);
  }

  @Override
  public void revokeSubject(String subject) {
    revoke(subject(Subject.of(subject, 0)));
  }

  @Override
  public void revokeKey(String key) {
    revoke(key(ApplicationKey.of(key)));
  }

  private void revoke(Target target) {
    long now = clock.millis();
    long notBefore = notBefore(now);
    add(memory.owned, target, notBefore, notBefore + memory.longestLife.get(), now);
  }

  @Override
  public void revokeAll() {
    long notBefore = notBefore(clock.millis());
    memory.owned.endAll(notBefore);
    memory.anonymous.endAll(notBefore);
  }

  @Override
  public void issued(Instant created) {
    long time = created.toEpochMilli();
    if (time > memory.issued.get()) {
      memory.issued.accumulateAndGet(time, Math::max);
    }
  }

  /** Reports what has happened since it was last asked to. */
  void report(String cookie, Consumer<SessionEvent> listener) {
    if (memory.full.get() && memory.full.getAndSet(false)) {
      Instant date = Instant.ofEpochMilli(memory.owned.date());
      listener.accept(new SessionEvent.RevocationFull(cookie, memory.limit, date));
    }
    if (memory.behind.get() && memory.behind.getAndSet(false)) {
      listener.accept(new SessionEvent.ClockBehind(cookie));
    }
  }

  /** Number of marks. */
  int size() {
    return memory.anonymous.size() + memory.owned.size();
  }

  /** The time up to which a revocation counts, the mark that is there already left aside. */
  private long notBefore(long now) {
    long issued = memory.issued.get();
    long latest = now + SessionPolicy.AHEAD.toMillis();
    if (issued > latest) { // Once: otherwise every revocation would lie a second ahead from now on.
      memory.setBack.accumulateAndGet(issued, Math::max);
      memory.issued.compareAndSet(issued, latest);
    }
    if (memory.setBack.get() > latest) {
      memory.behind.set(true);
    }
    return Math.min(Math.max(now, issued), latest);
  }

  private void add(MarkTable table, Target target, long notBefore, long until, long now) {
    boolean full = table.add(target, notBefore, until, until - now > usualLife, now);
    if (full && table == memory.owned) {
      memory.full.set(true);
    }
  }

  private MarkTable sessionsLike(Stamp stamp) {
    return stamp.subject() == null ? memory.anonymous : memory.owned;
  }

  /**
   * What all cookies of a login have in common, or else the id: a hash, so that the time of a
   * lookup tells nothing about ids (CVE-2019-16782).
   */
  private static Target session(Stamp stamp, long created) {
    Subject subject = stamp.subject();
    byte[] login = subject == null ? null : bytesOfLogin(subject, created);
    byte[] text = login == null ? stamp.sessionId().getBytes(StandardCharsets.UTF_8) : login;
    return new Target(Kind.SESSION, ByteBuffer.wrap(Sha256.of(text)).getLong());
  }

  private static byte[] bytesOfLogin(Subject subject, long created) {
    long hash = HexFormat.fromHexDigitsToLong(subject.hash());
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(hash).putLong(created).array();
  }

  private static Target subject(Subject subject) {
    return new Target(Kind.SUBJECT, HexFormat.fromHexDigitsToLong(subject.hash()));
  }

  /** The first 8 bytes of its hash. */
  private static Target key(ApplicationKey key) {
    return new Target(Kind.KEY, HexFormat.fromHexDigitsToLong(key.hash(), 0, 2 * Long.BYTES));
  }

  @Override
  public String toString() {
    return "in memory of this process, at most %s entries".formatted(memory.limit);
  }
}
