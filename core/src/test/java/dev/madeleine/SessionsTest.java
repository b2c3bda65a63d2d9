package dev.madeleine;

import static dev.madeleine.Fixtures.KEY;
import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Fixtures.STRANGE_KEY;
import static dev.madeleine.Fixtures.countedId;
import static dev.madeleine.Fixtures.utf8;
import static dev.madeleine.Scene.EXPIRE;
import static dev.madeleine.Scene.FLAGS;
import static dev.madeleine.Scene.NAME;
import static dev.madeleine.Scene.NO_STORE;
import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to the cookie in each case, with the exact headers. */
final class SessionsTest {
  private static SessionSnapshot first(Map<String, ?> attributes) {
    return Fixtures.session(attributes).withId(countedId(1));
  }

  // ---- row 1: nothing ----

  @Test
  @DisplayName("a request that never asks sends nothing and does not even read its headers")
  void neverAskedForSendsNothing() {
    Scene scene = Scene.create();
    Session session =
        scene.sessions.load(
            name -> {
              throw new AssertionError("asked for " + name);
            });
    assertThat(scene.respond(session)).isEmpty();
    assertThat(session.exchange().isLoaded()).isFalse();
    assertThat(session).hasToString("Session[not asked for]");
    assertThat(session.isInvalidated()).isFalse();
    assertThat(scene.respond(session)).isEmpty();
  }

  @Test
  void neverAskedForSendsNothingEvenIfTheCookieIsDueOrBad() {
    Scene scene = Scene.create().signedIn("a", 1).later(3600);
    assertThat(scene.respond(scene.request())).isEmpty();
    assertThat(scene.respond(scene.request(NAME + "=junk"))).isEmpty();
    assertThat(scene.events).isEmpty();
  }

  @Test
  void newAndEmptySendsNoCookie() {
    Scene scene = Scene.create();
    Session session = scene.request();
    assertThat(session.isNew()).isTrue();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.cookie).isNull();
  }

  @Test
  void unchangedSendsNoCookie() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  @DisplayName("whatever is asked of a session, the response depends on the cookie")
  void anyQuestionAddsVary() { // GHSA-68rp-wp8r-4726
    List<Consumer<Session>> questions =
        List.of(
            s -> s.get("b"),
            s -> s.get("a", 0),
            s -> s.get(Attribute.of("a", Integer.class)),
            Session::names,
            Session::isEmpty,
            Session::isNew,
            Session::isChanged,
            Session::id,
            Session::requestedId,
            Session::created,
            Session::lastAccessed,
            Session::maxIdle,
            s -> s.remove("b"),
            s -> s.put("b", null),
            s -> s.changeCookie(c -> c));
    for (Consumer<Session> question : questions) {
      for (Scene scene : List.of(Scene.create(), Scene.create().signedIn("a", 1))) {
        Session session = scene.request();
        question.accept(session);
        assertThat(session.exchange().isLoaded()).isTrue();
        assertThat(scene.respond(session)).containsExactly(VARY);
      }
    }
  }

  // ---- row 2: one Set-Cookie ----

  @Test
  @DisplayName("a new session is stored with Vary and no-store")
  void changedSendsOneCookie() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("views", 1);
    assertThat(scene.respond(session))
        .containsExactly(VARY, scene.storing(first(Map.of("views", 1))), NO_STORE);
    assertThat(scene.cookie).isNotEmpty();
  }

  @Test
  void aChangeLaterKeepsAllAttributesAndTheCreatedTime() {
    Scene scene = Scene.create().signedIn("a", 1, "b", "two").later(30);
    Session session = scene.request();
    session.put("c", List.of(3));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("a", 1);
    all.put("b", "two");
    all.put("c", List.of(3));
    assertThat(scene.respond(session))
        .containsExactly(
            VARY, scene.storing(first(all).withTimes(NOON, NOON.plusSeconds(30))), NO_STORE);
  }

  @Test
  @DisplayName("a session in use is sealed again once per touch interval and not more often")
  void renewalIsDueAfterOneTouchInterval() {
    Scene scene = Scene.create().signedIn("a", 1).later(59);
    Session early = scene.request();
    assertThat(early.get("a")).isEqualTo(1);
    assertThat(scene.respond(early)).containsExactly(VARY);
    scene.later(1);
    Session due = scene.request();
    assertThat(due.get("a")).isEqualTo(1);
    assertThat(scene.respond(due))
        .containsExactly(
            VARY,
            scene.storing(first(Map.of("a", 1)).withTimes(NOON, NOON.plusSeconds(60))),
            NO_STORE);
    Session again = scene.request();
    assertThat(again.get("a")).isEqualTo(1);
    assertThat(scene.respond(again)).containsExactly(VARY);
  }

  @Test
  void rollingSendsOneAtEachResponse() {
    Scene scene = Scene.withPolicy(SessionPolicy::withRolling).signedIn("a", 1);
    for (int i = 1; i <= 3; i++) {
      scene.later(1);
      Session session = scene.request();
      assertThat(session.get("a")).isEqualTo(1);
      assertThat(scene.respond(session))
          .containsExactly(
              VARY,
              scene.storing(first(Map.of("a", 1)).withTimes(NOON, NOON.plusSeconds(i))),
              NO_STORE);
    }
    assertThat(scene.respond(scene.request())).as("not asked for").isEmpty();
    scene.cookie = null;
    Session empty = scene.request();
    assertThat(empty.isEmpty()).isTrue();
    assertThat(scene.respond(empty)).as("new and empty").containsExactly(VARY);
  }

  @Test
  @DisplayName("an old key's session is sealed again with all attributes and its created time")
  void readWithAnOldKeySendsOne() {
    Scene scene = Scene.create();
    scene.keys.set(KeyRing.signingWith(OLD_KEY));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("a", List.of(1, 5L));
    attributes.put("b", "two");
    Session start = scene.request();
    attributes.forEach(start::put);
    start.login("zoé", 3);
    scene.respond(start);
    scene.keys.set(KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY));
    scene.later(10);
    Session session = scene.request();
    assertThat(session.get("b")).isEqualTo("two");
    assertThat(session.isChanged()).isFalse();
    SessionSnapshot expected =
        Fixtures.session(attributes)
            .withId(countedId(1))
            .withTimes(NOON, NOON.plusSeconds(10))
            .withSubject(Subject.of("zoé", 3));
    assertThat(scene.respond(session)).containsExactly(VARY, scene.storing(expected), NO_STORE);
    Session after = scene.request();
    assertThat(after.get("b")).isEqualTo("two");
    assertThat(scene.respond(after)).containsExactly(VARY);
    assertThat(scene.events).isEmpty();
  }

  // ---- row 3: ended ----

  @Test
  @DisplayName("an ended session's cookie is expired with its own name, path and flags")
  void endedSendsOneExpiringCookie() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.invalidate();
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
    assertThat(scene.cookie).isNull();
  }

  @Test
  void expiringCookiesHaveTheOptionsOfTheCookie() {
    CookieOptions options =
        CookieOptions.named("sid")
            .withPath("/shop")
            .withDomain("example.com")
            .withSameSite(CookieOptions.SameSite.NONE)
            .withPartitioned(true)
            .withHttpOnly(false);
    Scene scene = Scene.with(builder -> builder.cookie(options));
    Session session = scene.request();
    session.put("a", 1);
    List<String> stored = scene.respond(session);
    assertThat(stored.get(1))
        .matches(
            "Set-Cookie: sid=[\\w-]+; Path=/shop; Domain=example\\.com; Secure; SameSite=None; Partitioned");
    Session ended = scene.request("sid=" + scene.cookie);
    ended.invalidate();
    assertThat(scene.respond(ended))
        .containsExactly(
            VARY,
            "Set-Cookie: sid=; Path=/shop; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT;"
                + " Domain=example.com; Secure; SameSite=None; Partitioned",
            NO_STORE);
  }

  @Test
  void endedWithoutACookieSendsNothing() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.invalidate();
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  void emptiedAfterHavingHadContentSendsOneExpiringCookie() {
    Scene scene = Scene.create().signedIn("a", 1, "b", 2);
    Session session = scene.request();
    session.clear();
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
    Scene other = Scene.create().signedIn("a", 1);
    Session one = other.request();
    one.remove("a");
    assertThat(other.respond(one)).containsExactly(VARY, EXPIRE, NO_STORE);
  }

  @Test
  void filledAndEmptiedInOneRequestSendsNothing() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.remove("a");
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  void aLoginWithoutAttributesIsContent() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.login("zoé");
    assertThat(scene.respond(session)).hasSize(3);
    Session next = scene.request();
    next.put("a", 1);
    next.remove("a");
    assertThat(scene.respond(next)).containsExactly(VARY);
    assertThat(scene.sealed().subject()).isEqualTo(Subject.of("zoé", 0));
  }

  // ---- row 4: seal good, but over ----

  @Test
  void expiredSendsOneExpiringCookieWhenAskedFor() {
    Scene scene = Scene.create().signedIn("a", 1).later(3 * 3600);
    String cookie = scene.cookie;
    assertThat(scene.respond(scene.request())).isEmpty();
    Session session = scene.request();
    assertThat(session.isNew()).isTrue();
    assertThat(session.get("a")).isNull();
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
    assertThat(scene.reasons()).containsExactly(RejectionReason.EXPIRED);
    assertThat(session.requestedId()).isEqualTo(countedId(1));
    assertThat(session.id()).isNotEqualTo(countedId(1));
    assertThat(scene.cookie).isNull();
    assertThat(cookie).isNotNull();
  }

  @Test
  void revokedSendsOneExpiringCookieWhenAskedFor() {
    Scene scene = Scene.withPolicy(policy -> policy.withRevocationInMemory(10));
    scene.signedIn("a", 1);
    scene.sessions.policy().revocation().revokeAll();
    Session session = scene.request();
    assertThat(session.get("a")).isNull();
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
    assertThat(scene.reasons()).containsExactly(RejectionReason.REVOKED);
  }

  @Test
  void aNewSessionInTheWakeOfAnExpiredOneSendsItsOwnCookieOnly() {
    Scene scene = Scene.create().signedIn("a", 1).later(3 * 3600);
    Session session = scene.request();
    session.put("b", 2);
    Instant now = NOON.plusSeconds(3 * 3600);
    assertThat(scene.respond(session))
        .containsExactly(
            VARY,
            scene.storing(
                Fixtures.session(Map.of("b", 2)).withId(countedId(2)).withTimes(now, now)),
            NO_STORE);
  }

  @Test
  void anExpiredSessionOfAFormatWithoutIdsIsExpiredToo() {
    SessionEncoder encoder = new WithoutIds();
    MovingClock clock = new MovingClock(NOON);
    Sessions sessions =
        Sessions.builder(encoder)
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(e -> {})
            .build();
    Session start = sessions.load(name -> null);
    start.put("a", 1);
    String pair = sessions.save(start).get(1).value().split(";", 2)[0];
    clock.forward(Duration.ofHours(13));
    Session session = sessions.load(name -> List.of(pair));
    assertThat(session.get("a")).isNull();
    assertThat(sessions.save(session)).extracting(HttpHeader::value).contains(EXPIRE.substring(12));
  }

  /** The small encoder with times but without ids. */
  private static final class WithoutIds implements SessionEncoder {
    private final SessionEncoder attributes = new SessionEncoderTest.Small();

    @Override
    public String encode(SessionSnapshot session) {
      Map<String, Object> all = new LinkedHashMap<>(session.attributes());
      all.put("created", session.created());
      all.put("refreshed", session.refreshed());
      return attributes.encode(SessionSnapshot.of(all));
    }

    @Override
    public Decoded decode(String text) {
      if (!(attributes.decode(text) instanceof Decoded.Accepted accepted)) {
        return new Decoded.Rejected(RejectionReason.BAD_SEAL);
      }
      Map<String, Object> all = new LinkedHashMap<>(accepted.snapshot().attributes());
      Instant created = (Instant) all.remove("created");
      Instant refreshed = (Instant) all.remove("refreshed");
      return new Decoded.Accepted(SessionSnapshot.of(all).withTimes(created, refreshed), false);
    }
  }

  // ---- row 5: any other rejection ----

  /** A cookie that this scene rejects for this reason. */
  private static String[] rejectedFor(RejectionReason reason, Scene scene) {
    byte[] header = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
    String good = Tokens.sealed(NAME, header, utf8("{\"a\":1}"));
    return switch (reason) {
      case TOO_LONG -> lines("A".repeat(5000));
      case MALFORMED -> lines("\"" + good + "\"");
      case UNKNOWN_VERSION -> lines(Tokens.sealed(NAME, Tokens.header(3, 0, 0, 0, 0), utf8("{}")));
      case UNKNOWN_KEY ->
          lines(encoder(KeyRing.signingWith(STRANGE_KEY)).encode(first(Map.of("a", 1))));
      case REVOKED_KEY -> {
        scene.keys.set(Fixtures.RING.revoking(OLD_KEY.id()));
        yield lines(encoder(KeyRing.signingWith(OLD_KEY)).encode(first(Map.of("a", 1))));
      }
      case BAD_SEAL -> lines(good.substring(0, good.length() - 8) + "AAAAAAAA");
      case BAD_PAYLOAD -> lines(Tokens.sealed(NAME, header, utf8("{\"a\":1,\"a\":1}")));
      case REFUSED -> lines(good);
      case NOT_YET_VALID ->
          lines(scene, first(Map.of("a", 1)).withTimes(NOON.plusSeconds(40), NOON.plusSeconds(40)));
      case AMBIGUOUS ->
          Stream.of("marcel", "albertine")
              .map(user -> first(Map.of("a", 1)).withSubject(Subject.of(user, 0)))
              .map(session -> NAME + "=" + encoder(Fixtures.RING).encode(session))
              .toArray(String[]::new);
      case UNDATED ->
          lines(new SessionEncoderTest.Small().encode(SessionSnapshot.of(Map.of("a", 1))));
      case EXPIRED, REVOKED, INCOMPLETE, RETIRED -> throw new AssertionError("a row of its own");
    };
  }

  private static String[] lines(String value) {
    return new String[] {NAME + "=" + value};
  }

  private static String[] lines(Scene scene, SessionSnapshot session) {
    return lines(encoder(scene.keys.get()).encode(session));
  }

  private static NativeEncoder encoder(KeyRing keys) {
    return NativeEncoder.signed(() -> keys, "session").withName(NAME);
  }

  private static Sessions sessions(RejectionReason reason, Scene scene) {
    SessionPolicy policy = scene.sessions.policy();
    return switch (reason) {
      case UNDATED ->
          Sessions.builder(new SessionEncoderTest.Small())
              .policy(policy)
              .listener(scene.events::add)
              .build();
      case REFUSED ->
          Sessions.builder(scene.keys::get)
              .policy(policy.withCondition((session, headers) -> false))
              .listener(scene.events::add)
              .build();
      default -> scene.sessions;
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXPIRED", "REVOKED", "INCOMPLETE", "RETIRED"})
  @DisplayName("whatever else is wrong, the cookie is not deleted and the outside sees no reason")
  void anyOtherRejectionLeavesTheCookieAlone(RejectionReason reason) {
    Scene scene = Scene.create();
    Sessions sessions = sessions(reason, scene);
    String[] lines = rejectedFor(reason, scene);
    Session session = sessions.load(name -> Arrays.asList(lines));
    assertThat(session.isNew()).isTrue();
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.get("a")).isNull();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.reasons()).containsExactly(reason);
    assertThat(session.requestedId()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXPIRED", "REVOKED", "INCOMPLETE", "RETIRED"})
  void aWriteOverwritesARejectedCookie(RejectionReason reason) {
    Scene scene = Scene.create();
    Sessions sessions = sessions(reason, scene);
    String[] lines = rejectedFor(reason, scene);
    Session session = sessions.load(name -> Arrays.asList(lines));
    session.put("b", 2);
    List<HttpHeader> headers = sessions.save(session);
    assertThat(headers)
        .extracting(HttpHeader::name)
        .containsExactly("Vary", "Set-Cookie", "Cache-Control");
    assertThat(headers.get(1).value())
        .startsWith(NAME + "=")
        .endsWith(FLAGS)
        .doesNotContain("Max-Age", "Expires");
    String value = headers.get(1).value().substring(NAME.length() + 1).split(";", 2)[0];
    assertThat(sessions.transport().encoder().decode(value))
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            a -> assertThat(a.snapshot().attributes()).isEqualTo(Map.of("b", 2)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXPIRED", "REVOKED", "INCOMPLETE", "RETIRED"})
  void oneEventPerRequest(RejectionReason reason) {
    Scene scene = Scene.create();
    Sessions sessions = sessions(reason, scene);
    String[] lines = rejectedFor(reason, scene);
    Session session = sessions.load(name -> Arrays.asList(lines));
    for (int i = 0; i < 3; i++) {
      assertThat(session.isEmpty()).isTrue();
      assertThat(session.requestedId()).isNull();
      assertThat(sessions.save(session)).isNotEmpty();
    }
    assertThat(scene.events).hasSize(1);
    assertThat(scene.events.get(0).cookie()).isEqualTo(NAME);
    Session other = sessions.load(name -> Arrays.asList(lines));
    assertThat(other.isNew()).isTrue();
    assertThat(scene.events).hasSize(2);
  }

  @Test
  void eventsNameTheKeyWhereItWasRead() {
    Scene scene = Scene.create();
    for (RejectionReason reason :
        List.of(RejectionReason.UNKNOWN_KEY, RejectionReason.BAD_SEAL, RejectionReason.MALFORMED)) {
      assertThat(scene.request(rejectedFor(reason, scene)).isNew()).isTrue();
    }
    assertThat(scene.events)
        .containsExactly(
            new SessionEvent.Rejected(NAME, RejectionReason.UNKNOWN_KEY, STRANGE_KEY.id()),
            new SessionEvent.Rejected(NAME, RejectionReason.BAD_SEAL, KEY.id()),
            new SessionEvent.Rejected(NAME, RejectionReason.MALFORMED, null));
  }

  @Test
  void findsTheHeadersOfAMapInLowerCase() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    scene.respond(session);
    String line = NAME + "=" + scene.cookie;

    assertThat(scene.sessions.load(Map.of("cookie", List.of(line))::get).get("a", 0)).isEqualTo(1);
    assertThat(scene.sessions.load(Map.of("Cookie", List.of(line))::get).get("a", 0)).isEqualTo(1);
    Map<String, List<String>> lower = Map.of("cookie", List.of(line));
    assertThat(scene.sessions.load(name -> lower.getOrDefault(name, List.of())).isNew()).isFalse();
  }

  @Test
  void noCookieNoEvent() {
    Scene scene = Scene.create();
    for (Session session :
        List.of(scene.request(), scene.request("a=b"), scene.sessions.load(n -> null))) {
      assertThat(session.isNew()).isTrue();
      assertThat(session.requestedId()).isNull();
    }
    assertThat(scene.events).isEmpty();
  }

  @Test
  void aListenerThatThrowsCostsALogLineAndNotTheRequest() {
    try (LogCapture log = new LogCapture()) {
      Sessions sessions =
          Sessions.builder(Fixtures.RING)
              .listener(
                  event -> {
                    throw new IllegalStateException("listener broke");
                  })
              .build();
      Session session = sessions.load(name -> List.of(NAME + "=junk"));
      assertThat(session.isNew()).isTrue();
      session.put("a", 1);
      assertThat(sessions.save(session)).hasSize(3);
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("SEVERE") && line.contains("listener"));
    }
  }

  // ---- saving ----

  @Test
  void anAnswerReplacesTheOneBefore() {
    Scene scene = Scene.create();
    Session session = scene.request();
    assertThat(scene.respond(session)).isEmpty();
    assertThat(session.isEmpty()).isTrue();
    assertThat(scene.respond(session)).containsExactly(VARY);
    session.put("a", 1);
    List<String> first = scene.respond(session);
    assertThat(scene.respond(session)).isEqualTo(first);
    session.put("a", 2);
    assertThat(scene.respond(session))
        .containsExactly(VARY, scene.storing(first(Map.of("a", 2))), NO_STORE);
    session.remove("a");
    assertThat(scene.respond(session)).containsExactly(VARY);
  }

  @Test
  @DisplayName("after the end nothing brings the session back")
  void noLaterSaveOfADeadSession() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.put("b", 2);
    assertThat(scene.respond(session)).hasSize(3);
    session.invalidate();
    assertThatThrownBy(() -> session.put("c", 3)).isInstanceOf(IllegalStateException.class);
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
    assertThat(scene.respond(session)).containsExactly(VARY, EXPIRE, NO_STORE);
  }

  @Test
  void aSuccessorTakesOverTheCookie() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session session = scene.request();
    session.invalidate();
    Session next = session.exchange().successor();
    assertThat(next.isNew()).isTrue();
    assertThat(next.isEmpty()).isTrue();
    assertThat(next.id()).isNotEqualTo(session.id());
    assertThat(next.requestedId()).isEqualTo(countedId(1));
    assertThat(scene.respond(next)).as("as the ended one").containsExactly(VARY, EXPIRE, NO_STORE);
    next.put("b", 2);
    assertThat(scene.respond(next))
        .containsExactly(
            VARY, scene.storing(Fixtures.session(Map.of("b", 2)).withId(countedId(2))), NO_STORE);
    next.invalidate();
    assertThat(scene.respond(next)).containsExactly(VARY, EXPIRE, NO_STORE);
  }

  @Test
  void aSuccessorWithoutACookieSendsNothingOfItsOwn() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", 1);
    session.invalidate();
    Session next = session.exchange().successor();
    assertThat(next.isEmpty()).isTrue();
    assertThat(scene.respond(next)).containsExactly(VARY);
  }

  // ---- too large ----

  private static String filler(int size) {
    // Payload bytes so that name and token have this many characters in all.
    int bytes = (size - NAME.length()) * 3 / 4;
    return "x".repeat(bytes - 71 - "{\"a\":\"\"}".length());
  }

  @Test
  @DisplayName("name and value together have at most 4096 characters")
  void fillsACookieToTheBrimAndNoFurther() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("a", filler(4096));
    List<String> lines = scene.respond(session);
    int length = lines.get(1).length() - "Set-Cookie: ".length() - "=".length() - FLAGS.length();
    assertThat(length).isBetween(4095, 4096);
    Session larger = scene.request();
    larger.put("a", filler(4096) + "xx");
    String before = scene.cookie;
    assertThatThrownBy(() -> scene.respond(larger))
        .isInstanceOfSatisfying(
            SessionTooLargeException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(4096);
              assertThat(e.size()).isBetween(4097, 4100);
            });
    assertThat(scene.cookie).isEqualTo(before);
    assertThat(scene.events)
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            SessionEvent.ResponseHeadersLarge.class, SessionEvent.SessionTooLarge.class);
    larger.put("a", 1);
    assertThat(scene.respond(larger)).as("smaller again").hasSize(3);
  }

  @Test
  void aSessionTooLargeForTheFormatIsReportedTheSameWay() {
    Scene scene = Scene.create();
    Session session = scene.request();
    session.put("diary", "hunter2".repeat(1000));
    assertThatThrownBy(() -> scene.respond(session))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContaining("diary")
        .hasMessageNotContaining("hunter2");
    assertThat(scene.events)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.SessionTooLarge.class,
            event -> {
              assertThat(event.cookie()).isEqualTo(NAME);
              assertThat(event.message()).contains("diary", "4,096").doesNotContain("hunter2");
            });
  }

  @Test
  void aValueChangedInPlaceToOneThatCannotBeCarriedFailsTheSave() {
    Scene scene = Scene.create();
    List<Object> list = new ArrayList<>();
    Session session = scene.request();
    session.put("list", list);
    list.add(new Object());
    assertThatThrownBy(() -> scene.respond(session))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"list\"");
    list.clear();
    assertThat(scene.respond(session)).hasSize(3);
  }

  // ---- the rest of the door ----

  @Test
  void needsNoKeysOfOursForAnOwnEncoder() {
    Sessions sessions = Sessions.builder(new SessionEncoderTest.Small()).build();
    Session session = sessions.load(name -> null);
    session.put("a", 1);
    assertThat(sessions.save(session)).hasSize(3);
  }

  @Test
  void otherCookiesOfTheSameSessionsDoNotMix() {
    Scene scene = Scene.create().signedIn("a", 1);
    Sessions other = scene.sessions.withCookie(CookieOptions.named("__Host-session-shop"));
    assertThat(other.transport().name()).isEqualTo("__Host-session-shop");
    assertThat(other.policy()).isSameAs(scene.sessions.policy());
    Session moved = other.load(name -> List.of("__Host-session-shop=" + scene.cookie));
    assertThat(moved.isNew()).isTrue();
    assertThat(scene.events)
        .containsExactly(
            new SessionEvent.Rejected("__Host-session-shop", RejectionReason.BAD_SEAL, KEY.id()));
    Session both =
        other.load(name -> List.of(NAME + "=" + scene.cookie + "; __Host-session-shop="));
    assertThat(both.requestedId()).isNull();
    both.put("b", 2);
    String header = other.save(both).get(1).value();
    assertThat(header).startsWith("__Host-session-shop=").endsWith(FLAGS);
    String line = header.split(";", 2)[0] + "; " + NAME + "=" + scene.cookie;
    assertThat(other.load(name -> List.of(line)).get("b")).isEqualTo(2);
    assertThat(scene.request(line).get("a")).isEqualTo(1);
    assertThat(scene.sessions.transport().name()).isEqualTo(NAME);
  }

  @Test
  void undatedSessionsAreAcceptedUntilTheDayThatWasSaid() {
    MovingClock clock = new MovingClock(NOON);
    SessionPolicy policy =
        SessionPolicy.defaults().withClock(clock).withUndatedUntil(NOON.plusSeconds(10));
    Sessions sessions =
        Sessions.builder(new SessionEncoderTest.Small()).policy(policy).listener(e -> {}).build();
    String text = new SessionEncoderTest.Small().encode(SessionSnapshot.of(Map.of("a", 1)));
    clock.forwardSeconds(9);
    Session session = sessions.load(name -> List.of(NAME + "=" + text));
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(session.created()).isEqualTo(NOON.plusSeconds(9));
    assertThat(session.id()).matches("[0-9a-f]{32}");
    clock.forwardSeconds(1);
    assertThat(sessions.load(name -> List.of(NAME + "=" + text)).isNew()).isTrue();
  }

  @Test
  void saysAtStartWhatItDoes() {
    try (LogCapture log = new LogCapture()) {
      Sessions sessions = Sessions.of(KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY));
      assertThat(log.lines()).as("a constructor says nothing").isEmpty();
      sessions.announce();
      sessions.announce();
      assertThat(sessions.load(name -> null).isNew()).isTrue();
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("INFO")
          .contains(NAME, "signing key " + KEY.id(), "PT30M", "PT12H", "4096", "revocation none");
      assertThat(sessions.transport().name()).isEqualTo(NAME);
      assertThat(sessions.policy().absolute()).isEqualTo(Duration.ofHours(12));
    }
  }

  @Test
  @DisplayName("a supplier without keys is an error at start, not at the first request")
  void refusesASupplierWithoutKeysAtStart() {
    try (LogCapture nothing = new LogCapture(java.util.logging.Level.OFF)) {
      assertThatThrownBy(() -> Sessions.builder(() -> null).build())
          .isInstanceOf(RuntimeException.class);
      assertThat(nothing.lines()).isEmpty();
    }
    assertThatThrownBy(() -> Sessions.of((KeyRing) null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("ids are 128 random bits and no part of the token's seal")
  void idsAreRandom() {
    Sessions sessions = Sessions.of(Fixtures.RING);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String id = sessions.load(name -> null).id();
      assertThat(id).matches("[0-9a-f]{32}");
      ids.add(id);
    }
    assertThat(ids).doesNotHaveDuplicates();
    for (int bit = 0; bit < 128; bit++) {
      int digit = bit / 4;
      int mask = 1 << bit % 4;
      long set =
          ids.stream().filter(id -> (Character.digit(id.charAt(digit), 16) & mask) != 0).count();
      assertThat(set).as("bit %s of 1000 ids", bit).isBetween(350L, 650L);
    }
  }

  @Test
  void requestsOfManyThreadsDoNotMeet() throws Exception {
    Scene scene = Scene.create();
    AtomicInteger lost = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> browsers = new ArrayList<>();
      for (int browser = 0; browser < 8; browser++) {
        String user = "user " + browser;
        browsers.add(
            () -> {
              String cookie = "";
              for (int i = 0; i < 300; i++) {
                String line = NAME + "=" + cookie;
                Session session = scene.sessions.load(name -> List.of(line));
                lost.addAndGet(user.equals(session.get("user", user)) ? 0 : 1);
                session.put("user", user);
                session.put("views", session.get("views", 0) + 1);
                String header = scene.sessions.save(session).get(1).value();
                cookie = header.substring(NAME.length() + 1, header.indexOf(';'));
              }
              return (Integer) scene.sealed(cookie).attributes().get("views");
            });
      }
      for (Future<Integer> views : threads.invokeAll(browsers)) {
        assertThat(views.get()).isEqualTo(300);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(lost).hasValue(0);
    assertThat(scene.events).isEmpty();
  }

  @Test
  @DisplayName("of two parallel requests the last answer wins in the browser")
  void parallelWritesAreNotMerged() {
    Scene scene = Scene.create().signedIn("a", 1);
    Session one = scene.request();
    Session two = scene.request();
    one.put("b", 1);
    two.put("c", 1);
    scene.respond(one);
    scene.respond(two);
    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("a", 1, "c", 1));
  }

  @Test
  void theCountryOfTheServerChangesNothingOnTheWire() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      Scene scene = Scene.withPolicy(policy -> policy.withRemember(Duration.ofDays(30)));
      String[] lines = new String[2];
      for (int i = 0; i < 2; i++) {
        java.util.Locale.setDefault(
            java.util.Locale.forLanguageTag(i == 0 ? "en" : "ar-EG-u-nu-arab"));
        Session session = scene.request("x=y");
        session.put("a", 1234567);
        lines[i] = scene.respond(session).get(1).replaceFirst("=[^;]*", "");
        assertThatCode(() -> scene.sealed()).doesNotThrowAnyException();
      }
      assertThat(lines[1]).isEqualTo(lines[0]).contains("Max-Age=2592000");
      assertThatThrownBy(() -> scene.respond(tooLarge(scene))).hasMessageContaining("4,096");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  private static Session tooLarge(Scene scene) {
    Session session = scene.request();
    session.put("a", "x".repeat(5000));
    return session;
  }
}
