package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.TWO;
import static dev.madeleine.keys.Fixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final SecureRandom random = Fixtures.counting();
  private final KeySchedule first = KeySchedule.startingWith(LIFE, NOON, random);
  private final ScheduledKey old = first.keys().get(0);

  private static List<String> ids(KeyRing ring) {
    return ring.olderKeys().stream().map(MasterKey::id).toList();
  }

  private static KeyState state(KeySchedule schedule, String id, Instant now) {
    for (ScheduledKey key : schedule.keys()) {
      if (key.id().equals(id)) {
        return schedule.state(key, now);
      }
    }
    throw new AssertionError("no key " + id);
  }

  @Test
  void theFirstKeySignsAtOnceAndHasNoEnd() {
    assertThat(first.ring(NOON).signingKey().id()).isEqualTo(old.id());
    assertThat(first.ring(NOON).olderKeys()).isEmpty();
    assertThat(old.verifiesUntil()).isNull();
    assertThat(first.changesAfter(NOON)).isNull();
    assertThat(first.state(old, NOON)).isEqualTo(KeyState.ACTIVE);
  }

  @Test
  void oneEditPublishesAKeyAndPromotesItLater() {
    KeySchedule rotated = first.rotate(TEN_MINUTES, NOON.plusSeconds(5), random);
    ScheduledKey young = rotated.keys().get(0);
    Instant promotion = NOON.plusSeconds(605);

    assertThat(young.signsFrom()).isEqualTo(promotion);
    assertThat(rotated.changesAfter(NOON)).isEqualTo(promotion);
    KeyRing before = rotated.ring(promotion.minusNanos(1));
    assertThat(before.signingKey().id()).isEqualTo(old.id());
    assertThat(ids(before)).containsExactly(young.id());
    assertThat(rotated.state(young, NOON)).isEqualTo(KeyState.CREATED);
    KeyRing after = rotated.ring(promotion);
    assertThat(after.signingKey().id()).isEqualTo(young.id());
    assertThat(ids(after)).containsExactly(old.id());
    assertThat(state(rotated, old.id(), promotion)).isEqualTo(KeyState.OLDER);
    assertThat(rotated.state(young, promotion)).isEqualTo(KeyState.ACTIVE);
  }

  @Test
  void aKeyThatIsToWaitNeverWaitsLessThanItWasTold() {
    Duration propagation = Duration.ofMillis(2500);
    for (long nanos : new long[] {0, 1, 499_999_999, 500_000_000, 500_000_001, 999_999_999}) {
      Instant now = NOON.plusSeconds(5).plusNanos(nanos);
      Instant signsFrom = first.rotate(propagation, now, random).keys().get(0).signsFrom();

      assertThat(signsFrom)
          .isAfterOrEqualTo(now.plus(propagation))
          .isBefore(now.plus(propagation).plusSeconds(1));
      assertThat(signsFrom).isEqualTo(signsFrom.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  @Test
  void aKeyThatIsNotToWaitSignsInTheSecondInWhichItWasMade() {
    Instant now = NOON.plusSeconds(5).plusMillis(900);

    assertThat(first.rotate(Duration.ZERO, now, random).ring(now).signingKey().id())
        .isNotEqualTo(old.id());
  }

  @Test
  void anOldKeyBecomesLateAfterTheLongestSessionAndEndsAfterTwice() {
    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(5), random);
    Instant late = NOON.plusSeconds(5).plus(LIFE);
    Instant end = late.plus(LIFE);

    assertThat(rotated.ring(late.minusNanos(1)).isLate(rotated.ring(NOON).signingKey())).isFalse();
    KeyRing ring = rotated.ring(late);
    assertThat(ids(ring)).containsExactly(old.id());
    assertThat(ring.isLate(ring.olderKeys().get(0))).isTrue();
    assertThat(rotated.changesAfter(NOON.plusSeconds(5))).isEqualTo(late);
    assertThat(rotated.changesAfter(late)).isEqualTo(end);
    assertThat(ids(rotated.ring(end))).isEmpty();
    assertThat(state(rotated, old.id(), end)).isEqualTo(KeyState.EXPIRED);
    assertThat(rotated.changesAfter(end)).isNull();
  }

  @Test
  void everySessionOfAKeyFindsItsKeyInTheRing() {
    KeySchedule schedule = first;
    Instant now = NOON;
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(1000 + 7777L * i);
      schedule = schedule.rotate(TEN_MINUTES, now, random).prune(now);
      KeyRing sealing = schedule.ring(now);
      Instant lastSeal = schedule.signsUntil(schedule.active(now));
      KeyRing last = schedule.ring(lastSeal.plus(LIFE).minusNanos(1));
      assertThat(ids(last)).contains(sealing.signingKey().id());
      assertThat(last.isLate(sealing.signingKey())).isFalse();
    }
  }

  @Test
  void rotatingTwiceInOneSecondKeepsAnOrder() {
    KeySchedule schedule = first;
    for (int i = 0; i < 50; i++) {
      schedule = schedule.rotate(Duration.ZERO, NOON.plusNanos(1000L * i), random);
      Instant now = NOON.plusNanos(1000L * i + 1_000_000);
      assertThat(schedule.active(now)).isSameAs(schedule.keys().get(0));
    }
    assertThat(schedule.keys()).hasSize(51);
  }

  @Test
  void anEmergencyKeySignsAtOnceThoughAnotherWaits() {
    KeySchedule waiting = first.rotate(TEN_MINUTES, NOON, random);
    ScheduledKey next = waiting.keys().get(0);
    Instant now = NOON.plusSeconds(60);
    KeySchedule rotated = waiting.rotate(Duration.ZERO, now, random);

    assertThat(rotated.ring(now).signingKey().id()).isNotIn(old.id(), next.id());
    assertThat(rotated.ring(next.signsFrom()).signingKey().id()).isEqualTo(next.id());
    assertThat(rotated.keys())
        .extracting(ScheduledKey::verifiesUntil)
        .filteredOn(u -> u == null)
        .hasSize(1);
  }

  @Test
  void aClockThatIsBehindTheActiveKeyStillPromotesTheNewOne() {
    Instant behind = NOON.minusSeconds(3);
    KeySchedule two = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);

    KeySchedule rotated = two.rotate(TEN_MINUTES, behind, random);

    assertThat(rotated.keys().get(0).signsFrom()).isEqualTo(behind.plus(TEN_MINUTES));
    assertThat(rotated.keys().get(0).created()).isBeforeOrEqualTo(behind);
  }

  @Test
  void aRevokedKeyIsRejectedAndItsSecretForgotten() {
    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    Instant now = NOON.plusSeconds(2);
    KeySchedule revoked = rotated.revoke(old.id(), now);

    assertThat(revoked.ring(now).revokedIds()).containsExactly(old.id());
    assertThat(revoked.ring(now).olderKeys()).isEmpty();
    assertThat(state(revoked, old.id(), now)).isEqualTo(KeyState.REVOKED);
    assertThat(revoked.toJson()).doesNotContain(old.secret()).contains(old.id());
    assertThat(revoked.prune(now.plus(LIFE)).ring(now).revokedIds()).isNotEmpty();
    assertThat(revoked.prune(now.plus(LIFE).plus(LIFE)).ring(now).revokedIds()).isEmpty();
    assertThatThrownBy(() -> revoked.revoke(old.id(), now)).hasMessageContaining("already");
  }

  @Test
  void theNewestKeyThatIsLeftSignsWhenTheActiveOneIsRevoked() {
    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    String young = rotated.keys().get(0).id();
    Instant now = NOON.plusSeconds(2);

    assertThat(rotated.revoke(young, now).ring(now).signingKey().id()).isEqualTo(old.id());
  }

  @Test
  void refusesToRevokeTheLastKeyThatSigns() {
    KeySchedule waiting = first.rotate(TEN_MINUTES, NOON, random);

    assertThatThrownBy(() -> waiting.revoke(old.id(), NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("revoke --replace " + old.id());
    assertThatThrownBy(() -> first.revoke("00000000", NOON))
        .hasMessageContaining("no key with this id")
        .hasMessageContaining(old.id());
  }

  @Test
  void pruneDropsWhatHasEndedOnly() {
    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    Instant end = NOON.plusSeconds(1).plus(LIFE).plus(LIFE);

    assertThat(rotated.prune(end.minusSeconds(1)).keys()).hasSize(2);
    assertThat(rotated.prune(end).keys()).hasSize(1);
    assertThat(rotated.without(old.id()).keys()).hasSize(1);
  }

  @Test
  void aListKeepsItsOrderAndItsSigningKey() {
    KeySchedule schedule = KeySchedule.ofList(ONE + ", " + TWO, LIFE, NOON);

    assertThat(schedule.ring(NOON).signingKey().id()).isEqualTo(id(ONE));
    assertThat(ids(schedule.ring(NOON))).containsExactly(id(TWO));
    assertThatThrownBy(() -> KeySchedule.ofList(ONE + ",", LIFE, NOON))
        .hasMessageContaining("key 2 of 2");
  }

  @Test
  void theFirstKeySignsWhileTheTimeOfNoneHasCome() {
    Instant behind = NOON.minusSeconds(3);
    KeySchedule rotated = first.rotate(TEN_MINUTES, NOON, random);

    assertThat(first.ring(behind).signingKey().id()).isEqualTo(old.id());
    assertThat(first.state(old, behind)).isEqualTo(KeyState.ACTIVE);
    assertThat(rotated.ring(behind).signingKey().id()).isEqualTo(old.id());
    assertThat(ids(rotated.ring(behind))).containsExactly(rotated.keys().get(0).id());
    KeySchedule waiting = rotated.without(old.id());
    assertThat(waiting.ring(NOON).signingKey().id()).isEqualTo(waiting.keys().get(0).id());
  }

  @Test
  void aReplacementSignsAlsoWhereTheClockIsBehindTheLeakedKey() {
    Instant behind = NOON.minusSeconds(3);
    KeySchedule replaced = first.rotate(Duration.ZERO, behind, random).revoke(old.id(), behind);

    assertThat(replaced.ring(behind).signingKey().id()).isEqualTo(replaced.keys().get(0).id());
    assertThat(replaced.ring(behind).revokedIds()).containsExactly(old.id());
  }

  @Test
  void aNodeThatIsBehindStartsWithTheReplacementOfALeakedKey() {
    Instant now = NOON.plusSeconds(60);
    KeySchedule replaced = first.rotate(Duration.ZERO, now, random).revoke(old.id(), now);

    assertThat(replaced.ring(now.minusSeconds(3)).signingKey().id())
        .isEqualTo(replaced.keys().get(0).id());
  }

  @Test
  void noKeySignsWhenEachIsRevokedOrHasEnded() {
    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    KeySchedule ended = rotated.without(rotated.keys().get(0).id());

    assertThatThrownBy(() -> ended.ring(NOON.plus(LIFE).plus(LIFE).plusSeconds(1)))
        .hasMessageStartingWith("no key signs now");
  }

  @Test
  void refusesDurationsThatMakeNoSense() {
    for (Duration life :
        new Duration[] {Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(401)}) {
      assertThatThrownBy(() -> KeySchedule.startingWith(life, NOON, random))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("longestSession is " + life);
    }
    for (Duration propagation : new Duration[] {Duration.ofSeconds(-1), Duration.ofDays(401)}) {
      assertThatThrownBy(() -> first.rotate(propagation, NOON, random))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("propagation is " + propagation);
    }
  }

  @Test
  void showsNoSecret() {
    String secret = String.valueOf(old.secret()).substring(7);
    assertThat(first.toString()).contains(old.id()).doesNotContain(secret.substring(0, 8));
    assertThat(old.toString()).contains(old.id()).doesNotContain(secret.substring(0, 8));
  }

  @Test
  void theEndOfASigningKeyIsOpenAgainWhenItsSuccessorIsRevoked() {
    KeySchedule waiting = first.rotate(TEN_MINUTES, NOON, random);
    Instant years = NOON.plus(Duration.ofDays(1000));
    KeySchedule revoked = waiting.revoke(waiting.keys().get(0).id(), NOON.plusSeconds(5));
    assertThat(revoked.active(NOON).verifiesUntil()).isNull();
    assertThat(revoked.ring(years).signingKey().id()).isEqualTo(old.id());

    KeySchedule rotated = first.rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    KeySchedule back = rotated.revoke(rotated.keys().get(0).id(), NOON.plusSeconds(5));
    assertThat(back.ring(years).signingKey().id()).isEqualTo(old.id());
  }

  @Test
  void aKeyEndsByTheSuccessorThatIsLeft() {
    KeySchedule two = first.rotate(TEN_MINUTES, NOON, random);
    KeySchedule three = two.rotate(Duration.ofDays(30), NOON, random);
    String next = two.keys().get(0).id();
    Instant last = three.keys().get(0).signsFrom();

    KeySchedule skipping = three.revoke(next, NOON);
    assertThat(skipping.ring(last.minusSeconds(1)).signingKey().id()).isEqualTo(old.id());
    assertThat(skipping.active(NOON).verifiesUntil()).isEqualTo(last.plus(LIFE).plus(LIFE));

    KeySchedule shorter = three.revoke(three.keys().get(0).id(), NOON);
    assertThat(shorter.active(NOON).verifiesUntil()).isEqualTo(two.active(NOON).verifiesUntil());
    assertThat(shorter.ring(last.plus(Duration.ofDays(900))).signingKey().id()).isEqualTo(next);
  }

  @Test
  void aListMayHaveOneKeyPerLine() {
    for (String list :
        List.of(ONE + "\n" + TWO + "\n", ONE + ",\r\n" + TWO, ONE + " \n\n " + TWO)) {
      KeySchedule schedule = KeySchedule.ofList(list, LIFE, NOON);
      assertThat(schedule.ring(NOON).signingKey().id()).isEqualTo(id(ONE));
      assertThat(ids(schedule.ring(NOON))).containsExactly(id(TWO));
    }
  }
}
