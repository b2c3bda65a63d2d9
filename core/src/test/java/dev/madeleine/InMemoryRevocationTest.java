package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Revocation.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What revocation in memory ends, and what it leaves alone. */
final class InMemoryRevocationTest {
  private static final Duration LIFE = Duration.ofHours(12);
  private final Scene scene = Scene.revocable(1000);
  private final MovingClock clock = scene.clock;
  private final InMemoryRevocation revocation = memory(scene.sessions.policy());

  private static InMemoryRevocation memory(SessionPolicy policy) {
    return (InMemoryRevocation) policy.revocation();
  }

  private InMemoryRevocation small(int limit) {
    return memory(SessionPolicy.defaults().withClock(clock).withRevocationInMemory(limit));
  }

  private static Stamp stamp(int id, Instant created) {
    return new Stamp("%032x".formatted(id), created, null, List.of());
  }

  private static Stamp stamp(int id, Instant created, String subject, String... keys) {
    List<ApplicationKey> applicationKeys = List.of(keys).stream().map(ApplicationKey::of).toList();
    return new Stamp("%032x".formatted(id), created, Subject.of(subject, 0), applicationKeys);
  }

  private static void revoke(Revocation revocation, Stamp stamp) {
    revocation.revokeSession(stamp, stamp.created().plus(LIFE));
  }

  /** A login by a browser without a cookie; returns its cookie. */
  private String login(String subject, String... keys) {
    scene.cookie = null;
    Session session = scene.request();
    session.login(subject, 0, keys);
    scene.respond(session);
    return NAME + "=" + scene.cookie;
  }

  private void logout(String cookie) {
    Session session = scene.request(cookie);
    session.invalidate();
    scene.respond(session);
  }

  private boolean lives(String cookie) {
    return !scene.request(cookie).isNew();
  }

  // ---- what is marked ----

  @Test
  void knowsNothingAtFirst() {
    assertThat(revocation.isRevoked(stamp(1, NOON))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, Instant.EPOCH, "zoé", "sid"))).isFalse();
    assertThat(revocation.size()).isZero();
  }

  @Test
  void endsOneSessionAndNoOther() {
    revoke(revocation, stamp(1, NOON));
    assertThat(revocation.isRevoked(stamp(1, NOON))).isTrue();
    assertThat(revocation.isRevoked(stamp(2, NOON))).isFalse();
    revoke(revocation, stamp(1, NOON));
    assertThat(revocation.size()).isEqualTo(1);
  }

  @Test
  void endsEveryIdOfALoginAndNoOtherLogin() {
    revoke(revocation, stamp(1, NOON, "zoé"));
    assertThat(revocation.isRevoked(stamp(2, NOON, "zoé"))).isTrue();
    assertThat(revocation.isRevoked(stamp(1, NOON.plusMillis(1), "zoé"))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, NOON.minusMillis(1), "zoé"))).isFalse();
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoe"))).isFalse();
  }

  @Test
  void everyEarlierCookieOfALoginEndsWithItsLogout() {
    List<String> cookies = new ArrayList<>(List.of(login("zoé")));
    for (int i = 0; i < 2; i++) {
      clock.forward(Duration.ofMillis(700));
      Session session = scene.request(cookies.get(i));
      session.changeId();
      scene.respond(session);
      cookies.add(NAME + "=" + scene.cookie);
    }
    assertThat(cookies).doesNotHaveDuplicates().allMatch(this::lives);
    logout(cookies.get(2));
    assertThat(cookies).noneMatch(this::lives);
  }

  @Test
  void endsAllSessionsOfASubjectThatExist() {
    List<String> devices = List.of(login("zoé"), login("zoé"), login("zoé"));
    String other = login("zoe");
    revocation.revokeSubject("zoé");
    assertThat(devices).noneMatch(this::lives);
    assertThat(lives(other)).isTrue();
    assertThat(revocation.isRevoked(new Stamp("", NOON, Subject.of("zoé", 9), List.of()))).isTrue();
  }

  @Test
  void endsTheSessionsThatHaveAKeyOfTheApplication() {
    Stamp one = stamp(1, NOON, "zoé", "sid:1", "tenant:a");
    Stamp other = stamp(2, NOON, "zoé", "sid:2", "tenant:a");
    revocation.revokeKey("sid:1");
    assertThat(revocation.isRevoked(one)).isTrue();
    assertThat(revocation.isRevoked(other)).isFalse();
    revocation.revokeKey("tenant:a");
    assertThat(revocation.isRevoked(other)).isTrue();
    assertThat(revocation.isRevoked(stamp(3, NOON.plusMillis(1), "zoé", "sid:1"))).isFalse();
  }

  @Test
  void aKeyEndsNothingThatHasItAsSubject() {
    revocation.revokeKey("zoé");
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoé"))).isFalse();
    revocation.revokeSubject("sid:1");
    assertThat(revocation.isRevoked(stamp(1, NOON, "zoé", "sid:1"))).isFalse();
  }

  @Test
  void aLaterLoginReplacesTheKeys() {
    Session session = scene.request(login("zoé", "sid:1"));
    clock.forward(Duration.ofMillis(5));
    session.login("zoé", 0, "sid:2");
    scene.respond(session);
    String cookie = NAME + "=" + scene.cookie;
    revocation.revokeKey("sid:1");
    assertThat(lives(cookie)).isTrue();
    revocation.revokeKey("sid:2");
    assertThat(lives(cookie)).isFalse();
  }

  @Test
  void endsAllSessionsThatExistAndForgetsTheirMarks() {
    revoke(revocation, stamp(1, NOON));
    revocation.revokeSubject("zoé");
    clock.forwardSeconds(10);
    revocation.revokeAll();
    assertThat(revocation.isRevoked(stamp(2, NOON.plusSeconds(10)))).isTrue();
    assertThat(revocation.isRevoked(stamp(2, NOON.plusSeconds(10), "anna"))).isTrue();
    assertThat(revocation.isRevoked(stamp(2, NOON.plusMillis(10_001)))).isFalse();
    assertThat(revocation.size()).isZero();
  }

  // ---- the clock ----

  @Test
  void whatWasHandedOutBeforeARevocationEndsAfterManyLoginsInOneSecond() {
    List<Runnable> revocations =
        List.of(() -> revocation.revokeSubject("zoé"), revocation::revokeAll);
    for (Runnable revocationOfAll : revocations) {
      for (int i = 0; i < 24; i++) {
        logout(login("zoé"));
      }
      String cookie = login("zoé");
      assertThat(lives(cookie)).isTrue();
      assertThat(scene.sealed().created()).isAfter(NOON);
      revocationOfAll.run();
      assertThat(lives(cookie)).isFalse();
      assertThat(lives(login("zoé"))).isTrue();
    }
  }

  @Test
  void aKeyEndsWhatWasHandedOutAheadOfTheClock() {
    for (int i = 0; i < 24; i++) {
      logout(login("zoé", "sid"));
    }
    String cookie = login("zoé", "sid");
    revocation.revokeKey("sid");
    assertThat(lives(cookie)).isFalse();
  }

  @Test
  void manyRevocationsInOneSecondLetTheUserLogInAtOnce() {
    for (int i = 0; i < 3600; i++) {
      revocation.revokeSubject("zoé");
    }
    String cookie = login("zoé");
    assertThat(scene.sealed().created()).isEqualTo(NOON.plusMillis(1));
    assertThat(lives(cookie)).isTrue();
    assertThat(scene.events).isEmpty();
  }

  @Test
  void aLoginInTheMillisecondOfARevocationLives() {
    String before = login("zoé");
    revocation.revokeSubject("zoé");
    String between = login("zoé");
    assertThat(lives(before)).isFalse();
    assertThat(lives(between)).isTrue();
    revocation.revokeSubject("zoé");
    String after = login("zoé");
    assertThat(lives(between)).isFalse();
    assertThat(lives(after)).isTrue();
  }

  @Test
  void aSessionThatBeginsInTheMillisecondOfRevokeAllLives() {
    revocation.revokeAll();
    scene.cookie = null;
    scene.signedIn("cart", List.of("tea"));
    assertThat(scene.request().get("cart")).isEqualTo(List.of("tea"));
    assertThat(scene.sealed().created()).isEqualTo(NOON.plusMillis(1));
    assertThat(scene.sealed().refreshed()).isEqualTo(scene.sealed().created());
    revocation.revokeAll();
    assertThat(scene.request().isNew()).isTrue();
  }

  @Test
  void aClockThatStandsStillServesForTests() {
    for (int i = 0; i < 300; i++) {
      String cookie = login("zoé");
      assertThat(lives(cookie)).isTrue();
      switch (i % 4) {
        case 0 -> logout(cookie);
        case 1 -> revocation.revokeSubject("zoé");
        case 2 -> revocation.revokeAll();
        default -> revocation.revokeKey("sid");
      }
      assertThat(lives(cookie)).isEqualTo(i % 4 == 3);
    }
    assertThat(scene.events).allMatch(event -> event instanceof SessionEvent.Rejected);
  }

  @Test
  void aRevocationLiesAtMostASecondAhead() {
    revocation.issued(NOON.plus(Duration.ofDays(365))); // By a clock that was wrong.
    revocation.revokeSubject("zoé");
    assertThat(revocation.isRevoked(stamp(1, NOON.plusSeconds(1), "zoé"))).isTrue();
    assertThat(revocation.isRevoked(stamp(1, NOON.plusMillis(1001), "zoé"))).isFalse();
    clock.forwardSeconds(2);
    revocation.revokeSubject("zoé");
    assertThat(revocation.isRevoked(stamp(1, NOON.plusSeconds(2), "zoé"))).isTrue();
    assertThat(lives(login("zoé"))).isTrue();
    assertThat(scene.events).contains(new SessionEvent.ClockBehind(NAME));
  }

  @Test
  void aClockThatWasSetBackBringsNothingBack() {
    String loggedOut = login("anna");
    logout(loggedOut);
    String revoked = login("zoé");
    revocation.revokeSubject("zoé");
    String before = login("ben");
    clock.set(NOON.minusSeconds(3600));
    assertThat(lives(revoked)).isFalse();
    assertThat(lives(loggedOut)).isFalse();
    assertThat(scene.events).noneMatch(event -> event instanceof SessionEvent.ClockBehind);

    String early = login("zoé");
    assertThat(scene.events).contains(new SessionEvent.ClockBehind(NAME));
    assertThat(lives(early)).as("has to wait").isFalse();
    assertThat(lives(login("ben"))).isTrue();
    revocation.revokeSubject("zoé");

    clock.set(NOON.plusMillis(1));
    assertThat(lives(login("zoé"))).as("has waited").isTrue();
    assertThat(lives(revoked)).isFalse();
    assertThat(lives(early)).isFalse();
    assertThat(lives(loggedOut)).isFalse();
    assertThat(lives(before)).isTrue();
  }

  @Test
  void aClockThatStepsBackALittleMattersToNobody() {
    String early = login("zoé");
    clock.set(NOON.minusMillis(900));
    revocation.revokeSubject("zoé");
    assertThat(lives(early)).isFalse();
    assertThat(lives(login("zoé"))).isTrue();
    assertThat(scene.events).noneMatch(event -> event instanceof SessionEvent.ClockBehind);
  }

  @Test
  void aRevocationThatMayMissLaterSessionsIsReported() {
    String cookie = login("zoé");
    clock.set(NOON.minusSeconds(60));
    revocation.revokeSubject("zoé");
    login("ben");
    assertThat(scene.events).contains(new SessionEvent.ClockBehind(NAME));
    assertThat(lives(cookie)).isFalse(); // It is not valid yet.
  }

  @Test
  void revokeAllNeverBringsAnEndedSessionBack() {
    // A session may be dated ahead of this clock, by a login or by the clock of another node.
    Stamp ahead = stamp(1, NOON.plusSeconds(20), "zoé");
    revoke(revocation, ahead);
    assertThat(revocation.isRevoked(ahead)).isTrue();
    revocation.revokeAll();
    assertThat(revocation.isRevoked(ahead)).isTrue();
  }

  // ---- room ----

  @Test
  void visitorsWithoutALoginPushOutNobodyWhoIsLoggedIn() {
    InMemoryRevocation room = small(3000);
    Stamp user = stamp(1, NOON, "zoé");
    Stamp ended = stamp(2, NOON, "anna");
    Stamp visitor = stamp(3, NOON);
    revoke(room, ended);
    for (int i = 10; i < 3510; i++) {
      clock.forward(Duration.ofMillis(10));
      revoke(room, stamp(i, clock.instant()));
    }
    assertThat(room.isRevoked(user)).isFalse();
    assertThat(room.isRevoked(ended)).isTrue();
    assertThat(room.isRevoked(visitor)).as("an old session without a subject").isTrue();
    for (int i = 10; i < 3510; i++) {
      assertThat(room.isRevoked(stamp(i, NOON.plusMillis(10L * (i - 9))))).isTrue();
    }
    assertThat(room.size()).isLessThanOrEqualTo(3001);
    List<SessionEvent> events = new ArrayList<>();
    room.report(NAME, events::add);
    assertThat(events).isEmpty();
  }

  @Test
  void aFullTableEndsWhatIsOldAndSaysSo() {
    Scene full = Scene.revocable(32);
    InMemoryRevocation room = memory(full.sessions.policy());
    for (int i = 0; i < 32; i++) {
      revoke(room, stamp(i, NOON.plusMillis(i), "user " + i));
    }
    assertThat(room.isRevoked(stamp(99, NOON, "zoé"))).isFalse();
    full.signedIn("a", 1);
    assertThat(full.events).isEmpty();
    revoke(room, stamp(32, NOON.plusMillis(32), "user 32"));
    full.cookie = null;
    full.signedIn("a", 1);
    assertThat(full.events)
        .containsExactly(new SessionEvent.RevocationFull(NAME, 32, NOON.plusMillis(1)));
    assertThat(room.isRevoked(stamp(99, NOON.plusMillis(1), "zoé"))).isTrue();
    assertThat(room.isRevoked(stamp(99, NOON.plusMillis(1)))).isTrue();
    assertThat(room.isRevoked(stamp(99, NOON.plusMillis(2), "zoé"))).isFalse();
    for (int i = 0; i <= 32; i++) {
      assertThat(room.isRevoked(stamp(i, NOON.plusMillis(i), "user " + i))).isTrue();
    }
    full.cookie = null;
    full.signedIn("a", 1);
    assertThat(full.events).as("reported once").hasSize(1);
  }

  @Test
  void aFullTableIsReportedByTheLogoutThatFilledIt() {
    Scene full = Scene.revocable(1);
    for (String user : List.of("zoé", "anna")) {
      Session session = full.request();
      session.login(user);
      full.respond(session);
      assertThat(full.events).isEmpty();
      full.later(1);
      full.request().invalidate();
      full.cookie = null;
    }
    assertThat(full.events).containsExactly(new SessionEvent.RevocationFull(NAME, 1, NOON));
  }

  @Test
  void staysWithinItsBoundAndErrsOnTheSafeSide() {
    Random random = new Random(7);
    InMemoryRevocation room = small(10);
    List<Stamp> revoked = new ArrayList<>();
    Set<Stamp> innocent = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      clock.forwardSeconds(random.nextInt(30));
      Stamp stamp = stamp(i, clock.instant().minusSeconds(random.nextInt(3600)), "user " + i % 7);
      if (random.nextInt(4) == 0) {
        innocent.add(stamp);
      } else if (random.nextInt(10) == 0) {
        room.revokeSubject("user " + i % 7);
        revoked.add(stamp);
      } else {
        revoke(room, stamp);
        revoked.add(stamp);
      }
      assertThat(room.size()).isLessThanOrEqualTo(10);
      for (Stamp one : revoked) {
        assertThat(room.isRevoked(one)).as("%s after %s", one.sessionId(), i).isTrue();
      }
    }
    assertThat(innocent).isNotEmpty();
    assertThat(room.isRevoked(stamp(999, clock.instant().plusSeconds(1), "nobody"))).isFalse();
  }

  @Test
  void forgetsWhatHasExpiredBeforeItRevokesTheInnocent() {
    InMemoryRevocation room = small(3);
    for (int i = 0; i < 3; i++) {
      revoke(room, stamp(i, NOON.plusSeconds(i), "zoé"));
    }
    clock.set(NOON.plus(LIFE).plusSeconds(70));
    Stamp late = stamp(9, clock.instant(), "zoé");
    revoke(room, late);
    assertThat(room.size()).isEqualTo(1);
    assertThat(room.isRevoked(late)).isTrue();
    assertThat(room.isRevoked(stamp(10, NOON.plusSeconds(3), "zoé"))).isFalse();
  }

  @Test
  void aMarkIsNotKeptForLongerThanTheLongestLife() {
    InMemoryRevocation room = small(1);
    room.revokeSession(stamp(1, NOON, "zoé"), Instant.MAX);
    clock.set(NOON.plus(LIFE).plusSeconds(70));
    revoke(room, stamp(2, clock.instant(), "zoé"));
    assertThat(room.isRevoked(stamp(3, NOON, "anna"))).as("no date was needed").isFalse();
  }

  // ---- the policy ----

  @Test
  void remembersForTheLongestLifeInWhateverOrderThePolicyIsMade() {
    SessionPolicy plain = SessionPolicy.defaults();
    Duration month = Duration.ofDays(30);
    for (SessionPolicy policy :
        List.of(
            plain.withClock(clock).withRememberUpTo(month).withRevocationInMemory(1),
            plain.withRevocationInMemory(1).withRememberUpTo(month).withClock(clock),
            plain.withRememberUpTo(month).withRevocationInMemory(1).withClock(clock),
            plain.withClock(clock).withRevocationInMemory(1).withRememberUpTo(month))) {
      clock.set(NOON);
      policy.revocation().revokeSubject("zoé");
      clock.set(NOON.plus(Duration.ofHours(13)));
      policy.revocation().revokeSubject("anna"); // Needs the room of what has expired.
      assertThat(policy.revocation().isRevoked(stamp(1, NOON, "zoé"))).isTrue();
      clock.set(NOON.plus(month).plus(LIFE));
      policy.revocation().revokeSubject("ben");
      assertThat(policy.revocation().isRevoked(stamp(1, clock.instant(), "ben"))).isTrue();
    }
  }

  @Test
  void aRememberedUserWhoWasRevokedStaysOutWithSettingsAsText() {
    for (List<String> order :
        List.of(
            List.of("allowRemember", "revocationEntries"),
            List.of("revocationEntries", "allowRemember"))) {
      Map<String, String> texts = Map.of("allowRemember", "P30D", "revocationEntries", "1");
      SessionsBuilder builder = Sessions.builder(Fixtures.RING);
      TextSettings.of(name -> order.contains(name) ? texts.get(name) : null).applyTo(builder, NAME);
      SessionPolicy policy = builder.build().policy().withClock(clock);
      clock.set(NOON);
      SessionSnapshot remembered =
          Fixtures.session(Map.of())
              .withSubject(Subject.of("zoé", 0))
              .withMaxIdle(Duration.ofDays(30))
              .withRemembered(true);
      policy.revocation().revokeSubject("zoé");
      clock.set(NOON.plus(Duration.ofHours(13)));
      policy.revocation().revokeSubject("anna");
      assertThat(policy.judge(remembered, RequestHeaders.NONE, clock.instant()))
          .isEqualTo(RejectionReason.REVOKED);
    }
  }

  @Test
  void policiesThatAreMadeOfOneAnotherForgetNothing() {
    SessionPolicy first = SessionPolicy.defaults().withClock(clock).withRevocationInMemory();
    SessionPolicy second = first.withIdle(Duration.ofMinutes(5));
    first.revocation().revokeSubject("zoé");
    assertThat(second.revocation().isRevoked(stamp(1, NOON, "zoé"))).isTrue();
    second.revocation().revokeSubject("anna");
    assertThat(first.revocation().isRevoked(stamp(1, NOON, "anna"))).isTrue();
  }

  @Test
  void refusesToRememberNothing() {
    for (int odd : new int[] {0, -1}) {
      assertThatThrownBy(() -> SessionPolicy.defaults().withRevocationInMemory(odd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(odd))
          .hasMessageContaining("at least 1");
    }
  }

  @Test
  void showsNoIdsAndNoNames() { // looked up by hash, CVE-2019-16782
    revoke(revocation, stamp(0x77, NOON));
    revocation.revokeSubject("zoé");
    assertThat(revocation).hasToString("in memory of this process, at most 1000 entries");
  }
}
