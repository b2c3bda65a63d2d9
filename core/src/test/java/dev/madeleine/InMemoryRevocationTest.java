package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.countedId;
import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Revocation.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class InMemoryRevocationTest {
  private static final Duration LIFE = Duration.ofHours(12);
  private final MovingClock clock = new MovingClock(NOON);
  private final InMemoryRevocation revocation = new InMemoryRevocation(100, LIFE, clock);

  private static Stamp stamp(int id, Instant created) {
    return new Stamp(countedId(id), created, null);
  }

  private static Stamp stamp(int id, Instant created, String subject) {
    return new Stamp(countedId(id), created, Subject.of(subject, 0));
  }

  private void revoke(Stamp stamp) {
    revocation.revokeSession(stamp, stamp.created().plus(LIFE));
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(revocation.isRevoked(stamp(1, NOON))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, Instant.EPOCH, "zoé"))).isFalse();
    assertThat(revocation.size()).isZero();
  }

  @Test
  void endsOneSessionAndNoOther() {
    revoke(stamp(1, NOON));
    assertThat(revocation.isRevoked(stamp(1, NOON))).isTrue();
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoé"))).isTrue();
    assertThat(revocation.isRevoked(stamp(2, NOON))).isFalse();
    assertThat(revocation.size()).isEqualTo(1);
    revoke(stamp(1, NOON));
    assertThat(revocation.size()).isEqualTo(1);
  }

  @Test
  void endsAllSessionsOfASubjectThatExist() {
    revocation.revokeSubject("zoé");
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoé"))).isTrue();
    assertThat(revocation.isRevoked(stamp(2, NOON.minusSeconds(5000), "zoé"))).isTrue();
    assertThat(revocation.isRevoked(new Stamp(countedId(3), NOON, Subject.of("zoé", 9)))).isTrue();
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoe"))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, NOON))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, NOON.plusSeconds(1), "zoé"))).isFalse();
  }

  @Test
  void endsAllSessionsThatExist() {
    revoke(stamp(1, NOON));
    revocation.revokeSubject("zoé");
    clock.forwardSeconds(10);
    revocation.revokeAll();
    for (int ago = 0; ago < 20; ago++) {
      assertThat(revocation.isRevoked(stamp(ago, NOON.plusSeconds(10 - ago)))).isTrue();
    }
    assertThat(revocation.isRevoked(stamp(2, NOON.plusSeconds(11)))).isFalse();
    assertThat(revocation.size()).isZero();
  }

  @Test
  void aLoginWithinTheSecondOfTheRevocationSurvives() {
    Scene scene = Scene.revokedBy(moving -> new InMemoryRevocation(10, LIFE, moving));
    InMemoryRevocation hook = (InMemoryRevocation) scene.sessions.policy().revocation();
    scene.clock.set(NOON.plusMillis(300));
    Session old = scene.request();
    old.login("zoé");
    scene.respond(old);
    String oldCookie = scene.cookie;
    scene.clock.set(NOON.plusMillis(600));
    hook.revokeSubject("zoé");
    Session session = scene.request();
    assertThat(session.isNew()).as("the old session").isTrue();
    session.login("zoé");
    scene.respond(session);
    scene.clock.set(NOON.plusMillis(900));
    assertThat(scene.request().isNew()).as("the new login").isFalse();
    assertThat(scene.request(NAME + "=" + oldCookie).isNew()).isTrue();
    scene.later(3600 * 2);
    assertThat(scene.request(NAME + "=" + oldCookie).isNew()).isTrue();
    scene.clock.set(NOON.plusSeconds(1000));
    assertThat(scene.request().isNew()).as("the new login later").isFalse();
  }

  @Test
  void aLoginWithinTheSecondOfRevokeAllSurvives() {
    Scene scene = Scene.revokedBy(moving -> new InMemoryRevocation(10, LIFE, moving));
    ((InMemoryRevocation) scene.sessions.policy().revocation()).revokeAll();
    Session session = scene.request();
    session.login("zoé");
    scene.respond(session);
    assertThat(scene.request().isNew()).isFalse();
    assertThat(scene.sealed().created()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void revokeAllNeverBringsAnEndedSessionBack() {
    // A session may be dated one second ahead (a login in the second of a revocation) or by the
    // skew
    // of another node's clock. It was ended; ending everything must not forget that.
    Stamp ahead = stamp(1, NOON.plusSeconds(1), "zoé");
    revoke(ahead);
    assertThat(revocation.isRevoked(ahead)).isTrue();
    revocation.revokeAll();
    assertThat(revocation.isRevoked(ahead)).isTrue();
  }

  @Test
  void aRuleThatOldSessionsAreRevokedIsNeverTakenBack() {
    InMemoryRevocation small = new InMemoryRevocation(1, LIFE, clock);
    Stamp ahead = stamp(1, NOON.plusSeconds(20)); // Of a node whose clock is ahead.
    small.revokeSession(ahead, ahead.created().plus(LIFE));
    Stamp other = stamp(2, NOON.plusSeconds(25));
    small.revokeSession(other, other.created().plus(LIFE)); // Makes the first one a rule.
    assertThat(small.isRevoked(ahead)).isTrue();
    small.revokeAll();
    assertThat(small.isRevoked(ahead)).isTrue();
    clock.set(NOON.minusSeconds(100)); // A clock that was put back.
    small.revokeAll();
    assertThat(small.isRevoked(ahead)).isTrue();
    assertThat(small.isRevoked(stamp(3, NOON))).isTrue();
  }

  @Test
  void staysWithinItsBoundAndErrsOnTheSafeSide() {
    Random random = new Random(7);
    InMemoryRevocation small = new InMemoryRevocation(10, LIFE, clock);
    List<Stamp> revoked = new ArrayList<>();
    Set<Stamp> innocent = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      clock.forwardSeconds(random.nextInt(30));
      Stamp stamp = stamp(i, clock.instant().minusSeconds(random.nextInt(3600)), "user " + i % 7);
      if (random.nextInt(4) == 0) {
        innocent.add(stamp);
      } else if (random.nextInt(10) == 0) {
        small.revokeSubject("user " + i % 7);
        revoked.add(stamp);
      } else {
        small.revokeSession(stamp, stamp.created().plus(LIFE));
        revoked.add(stamp);
      }
      assertThat(small.size()).isLessThanOrEqualTo(10);
      for (Stamp one : revoked) {
        assertThat(small.isRevoked(one)).as("%s after %s", one.sessionId(), i).isTrue();
      }
    }
    assertThat(innocent).isNotEmpty();
    assertThat(small.isRevoked(stamp(999 % 256, clock.instant().plusSeconds(1), "nobody")))
        .isFalse();
  }

  @Test
  void forgetsWhatHasExpiredBeforeItRevokesTheInnocent() {
    InMemoryRevocation small = new InMemoryRevocation(3, LIFE, clock);
    for (int i = 0; i < 3; i++) {
      Stamp old = stamp(i, NOON.plusSeconds(i));
      small.revokeSession(old, old.created().plus(LIFE));
    }
    clock.set(NOON.plus(LIFE).plusSeconds(2));
    Stamp late = stamp(9, clock.instant());
    small.revokeSession(late, late.created().plus(LIFE));
    assertThat(small.size()).isEqualTo(1);
    assertThat(small.isRevoked(late)).isTrue();
    assertThat(small.isRevoked(stamp(10, NOON.plusSeconds(3)))).as("an innocent one").isFalse();
  }

  @Test
  void anEntryIsKeptUntilTheSessionWouldHaveExpired() {
    InMemoryRevocation small = new InMemoryRevocation(2, LIFE, clock);
    Stamp long1 = stamp(1, NOON);
    small.revokeSession(long1, NOON.plus(Duration.ofDays(30))); // A remembered one.
    small.revokeSession(stamp(2, NOON), NOON.plus(LIFE));
    clock.set(NOON.plus(Duration.ofDays(1)));
    small.revokeSession(stamp(3, clock.instant()), clock.instant().plus(LIFE));
    assertThat(small.isRevoked(long1)).isTrue();
    assertThat(small.isRevoked(stamp(4, NOON))).as("no rule was needed").isFalse();
  }

  @Test
  void aSubjectsEntryIsKeptForTheLongestLife() {
    InMemoryRevocation small = new InMemoryRevocation(1, LIFE, clock);
    small.revokeSubject("zoé");
    clock.set(NOON.plus(LIFE).minusSeconds(1));
    small.revokeSession(stamp(1, clock.instant()), clock.instant().plus(LIFE));
    assertThat(small.isRevoked(stamp(2, NOON, "zoé"))).isTrue();
    assertThat(small.isRevoked(stamp(3, NOON))).as("by the rule that took its place").isTrue();
    assertThat(small.isRevoked(stamp(4, NOON.plusSeconds(1)))).isFalse();
  }

  @Test
  void keepsNoIdsAndNoNames() throws Exception { // looked up by hash, CVE-2019-16782
    revoke(stamp(0x77, NOON));
    revocation.revokeSubject("zoé");
    java.lang.reflect.Field[] fields = InMemoryRevocation.class.getDeclaredFields();
    for (java.lang.reflect.Field field : fields) {
      field.setAccessible(true);
      assertThat(String.valueOf(field.get(revocation))).doesNotContain(countedId(0x77), "zoé");
    }
    assertThat(revocation).hasToString("in memory of this process, at most 100 entries");
  }

  @Test
  void servesSeveralThreads() throws Exception {
    InMemoryRevocation shared = new InMemoryRevocation(50, LIFE, clock);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    Stamp mine = new Stamp("%032x".formatted(number * 1000 + i), NOON, null);
                    shared.revokeSession(mine, NOON.plus(LIFE));
                    assertThat(shared.isRevoked(mine)).isTrue();
                    assertThat(shared.size()).isLessThanOrEqualTo(50);
                  }
                }));
      }
      for (Future<?> one : done) {
        assertThat(one.get()).isNull();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesToRememberNothing() {
    for (int odd : new int[] {0, -1}) {
      assertThatThrownBy(() -> new InMemoryRevocation(odd, LIFE, clock))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(odd))
          .hasMessageContaining("at least 1");
    }
    assertThatThrownBy(() -> new InMemoryRevocation(1, null, clock))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new InMemoryRevocation(1, LIFE, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void logoutEverywhereEndsEverySessionOfAUser() {
    Scene scene = Scene.revokedBy(moving -> new InMemoryRevocation(10, LIFE, moving));
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      scene.cookie = null;
      Session session = scene.request();
      session.login("zoé");
      scene.respond(session);
      devices.add(scene.cookie);
    }
    scene.later(5);
    ((InMemoryRevocation) scene.sessions.policy().revocation()).revokeSubject("zoé");
    for (String device : devices) {
      assertThat(scene.request(NAME + "=" + device).isNew()).isTrue();
    }
    assertThat(scene.reasons())
        .containsExactly(RejectionReason.REVOKED, RejectionReason.REVOKED, RejectionReason.REVOKED);
  }
}
