package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, to the millisecond. */
final class SessionPolicyTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final MovingClock clock = new MovingClock(NOON);
  private final SessionPolicy policy = SessionPolicy.defaults().withClock(clock);

  /** A session that was created and last sealed so many seconds before now; negative: after. */
  private static SessionSnapshot aged(long created, long refreshed) {
    return Fixtures.session(Map.of())
        .withTimes(NOON.minusSeconds(created), NOON.minusSeconds(refreshed));
  }

  private RejectionReason judged(SessionSnapshot session) {
    return policy.judge(session, RequestHeaders.NONE, policy.now());
  }

  @Test
  @DisplayName(
      "nobody is logged out before the idle timeout, and at most one touch interval after it")
  void idleEndsAfterIdleAndOneTouchInterval() {
    assertThat(judged(aged(3600, 30 * 60 - 1))).isNull();
    assertThat(judged(aged(3600, 30 * 60))).isNull();
    assertThat(judged(aged(3600, 30 * 60 + 59))).isNull();
    assertThat(judged(aged(3600, 30 * 60 + 60))).isEqualTo(RejectionReason.EXPIRED);
    assertThat(judged(aged(3600, 30 * 60 + 61))).isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  @DisplayName("the absolute timeout ends a session to the millisecond")
  void absoluteEndsToTheMillisecond() {
    assertThat(judged(aged(12 * 3600 - 1, 0))).isNull();
    assertThat(judged(aged(12 * 3600, 0))).isEqualTo(RejectionReason.EXPIRED);
    assertThat(judged(aged(12 * 3600 + 1, 0))).isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  void fractionsOfAMillisecondDoNotMatter() {
    clock.set(NOON.plusNanos(999_999_999));
    assertThat(judged(aged(12 * 3600 - 1, 0))).isNull();
    assertThat(policy.now()).isEqualTo(NOON.plusMillis(999));
    clock.set(NOON.plusSeconds(1));
    assertThat(judged(aged(12 * 3600 - 1, 0))).isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  void thirtySecondsOfSkewAreToleratedAndNotMore() {
    assertThat(judged(aged(-30, -30))).isNull();
    assertThat(judged(aged(-31, -31))).isEqualTo(RejectionReason.NOT_YET_VALID);
    assertThat(judged(aged(10, -30))).isNull();
    assertThat(judged(aged(10, -31))).isEqualTo(RejectionReason.NOT_YET_VALID);
  }

  @Test
  void skewNeverExtendsALife() {
    SessionSnapshot future = aged(-30, -30);
    clock.forward(Duration.ofHours(12).plusSeconds(29));
    SessionPolicy long12 = policy.withIdle(Duration.ofHours(12));
    assertThat(
            long12.judge(
                future.withMaxIdle(Duration.ofHours(12)), RequestHeaders.NONE, policy.now()))
        .isNull();
    clock.forwardSeconds(1);
    assertThat(
            long12.judge(
                future.withMaxIdle(Duration.ofHours(12)), RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  @DisplayName("a token cannot say that it ends before it began")
  void refusesTimesInTheWrongOrder() {
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "session");
    assertThatThrownBy(() -> encoder.encode(aged(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("times of another unit or of the far future are not valid yet")
  void rejectsTimesOfTheFarFuture() {
    for (long created :
        List.of((1L << 40) - 1, NOON.getEpochSecond() * 600, NOON.getEpochSecond() + 86_400)) {
      Instant time = Instant.ofEpochSecond(created);
      assertThat(judged(Fixtures.session(Map.of()).withTimes(time, time)))
          .isEqualTo(RejectionReason.NOT_YET_VALID);
      assertThat(judged(Fixtures.session(Map.of()).withTimes(NOON, time)))
          .isEqualTo(RejectionReason.NOT_YET_VALID);
    }
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "session");
    Instant millis = Instant.ofEpochSecond(NOON.toEpochMilli());
    assertThatThrownBy(() -> encoder.encode(Fixtures.session(Map.of()).withTimes(millis, millis)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:59Z",
        "2038-01-19T03:14:08Z",
        "2106-02-07T06:28:16Z",
        "9999-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z"
      })
  @DisplayName("works in other years")
  void worksInOtherYears(String time) {
    Scene scene = Scene.create();
    scene.clock.set(Instant.parse(time));
    scene.signedIn("a", 1);
    scene.later(60);
    Session session = scene.request();
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(session.created()).isEqualTo(Instant.parse(time));
    assertThat(scene.respond(session)).hasSize(3);
    scene.later(1860);
    assertThat(scene.request().isNew()).isTrue();
  }

  @Test
  @DisplayName("use does not extend the absolute timeout")
  void useDoesNotExtendTheAbsoluteTimeout() {
    Scene scene = Scene.create().signedIn("a", 1);
    for (int minute = 1; minute < 12 * 60; minute++) {
      scene.later(60);
      Session session = scene.request();
      assertThat(session.get("a")).as("minute %s", minute).isEqualTo(1);
      assertThat(scene.respond(session)).hasSize(3);
    }
    scene.later(60);
    assertThat(scene.request().isNew()).isTrue();
    assertThat(scene.reasons()).containsExactly(RejectionReason.EXPIRED);
  }

  @Test
  void aUserWhoComesOftenEnoughIsNeverIdle() {
    Scene scene =
        Scene.withPolicy(p -> p.withIdle(Duration.ofMinutes(2)).withAbsolute(Duration.ofDays(1)));
    scene.signedIn("a", 1);
    // The worst case: used just before a touch is due, and then after exactly the idle timeout.
    scene.later(11);
    assertThat(scene.respond(use(scene))).hasSize(1);
    scene.later(120);
    assertThat(scene.request().isNew()).isFalse();
  }

  private static Session use(Scene scene) {
    Session session = scene.request();
    assertThat(session.get("a")).isEqualTo(1);
    return session;
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 60",
    "PT1S, 1",
    "PT9S, 1",
    "PT10S, 1",
    "PT19S, 1",
    "PT20S, 2",
    "PT2M, 12",
    "PT5M, 30",
    "PT9M59S, 59",
    "PT10M, 60",
    "PT30M, 60",
    "PT4660H, 60"
  })
  void touchIntervalIsATenthOfIdleBetween1And60Seconds(Duration idle, long seconds) {
    assertThat(SessionPolicy.touchInterval(idle)).isEqualTo(Duration.ofSeconds(seconds));
  }

  private static SessionSnapshot used(Instant refreshed, Duration idle) {
    return SessionSnapshot.EMPTY.withTimes(refreshed, refreshed).withMaxIdle(idle);
  }

  @Test
  void renewalIsDueFromTheTouchIntervalOn() {
    Duration idle = Duration.ofMinutes(5);
    assertThat(policy.renewalDue(used(NOON.minusSeconds(29), idle), policy.now())).isFalse();
    assertThat(policy.renewalDue(used(NOON.minusSeconds(30), idle), policy.now())).isTrue();
    assertThat(policy.renewalDue(used(NOON.plusSeconds(20), idle), policy.now())).isFalse();
    assertThat(policy.withRolling().renewalDue(used(NOON, idle), policy.now())).isTrue();
  }

  @Test
  void aSessionsOwnIdleTimeoutCounts() {
    SessionSnapshot hour = aged(7200, 3600).withMaxIdle(HOUR);
    assertThat(judged(hour)).isNull();
    assertThat(judged(aged(7200, 3660).withMaxIdle(HOUR))).isEqualTo(RejectionReason.EXPIRED);
    assertThat(judged(aged(7200, 7200).withMaxIdle(Duration.ZERO))).isNull();
    assertThat(judged(aged(12 * 3600, 0).withMaxIdle(Duration.ZERO)))
        .isEqualTo(RejectionReason.EXPIRED);
    assertThat(judged(aged(11, 11).withMaxIdle(Duration.ofSeconds(10))))
        .isEqualTo(RejectionReason.EXPIRED);
    assertThat(judged(aged(10, 10).withMaxIdle(Duration.ofSeconds(10)))).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 60, (1L << 50) + 1, 1L << 50, (1L << 50) - 1})
  void anIdleTimeoutOfAnOwnFormatMayBeForever(long seconds) {
    SessionSnapshot foreign = aged(3600, 3600).withMaxIdle(Duration.ofSeconds(seconds));
    assertThat(judged(foreign)).isNull();
    assertThat(policy.renewalDue(foreign, policy.now())).isTrue();
  }

  @Test
  void aFormatWithoutIdleTimeoutGetsThePolicys() {
    SessionSnapshot foreign =
        SessionSnapshot.of(Map.of())
            .withTimes(NOON.minusSeconds(3600), NOON.minusSeconds(30 * 60 + 60));
    assertThat(judged(foreign)).isEqualTo(RejectionReason.EXPIRED);
    assertThat(policy.withIdle(HOUR).judge(foreign, RequestHeaders.NONE, policy.now())).isNull();
  }

  @Test
  void undatedSessionsAreRejectedUnlessTheyWereAllowed() { // fail closed
    SessionSnapshot undated = SessionSnapshot.of(Map.of());
    assertThat(judged(undated)).isEqualTo(RejectionReason.UNDATED);
    assertThat(
            policy
                .withUndatedUntil(NOON.plusSeconds(1))
                .judge(undated, RequestHeaders.NONE, policy.now()))
        .isNull();
    assertThat(policy.withUndatedUntil(NOON).judge(undated, RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.UNDATED);
  }

  @Test
  void rememberedSessionsMayLiveLonger() {
    SessionSnapshot old = aged(13 * 3600, 0).withRemembered(true);
    assertThat(judged(old)).isEqualTo(RejectionReason.EXPIRED);
    SessionPolicy week = policy.withRememberUpTo(Duration.ofDays(7));
    assertThat(week.judge(old, RequestHeaders.NONE, policy.now())).isNull();
    assertThat(week.judge(old.withRemembered(false), RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.EXPIRED);
    assertThat(
            week.judge(
                aged(7 * 86_400 - 1, 0).withRemembered(true), RequestHeaders.NONE, policy.now()))
        .isNull();
    assertThat(
            week.judge(aged(7 * 86_400, 0).withRemembered(true), RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.EXPIRED);
    assertThat(policy.withRememberUpTo(HOUR).expiry(NOON, true))
        .isEqualTo(NOON.plus(Duration.ofHours(12)));
    assertThat(week.expiry(NOON, true)).isEqualTo(NOON.plus(Duration.ofDays(7)));
    assertThat(week.expiry(NOON, false)).isEqualTo(NOON.plus(Duration.ofHours(12)));
  }

  @Test
  void maxAgeIsForRememberedSessionsOnly() {
    SessionSnapshot session = Fixtures.session(Map.of());
    assertThat(policy.maxAge(session)).isNull();
    assertThat(policy.maxAge(session.withRemembered(true))).isEqualTo(Duration.ofMinutes(30));
    SessionPolicy week = policy.withRememberUpTo(Duration.ofDays(7));
    assertThat(week.maxAge(session.withRemembered(true).withMaxIdle(Duration.ZERO)))
        .isEqualTo(Duration.ofDays(7));
    assertThat(week.maxAge(session.withMaxIdle(Duration.ofDays(7)))).isNull();
  }

  @Test
  void revocationIsAskedLastAndWithTheSealedStamp() {
    int[] asked = {0};
    Revocation hook =
        new Revocation() {
          @Override
          public boolean isRevoked(Stamp stamp) {
            asked[0]++;
            assertThat(stamp)
                .isEqualTo(new Stamp(Fixtures.ID, NOON, Subject.of("zoé", 4), List.of()));
            return true;
          }

          @Override
          public void revokeSession(Stamp stamp, Instant until) {}

          @Override
          public void revokeSubject(String subject) {}

          @Override
          public void revokeKey(String key) {}

          @Override
          public void revokeAll() {}
        };
    SessionPolicy revoking = policy.withRevocation(hook);
    SessionSnapshot session = Fixtures.session(Map.of()).withSubject(Subject.of("zoé", 4));
    assertThat(revoking.judge(session, RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.REVOKED);
    assertThat(asked[0]).isEqualTo(1);
    assertThat(revoking.judge(aged(13 * 3600, 0), RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.EXPIRED);
    assertThat(asked[0]).isEqualTo(1);
    assertThat(policy.judge(session, RequestHeaders.NONE, policy.now())).isNull();
  }

  @Test
  @DisplayName("refuses timeouts that cannot be sealed or end before they begin")
  void refusesTimeoutsThatMakeNoSense() {
    List<Function<Duration, SessionPolicy>> settings =
        List.of(
            policy::withIdle, policy::withAbsolute, policy::withRemember, policy::withRememberUpTo);
    for (Function<Duration, SessionPolicy> setting : settings) {
      for (Duration odd :
          List.of(
              Duration.ofSeconds(-1),
              Duration.ofMillis(1500),
              Duration.ofDays(401),
              Duration.ofSeconds(Long.MAX_VALUE),
              Duration.ofSeconds(Long.MIN_VALUE))) {
        assertThatThrownBy(() -> setting.apply(odd))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(odd.toString())
            .hasMessageContaining("400 days");
      }
      assertThat(setting.apply(Duration.ofSeconds((1 << 24) - 1))).isNotNull();
    }
    for (Function<Duration, SessionPolicy> setting : settings.subList(1, 4)) {
      assertThatThrownBy(() -> setting.apply(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(policy.withIdle(Duration.ZERO).idle()).isEqualTo(Duration.ZERO);
  }

  @Test
  void refusesNothingAsAPart() {
    assertThatThrownBy(() -> policy.withClock(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> policy.withRevocation(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> policy.withUndatedUntil(null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void eachSettingKeepsTheOthers() {
    SessionPolicy all =
        policy
            .withIdle(Duration.ofMinutes(5))
            .withAbsolute(HOUR)
            .withRememberUpTo(Duration.ofDays(7))
            .withRolling()
            .withUndatedUntil(NOON.plusSeconds(1))
            .withRevocation(Revocation.NONE);
    List<SessionPolicy> steps =
        List.of(
            all.withIdle(Duration.ofMinutes(5)),
            all.withAbsolute(HOUR),
            all.withRememberUpTo(Duration.ofDays(7)),
            all.withRolling(),
            all.withUndatedUntil(NOON.plusSeconds(1)),
            all.withRevocation(Revocation.NONE),
            all.withClock(clock));
    for (SessionPolicy step : steps) {
      assertThat(step).usingRecursiveComparison().isEqualTo(all);
    }
    assertThat(all.idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(all.absolute()).isEqualTo(HOUR);
    assertThat(all.rememberAll()).isFalse();
    SessionPolicy remembering = policy.withRemember(Duration.ofDays(30));
    assertThat(remembering.rememberAll()).isTrue();
    assertThat(remembering.idle()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void showsItsTimes() {
    assertThat(SessionPolicy.defaults()).hasToString("idle PT30M, absolute PT12H, revocation none");
    assertThat(SessionPolicy.defaults().withRememberUpTo(Duration.ofDays(7)).toString())
        .contains("PT168H");
  }

  @Test
  void theDefaultClockIsTheSystems() {
    Instant now = SessionPolicy.defaults().now();
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aSessionThatDoesNotMeetTheConditionIsRefused() {
    SessionCondition sameAddress =
        (session, headers) ->
            headers.apply("X-Address").equals(List.of(session.attributes().get("address")));
    SessionPolicy bound = policy.withCondition(sameAddress);
    SessionSnapshot session =
        aged(60, 0).withAttributes(LocatedAttributes.of(Map.of("address", "10.0.0.1")), null, null);
    assertThat(bound.judge(session, from("10.0.0.1"), policy.now())).isNull();
    assertThat(bound.judge(session, from("10.0.0.2"), policy.now()))
        .isEqualTo(RejectionReason.REFUSED);
    assertThat(bound.judge(session, RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.REFUSED);
    assertThat(
            bound
                .withCondition(sameAddress.and((s, headers) -> false))
                .judge(session, from("10.0.0.1"), policy.now()))
        .isEqualTo(RejectionReason.REFUSED);
    assertThat(
            bound.judge(
                session.withTimes(NOON.minus(Duration.ofDays(1)), NOON),
                from("10.0.0.1"),
                policy.now()))
        .isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  void aSessionWithoutTimesHasToMeetTheConditionToo() {
    SessionPolicy none =
        policy.withUndatedUntil(NOON.plusSeconds(1)).withCondition((s, headers) -> false);
    assertThat(none.judge(SessionSnapshot.of(Map.of()), RequestHeaders.NONE, policy.now()))
        .isEqualTo(RejectionReason.REFUSED);
  }

  private static RequestHeaders from(String address) {
    return new RequestHeaders(name -> name.equals("X-Address") ? List.of(address) : null);
  }
}
