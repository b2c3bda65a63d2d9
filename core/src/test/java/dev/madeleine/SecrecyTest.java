package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.utf8;
import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keys, tokens and values never appear in toString, logs, events or messages. */
final class SecrecyTest {
  private static final String VALUE = "hunter2-is-my-password";

  /** A value that tells all about itself. */
  private static final class Loud {
    @Override
    public String toString() {
      return VALUE;
    }
  }

  /** Everything that was printed in this test. */
  private final List<String> printed = new ArrayList<>();

  private void print(Object... objects) {
    for (Object object : objects) {
      printed.add(String.valueOf(object));
    }
  }

  private void failing(ThrowingCallable action) {
    try {
      action.call();
    } catch (Throwable thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace, true));
      printed.add(trace.toString());
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  private void assertNothingShows(String secret, int piece) {
    assertThat(printed).isNotEmpty();
    for (int i = 0; i + piece <= secret.length(); i++) {
      String part = secret.substring(i, i + piece);
      assertThat(printed).allSatisfy(text -> assertThat(text).doesNotContain(part));
    }
  }

  private void assertNoSecretShows(String... tokens) {
    assertNothingShows("hunter2", 7);
    byte[] secret = Fixtures.secret("one");
    byte[] subkey = Tokens.subkey(secret, "session", NAME, "");
    for (byte[] key : List.of(secret, subkey, Tokens.mac(utf8("madeleine/v1"), secret))) {
      assertNothingShows(HexFormat.of().formatHex(key), 12);
      assertNothingShows(Base64.getEncoder().encodeToString(key), 12);
      assertNothingShows(Tokens.text(key), 12);
    }
    for (String token : tokens) {
      assertNothingShows(token, 16);
    }
  }

  @Test
  void objectsShowNothing() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("password", VALUE);
    session.login("zoé", 1);
    List<HttpHeader> headers = scene.sessions.save(session);
    scene.respond(session);
    String token = String.valueOf(scene.cookie);
    Session read = scene.request();
    assertThat(read.get("password")).isEqualTo(VALUE);
    SessionTransport transport = scene.sessions.transport();
    print(
        session,
        read,
        headers,
        transport,
        transport.options(),
        transport.encoder(),
        scene.sessions,
        scene.sessions.policy(),
        Fixtures.KEY,
        Fixtures.RING,
        transport.encoder().decode(token),
        transport.encoder().decode(token + "A"),
        scene.sealed(),
        scene.sealed().subject(),
        read.exchange(),
        transport.encoder().serializer(),
        new HmacSha256(),
        new HmacSha256.Key(Fixtures.secret("one")),
        Attribute.of("password", String.class),
        SessionPolicy.defaults().withRevocationInMemory(5).revocation());
    assertNoSecretShows(token);
  }

  @Test
  void refusalsShowNothing() {
    Scene scene = Scene.create().signedIn("password", VALUE);
    Session session = scene.request();
    failing(() -> session.put("x", new Loud()));
    failing(() -> session.put("x", List.of(Map.of("deep", new Loud()))));
    failing(() -> session.put("x", Map.of(new Loud(), VALUE)));
    failing(() -> session.put("x", new StringBuilder(VALUE).reverse().reverse()));
    failing(() -> session.put("x", new BigDecimal("1E+1000")));
    failing(() -> session.get("password", 5));
    failing(() -> session.get(Attribute.of("password", Long.class)));
    session.put("large", VALUE.repeat(300));
    failing(() -> scene.sessions.save(session));
    Attribute<List<Long>> longs = Attribute.of("longs", new TypeToken<List<Long>>() {});
    Session declared = Scene.with(builder -> builder.attributes(longs)).request();
    failing(() -> declared.put("longs", List.of(VALUE)));
    failing(() -> declared.put("longs", VALUE));
    failing(() -> MasterKey.parse(Base64.getEncoder().encodeToString(Fixtures.secret("one"))));
    failing(
        () -> MasterKey.parse("hex:" + Base64.getEncoder().encodeToString(Fixtures.secret("one"))));
    failing(
        () ->
            KeyRing.parse(
                "base64:" + Base64.getEncoder().encodeToString(Fixtures.secret("one")) + ",x"));
    failing(() -> KeyRing.signingWith(Fixtures.KEY).alsoAccepting(Fixtures.KEY));
    print(scene.events);
    assertNoSecretShows(String.valueOf(scene.cookie));
  }

  @Test
  @DisplayName("a log line has the reason and the key id, and nothing of the cookie")
  void rejectedCookiesLogNothingOfTheirs() { // control characters, too
    byte[] header = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
    String good = Tokens.sealed(NAME, header, utf8("{\"password\":\"" + VALUE + "\"}"));
    List<String> tokens =
        List.of(
            good.substring(0, good.length() - 4) + "AAAA",
            good + "\r\nINFO forged line " + VALUE,
            "\u001b[31m" + VALUE + "\u0085\u009b",
            VALUE.repeat(300),
            Tokens.sealed(NAME, Tokens.header(9, 0, 0, 0, 0), utf8(VALUE)),
            Tokens.sealed(NAME, header, utf8("{\"password\":" + VALUE + "}")));
    for (String token : tokens) {
      try (LogCapture log = new LogCapture()) {
        Sessions sessions =
            Sessions.builder(Fixtures.RING)
                .policy(SessionPolicy.defaults().withClock(new MovingClock(NOON)))
                .build();
        Session session = sessions.load(name -> List.of(NAME + "=" + token));
        assertThat(session.isNew()).isTrue();
        print(session, session.requestedId(), sessions.save(session));
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1))
            .matches(
                "(INFO|WARNING) event=Rejected cookie=__Host-session reason=[A-Z_]+( key=[0-9a-f]+)? message=\"rejected a session cookie: [A-Z_]+"
                    + "(, key [0-9a-f]{8})?(: its seal is good[a-z,; ]+)?\"");
        printed.addAll(log.lines());
      }
    }
    assertNoSecretShows(tokens.toArray(new String[0]));
  }

  @Test
  @DisplayName("what Jackson says about a payload goes nowhere")
  void parserMessagesGoNowhere() { // CVE-2025-49128
    byte[] header = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
    Scene scene =
        Scene.with(b -> b.attributes(Attribute.of("longs", new TypeToken<List<Long>>() {})));
    try (LogCapture log = new LogCapture()) {
      for (String misfit :
          List.of(
              "{\"longs\":[\"" + VALUE + "\"]}",
              "{\"longs\":{\"" + VALUE + "\":1}}",
              "{\"longs\":{\"~own\":[\"" + VALUE + "\"]}}",
              "{\"longs\":{\"~" + VALUE + "\":1}}",
              "{\"longs\":{\"~later\":\"" + VALUE + "\"}}")) {
        String token = Tokens.sealed(NAME, header, utf8(misfit));
        Decoded decoded = scene.sessions.transport().encoder().decode(token);
        LocatedAttributes located = ((Decoded.Accepted) decoded).snapshot().located();
        assertThat(located.names()).isEmpty();
        assertThat(located.unreadable()).containsExactly("longs");
        print(decoded, scene.request(NAME + "=" + token).names());
        failing(() -> scene.sessions.transport().encoder().serializer().fromBytes(utf8(misfit)));
      }
      for (String payload :
          List.of(
              "{\"a\":" + VALUE + "}",
              "{\"a\":\"" + VALUE,
              "{\"a\":\"\\" + VALUE + "\"}",
              "{" + VALUE + ":1}",
              "{\"a\":{\"~uuid\":\"" + VALUE + "\"}}",
              "{\"a\":{\"~instant\":\"" + VALUE + "\"}}",
              "{\"a\":{\"~uri\":\":" + VALUE + "\"}}",
              "{\"a\":{\"~_" + VALUE + "\":\"x\"}}")) {
        String token = Tokens.sealed(NAME, header, utf8(payload));
        Decoded decoded = scene.sessions.transport().encoder().decode(token);
        assertThat(decoded)
            .isEqualTo(new Decoded.Rejected(RejectionReason.BAD_PAYLOAD, Fixtures.KEY.id()));
        Session session = scene.request(NAME + "=" + token);
        assertThat(session.isNew()).isTrue();
        print(decoded, session, scene.sessions.save(session));
      }
      print(scene.events);
      printed.addAll(log.lines());
    }
    assertNoSecretShows();
  }

  @Test
  void tooLargeIsLoggedByNameAndSize() {
    try (LogCapture log = new LogCapture()) {
      Sessions sessions = Sessions.of(Fixtures.RING);
      Session session = sessions.load(name -> null);
      session.put("diary", VALUE.repeat(300));
      failing(() -> sessions.save(session));
      assertThat(log.lines()).anyMatch(line -> line.startsWith("SEVERE") && line.contains("diary"));
      printed.addAll(log.lines());
    }
    assertNoSecretShows();
  }
}
