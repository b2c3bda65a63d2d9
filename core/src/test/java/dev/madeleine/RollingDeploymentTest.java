package dev.madeleine;

import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.OlderRelease;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two releases behind one browser; the older one lacks two tags of the newer one. */
final class RollingDeploymentTest {
  private static final UUID ID = new UUID(1, 2);
  private static final URI HOME = URI.create("https://example.com/");

  private static Scene older() {
    return Scene.serializing(OlderRelease.without("~uuid", "~uri"));
  }

  private static Scene newer() {
    return Scene.create()
        .signedIn(
            "user", "zoé", "id", ID, "places", new ArrayList<>(List.of(Map.of("~home", HOME))));
  }

  private static void assertWhole(Session session) {
    assertThat(session.get("user")).isEqualTo("zoé");
    assertThat(session.get("id")).isEqualTo(ID);
    assertThat(session.get("places")).isEqualTo(List.of(Map.of("~home", HOME)));
  }

  @Test
  void theOlderReleaseReadsTheRestAndSaysWhatItCouldNotRead() {
    Scene older = older();
    older.cookie = newer().cookie;
    Session session = older.request();
    assertThat(session.isNew()).isFalse();
    assertThat(session.get("user")).isEqualTo("zoé");
    assertThat(session.get("id")).isNull();
    assertThat(session.names()).containsExactly("user");
    assertThat(older.respond(session)).containsExactly(VARY);
    assertThat(older.events)
        .containsExactly(
            new SessionEvent.AttributeUnreadable(Scene.NAME, "id"),
            new SessionEvent.AttributeUnreadable(Scene.NAME, "places"));
  }

  @Test
  void nobodyIsLoggedOutAndNothingIsLostThroughRenewals() {
    Random random = new Random(12);
    Scene newer = newer();
    Scene older = older();
    String cookie = newer.cookie;
    String id = newer.sealed().id();
    int renewals = 0;
    for (int i = 0; i < 200; i++) {
      long seconds = random.nextInt(90);
      newer.later(seconds);
      older.later(seconds);
      boolean newest = random.nextBoolean();
      Scene answering = newest ? newer : older;
      answering.cookie = cookie;
      Session session = answering.request();
      assertThat(session.id()).isEqualTo(id);
      assertThat(session.get("user")).isEqualTo("zoé");
      if (newest) {
        assertWhole(session);
      }
      renewals += answering.respond(session).size() > 1 ? 1 : 0;
      cookie = answering.cookie;
    }
    assertThat(renewals).isGreaterThan(30);
    newer.cookie = cookie;
    assertWhole(newer.request());
    assertThat(newer.reasons()).isEmpty();
    assertThat(older.reasons()).isEmpty();
  }

  @Test
  void whatTheNewerReleaseChangesTheOlderOneCarries() {
    Scene newer = newer();
    Scene older = older();
    for (int i = 0; i < 5; i++) {
      Session session = newer.request();
      session.put("views", i);
      newer.respond(session);
      older.cookie = newer.cookie;
      Session next = older.later(120).request();
      assertThat(next.get("views")).isEqualTo(i);
      older.respond(next);
      assertThat(older.cookie).isNotEqualTo(newer.cookie);
      newer.later(120).cookie = older.cookie;
      assertWhole(newer.request());
    }
  }

  @Test
  void removingWhatCannotBeReadIsAChange() {
    Scene older = older();
    older.cookie = newer().cookie;
    Session session = older.request();
    session.remove("id");
    assertThat(session.isChanged()).isTrue();
    older.respond(session);
    assertThat(older.sealed().attributes()).isEqualTo(Map.of("user", "zoé"));
  }

  @Test
  void aSingleValueIsReadByWhoKnowsItOnly() {
    Attribute<UUID> token = Attribute.of("token", UUID.class);
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "remember");
    MovingClock clock = new MovingClock(Fixtures.NOON);
    CookieOptions cookie = CookieOptions.named("__Host-remember");
    SealedValue<UUID> newer = SealedValue.of(token, encoder, cookie, Duration.ofDays(1), clock);
    SealedValue<UUID> older =
        SealedValue.of(
            token,
            encoder.withSerializer(OlderRelease.without("~uuid")),
            cookie,
            Duration.ofDays(1),
            clock);
    String line = newer.write(ID).get(0).value();
    List<String> sent = List.of(line.substring(0, line.indexOf(';')));
    assertThat(newer.read(name -> sent).value()).isEqualTo(ID);
    assertThat(older.read(name -> sent).value()).isNull();
  }
}
