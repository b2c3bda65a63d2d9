package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often a request reads the clock and draws random bytes: no oftener than it has to. */
final class RequestCostTest {
  private static final String NAME = "__Host-session";

  /** A clock that counts how often it is read. */
  private static final class CountingClock implements InstantSource {
    private Instant now = NOON;
    private int reads;

    @Override
    public Instant instant() {
      reads++;
      return now;
    }

    int readsSinceAsked() {
      int before = reads;
      reads = 0;
      return before;
    }
  }

  /** A source of random bytes that counts how often it is asked. */
  private static final class CountingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger draws = new AtomicInteger();

    @Override
    public void nextBytes(byte[] bytes) {
      draws.incrementAndGet();
      super.nextBytes(bytes);
    }

    int drawsSinceAsked() {
      return draws.getAndSet(0);
    }
  }

  private final CountingClock clock = new CountingClock();
  private final CountingRandom random = new CountingRandom();
  private final Scene scene =
      Scene.with(
          builder -> builder.random(random).policy(SessionPolicy.defaults().withClock(clock)));

  @Test
  void aRequestThatReadsReadsTheClockOnceAndOnceMoreForItsHeaders() {
    scene.signedIn("a", 1);
    clock.readsSinceAsked();
    Session session = scene.request();
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(session.created()).isEqualTo(NOON);
    assertThat(clock.readsSinceAsked()).isEqualTo(1);
    assertThat(scene.respond(session)).containsExactly(Scene.VARY);
    assertThat(clock.readsSinceAsked()).isEqualTo(1);
  }

  @Test
  void aRequestThatChangesReadsTheClockTwice() {
    scene.signedIn("a", 1);
    clock.readsSinceAsked();
    Session session = scene.request();
    session.put("a", 2);
    assertThat(scene.respond(session)).hasSize(3);
    assertThat(clock.readsSinceAsked()).isEqualTo(2);
  }

  @Test
  void aRenewalReadsTheClockTwice() {
    scene.signedIn("a", 1);
    clock.now = NOON.plusSeconds(60);
    clock.readsSinceAsked();
    Session session = scene.request();
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(scene.respond(session)).hasSize(3);
    assertThat(clock.readsSinceAsked()).isEqualTo(2);
    assertThat(scene.sealed().refreshed()).isEqualTo(clock.now);
  }

  @Test
  void aRequestWithoutASessionReadsTheClockOnce() {
    scene.signedIn("a", 1);
    for (String cookie : new String[] {"other=1", NAME + "=junk", forged()}) {
      clock.readsSinceAsked();
      Session session = scene.request(cookie);
      assertThat(session.isNew()).isTrue();
      assertThat(scene.sessions.save(session)).hasSize(1);
      assertThat(clock.readsSinceAsked()).isEqualTo(1);
    }
  }

  @Test
  void anExpiredSessionReadsTheClockOnce() {
    scene.signedIn("a", 1);
    clock.now = NOON.plus(Duration.ofHours(13));
    clock.readsSinceAsked();
    Session session = scene.request();
    assertThat(session.rejection()).isEqualTo(RejectionReason.EXPIRED);
    assertThat(scene.respond(session)).contains(Scene.EXPIRE);
    assertThat(clock.readsSinceAsked()).isEqualTo(1);
  }

  @Test
  void aNewSessionReadsTheClockTwiceAndALoginOnceMore() {
    Session session = scene.request();
    session.put("a", 1);
    scene.respond(session);
    assertThat(clock.readsSinceAsked()).isEqualTo(2);
    clock.now = NOON.plusSeconds(1);
    session.login("zo\u00e9");
    assertThat(session.created()).isEqualTo(clock.now);
    assertThat(clock.readsSinceAsked()).isEqualTo(1);
  }

  @Test
  void aSuccessorBeginsWhenItIsAskedFor() {
    Session session = scene.signedIn("a", 1).request();
    session.invalidate();
    clock.now = NOON.plusSeconds(5);
    assertThat(session.exchange().successor().created()).isEqualTo(clock.now);
  }

  @Test
  void whoNeitherAsksForTheIdNorSavesDrawsNone() {
    scene.signedIn("a", 1);
    random.drawsSinceAsked();
    for (String cookie : new String[] {"other=1", NAME + "=junk", forged()}) {
      Session session = scene.request(cookie);
      assertThat(session.isNew()).isTrue();
      assertThat(session.created()).isEqualTo(NOON);
      assertThat(session.isChanged()).isFalse();
      assertThat(scene.sessions.save(session)).hasSize(1);
      assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    }
    assertThat(scene.request().get("a")).isEqualTo(1);
    assertThat(random.drawsSinceAsked()).isZero();
  }

  @Test
  void anIdIsDrawnOnceAndIsTheOneThatIsSealed() {
    Session session = scene.request();
    session.put("a", 1);
    assertThat(random.drawsSinceAsked()).isZero();
    scene.respond(session);
    assertThat(random.drawsSinceAsked()).isEqualTo(1);
    assertThat(session.id()).isEqualTo(scene.sealed().id());
    assertThat(scene.request().id()).isEqualTo(session.id());
    assertThat(random.drawsSinceAsked()).isZero();
  }

  @Test
  void askingForTheIdOfANewSessionIsNoChange() {
    Session session = scene.request();
    assertThat(session.isNew()).isTrue();
    assertThat(scene.sessions.save(session)).hasSize(1);
    assertThat(session.id()).matches("[0-9a-f]{32}").isEqualTo(session.id());
    assertThat(session.isChanged()).isFalse();
    assertThat(session.exchange().hasUnsavedChanges()).isFalse();
    assertThat(random.drawsSinceAsked()).isEqualTo(1);
  }

  @Test
  void aLoginAndAChangeOfTheIdTakeAnother() {
    Session session = scene.signedIn("a", 1).request();
    String received = session.id();
    random.drawsSinceAsked();
    String changed = session.changeId();
    assertThat(random.drawsSinceAsked()).isEqualTo(1);
    session.login("zo\u00e9");
    assertThat(session.isChanged()).isTrue();
    assertThat(session.id()).isNotIn(received, changed);
    assertThat(random.drawsSinceAsked()).isEqualTo(1);
  }

  @Test
  void threadsThatAskAtOnceGetOneId() {
    Session session = scene.request();
    List<String> ids =
        IntStream.range(0, 64).parallel().mapToObj(i -> session.id()).distinct().toList();
    assertThat(ids).containsExactly(session.id());
    assertThat(random.drawsSinceAsked()).isEqualTo(1);
  }

  /** The cookie of the scene with another tag. */
  private String forged() {
    String good = String.valueOf(scene.cookie);
    int at = good.length() - 20;
    char other = good.charAt(at) == 'A' ? 'B' : 'A';
    return NAME + "=" + good.substring(0, at) + other + good.substring(at + 1);
  }
}
