package dev.madeleine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.ApplicationKey;
import dev.madeleine.Revocation;
import dev.madeleine.Revocation.Stamp;
import dev.madeleine.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Revocation} has to do; a subclass says which. */
public abstract class RevocationContract {
  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofHours(12);

  private Instant now = NOON;
  private Revocation revocation = Revocation.NONE;

  /**
   * The revocation that is tested: one that knows nothing yet, of sessions that live at most 12
   * hours.
   *
   * @param clock its clock, in place of the system's or the store's
   */
  protected abstract Revocation revocation(InstantSource clock);

  @BeforeEach
  void begin() {
    revocation = revocation(() -> now);
  }

  private static String id(int number) {
    return "%032x".formatted(number);
  }

  private static Stamp visitor(int id, Instant created) {
    return new Stamp(id(id), created, null, List.of());
  }

  private static Stamp login(int id, Instant created, String subject, String... keys) {
    return new Stamp(
        id(id),
        created,
        Subject.of(subject, 0),
        Arrays.stream(keys).map(ApplicationKey::of).toList());
  }

  private void end(Stamp stamp) {
    revocation.revokeSession(stamp, stamp.created().plus(LIFE));
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(revocation.isRevoked(visitor(1, NOON))).isFalse();
    assertThat(revocation.isRevoked(login(1, NOON, "zoe", "sid:1"))).isFalse();
  }

  @Test
  void endsASessionWithoutASubjectByItsId() {
    end(visitor(1, NOON));
    end(visitor(1, NOON));
    assertThat(revocation.isRevoked(visitor(1, NOON))).isTrue();
    assertThat(revocation.isRevoked(visitor(2, NOON))).isFalse();
  }

  @Test
  void endsEveryCookieOfALoginAndNoOtherLogin() {
    end(login(1, NOON, "zoe"));
    assertThat(revocation.isRevoked(login(1, NOON, "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(2, NOON, "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(1, NOON.plusMillis(1), "zoe"))).isFalse();
    assertThat(revocation.isRevoked(login(1, NOON.minusMillis(1), "zoe"))).isFalse();
    assertThat(revocation.isRevoked(login(1, NOON, "anna"))).isFalse();
  }

  @Test
  void endsASessionThatIsDatedAheadOfTheClock() {
    Stamp ahead = login(1, NOON.plusSeconds(20), "zoe");
    end(ahead);
    assertThat(revocation.isRevoked(ahead)).isTrue();
  }

  @Test
  void endsWhatASubjectHasNowAndNotWhatFollows() {
    revocation.revokeSubject("zoe");
    assertThat(revocation.isRevoked(login(1, NOON.minusSeconds(3600), "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(2, NOON, "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(3, NOON.plusMillis(1), "zoe"))).isFalse();
    assertThat(revocation.isRevoked(login(4, NOON, "anna", "zoe"))).isFalse();
    assertThat(revocation.isRevoked(visitor(5, NOON))).isFalse();
  }

  @Test
  void endsWhatHasAKeyNowAndNotWhatFollows() {
    revocation.revokeKey("sid:1");
    assertThat(revocation.isRevoked(login(1, NOON, "zoe", "tenant:a", "sid:1"))).isTrue();
    assertThat(revocation.isRevoked(login(2, NOON.plusMillis(1), "zoe", "sid:1"))).isFalse();
    assertThat(revocation.isRevoked(login(3, NOON, "zoe", "tenant:a"))).isFalse();
    assertThat(revocation.isRevoked(login(4, NOON, "sid:1"))).isFalse();
  }

  @Test
  void endsAllThatThereIsAndNotWhatFollows() {
    revocation.revokeAll();
    assertThat(revocation.isRevoked(visitor(1, NOON))).isTrue();
    assertThat(revocation.isRevoked(login(2, NOON.minusSeconds(1), "zoe"))).isTrue();
    assertThat(revocation.isRevoked(visitor(3, NOON.plusMillis(1)))).isFalse();
    assertThat(revocation.isRevoked(login(4, NOON.plusMillis(1), "zoe"))).isFalse();
  }

  @Test
  void endsWhatWasIssuedAheadOfTheClock() {
    Instant ahead = NOON.plusMillis(24);
    revocation.issued(ahead);
    revocation.revokeSubject("zoe");
    revocation.revokeKey("sid:1");
    assertThat(revocation.isRevoked(login(1, ahead, "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(2, ahead, "anna", "sid:1"))).isTrue();
    revocation.revokeAll();
    assertThat(revocation.isRevoked(visitor(3, ahead))).isTrue();
    assertThat(revocation.isRevoked(visitor(4, ahead.plusMillis(1)))).isFalse();
  }

  @Test
  void neverEndsWhatIsMoreThanASecondAhead() {
    revocation.issued(NOON.plus(Duration.ofDays(365)));
    for (int i = 0; i < 3600; i++) {
      revocation.revokeSubject("zoe");
    }
    revocation.revokeAll();
    assertThat(revocation.isRevoked(login(1, NOON.plusMillis(1001), "zoe"))).isFalse();
  }

  @Test
  void aRevocationByAClockThatWasSetBackTakesNothingBack() {
    revocation.revokeSubject("zoe");
    revocation.revokeKey("sid:1");
    end(visitor(1, NOON));
    now = NOON.minusSeconds(3600);
    revocation.revokeSubject("zoe");
    revocation.revokeKey("sid:1");
    revocation.revokeAll();
    end(visitor(1, NOON));
    assertThat(revocation.isRevoked(login(2, NOON, "zoe"))).isTrue();
    assertThat(revocation.isRevoked(login(3, NOON, "anna", "sid:1"))).isTrue();
    assertThat(revocation.isRevoked(visitor(1, NOON))).isTrue();
    now = NOON;
    assertThat(revocation.isRevoked(login(2, NOON, "zoe"))).isTrue();
  }

  @Test
  void remembersForTheLongestLife() {
    Stamp remembered = login(1, NOON, "zoe");
    revocation.revokeSession(remembered, NOON.plus(LIFE));
    revocation.revokeSubject("anna");
    now = NOON.plus(LIFE).minusMillis(1);
    revocation.revokeSubject("ben");
    assertThat(revocation.isRevoked(remembered)).isTrue();
    assertThat(revocation.isRevoked(login(2, NOON, "anna"))).isTrue();
  }
}
