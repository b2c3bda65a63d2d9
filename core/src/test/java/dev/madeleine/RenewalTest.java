package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Fixtures.RING;
import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.SessionEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the use of a session puts off its end, and when it does not. */
final class RenewalTest {
  private final Scene scene = Scene.create().signedIn("a", 1);

  /** What the response says about caching. */
  private final AtomicReference<List<String>> cacheControl = new AtomicReference<>(List.of());

  /** A request with the browser's cookie, whose response has a Cache-Control. */
  private SessionExchange exchange(String... cacheControlLines) {
    cacheControl.set(List.of(cacheControlLines));
    return scene.sessions.exchange(
        name -> name.equals("Cookie") ? List.of(NAME + "=" + scene.cookie) : null,
        name -> name.equals("Cache-Control") ? cacheControl.get() : null);
  }

  private static List<String> lines(SessionExchange exchange) {
    return exchange.headers().stream()
        .map(h -> h.name() + ": " + h.value().replaceFirst("^([^=]+)=[^;]+;", "$1=…;"))
        .toList();
  }

  private static final String STORED = "Set-Cookie: " + NAME + "=…" + Scene.FLAGS;

  // ---- responses that others may store ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public",
        "Public, max-age=60",
        "s-maxage=60",
        "no-cache, S-MAXAGE=1",
        "max-age=60, s-maxage=60",
        "must-revalidate,public"
      })
  void aResponseThatOthersMayStoreRenewsNothing(String line) {
    scene.later(61);
    SessionExchange exchange = exchange(line);
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY);
    assertThat(scene.successes)
        .noneMatch(
            e -> e instanceof SessionEvent.Issued i && i.causes().contains(Cause.RENEWAL_DUE));
    assertThat(scene.events).isEmpty();

    exchange.session().put("a", 2);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED, Scene.NO_STORE);
    assertThat(scene.events).containsExactly(new SessionEvent.CachingRefused(NAME));
    exchange.session().put("a", 3);
    assertThat(lines(exchange)).hasSize(3);
    assertThat(scene.events).as("once").hasSize(1);
    assertThat(scene.events.get(0).message()).contains("Cache-Control: private");
  }

  @Test
  void aResponseThatMayBeUsedForAWhileRenewsAndIsNotStored() {
    scene.later(61);
    SessionExchange exchange = exchange("max-age=60");
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED, Scene.NO_STORE);
    assertThat(scene.events).as("of a renewal, which comes once a minute").isEmpty();

    exchange.session().put("a", 2);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED, Scene.NO_STORE);
    assertThat(scene.events).containsExactly(new SessionEvent.CachingRefused(NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private",
        "private, max-age=60",
        "public, private",
        "no-store",
        "public, no-store"
      })
  void aResponseThatNobodyElseMayStoreKeepsItsCacheControl(String line) {
    scene.later(61);
    SessionExchange exchange = exchange(line);
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED);
    assertThat(scene.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-cache",
        "max-age=0, must-revalidate",
        "must-revalidate",
        "immutable",
        "no-transform, stale-while-revalidate=600"
      })
  void aResponseThatSaysNothingOfOthersTakesNoStore(String line) {
    scene.later(61);
    SessionExchange exchange = exchange(line);
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED, Scene.NO_STORE);
    assertThat(scene.events).isEmpty();
  }

  @Test
  void severalLinesOfCacheControlAreOne() {
    scene.later(61);
    SessionExchange exchange = exchange("no-cache", "public");
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY);
    assertThat(lines(exchange("max-age=60", "private"))).isEmpty();
  }

  @Test
  void aRenewalIsTakenBackWhenTheResponseBecomesOneThatOthersMayStore() {
    scene.later(61);
    SessionExchange exchange = exchange();
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED, Scene.NO_STORE);
    cacheControl.set(List.of("public"));
    assertThat(lines(exchange)).containsExactly(Scene.VARY);
    cacheControl.set(List.of("private"));
    assertThat(lines(exchange)).containsExactly(Scene.VARY, STORED);
  }

  @Test
  void theEndOfASessionTakesNoStoreToo() {
    SessionExchange exchange = exchange("public");
    exchange.session().invalidate();
    assertThat(lines(exchange)).containsExactly(Scene.VARY, Scene.EXPIRE, Scene.NO_STORE);
    assertThat(scene.events).containsExactly(new SessionEvent.CachingRefused(NAME));
  }

  @Test
  void aRequestThatReadsDoesNotAskTheResponse() {
    SessionExchange exchange =
        scene.sessions.exchange(
            name -> name.equals("Cookie") ? List.of(NAME + "=" + scene.cookie) : null,
            name -> {
              throw new AssertionError(name);
            });
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(exchange.headers()).hasSize(1);
  }

  // ---- requests that do not renew ----

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pollingDoesNotKeepASessionAlive(boolean byHeader) {
    Scene polled = Scene.withPolicy(p -> p.withoutRenewalOn("X-Background")).signedIn("a", 1);
    int polls = 0;
    while (true) {
      polled.later(120);
      Session session =
          polled.sessions.load(
              name ->
                  switch (name) {
                    case "Cookie" -> List.of(NAME + "=" + polled.cookie);
                    case "X-Background" -> byHeader ? List.of("") : null;
                    default -> null;
                  });
      if (!byHeader) {
        session.exchange().skipRenewal();
      }
      if (session.get("a") == null) {
        break;
      }
      assertThat(polled.respond(session)).containsExactly(Scene.VARY);
      polls++;
    }
    assertThat(polls).as("30 minutes and a touch interval").isEqualTo(15);
  }

  @Test
  void aChangeRenewsAllTheSame() {
    scene.later(120);
    SessionExchange exchange = exchange();
    exchange.skipRenewal();
    exchange.session().put("a", 2);
    scene.respond(exchange.session());
    assertThat(scene.sealed().refreshed()).isEqualTo(NOON.plusSeconds(120));
  }

  @Test
  void anOldKeyIsReplacedWithoutRenewing() {
    scene.later(120);
    scene.keys.set(KeyRing.signingWith(OLD_KEY).alsoAccepting(RING.signingKey()));
    SessionExchange exchange = exchange();
    assertThat(exchange.session().get("a")).isEqualTo(1);
    exchange.skipRenewal();
    assertThat(scene.respond(exchange.session())).hasSize(3);
    assertThat(scene.sealed().refreshed()).isEqualTo(NOON);
  }

  @Test
  void skippingTakesARenewalBack() {
    scene.later(120);
    SessionExchange exchange = exchange();
    assertThat(exchange.session().get("a")).isEqualTo(1);
    assertThat(exchange.headers()).hasSize(3);
    exchange.skipRenewal();
    assertThat(exchange.headers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Background", "X:", "é"})
  void aHeaderHasAName(String name) {
    assertThatThrownBy(() -> SessionPolicy.defaults().withoutRenewalOn(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X-Background");
  }

  // ---- the end of a session ----

  @Test
  void aSessionKnowsItsEnd() {
    Duration touch = Duration.ofSeconds(60);
    Instant end = NOON.plus(Duration.ofMinutes(30)).plus(touch);
    assertThat(scene.request().expiresAt()).isEqualTo(end);
    scene.later(59);
    assertThat(scene.request().expiresAt()).as("not renewed yet").isEqualTo(end);
    scene.later(60);
    Session renewed = scene.request();
    assertThat(renewed.expiresAt()).isEqualTo(end.plusSeconds(119));
    SessionExchange polling = exchange();
    polling.skipRenewal();
    assertThat(polling.session().expiresAt()).isEqualTo(end);
    assertThat(exchange("public").session().expiresAt()).as("not renewed here").isEqualTo(end);

    String cookie = NAME + "=" + scene.cookie;
    scene.clock.set(end.minusMillis(1));
    assertThat(scene.request(cookie).isNew()).isFalse();
    scene.clock.set(end);
    assertThat(scene.request(cookie).rejection()).isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  void theAbsoluteTimeoutEndsASessionWhateverItsUse() {
    Scene rolling = Scene.withPolicy(p -> p.withIdle(Duration.ZERO).withRolling());
    assertThat(rolling.signedIn("a", 1).later(3600).request().expiresAt())
        .isEqualTo(NOON.plus(Duration.ofHours(12)));
    Scene remembered = Scene.withPolicy(p -> p.withRemember(Duration.ofDays(30)));
    assertThat(remembered.signedIn("a", 1).later(60).request().expiresAt())
        .isEqualTo(NOON.plus(Duration.ofDays(30)));
    assertThat(remembered.request("x=y").expiresAt())
        .isEqualTo(NOON.plusSeconds(60).plus(Duration.ofDays(30)));
  }

  // ---- clocks ----

  @ParameterizedTest
  @CsvSource({"PT0S, 0, true", "PT0S, 1, false", "PT5M, 300, true", "PT5M, 301, false"})
  void theSkewIsAPartOfThePolicy(Duration skew, long ahead, boolean accepted) {
    Scene skewed = Scene.withPolicy(p -> p.withSkew(skew));
    Instant later = NOON.plusSeconds(ahead);
    String text =
        NativeEncoder.signed(() -> RING, "session")
            .withName(NAME)
            .encode(Fixtures.session(Map.of("a", 1)).withTimes(later, later));
    assertThat(skewed.request(NAME + "=" + text).isNew()).isEqualTo(!accepted);
    assertThat(skewed.reasons())
        .isEqualTo(accepted ? List.of() : List.of(RejectionReason.NOT_YET_VALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT1H1S", "PT0.5S"})
  void aSkewIsAtMostAnHour(Duration skew) {
    assertThatThrownBy(() -> SessionPolicy.defaults().withSkew(skew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 hour");
  }

  // ---- what nobody changed never fails a request ----

  private static final String LARGE =
      "Sessions compress well if they say the same again and again. ".repeat(80);

  @Test
  void aCompressedSessionThatIsOnlyReadStaysAsItIsWhereItIsNotCompressed() {
    Sessions before =
        Sessions.builder(NativeEncoder.signed(() -> RING, "session").withCompression())
            .policy(scene.sessions.policy())
            .build();
    CookieJar browser = new CookieJar();
    browser.request(before, session -> session.put("text", LARGE));
    scene.later(61);
    Session session = browser.request(scene.sessions, s -> assertThat(s.get("text")).isNotNull());
    assertThat(browser.response).containsExactly(Scene.VARY);
    assertThat(scene.events)
        .hasSize(1)
        .allSatisfy(
            event -> {
              assertThat(event).isInstanceOf(SessionEvent.NotRenewed.class);
              assertThat(event.message()).contains("limit 4,096", "text", "stays as it is");
            });
    scene.later(1);
    assertThat(scene.sessions.save(session)).hasSize(1);
    assertThat(scene.events).as("once").hasSize(1);

    assertThatThrownBy(() -> browser.request(scene.sessions, s -> s.put("a", 1)))
        .isInstanceOf(SessionTooLargeException.class);
    browser.request(scene.sessions, s -> s.remove("text"));
    browser.request(scene.sessions, s -> s.put("a", 1));
    assertThat(browser.response).hasSize(3);
  }

  @Test
  void aSessionInSeveralCookiesThatDoesNotFitIntoOneStaysThere() {
    NativeEncoder signed = NativeEncoder.signed(() -> RING, "session");
    SessionTransport several = SessionTransport.chunked(CookieOptions.named("old"), signed, 8192);
    CookieJar browser = new CookieJar();
    browser.request(
        Sessions.builder(several).policy(scene.sessions.policy()).build(),
        session -> session.put("text", LARGE));
    Map<String, String> cookies = Map.copyOf(browser.cookies);
    Scene moved = Scene.with(builder -> builder.reading(several));
    browser.request(moved.sessions, s -> assertThat(s.get("text")).isNotNull());
    assertThat(browser.cookies).isEqualTo(cookies);
    assertThat(moved.events).hasSize(1);
    browser.request(moved.sessions, s -> s.put("text", "short"));
    assertThat(browser.cookies).containsOnlyKeys(NAME + "; Path=/");
  }

  // ---- what one response may hold ----

  @Test
  void theHeaderLinesOfAResponseHaveALimit() {
    Scene limited = Scene.with(builder -> builder.responseLimit(3000));
    Session session = limited.request();
    session.put("a", "x".repeat(2000));
    limited.respond(session);
    assertThatThrownBy(
            () -> {
              session.put("a", "x".repeat(2400));
              limited.respond(session);
            })
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContainingAll("limit 3,000", "a 2,4", "responseLimit")
        .satisfies(e -> assertThat(((SessionTooLargeException) e).size()).isBetween(3001, 3600));
    assertThat(limited.events).hasSize(1);
    session.put("a", "x".repeat(2000));
    assertThat(limited.respond(session)).hasSize(3);

    Scene more = Scene.with(builder -> builder.responseLimit(4000)); // As the message says.
    more.signedIn("a", "x".repeat(2400));
    assertThat(more.events).isEmpty();
  }

  @Test
  void whatProxiesMayRefuseIsReportedOnceUnlessThereIsALimit() {
    Scene unlimited = Scene.create().signedIn("a", "x".repeat(2000));
    assertThat(unlimited.events).isEmpty();
    unlimited.signedIn("a", "x".repeat(2900)).signedIn("a", "y".repeat(2900));
    assertThat(unlimited.events)
        .hasSize(1)
        .allSatisfy(
            event -> {
              assertThat(event).isInstanceOf(SessionEvent.ResponseHeadersLarge.class);
              assertThat(event.message()).contains("nginx", "proxy_buffer_size", "(8192)");
            });
    Scene limited = Scene.with(b -> b.responseLimit(8192)).signedIn("a", "x".repeat(2900));
    assertThat(limited.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1023, 131_073, -1})
  void aLimitOfAResponseIsSensible(int bytes) {
    assertThatThrownBy(() -> Sessions.builder(RING).responseLimit(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024 to 131072");
  }
}
