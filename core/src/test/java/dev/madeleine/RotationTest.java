package dev.madeleine;

import static dev.madeleine.Fixtures.KEY;
import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Scene.NO_STORE;
import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that change while a request is under way. */
final class RotationTest {
  private static final KeyRing BEFORE = KeyRing.signingWith(OLD_KEY).alsoAccepting(KEY);
  private static final KeyRing AFTER = KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY);

  private static Scene signedIn(KeyRing ring) {
    Scene scene = Scene.create();
    scene.keys.set(ring);
    return scene.signedIn("a", List.of(1, 5L), "views", 1);
  }

  private static String sealingKey(Scene scene) {
    return HexFormat.of().formatHex(Tokens.bytes(String.valueOf(scene.cookie)), 2, 6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeBetweenLoadAndSaveIsSealedByTheNewKey(boolean forwards) {
    Scene scene = signedIn(forwards ? BEFORE : AFTER);
    Session session = scene.request();
    session.put("views", session.get("views", 0) + 1);
    KeyRing to = forwards ? AFTER : BEFORE;
    scene.keys.set(to);
    SessionSnapshot expected =
        Fixtures.session(Map.of("a", List.of(1, 5L), "views", 2)).withTimes(NOON, NOON);

    assertThat(scene.respond(session)).hasSize(3).startsWith(VARY).endsWith(NO_STORE);

    assertThat(sealingKey(scene)).isEqualTo(to.signingKey().id());
    assertThat(scene.sealed().attributes()).isEqualTo(expected.attributes());
    assertThat(scene.sealed().created()).isEqualTo(NOON);
    for (KeyRing node : List.of(BEFORE, AFTER)) {
      scene.keys.set(node);
      assertThat(scene.request().get("views", 0)).isEqualTo(2);
    }
    assertThat(scene.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionThatOnlyReadsIsSealedAgainByTheNextRequest(boolean forwards) {
    Scene scene = signedIn(forwards ? BEFORE : AFTER);
    String first = sealingKey(scene);
    Session session = scene.request();
    assertThat(session.get("views", 0)).isEqualTo(1);
    KeyRing to = forwards ? AFTER : BEFORE;
    scene.keys.set(to);

    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(sealingKey(scene)).isEqualTo(first);
    Session next = scene.later(5).request();
    assertThat(next.get("views", 0)).isEqualTo(1);
    assertThat(scene.respond(next)).hasSize(3);

    assertThat(sealingKey(scene)).isEqualTo(to.signingKey().id());
    assertThat(scene.sealed().created()).isEqualTo(NOON);
    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("a", List.of(1, 5L), "views", 1));
    assertThat(scene.events).isEmpty();
  }

  @Test
  void aSessionThatIsAskedForOnlyAfterTheRotationIsRead() {
    Scene scene = signedIn(BEFORE);
    Session session = scene.request();
    scene.keys.set(AFTER);

    assertThat(session.get("views", 0)).isEqualTo(1);
    assertThat(scene.respond(session)).hasSize(3);
    assertThat(sealingKey(scene)).isEqualTo(KEY.id());
  }

  @Test
  void whatARequestReadSurvivesThatItsKeyLeavesTheRing() {
    Scene scene = signedIn(BEFORE);
    Session session = scene.request();
    session.put("views", session.get("views", 0) + 1);
    scene.keys.set(KeyRing.signingWith(KEY));

    scene.respond(session);

    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("a", List.of(1, 5L), "views", 2));
  }

  @Test
  void countsOnWhileTheKeysChangeAllTheTime() throws Exception {
    AtomicReference<KeyRing> ring = new AtomicReference<>(BEFORE);
    Sessions sessions = Sessions.builder(ring::get).build();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> clients = new ArrayList<>();
      clients.add(() -> lastCount(sessions, 1000, i -> rotate(ring, i)));
      for (int client = 1; client < 4; client++) {
        clients.add(() -> lastCount(sessions, 1000, i -> {}));
      }
      for (Future<Integer> client : threads.invokeAll(clients)) {
        assertThat(client.get()).isEqualTo(1000);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Publishes a new key and signs with it, after every tenth answer. By answers and not by time:
   * the ring keeps all keys, and on a slow machine it would grow faster than the clients count.
   */
  private static void rotate(AtomicReference<KeyRing> ring, int answer) {
    if (answer % 10 == 0) {
      MasterKey next = Fixtures.key("next " + answer);
      KeyRing last = ring.get();
      ring.set(last.alsoAccepting(next));
      List<MasterKey> older = new ArrayList<>(last.olderKeys());
      older.add(last.signingKey());
      ring.set(KeyRing.signingWith(next).alsoAccepting(older.toArray(MasterKey[]::new)));
    }
  }

  /** A client that is answered so many times; each answer is one request later than the last. */
  private static int lastCount(Sessions sessions, int answers, IntConsumer afterEach) {
    List<String> cookies = List.of();
    int views = 0;
    for (int i = 0; i < answers; i++) {
      List<String> lines = cookies;
      Session session = sessions.load(name -> name.equals("Cookie") ? lines : List.of());
      views = session.get("views", 0) + 1;
      session.put("views", views);
      for (HttpHeader header : sessions.save(session)) {
        if (header.name().equals("Set-Cookie")) {
          cookies = List.of(header.value().substring(0, header.value().indexOf(';')));
        }
      }
      afterEach.accept(i);
    }
    return views;
  }
}
