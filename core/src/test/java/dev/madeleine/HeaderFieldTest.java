package dev.madeleine;

import static dev.madeleine.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeaderFieldTest {
  private static final NativeEncoder SIGNED = NativeEncoder.signed(() -> RING, "session");

  private final List<SessionEvent> events = new ArrayList<>();
  private final Browser client = new Browser();

  private Sessions sessions(SessionTransport transport) {
    return Sessions.builder(transport)
        .policy(SessionPolicy.defaults().withClock(new MovingClock(Fixtures.NOON)))
        .listener(
            event -> {
              if (!event.isRoutine()) events.add(event);
            })
        .build();
  }

  @Test
  void aResponseCarriesTheTokenAndTheNextRequestBringsItBack() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    client.request(sessions, session -> session.put("a", 1));
    assertThat(client.response)
        .hasSize(3)
        .startsWith("Vary: X-Session")
        .endsWith("Cache-Control: no-store");
    assertThat(client.response.get(1)).matches("X-Session: [0-9A-Za-z_-]+");
    client.request(sessions, session -> session.put("a", session.get("a", 0) + 1));
    assertThat(client.load(sessions).get("a")).isEqualTo(2);
    assertThat(client.jar).isEmpty();
  }

  @Test
  void findsTheFieldOfAMapInLowerCase() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    client.request(sessions, session -> session.put("a", 1));
    List<String> lines = List.of(client.fields.get("X-Session"));

    assertThat(sessions.load(Map.of("x-session", lines)::get).get("a")).isEqualTo(1);
    assertThat(sessions.load(Map.of("X-Session", lines)::get).get("a")).isEqualTo(1);
  }

  @Test
  void anEmptyValueTellsTheClientToForget() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    client.request(sessions, session -> session.put("a", 1));
    client.request(sessions, Session::invalidate);
    assertThat(client.response).contains("X-Session: ");
    assertThat(client.fields).isEmpty();
  }

  @Test
  void bearerTokensTravelBehindTheirSchemeAndOtherSchemesAreLeftAlone() {
    Sessions sessions = sessions(SessionTransport.bearer(SIGNED));
    client.request(sessions, session -> session.put("a", 1));
    assertThat(client.response.get(0)).isEqualTo("Vary: Authorization");
    assertThat(client.response.get(1)).matches("Authorization: Bearer [0-9A-Za-z_-]+");
    String token = client.fields.get("Authorization").substring(7);
    for (String good : List.of("Bearer " + token, "bearer " + token, "BEARER   " + token + " ")) {
      assertThat(sessions.load(name -> List.of(good)).get("a")).as(good).isEqualTo(1);
    }
    for (String other : List.of("Basic dXNlcjpwYXNz", "Bearer", "", "Bearerx " + token, token)) {
      assertThat(sessions.load(name -> List.of(other)).requestedId()).as(other).isNull();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aTokenOfACookieIsNoneOfAHeaderNorTheOtherWayRound() {
    Sessions header = sessions(SessionTransport.header("X-Session", SIGNED));
    Sessions cookie = sessions(SessionTransport.cookie(CookieOptions.named("sid"), SIGNED));
    client.request(cookie, session -> session.put("a", 1));
    String token = client.jar.get("sid");
    assertThat(header.load(name -> List.of(token)).isNew()).isTrue();
    assertThat(events)
        .containsExactly(
            new SessionEvent.Rejected(
                "X-Session", RejectionReason.BAD_SEAL, RING.signingKey().id()));
  }

  @Test
  void nothingThatTheClientSaysIsSealed() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    Session session = sessions.load(name -> List.of("000102030405060708090a0b0c0d0e0f"));
    assertThat(session.isNew()).isTrue();
    assertThat(session.id()).isNotEqualTo("000102030405060708090a0b0c0d0e0f");
    assertThat(sessions.save(session)).extracting(HttpHeader::name).containsExactly("Vary");
  }

  @Test
  void ofTwoUsersNoneCountsAndAtMostFourAreLookedAt() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    client.request(
        sessions,
        session -> {
          session.login("marcel");
          session.put("a", 1);
        });
    String first = client.fields.remove("X-Session");
    client.request(sessions, session -> session.login("albertine"));
    String second = client.fields.get("X-Session");
    assertThat(sessions.load(name -> List.of(first, second)).rejection())
        .isEqualTo(RejectionReason.AMBIGUOUS);
    assertThat(sessions.load(name -> List.of("a", "b", "c", first)).get("a")).isEqualTo(1);
    assertThat(sessions.load(name -> List.of("a", "b", "c", "d", first)).isNew()).isTrue();
  }

  @Test
  void refusesNamesThatAreTakenOrNoNames() {
    for (String bad : List.of("Cookie", "set-cookie", "Vary", "", "a b", "a:b", "é")) {
      assertThatThrownBy(() -> SessionTransport.header(bad, SIGNED))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("X-Session");
    }
  }

  @Test
  void hasNoCookieToChange() {
    Sessions sessions = sessions(SessionTransport.header("X-Session", SIGNED));
    assertThatThrownBy(
            () -> client.load(sessions).changeCookie(options -> options.withHttpOnly(false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("X-Session");
    assertThatThrownBy(() -> sessions.withCookie(CookieOptions.named("sid")))
        .isInstanceOf(IllegalStateException.class);
  }
}
