package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Revocation.Stamp;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one engine, which is away now and then. */
final class ReplicatedRevocationTest {
  private static final Duration LIFE = Duration.ofHours(12);

  private final FakeEngine engine = new FakeEngine();
  private final List<RevocationEvent> events = new CopyOnWriteArrayList<>();
  private final List<ReplicatedRevocation> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(ReplicatedRevocation::close);
  }

  private ReplicatedRevocation node() {
    return node(builder -> builder);
  }

  private ReplicatedRevocation node(UnaryOperator<ReplicatedRevocationBuilder> settings) {
    return node(Fixtures.RING, settings);
  }

  private ReplicatedRevocation node(
      KeyRing keys, UnaryOperator<ReplicatedRevocationBuilder> settings) {
    ReplicatedRevocation node =
        settings
            .apply(ReplicatedRevocation.over(engine.node(), () -> keys).listener(events::add))
            .start();
    nodes.add(node);
    assertThat(SessionPolicy.defaults().withRevocation(node).hasRevocation()).isTrue();
    return node;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(System.currentTimeMillis());
  }

  private static Stamp login(String subject, Instant created, String... keys) {
    return new Stamp(
        "%032x".formatted(7),
        created,
        Subject.of(subject, 0),
        List.of(keys).stream().map(ApplicationKey::of).toList());
  }

  private static Stamp visitor(int id) {
    return new Stamp("%032x".formatted(id), now(), null, List.of());
  }

  /** Waits until something holds, at most five seconds. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aLogoutEndsTheLoginOnTheOtherNode() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    Stamp login = login("zoe", now());
    assertThat(other.isRevoked(login)).isFalse();
    one.revokeSession(login, now().plus(LIFE));
    assertThat(one.isRevoked(login)).isTrue();
    await(() -> other.isRevoked(login));
    assertThat(other.isRevoked(login("zoe", login.created().plusMillis(1)))).isFalse();
  }

  @Test
  void subjectsKeysAndAllEndEverywhere() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    Stamp zoe = login("zoe", now());
    Stamp anna = login("anna", now(), "sid:1");
    Stamp ben = login("ben", now());
    one.revokeSubject("zoe");
    one.revokeKey("sid:1");
    await(() -> other.isRevoked(zoe) && other.isRevoked(anna));
    assertThat(other.isRevoked(ben)).isFalse();
    Stamp visitor = visitor(1);
    one.revokeAll();
    await(() -> other.isRevoked(ben) && other.isRevoked(visitor));
  }

  @Test
  void aNodeThatStartsKnowsWhatWasEndedBefore() {
    ReplicatedRevocation one = node();
    Stamp zoe = login("zoe", now());
    one.revokeSubject("zoe");
    ReplicatedRevocation late = node();
    assertThat(late.status().ready()).isTrue();
    assertThat(late.isRevoked(zoe)).isTrue();
    assertThat(late.status().marks()).isEqualTo(1);
  }

  @Test
  void aLoginKnowsWhatWasRevokedAMomentBefore() {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    SessionPolicy policy = SessionPolicy.defaults().withRevocation(other);
    for (int i = 0; i < 50; i++) {
      Instant before = policy.now();
      one.revokeSubject("zoe");
      Instant created = policy.createdNow(before, Subject.of("zoe", 0), List.of());
      assertThat(created).isNotNull();
      assertThat(other.isRevoked(login("zoe", created))).isFalse();
      assertThat(one.isRevoked(login("zoe", created))).isFalse();
      one.revokeSubject("zoe");
      assertThat(one.isRevoked(login("zoe", created))).isTrue();
    }
  }

  @Test
  void sessionsWithoutASubjectEndOnTheirNodeUnlessAskedFor() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node(ReplicatedRevocationBuilder::shareVisits);
    one.revokeSession(visitor(1), now().plus(LIFE));
    assertThat(one.isRevoked(visitor(1))).isTrue();
    other.revokeSession(visitor(2), now().plus(LIFE));
    await(() -> one.isRevoked(visitor(2)));
    assertThat(other.isRevoked(visitor(1))).isFalse();
  }

  @Test
  void nothingIsLostWhileTheEngineIsAway() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    engine.away(true);
    Stamp login = login("zoe", now());
    one.revokeSession(login, now().plus(LIFE));
    assertThat(one.isRevoked(login)).isTrue();
    Stamp anna = login("anna", now());
    assertThatThrownBy(() -> one.revokeSubject("anna"))
        .isInstanceOf(RevocationNotSharedException.class)
        .hasMessageContaining("a fake engine", "Revoke again");
    assertThat(one.isRevoked(anna)).isTrue();
    assertThat(other.isRevoked(anna)).as("nobody is logged out").isFalse();
    await(() -> !one.status().answering());
    assertThat(one.status().unshared()).isEqualTo(2);
    long begun = System.nanoTime();
    one.catchUp();
    assertThat(System.nanoTime() - begun).as("no login waits").isLessThan(50_000_000);

    engine.away(false);
    await(() -> other.isRevoked(login) && other.isRevoked(anna));
    await(() -> one.status().answering() && one.status().unshared() == 0);
    assertThat(events.stream().filter(e -> e instanceof RevocationEvent.Away)).isNotEmpty();
    assertThat(events.stream().filter(e -> e instanceof RevocationEvent.Back)).isNotEmpty();
  }

  @Test
  void anEngineThatLostItsDataGetsThemBack() throws Exception {
    ReplicatedRevocation one = node();
    Stamp zoe = login("zoe", now());
    one.revokeSubject("zoe");
    ReplicatedRevocation other = node();
    assertThat(other.isRevoked(zoe)).isTrue();
    engine.loseData();
    await(() -> !engine.entries().isEmpty());
    assertThat(node().isRevoked(zoe)).isTrue();
    await(
        () -> events.stream().anyMatch(e -> e instanceof RevocationEvent.Back b && b.restarted()));
  }

  @Test
  void whatAnEngineForgotInAFailoverIsSentAgain() throws Exception {
    ReplicatedRevocation one = node();
    Stamp zoe = login("zoe", now());
    one.revokeSubject("zoe");
    engine.away(true);
    await(() -> !one.status().answering());
    engine.loseData(); // A replica that never had it.
    engine.away(false);
    await(() -> !engine.entries().isEmpty());
    assertThat(node().isRevoked(zoe)).isTrue();
  }

  @Test
  void aNodeThatStartsWithoutTheEngineFailsRequestsOrAcceptsThem() throws Exception {
    engine.away(true);
    UnaryOperator<ReplicatedRevocationBuilder> soon = b -> b.startWithin(Duration.ofMillis(50));
    ReplicatedRevocation strict = node(soon);
    ReplicatedRevocation open = node(b -> soon.apply(b).acceptEarly());
    Stamp zoe = login("zoe", now());
    assertThat(strict.status().ready()).isFalse();
    assertThatThrownBy(() -> strict.isRevoked(zoe))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("acceptEarly()");
    assertThat(open.isRevoked(zoe)).isFalse();
    engine.away(false);
    await(() -> strict.status().ready());
    assertThat(strict.isRevoked(zoe)).isFalse();
  }

  @Test
  void entriesOfOtherKeysAndForgedOnesEndNothing() throws Exception {
    ReplicatedRevocation one = node();
    KeyRing others = KeyRing.signingWith(MasterKey.of(Fixtures.secret("others")));
    ReplicatedRevocation stranger = node(others, b -> b);
    Stamp zoe = login("zoe", now());
    stranger.revokeSubject("zoe");
    byte[] forged = engine.entries().get(0).clone();
    forged[forged.length - 1] ^= 1;
    engine.add(forged);
    engine.add(new byte[0]);
    engine.add(new byte[100]);
    one.revokeSubject("anna");
    await(() -> stranger.status().marks() == 1 && events.size() >= 2);
    assertThat(one.isRevoked(zoe)).isFalse();
    assertThat(one.status().marks()).isEqualTo(1);
    assertThat(events).allMatch(e -> e instanceof RevocationEvent.Unreadable);
  }

  @Test
  void aTimeInTheFarFutureIsCut() {
    ReplicatedRevocation one = node();
    MarkSeal seal = new MarkSeal(() -> Fixtures.RING, "", new SecureRandom());
    Instant soon = now().plusSeconds(3600);
    engine.add(seal.seal(List.of(new Mark(Mark.Kind.ALL, 0, soon.toEpochMilli(), Long.MAX_VALUE))));
    one.catchUp();
    assertThat(one.isRevoked(login("zoe", now()))).isTrue();
    assertThat(one.isRevoked(login("zoe", now().plusSeconds(31)))).isFalse();
  }

  @Test
  void timesAreThoseOfTheEngine() throws Exception {
    engine.clockAhead(Duration.ofSeconds(60));
    ReplicatedRevocation one = node();
    SessionPolicy policy = SessionPolicy.defaults().withRevocation(one);
    assertThat(Duration.between(now(), policy.now()))
        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
    Stamp zoe = login("zoe", policy.now());
    one.revokeSubject("zoe");
    assertThat(one.isRevoked(zoe)).isTrue();
    assertThat(one.status().clockOffset())
        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
  }

  @Test
  void aClockThatNobodySetIsNotFollowed() throws Exception {
    engine.clockAhead(Duration.ofDays(1));
    ReplicatedRevocation one = node();
    assertThat(one.status().clockOffset()).isZero();
    await(() -> events.stream().anyMatch(e -> e instanceof RevocationEvent.ClocksApart));
  }

  @Test
  void packsTakeThePlaceOfManyEntries() throws Exception {
    ReplicatedRevocation one = node(b -> b.compactEvery(Duration.ofMillis(300)));
    List<Stamp> logins = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Stamp login = login("user " + i, now());
      logins.add(login);
      one.revokeSession(login, now().plus(LIFE));
    }
    await(() -> one.status().unshared() == 0);
    await(() -> engine.compactions() > 0 && engine.entries().size() == 1);
    ReplicatedRevocation late = node();
    assertThat(logins).allMatch(late::isRevoked);
  }

  @Test
  void requestsAskMemoryAlone() {
    ReplicatedRevocation one = node();
    one.revokeSubject("zoe");
    int before = engine.reads();
    Stamp stamp = login("anna", now());
    long begun = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      assertThat(one.isRevoked(stamp)).isFalse();
    }
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat(engine.reads() - before).isLessThanOrEqualTo((int) seconds + 3);
  }

  @Test
  void requestsFailWhenItIsSilentForTooLongIfThatIsWanted() throws Exception {
    assertThatThrownBy(() -> node(b -> b.failWhenStale(Duration.ofSeconds(1))))
        .hasMessageContaining("at least 5 seconds");
    ReplicatedRevocation patient = node(b -> b.failWhenStale(Duration.ofSeconds(5)));
    assertThatCode(() -> patient.isRevoked(login("zoe", now()))).doesNotThrowAnyException();
    engine.away(true);
    await(() -> !patient.status().answering());
    Thread.sleep(5_100);
    assertThatThrownBy(() -> patient.isRevoked(login("zoe", now())))
        .hasMessageContaining("failWhenStale");
  }

  @Test
  void showsNoHash() {
    ReplicatedRevocation one = node();
    one.revokeSubject("zoe");
    assertThat(one).hasToString("over a fake engine, at most 1000000 entries on each node");
    assertThat(new Mark(Mark.Kind.SUBJECT, 4711, 1, 2)).hasToString("Mark[SUBJECT]");
  }

  @Test
  void aListenerThatThrowsStopsNothing() throws Exception {
    ReplicatedRevocation one =
        node(
            builder ->
                builder.listener(
                    event -> {
                      throw new IllegalStateException("a fault of the listener");
                    }));
    engine.away(true);
    await(() -> !one.status().answering());
    engine.away(false);
    await(() -> one.status().answering());
    Stamp zoe = login("zoe", now());
    node().revokeSubject("zoe");
    await(() -> one.isRevoked(zoe));
  }

  @Test
  void whatWasRevokedLastIsSentBeforeTheEngineIsClosed() {
    ReplicatedRevocation one = node();
    Stamp login = login("zoe", now());
    engine.slow(Duration.ofMillis(100));
    one.revokeSession(login, now().plus(LIFE));
    one.close();
    engine.slow(Duration.ZERO);
    assertThat(node().isRevoked(login)).isTrue();
  }

  @Test
  void aNodeThatAcceptsEarlyDoesSoBeforeItCountsAsStale() {
    engine.away(true);
    ReplicatedRevocation open =
        node(
            builder ->
                builder
                    .startWithin(Duration.ZERO)
                    .acceptEarly()
                    .failWhenStale(Duration.ofSeconds(60)));
    assertThat(open.isRevoked(login("zoe", now()))).isFalse();
  }
}
