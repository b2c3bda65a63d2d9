package dev.madeleine;

import dev.madeleine.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Revocation for one process, in a bounded amount of memory. What it knows is lost with the
 * process.
 *
 * <p>It never forgets in the unsafe direction: when its limit is reached, the sessions that are as
 * old as the one whose entry has to go are all revoked. Whoever can log in and out without end can
 * make that happen, so choose a generous limit.
 */
public final class InMemoryRevocation implements Revocation {
  private record Entry(Instant created, Instant until) {}

  private final int maxEntries;
  private final Duration longestLife;
  private final InstantSource clock;
  private final Map<String, Entry> sessions = new HashMap<>();
  private final Map<String, Entry> subjects = new HashMap<>();
  private Instant notBefore = Instant.MIN;

  /**
   * An empty one.
   *
   * @param maxEntries most sessions and subjects that are remembered, at about 200 bytes each
   * @param longestLife how long a session lives at most: {@link SessionPolicy#longestLife}
   * @param clock the same as the policy's
   */
  public InMemoryRevocation(int maxEntries, Duration longestLife, InstantSource clock) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries is " + maxEntries + ", it must be at least 1");
    }
    this.maxEntries = maxEntries;
    this.longestLife = Objects.requireNonNull(longestLife, "longestLife");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public synchronized boolean isRevoked(Stamp stamp) {
    if (!stamp.created().isAfter(notBefore)) {
      return true;
    }
    if (sessions.containsKey(key(stamp.sessionId())) || sessions.containsKey(loginKey(stamp))) {
      return true;
    }
    Subject subject = stamp.subject();
    Entry entry = subject == null ? null : subjects.get(subject.hash());
    return entry != null && !stamp.created().isAfter(entry.created());
  }

  @Override
  public synchronized void revokeSession(Stamp stamp, Instant until) {
    Entry entry = new Entry(stamp.created(), until);
    add(sessions, key(stamp.sessionId()), entry);
    if (stamp.subject() != null) {
      add(sessions, loginKey(stamp), entry); // Older cookies of this login had other ids.
    }
  }

  /**
   * Ends all sessions of this subject that exist now: logout everywhere, password change, account
   * disabled. A {@link Session#login} that follows, even within the same second, is not affected.
   *
   * @param subject the name that was given to {@code login}
   */
  public synchronized void revokeSubject(String subject) {
    String key = Subject.of(subject, 0).hash();
    Instant now = clock.instant();
    Instant second = Instant.ofEpochSecond(now.getEpochSecond());
    Entry former = subjects.get(key);
    // A login after the former revocation within this second was given the next one.
    Instant upTo =
        former == null || former.created().isBefore(second)
            ? second
            : former.created().plusSeconds(1);
    add(subjects, key, new Entry(upTo, now.plus(longestLife)));
  }

  /** Ends all sessions that exist now. */
  public synchronized void revokeAll() {
    revokeUpTo(clock.instant());
  }

  /** Number of sessions and subjects that are remembered. */
  public synchronized int size() {
    return sessions.size() + subjects.size();
  }

  private void add(Map<String, Entry> entries, String key, Entry entry) {
    if (size() >= maxEntries && !entries.containsKey(key)) {
      Instant now = clock.instant();
      sessions.values().removeIf(old -> !old.until().isAfter(now));
      subjects.values().removeIf(old -> !old.until().isAfter(now));
      while (size() >= maxEntries) {
        dropOldest();
      }
    }
    entries.put(key, entry);
  }

  /** Replaces the entry of the oldest session by the rule that sessions so old are revoked. */
  private void dropOldest() {
    Instant oldest =
        Stream.concat(sessions.values().stream(), subjects.values().stream())
            .map(Entry::created)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    revokeUpTo(oldest);
  }

  /** Revokes what was created then or before; entries that this rule covers can go. */
  private void revokeUpTo(Instant created) {
    notBefore = created.isAfter(notBefore) ? created : notBefore;
    sessions.values().removeIf(entry -> !entry.created().isAfter(notBefore));
    subjects.values().removeIf(entry -> !entry.created().isAfter(notBefore));
  }

  /** A hash of what all cookies of one login have in common. */
  private static String loginKey(Stamp stamp) {
    Subject subject = stamp.subject();
    return subject == null ? "" : key(subject.hash() + "@" + stamp.created().getEpochSecond());
  }

  /** A hash of the id, so that the time of a lookup tells nothing about ids (CVE-2019-16782). */
  private static String key(String sessionId) {
    byte[] hash = Sha256.of(sessionId.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  @Override
  public String toString() {
    return "in memory of this process, at most %s entries".formatted(maxEntries);
  }
}
