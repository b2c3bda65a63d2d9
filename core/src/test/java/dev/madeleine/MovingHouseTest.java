package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.SessionEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions move between cookie names, layouts and formats while servers are replaced. */
final class MovingHouseTest {
  private static final Instant END = NOON.plus(Duration.ofDays(90));
  private static final SessionTransport NATIVE =
      SessionTransport.cookie(
          CookieOptions.defaults(), NativeEncoder.signed(() -> RING, "session"));
  private static final SessionTransport OTHER_NAME =
      SessionTransport.cookie(
          CookieOptions.named("sid"), NativeEncoder.signed(() -> RING, "session"));
  private static final SessionTransport HEADER =
      SessionTransport.header("X-Session", NativeEncoder.signed(() -> RING, "session"));
  private static final SessionTransport FOREIGN =
      SessionTransport.signaturePair(CookieOptions.named("legacy"), new SessionEncoderTest.Small());

  private final MovingClock clock = new MovingClock(NOON);
  private final List<SessionEvent> events = new ArrayList<>();
  private final Browser browser = new Browser();

  private Sessions build(SessionsBuilder builder) {
    return builder
        .policy(SessionPolicy.defaults().withClock(clock).withUndatedUntil(Instant.MAX))
        .listener(events::add)
        .build();
  }

  private List<SessionEvent> events(Class<? extends SessionEvent> kind) {
    return events.stream().filter(kind::isInstance).toList();
  }

  @Test
  void aSessionOfAnOlderPlaceIsIssuedInTheNewOneAndTheOldCookieExpired() {
    browser.request(build(Sessions.builder(OTHER_NAME)), session -> session.put("a", 1));
    Session before = browser.load(build(Sessions.builder(OTHER_NAME)));
    assertThat(before.isNew()).isFalse();
    clock.forward(Duration.ofSeconds(10));
    Sessions moved = build(Sessions.builder(NATIVE).reading(OTHER_NAME.withEnd(END)));
    events.clear();
    int size = browser.jar.get("sid").length();

    Session session = browser.request(moved, s -> assertThat(s.get("a")).isEqualTo(1));

    assertThat(browser.cookies()).containsExactly("__Host-session", "-sid");
    assertThat(session.created()).isEqualTo(before.created());
    assertThat(session.id()).isEqualTo(before.id());
    assertThat(events)
        .containsExactly(
            new SessionEvent.Accepted(
                "sid", "native HMAC-SHA-256 json", RING.signingKey().id(), size),
            new SessionEvent.Issued(
                "__Host-session", RING.signingKey().id(), Set.of(Cause.OTHER_PLACE)));

    browser.request(moved, s -> assertThat(s.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void anAttributeThatTheNewFormatDoesNotCarryIsLeftOutAlone() {
    SessionEncoder odd =
        new SessionEncoderTest.Small() {
          @Override
          public Decoded decode(String text) {
            return new Decoded.Accepted(
                SessionSnapshot.of(Map.of("a", 1, "odd", new AtomicReference<>("hunter2"))), false);
          }
        };
    SessionTransport older = SessionTransport.signaturePair(CookieOptions.named("legacy"), odd);
    browser.request(build(Sessions.builder(FOREIGN)), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(NATIVE).reading(older.withEnd(END)));

    browser.request(moved, session -> assertThat(session.get("odd")).isNull());

    assertThat(browser.cookies()).contains("__Host-session");
    assertThat(events(SessionEvent.AttributeUnreadable.class))
        .containsExactly(new SessionEvent.AttributeUnreadable("legacy", "odd"));
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
  }

  @Test
  void aForeignSessionGetsIdAndTimesOfItsOwn() {
    browser.request(build(Sessions.builder(FOREIGN)), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(NATIVE).reading(FOREIGN.withEnd(END)));

    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).containsExactly("__Host-session", "-legacy", "-legacy.sig");
    assertThat(browser.jar).containsOnlyKeys("__Host-session");
    String id = browser.load(moved).id();
    assertThat(browser.load(moved).id()).isEqualTo(id);
  }

  record User(String name, int age) {}

  @Test
  void anAttributeFromElsewhereTakesItsDeclaredTypeOrIsDropped() {
    browser.request(
        build(Sessions.builder(FOREIGN)),
        session -> {
          session.put("user", Map.of("name", "zoe", "age", 30));
          session.put("other", List.of(1));
          session.put("n", 1);
        });
    Sessions moved =
        build(
            Sessions.builder(NATIVE)
                .reading(FOREIGN.withEnd(END))
                .attributes(Attribute.of("user", User.class), Attribute.of("other", User.class)));
    Session session = browser.request(moved, s -> assertThat(s.get("n")).isEqualTo(1));
    assertThat(session.get("user")).isEqualTo(new User("zoe", 30));
    assertThat(session.get("other")).isNull();
    assertThat(events(SessionEvent.AttributeUnreadable.class))
        .containsExactly(new SessionEvent.AttributeUnreadable("legacy", "other"));
    assertThat(browser.load(moved).get("user")).isEqualTo(new User("zoe", 30));
  }

  @Test
  void anOlderPlaceIsRefusedFromItsDateOn() {
    browser.request(build(Sessions.builder(FOREIGN)), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(NATIVE).reading(FOREIGN.withEnd(NOON.plusSeconds(60))));
    clock.forward(Duration.ofSeconds(59));
    assertThat(browser.load(moved).isNew()).isFalse();
    clock.forward(Duration.ofSeconds(1));
    events.clear();

    browser.request(moved, session -> assertThat(session.isNew()).isTrue());
    assertThat(browser.cookies()).isEmpty();
    assertThat(events)
        .containsExactly(new SessionEvent.Rejected("legacy", RejectionReason.RETIRED, null));
  }

  @Test
  void undatedForeignSessionsAreRefusedUnlessAllowed() {
    browser.request(build(Sessions.builder(FOREIGN)), session -> session.put("a", 1));
    Sessions strict =
        Sessions.builder(NATIVE)
            .reading(FOREIGN.withEnd(END))
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(events::add)
            .build();
    assertThat(browser.load(strict).rejection()).isEqualTo(RejectionReason.UNDATED);
  }

  @Test
  void aForeignPlaceNeedsADate() {
    assertThatThrownBy(() -> Sessions.builder(NATIVE).reading(FOREIGN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("legacy")
        .hasMessageContaining(".withEnd(");
  }

  @Test
  void theNewPlaceWinsOverALeftover() {
    browser.request(build(Sessions.builder(OTHER_NAME)), session -> session.put("a", "old"));
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", "new"));
    Sessions moved = build(Sessions.builder(NATIVE).reading(OTHER_NAME.withEnd(END)));
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo("new"));
    assertThat(browser.cookies()).containsExactly("-sid");
    browser.request(moved, session -> session.get("a"));
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void theEndEmptiesAllPlaces() {
    browser.request(build(Sessions.builder(OTHER_NAME)), session -> session.put("a", "old"));
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", "new"));
    Sessions moved = build(Sessions.builder(NATIVE).reading(OTHER_NAME.withEnd(END)));
    browser.request(moved, Session::invalidate);
    assertThat(browser.jar).isEmpty();
  }

  @Test
  void anUnreadableOldCookieIsLeftAlone() {
    browser.jar.put("legacy", "eyJ9");
    browser.jar.put("legacy.sig", "bad");
    Sessions moved = build(Sessions.builder(NATIVE).reading(FOREIGN.withEnd(END)));
    browser.request(moved, session -> session.put("a", 1));
    assertThat(browser.cookies()).containsExactly("__Host-session");
    assertThat(events(SessionEvent.Rejected.class))
        .containsExactly(new SessionEvent.Rejected("legacy", RejectionReason.BAD_SEAL, null));
  }

  @Test
  void anotherFormatUnderTheSameNameIsWrittenOverNotExpired() {
    NativeEncoder other = NativeEncoder.signed(() -> RING, "session").withAudience("shop");
    SessionTransport shop = SessionTransport.cookie(CookieOptions.defaults(), other);
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(shop).reading(NATIVE));
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).containsExactly("__Host-session");
    assertThat(events(SessionEvent.Rejected.class)).isEmpty();
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void anExpiredSessionOfAnOlderPlaceIsSaidToBeExpired() {
    NativeEncoder other = NativeEncoder.signed(() -> RING, "session").withAudience("shop");
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", 1));
    clock.forward(Duration.ofHours(2));
    SessionTransport shop = SessionTransport.cookie(CookieOptions.defaults(), other);
    Sessions moved = build(Sessions.builder(shop).reading(NATIVE));
    browser.request(
        moved, session -> assertThat(session.rejection()).isEqualTo(RejectionReason.EXPIRED));
    assertThat(browser.cookies()).containsExactly("-__Host-session");
  }

  @Test
  void aSessionMovesFromACookieIntoAHeader() {
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(HEADER).reading(NATIVE));
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.response).startsWith("Vary: X-Session", "Vary: Cookie");
    assertThat(browser.jar).isEmpty();
    assertThat(browser.load(moved).get("a")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoVersionsOfTheConfigurationBehindOneCookieJarLoseNothing(boolean foreign) {
    SessionTransport old = foreign ? FOREIGN : OTHER_NAME;
    // First every server learns to read the new format, then every server writes it.
    Sessions before = build(Sessions.builder(old).reading(NATIVE));
    Sessions after = build(Sessions.builder(NATIVE).reading(old.withEnd(END)));
    for (int i = 0; i < 200; i++) {
      int expected = i;
      clock.forward(Duration.ofSeconds(7));
      Sessions server = i * 7 % 5 < 2 + i / 100 ? before : after;
      browser.request(
          server,
          session -> {
            assertThat(session.get("n", 0)).isEqualTo(expected);
            session.put("n", expected + 1);
          });
      assertThat(browser.jar).hasSizeBetween(1, 2);
    }
    assertThat(events(SessionEvent.Rejected.class)).isEmpty();
  }

  @Test
  void aServerThatDoesNotKnowTheNewPlaceYetLosesIt() { // The test above can see the fault.
    Sessions before = build(Sessions.builder(OTHER_NAME));
    Sessions after = build(Sessions.builder(NATIVE).reading(OTHER_NAME.withEnd(END)));
    browser.request(before, session -> session.put("n", 1));
    browser.request(after, session -> session.put("n", session.get("n", 0) + 1));
    assertThat(browser.load(before).get("n")).isNull();
  }

  // ---- two systems share a session ----

  private Sessions sharing() {
    return build(Sessions.builder(NATIVE).alsoWriting(FOREIGN));
  }

  private Sessions theOtherSystem() {
    return build(Sessions.builder(FOREIGN));
  }

  @Test
  void bothPlacesAreWrittenAndReadingThemTogetherWritesNothing() {
    browser.request(sharing(), session -> session.put("a", 1));
    assertThat(browser.cookies()).containsExactly("__Host-session", "legacy", "legacy.sig");
    browser.request(sharing(), session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).isEmpty();
    assertThat(browser.load(theOtherSystem()).get("a")).isEqualTo(1);
  }

  @Test
  void whatTheOtherSystemChangesHoldsWithOurIdAndTimes() {
    browser.request(sharing(), session -> session.put("a", 1));
    String id = browser.load(sharing()).id();
    Instant created = browser.load(sharing()).created();
    clock.forward(Duration.ofSeconds(20));
    browser.request(theOtherSystem(), session -> session.put("a", 2));
    Session session = browser.request(sharing(), s -> assertThat(s.get("a")).isEqualTo(2));
    assertThat(session.id()).isEqualTo(id);
    assertThat(session.created()).isEqualTo(created);
    assertThat(browser.cookies()).containsExactly("__Host-session", "legacy", "legacy.sig");
    browser.request(sharing(), s -> assertThat(s.get("a")).isEqualTo(2));
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aSessionThatTheOtherSystemBeganIsWrittenInBothPlaces() {
    browser.request(theOtherSystem(), session -> session.put("a", 1));
    browser.request(sharing(), session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies()).containsExactly("__Host-session", "legacy", "legacy.sig");
  }

  @Test
  void theEndOfASharedSessionEmptiesBothPlaces() {
    browser.request(sharing(), session -> session.put("a", 1));
    browser.request(sharing(), Session::invalidate);
    assertThat(browser.jar).isEmpty();
  }

  private Sessions revoking() {
    return Sessions.builder(NATIVE)
        .alsoWriting(FOREIGN)
        .policy(
            SessionPolicy.defaults()
                .withClock(clock)
                .withUndatedUntil(Instant.MAX)
                .withRevocationInMemory(10))
        .listener(events::add)
        .build();
  }

  @Test
  void aCopyWithoutTimesDoesNotOutliveALogout() {
    Sessions sessions = revoking();
    browser.request(sessions, session -> session.put("a", 1));
    Map<String, String> jar = Map.copyOf(browser.jar);
    browser.request(sessions, Session::invalidate);
    browser.jar.putAll(jar);
    clock.forward(Duration.ofSeconds(5));
    browser.request(
        sessions, session -> assertThat(session.rejection()).isEqualTo(RejectionReason.REVOKED));
    assertThat(browser.jar).isEmpty();
  }

  @Test
  void aCopyWithoutTimesBeginsNoNewLifeWhenOursHasExpired() {
    browser.request(sharing(), session -> session.put("a", 1));
    clock.forward(Duration.ofHours(13));
    browser.request(
        sharing(), session -> assertThat(session.rejection()).isEqualTo(RejectionReason.EXPIRED));
    assertThat(browser.jar).isEmpty();
  }

  @Test
  void aSharedPlaceIsWrittenUntilItsDateAndThenForgotten() {
    Sessions sessions =
        build(Sessions.builder(NATIVE).alsoWriting(FOREIGN.withEnd(NOON.plusSeconds(30))));
    browser.request(sessions, session -> session.put("a", 1));
    assertThat(browser.cookies()).containsExactly("__Host-session", "legacy", "legacy.sig");
    clock.forward(Duration.ofSeconds(31));
    browser.request(sessions, session -> session.put("a", 2));
    assertThat(browser.cookies()).containsExactly("__Host-session");
    browser.request(sessions, session -> assertThat(session.get("a")).isEqualTo(2));
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void anotherLayoutUnderTheSameNameLeavesNothingBehind() {
    CookieOptions sid = CookieOptions.named("sid");
    NativeEncoder signed = NativeEncoder.signed(() -> RING, "session");
    SessionTransport one = SessionTransport.cookie(sid, signed);
    SessionTransport pair = SessionTransport.signaturePair(sid, new SessionEncoderTest.Small());
    SessionTransport parts = SessionTransport.chunked(sid, signed);

    browser.request(build(Sessions.builder(pair)), session -> session.put("a", 1));
    browser.request(build(Sessions.builder(one).reading(pair.withEnd(END))), s -> s.get("a"));
    assertThat(browser.cookies()).containsExactly("sid", "-sid.sig");

    browser.request(build(Sessions.builder(pair).reading(one)), s -> s.get("a"));
    assertThat(browser.cookies()).containsExactly("sid", "sid.sig");
    browser.jar.clear();

    browser.request(build(Sessions.builder(parts)), s -> s.put("text", "x".repeat(4000)));
    Sessions moved = build(Sessions.builder(one).reading(parts));
    browser.request(moved, s -> s.remove("text"));
    browser.request(moved, s -> s.put("a", 2));
    assertThat(browser.jar).containsOnlyKeys("sid");
  }

  @Test
  void headersAreOneHoweverTheirNamesAreSpelled() {
    SessionTransport lower =
        SessionTransport.header("x-session", NativeEncoder.signed(() -> RING, "session"));
    Sessions sessions = build(Sessions.builder(HEADER).reading(lower));
    assertThat(sessions.save(ask(sessions))).hasSize(1);
    browser.request(build(Sessions.builder(lower)), session -> session.put("a", 1));
    browser.fields.put("X-Session", browser.fields.remove("x-session"));
    Sessions spelled =
        Sessions.builder(HEADER)
            .reading(lower)
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(events::add)
            .build();
    Session session = spelled.load(name -> List.of(browser.fields.get("X-Session")));
    assertThat(session.get("a")).isEqualTo(1);
    assertThat(spelled.save(session))
        .extracting(HttpHeader::name)
        .containsExactly("Vary", "X-Session", "Cache-Control");
  }

  private static Session ask(Sessions sessions) {
    Session session = sessions.load(name -> List.of());
    session.isNew();
    return session;
  }

  @Test
  void anotherCookieForTheWritingPlaceIsAnotherForThoseThatShareIt() {
    NativeEncoder other = NativeEncoder.signed(() -> RING, "session").withAudience("shop");
    SessionTransport shop = SessionTransport.cookie(CookieOptions.defaults(), other);
    CookieOptions context = CookieOptions.named("__Host-session-shop");
    browser.request(
        build(Sessions.builder(NATIVE)).withCookie(context), session -> session.put("a", 1));
    Sessions moved = build(Sessions.builder(shop).reading(NATIVE)).withCookie(context);
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    browser.jar.clear();
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("root", 1));
    browser.request(moved, session -> assertThat(session.get("root")).isNull());
    assertThat(browser.jar).containsOnlyKeys("__Host-session");
  }

  @Test
  void thePlaceThatIsWrittenHasNoDate() {
    assertThatThrownBy(() -> Sessions.builder(NATIVE.withEnd(END)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reading");
  }

  @Test
  void anEncoderThatThrowsRejects() {
    SessionEncoder careless =
        new SessionEncoderTest.Small() {
          @Override
          public Decoded decode(String text) {
            throw new NumberFormatException(text);
          }
        };
    browser.jar.put("sid", "hunter2");
    Sessions sessions =
        build(Sessions.builder(SessionTransport.cookie(CookieOptions.named("sid"), careless)));
    assertThat(browser.load(sessions).rejection()).isEqualTo(RejectionReason.MALFORMED);
  }

  // ---- events ----

  @Test
  void eachCauseIsToldOncePerRequest() {
    SessionTransport rotated =
        SessionTransport.cookie(
            CookieOptions.defaults(),
            NativeEncoder.signed(
                () -> KeyRing.signingWith(OLD_KEY).alsoAccepting(RING.signingKey()), "session"));
    browser.request(build(Sessions.builder(NATIVE)), session -> session.put("a", 1));
    assertThat(events)
        .containsExactly(
            new SessionEvent.Issued("__Host-session", RING.signingKey().id(), Set.of(Cause.NEW)));
    events.clear();
    clock.forward(Duration.ofSeconds(61));
    Sessions sessions = build(Sessions.builder(rotated));
    int size = browser.jar.get("__Host-session").length();
    Session session = browser.load(sessions);
    session.get("a");
    sessions.save(session);
    sessions.save(session);
    session.put("a", 2);
    sessions.save(session);
    assertThat(events)
        .containsExactly(
            new SessionEvent.Accepted(
                "__Host-session", "native HMAC-SHA-256 json", RING.signingKey().id(), size),
            new SessionEvent.Issued(
                "__Host-session", OLD_KEY.id(), Set.of(Cause.RENEWAL_DUE, Cause.OLD_KEY)),
            new SessionEvent.Issued("__Host-session", OLD_KEY.id(), Set.of(Cause.CHANGED)));
  }

  @Test
  void keysThatAreWeakAreToldAtTheStart() {
    SessionEncoder weak =
        new SessionEncoder() {
          @Override
          public String encode(SessionSnapshot session) {
            return "x";
          }

          @Override
          public Decoded decode(String text) {
            return new Decoded.Rejected(RejectionReason.BAD_SEAL);
          }

          @Override
          public String weakness() {
            return "secret 1 of 2 is published";
          }
        };
    Sessions sessions =
        build(
            Sessions.builder(NATIVE)
                .reading(SessionTransport.cookie(CookieOptions.named("weak"), weak).withEnd(END)));
    assertThat(events).isEmpty();
    sessions.announce();
    sessions.announce();
    assertThat(events)
        .containsExactly(new SessionEvent.WeakKeyUsed("weak", "secret 1 of 2 is published"));
  }

  @Test
  void lateKeysAndDroppedAttributesAreTold() {
    SessionEncoder encoder =
        new SessionEncoder() {
          @Override
          public String encode(SessionSnapshot session) {
            return "x";
          }

          @Override
          public Decoded decode(String text) {
            LocatedAttributes read = LocatedAttributes.of(Map.of("a", 1), List.of("cart"));
            return new Decoded.Accepted(
                Fixtures.session(Map.of()).withAttributes(read, null, null),
                true,
                true,
                "0a0b0c0d");
          }

          @Override
          public String format() {
            return "test";
          }
        };
    browser.jar.put("sid", "x");
    Sessions sessions =
        build(Sessions.builder(SessionTransport.cookie(CookieOptions.named("sid"), encoder)));
    browser.load(sessions).get("a");
    assertThat(events)
        .containsExactly(
            new SessionEvent.Accepted("sid", "test", "0a0b0c0d", 1),
            new SessionEvent.LateKeyUsed("sid", "0a0b0c0d"),
            new SessionEvent.AttributeUnreadable("sid", "cart"));
  }
}
