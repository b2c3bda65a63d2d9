package dev.madeleine.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.ReplicatedRevocation;
import dev.madeleine.Revocation.Stamp;
import dev.madeleine.RevocationEvent;
import dev.madeleine.RevocationNotSharedException;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SharedMarks;
import dev.madeleine.Subject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Two nodes over a real Redis, which is killed, stopped and restarted empty. */
class RedisRevocationTest {
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));

  private final List<ReplicatedRevocation> nodes = new ArrayList<>();
  private final List<RevocationEvent> events = new CopyOnWriteArrayList<>();
  private RedisServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RedisServer();
  }

  @AfterEach
  void stop() throws Exception {
    nodes.forEach(ReplicatedRevocation::close);
    if (server != null) {
      server.close();
    }
  }

  private ReplicatedRevocation node() {
    SharedMarks engine = RedisMarks.of(server.client(), "shop");
    ReplicatedRevocation node =
        ReplicatedRevocation.over(engine, () -> KEYS).listener(events::add).start();
    nodes.add(node);
    assertThat(SessionPolicy.defaults().withRevocation(node).revocation()).isSameAs(node);
    return node;
  }

  /** A login on the first node, by the clock that it has from Redis. */
  private Stamp login(String subject) {
    long offset = nodes.get(0).clockOffset();
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis() + offset);
    return new Stamp("0".repeat(32), now, Subject.of(subject, 0), List.of());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aLogoutEverywhereEndsOnEveryNodeWithinHalfASecond() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    Stamp zoe = login("zoe");
    Thread.sleep(2);
    long begun = System.nanoTime();
    one.revokeSubject("zoe");
    await(() -> other.isRevoked(zoe));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
    assertThat(node().isRevoked(zoe)).as("on a node that starts").isTrue();
    assertThat(other.isRevoked(login("anna"))).isFalse();
  }

  @Test
  void aRedisThatIsKilledAndComesBackEmptyLearnsAllAgain() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    Stamp zoe = login("zoe");
    Thread.sleep(2);
    one.revokeSubject("zoe");
    await(() -> other.isRevoked(zoe));
    server.kill();
    Stamp anna = login("anna");
    Thread.sleep(2);
    assertThatThrownBy(() -> one.revokeSubject("anna"))
        .isInstanceOf(RevocationNotSharedException.class);
    assertThat(one.isRevoked(anna)).isTrue();
    assertThat(other.isRevoked(login("ben"))).as("nobody is logged out").isFalse();
    server.restart();
    await(() -> other.isRevoked(anna));
    await(() -> one.status().answering() && one.status().unshared() == 0);
    await(() -> node().isRevoked(zoe));
  }

  @Test
  void aRedisThatHangsHoldsUpNobodyButThoseWhoRevoke() throws Exception {
    ReplicatedRevocation one = node();
    ReplicatedRevocation other = node();
    server.signal("STOP");
    await(() -> !one.status().answering());
    Stamp zoe = login("zoe");
    Thread.sleep(2);
    long begun = System.nanoTime();
    one.revokeSession(zoe, Instant.now().plusSeconds(3600));
    one.catchUp();
    assertThat(one.isRevoked(zoe)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(300));
    server.signal("CONT");
    await(() -> other.isRevoked(zoe));
    assertThat(events).anyMatch(event -> event instanceof RevocationEvent.Away);
  }

  @Test
  void timesAreThoseOfRedis() throws Exception {
    ReplicatedRevocation one = node();
    assertThat(one.status().clockOffset().abs()).isLessThan(Duration.ofMillis(100));
    assertThat(one.status().ready()).isTrue();
  }

  @Test
  void aNameOfAnApplicationIsChecked() {
    try (UnifiedJedis client = server.client()) {
      assertThatThrownBy(() -> RedisMarks.of(client, "a shop"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("for example shop");
      assertThat(RedisMarks.of(client, "shop").withAudience("eu"))
          .hasToString("Redis, application shop/eu");
    }
  }

  @Test
  void whatLiesInRedisEndsWithTheLongestRevocation() throws Exception {
    try (UnifiedJedis client = server.client();
        SharedMarks marks = RedisMarks.of(client, "shop")) {
      marks.append(List.of(new byte[] {1}), Instant.now().plusSeconds(100));
      assertThat(client.pttl("madeleine:{shop}:marks")).isBetween(90_000L, 101_000L);
      marks.append(List.of(new byte[] {1}), Instant.now().plusSeconds(50));
      assertThat(client.pttl("madeleine:{shop}:marks")).isGreaterThan(90_000L);
    }
  }

  @Test
  void whatHasExpiredIsNotLost() throws Exception {
    try (SharedMarks marks = RedisMarks.of(server.client(), "shop")) {
      marks.append(List.of(new byte[] {1}), Instant.now().plusMillis(300));
      SharedMarks.Batch before = marks.read(null, Duration.ZERO);
      assertThat(before.entries()).hasSize(1);
      Thread.sleep(1500); // Redis drops it within a second of its time.
      SharedMarks.Batch after = marks.read(before.position(), Duration.ZERO);
      assertThat(after.restarted()).isFalse();
      assertThat(marks.read(null, Duration.ZERO).entries()).isEmpty();
      marks.append(List.of(new byte[] {2}), Instant.now().plusSeconds(60));
      assertThat(marks.read(after.position(), Duration.ZERO).entries())
          .containsExactly(new byte[] {2});
    }
  }

  @Test
  void anAbsentRedisIsAnIOException() throws Exception {
    SharedMarks marks = RedisMarks.of(server.client(), "shop");
    server.kill();
    assertThatThrownBy(() -> marks.read(null, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Redis: ");
    marks.close();
    server.restart();
  }
}
