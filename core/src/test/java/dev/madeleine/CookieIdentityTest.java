package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A browser tells cookies apart by name, domain, path and {@code Partitioned}, and says nothing but
 * the name: what becomes of a session when one of the others changes.
 */
final class CookieIdentityTest {
  private static final CookieOptions SID = CookieOptions.named("sid");
  private static final String GONE = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
  private static final String FLAGS = "; Secure; HttpOnly; SameSite=Lax";
  private static final NativeEncoder SIGNED = NativeEncoder.signed(() -> RING, "session");

  /** What differs in the former cookie. */
  enum Former {
    DOMAIN("; Path=/" + GONE + "; Domain=example.com" + FLAGS),
    PATH("; Path=/shop" + GONE + FLAGS),
    PARTITIONED("; Path=/" + GONE + FLAGS + "; Partitioned");

    private final String expired;

    Former(String attributes) {
      expired = "sid=" + attributes;
    }

    private CookieOptions options() {
      return switch (this) {
        case DOMAIN -> SID.withDomain("example.com");
        case PATH -> SID.withPath("/shop");
        case PARTITIONED -> SID.withPartitioned(true);
      };
    }
  }

  private final MovingClock clock = new MovingClock(NOON);
  private final List<SessionEvent> events = new ArrayList<>();
  private final CookieJar browser = new CookieJar();

  private Sessions build(SessionsBuilder builder) {
    return builder
        .policy(SessionPolicy.defaults().withClock(clock))
        .listener(e -> events.addAll(e.isRoutine() ? List.of() : List.of(e)))
        .build();
  }

  private Sessions writing(CookieOptions cookie) {
    return build(Sessions.builder(SessionTransport.cookie(cookie, SIGNED)));
  }

  private Sessions moved(Former former, boolean reading) {
    SessionsBuilder builder = Sessions.builder(SessionTransport.cookie(SID, SIGNED));
    return build(
        reading
            ? builder.reading(SessionTransport.cookie(former.options(), SIGNED))
            : builder.alsoExpiring(former.options()));
  }

  @ParameterizedTest
  @EnumSource
  void aPageThatReadsMovesTheOnlyCopyToTheNewCookieAndExpiresTheOldOne(Former former) {
    for (boolean reading : new boolean[] {true, false}) {
      browser.cookies.clear();
      browser.request(writing(former.options()), session -> session.put("a", 1));
      clock.forward(Duration.ofSeconds(5));
      Sessions moved = moved(former, reading);

      browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
      assertThat(browser.changed()).containsExactly("sid=…; Path=/" + FLAGS, former.expired);
      assertThat(browser.cookies).containsOnlyKeys("sid; Path=/");

      browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
      assertThat(browser.changed()).as("once").isEmpty();
      clock.forward(Duration.ofSeconds(60));
      browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
      assertThat(browser.changed()).containsExactly("sid=…; Path=/" + FLAGS, former.expired);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAServerOfTheFormerReleaseWritesMeanwhileIsNotLost(Former former) {
    Sessions before = writing(former.options());
    Sessions after = moved(former, true);
    for (int i = 0; i < 100; i++) {
      int expected = i;
      clock.forward(Duration.ofSeconds(7));
      browser.request(after, session -> assertThat(session.get("n", 0)).isEqualTo(expected));
      browser.request(
          i * 7 % 5 < 2 ? before : after, session -> session.put("n", session.get("n", 0) + 1));
      clock.forward(Duration.ofMillis(1));
    }
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theEndExpiresTheFormerCookieTooAlthoughItDoesNotShow(Former former) {
    Sessions moved = moved(former, false);
    browser.request(moved, session -> session.put("a", 1));
    assertThat(browser.changed()).as("a browser without cookies").hasSize(1);

    browser.request(moved, Session::invalidate);

    assertThat(browser.changed()).containsExactly("sid=; Path=/" + GONE + FLAGS, former.expired);
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredSessionInTheFormerCookieIsExpiredThere(Former former) {
    browser.request(writing(former.options()), session -> session.put("a", 1));
    clock.forward(Duration.ofHours(13));
    browser.request(moved(former, false), session -> assertThat(session.isNew()).isTrue());
    assertThat(browser.cookies).isEmpty();
  }

  @Test
  void ofSeveralCopiesTheOneThatWasRefreshedLaterCounts() {
    CookieOptions host = CookieOptions.defaults();
    browser.request(writing(host), session -> session.login("zoé"));
    clock.forward(Duration.ofMinutes(2));
    browser.request(writing(host.withPartitioned(true)), session -> session.put("a", 2));
    assertThat(browser.cookies).hasSize(2);

    Session session = browser.load(writing(host));
    assertThat(session.get("a")).isEqualTo(2);
    clock.forward(Duration.ofMinutes(2));
    browser.request(writing(host), later -> later.put("a", 3));
    assertThat(browser.cookies).hasSize(2);
    assertThat(browser.load(writing(host)).get("a")).isEqualTo(3);
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofSeveralCopiesOfOneTimeTheGreaterTextCounts(boolean first) {
    Sessions sessions = writing(SID);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int n = i;
      new CookieJar().request(sessions, s -> s.put("n", n));
      CookieJar jar = new CookieJar();
      jar.request(sessions, s -> s.put("n", n));
      texts.add(jar.cookies.get("sid; Path=/"));
    }
    int greater = texts.get(0).compareTo(texts.get(1)) > 0 ? 0 : 1;
    String line = "sid=" + texts.get(first ? 0 : 1) + "; sid=" + texts.get(first ? 1 : 0);
    assertThat(sessions.load(name -> List.of(line)).get("n")).isEqualTo(greater);
  }

  @Test
  void aCopyWithoutAUserCountsIfItWasRefreshedLater() {
    browser.request(writing(SID.withPath("/shop")), session -> session.login("zoé"));
    clock.forward(Duration.ofSeconds(1));
    CookieJar visitor = new CookieJar();
    visitor.request(writing(SID), session -> session.put("a", 1));
    browser.cookies.putAll(visitor.cookies);
    assertThat(browser.load(writing(SID)).get("a")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void sessionsOfTwoUsersAreAmbiguousAndTheWarningSaysWhatHelps(Former former) {
    browser.request(writing(former.options()), session -> session.login("zoé"));
    CookieJar other = new CookieJar();
    clock.forward(Duration.ofSeconds(5));
    other.request(writing(SID), session -> session.login("albertine"));
    browser.cookies.putAll(other.cookies);

    Session session = browser.load(writing(SID));
    assertThat(session.rejection()).isEqualTo(RejectionReason.AMBIGUOUS);
    assertThat(events)
        .containsExactly(new SessionEvent.Rejected("sid", RejectionReason.AMBIGUOUS, null));
    assertThat(events.get(0).level()).isEqualTo(System.Logger.Level.WARNING);
    assertThat(events.get(0).message()).contains("SessionsBuilder.alsoExpiring", "next login");

    for (boolean reading : new boolean[] {false, true}) {
      CookieJar copy = new CookieJar();
      copy.cookies.putAll(browser.cookies);
      Sessions remedied = moved(former, reading);
      copy.request(remedied, s -> assertThat(s.isNew()).isTrue());
      assertThat(copy.changed()).as("nothing is taken from who only reads").isEmpty();
      copy.request(remedied, s -> s.login("zoé"));
      assertThat(copy.cookies).containsOnlyKeys("sid; Path=/");
      assertThat(copy.load(remedied).rejection()).isNull();
      assertThat(copy.load(remedied).isNew()).isFalse();
    }
  }

  @Test
  void threeCopiesOfTwoUsersAreAmbiguousInAnyOrder() {
    List<String> texts = new ArrayList<>();
    for (String user : List.of("zoé", "", "albertine")) {
      CookieJar jar = new CookieJar();
      clock.forward(Duration.ofSeconds(1));
      jar.request(
          writing(SID),
          s -> {
            s.put("a", 1);
            if (!user.isEmpty()) {
              s.login(user);
            }
          });
      texts.add("sid=" + jar.cookies.get("sid; Path=/"));
    }
    for (int[] order : new int[][] {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}}) {
      String line = texts.get(order[0]) + "; " + texts.get(order[1]) + "; " + texts.get(order[2]);
      assertThat(writing(SID).load(name -> List.of(line)).rejection())
          .isEqualTo(RejectionReason.AMBIGUOUS);
    }
  }

  @Test
  void partsOfAFormerCookieAreExpiredToo() {
    CookieOptions wide = SID.withDomain("example.com");
    Sessions before = build(Sessions.builder(SessionTransport.chunked(wide, SIGNED)));
    browser.request(before, session -> session.put("text", "x".repeat(4000)));
    assertThat(browser.cookies).hasSize(2);
    clock.forward(Duration.ofSeconds(1));
    Sessions after =
        build(Sessions.builder(SessionTransport.chunked(SID, SIGNED)).alsoExpiring(wide));
    browser.request(after, session -> assertThat(session.get("text")).isNotNull());
    assertThat(browser.cookies).containsOnlyKeys("sid; Path=/", "sid.1; Path=/");
  }

  @Test
  void aFormerCookieOfAnotherNameIsExpiredWhenItShows() {
    Sessions sessions =
        build(
            Sessions.builder(SessionTransport.cookie(SID, SIGNED))
                .alsoExpiring(CookieOptions.foreign("JSESSIONID"), CookieOptions.foreign("a:b")));
    browser.cookies.put("a:b; Path=/", "x");
    browser.request(sessions, session -> session.get("a"));
    assertThat(browser.changed()).isEmpty();
    browser.request(sessions, session -> session.put("a", 1));
    assertThat(browser.changed())
        .containsExactly("sid=…; Path=/" + FLAGS, "a:b=; Path=/" + GONE + FLAGS);
  }

  @Test
  void theFormerCookieFollowsTheNameOfTheContext() {
    CookieOptions host = CookieOptions.defaults();
    Sessions sessions =
        build(
                Sessions.builder(SessionTransport.cookie(host, SIGNED))
                    .alsoExpiring(host.withPartitioned(true)))
            .withCookie(CookieOptions.named("__Host-session-shop"));
    browser.request(sessions, session -> session.put("a", 1));
    browser.request(sessions, Session::invalidate);
    assertThat(browser.changed())
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .containsExactly("__Host-session-shop", "__Host-session-shop");
    assertThat(browser.changed().get(1)).endsWith("; Partitioned");
  }

  @Test
  void aCookieThatIsWrittenCannotBeAFormerOne() {
    assertThatThrownBy(
            () ->
                Sessions.builder(SessionTransport.cookie(SID, SIGNED))
                    .alsoExpiring(SID.withSameSite(CookieOptions.SameSite.STRICT))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sid is written")
        .hasMessageContaining("Partitioned");
  }

  @Test
  void aSharedCookieHasANameOfItsOwn() {
    SessionTransport shared = SessionTransport.cookie(SID.withPath("/a"), SIGNED);
    assertThatThrownBy(
            () ->
                Sessions.builder(SessionTransport.cookie(SID, SIGNED)).alsoWriting(shared).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another name");
  }
}
