package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.CookieOptions;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.RejectionReason;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions of cookie-session and connect-cookie-session, on their way here. */
class CookieSessionTransportTest {
  private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");
  private static final Instant END = Instant.parse("2025-07-01T00:00:00Z");
  private static final ForeignSecrets SECRETS =
      ForeignSecrets.signingWithWeak("keyboard cat").alsoAcceptingWeak("a");
  private static final SessionTransport PAIR =
      SessionTransport.signaturePair(
          CookieOptions.named("session"), CookieSession.encoder(SECRETS));
  private static final SessionTransport CONNECT =
      SessionTransport.cookie(
          CookieOptions.named("connect.sid"),
          ConnectCookieSession.encoder(ForeignSecrets.signingWithWeak("k")));
  private static final String HI =
      "session=eyJtZXNzYWdlIjoiaGkifQ==; session.sig=vdp2-kj-91tgzbWcV1QzofT3hu0";
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));

  private final List<SessionEvent> events = new ArrayList<>();

  private SessionsBuilder configured(SessionsBuilder builder, boolean undated) {
    SessionPolicy policy = SessionPolicy.defaults().withClock(() -> NOW);
    return builder.policy(undated ? policy.withUndatedUntil(END) : policy).listener(events::add);
  }

  private static Session load(Sessions sessions, String cookie) {
    return sessions.load(name -> name.equals("Cookie") ? List.of(cookie) : List.of());
  }

  private static List<String> cookies(Sessions sessions, Session session) {
    return sessions.save(session).stream()
        .filter(header -> header.name().equals("Set-Cookie"))
        .map(HttpHeader::value)
        .toList();
  }

  @Test
  void writesBothCookiesWithAllAttributes() {
    Sessions sessions = configured(Sessions.builder(PAIR), true).build();
    Session session = load(sessions, "");
    session.put("message", "hi");

    assertThat(cookies(sessions, session))
        .containsExactly(
            "session=eyJtZXNzYWdlIjoiaGkifQ==; Path=/; Secure; HttpOnly; SameSite=Lax",
            "session.sig=%s; Path=/; Secure; HttpOnly; SameSite=Lax"
                .formatted(Keygrip.of(SECRETS).sign("session=eyJtZXNzYWdlIjoiaGkifQ==")));
  }

  @Test
  void signsAnewWhatAnOldSecretSigned() { // keygrip's index above 0
    Sessions sessions = configured(Sessions.builder(PAIR), true).build();
    Session session = load(sessions, HI);
    assertThat(session.get("message", "")).isEqualTo("hi");

    assertThat(cookies(sessions, session))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("session=eyJtZXNzYWdlIjoiaGkifQ==; Path=/");
  }

  @Test
  void movesASessionIntoOurCookieAndEmptiesTheOldOnes() {
    Sessions sessions =
        configured(Sessions.builder(KEYS).reading(PAIR.withEnd(END), CONNECT.withEnd(END)), true)
            .build();
    for (String old :
        List.of(
            HI,
            "connect.sid=eyJtZXNzYWdlIjoiaGkifQ%3D%3D--5e3323a997a0529996fef3e1ec46f8a94f04266c")) {
      Session session = load(sessions, old);
      assertThat(session.get("message", "")).as(old).isEqualTo("hi");
      List<String> written = cookies(sessions, session);

      assertThat(written.get(0)).startsWith("__Host-session=Ag");
      assertThat(written.subList(1, written.size()))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("=; ").contains("Max-Age=0"));
    }
  }

  @Test
  void leavesOutWhatOurCookieDoesNotHoldWhenASessionMoves() {
    String json = "{\"deep\":" + "[".repeat(40) + "]".repeat(40) + ",\"user\":\"marcel\"}";
    String value = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    String signature = Keygrip.of(SECRETS).sign("session=" + value);
    Sessions sessions = configured(Sessions.builder(KEYS).reading(PAIR.withEnd(END)), true).build();
    Session session = load(sessions, "session=%s; session.sig=%s".formatted(value, signature));

    assertThat(session.get("user", "")).isEqualTo("marcel");
    assertThat(cookies(sessions, session).get(0)).startsWith("__Host-session=Ag");
    assertThat(events).contains(new SessionEvent.AttributeUnreadable("session", "deep"));
  }

  @Test
  void refusesASessionWithoutTimesUnlessThePolicyAllowsIt() {
    Sessions sessions =
        configured(Sessions.builder(KEYS).reading(PAIR.withEnd(END)), false).build();

    assertThat(load(sessions, HI).isNew()).isTrue();
    assertThat(events)
        .contains(new SessionEvent.Rejected("session", RejectionReason.UNDATED, null));
  }

  @Test
  void reportsWeakSecretsOnce() {
    Sessions sessions = configured(Sessions.builder(KEYS).reading(PAIR.withEnd(END)), true).build();
    sessions.announce();
    sessions.announce();

    assertThat(events)
        .containsOnlyOnce(
            new SessionEvent.WeakKeyUsed(
                "session",
                "secret 1 of 2 is published in documentation, so anybody can forge sessions with"
                    + " it; secret 2 of 2 is short, 1 of at least 16 random bytes, so it can be"
                    + " guessed"));
  }
}
