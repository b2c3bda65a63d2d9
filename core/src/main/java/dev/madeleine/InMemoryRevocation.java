package dev.madeleine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Revocation for one process, in a bounded amount of memory. What it knows is lost with the
 * process. Policies that are made of one another share what is remembered; each looks at it by its
 * own clock.
 */
final class InMemoryRevocation implements Revocation {
  private final Marks marks;
  private final InstantSource clock;

  private InMemoryRevocation(Marks marks, SessionPolicy policy) {
    this.marks = marks;
    clock = policy.clock();
    marks.expectLife(policy);
  }

  /** An empty one, for {@link SessionPolicy#withRevocationInMemory(int)}. */
  static InMemoryRevocation of(int limit, SessionPolicy policy) {
    return new InMemoryRevocation(new Marks(limit, false), policy);
  }

  /** The same for a policy that was made of the one before: nothing is forgotten. */
  InMemoryRevocation under(SessionPolicy policy) {
    return new InMemoryRevocation(marks, policy);
  }

  @Override
  public boolean isRevoked(Stamp stamp) {
    return marks.isRevoked(stamp);
  }

  @Override
  public void revokeSession(Stamp stamp, Instant until) {
    long now = clock.millis();
    marks.add(marks.ofSession(stamp, until, now), now);
  }

  @Override
  public void revokeSubject(String subject) {
    long now = clock.millis();
    marks.add(marks.ofSubject(subject, now), now);
  }

  @Override
  public void revokeKey(String key) {
    long now = clock.millis();
    marks.add(marks.ofKey(key, now), now);
  }

  @Override
  public void revokeAll() {
    long now = clock.millis();
    marks.add(marks.ofAll(now), now);
  }

  @Override
  public void issued(Instant created) {
    marks.issued(created);
  }

  /** Reports what has happened since it was last asked to. */
  void report(String cookie, Consumer<SessionEvent> listener) {
    marks.report(cookie, listener);
  }

  /** Number of marks. */
  int size() {
    return marks.size();
  }

  @Override
  public String toString() {
    return "in memory of this process, at most %s entries".formatted(marks.limit());
  }
}
