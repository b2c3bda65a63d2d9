package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.CookieOptions.SameSite;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the cookie that are given by text or by the builder, as they show on the wire. */
final class CookieSettingsTest {
  private final MovingClock clock = new MovingClock(NOON);
  private final CookieJar browser = new CookieJar();

  private Sessions text(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    SessionsBuilder builder =
        Sessions.builder(RING).policy(SessionPolicy.defaults().withClock(clock));
    TextSettings.of(settings::get).applyTo(builder, CookieOptions.DEFAULT_NAME);
    return builder.listener(event -> {}).build();
  }

  // ---- names of other frameworks ----

  @ParameterizedTest
  @ValueSource(strings = {"express:sess", "koa:sess", "__session", "a@b", "session[id]", "a/b"})
  void aPlaceThatIsReadOrSharedMayHaveANameOfAnotherFramework(String name) {
    CookieOptions options = CookieOptions.foreign(name);
    SessionTransport theirs =
        SessionTransport.signaturePair(options, new SessionEncoderTest.Small());
    SessionPolicy policy = SessionPolicy.defaults().withUndatedUntil(NOON.plusSeconds(99));
    Sessions shared =
        Sessions.builder(RING)
            .alsoWriting(theirs)
            .policy(policy.withClock(clock))
            .listener(e -> {})
            .build();
    browser.request(shared, session -> session.put("a", 1));
    assertThat(browser.changed())
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .containsExactly("__Host-session", name, name + ".sig");

    browser.cookies.remove("__Host-session; Path=/");
    Sessions reading =
        Sessions.builder(RING)
            .reading(theirs.withEnd(NOON.plusSeconds(99)))
            .policy(policy.withClock(clock))
            .listener(e -> {})
            .build();
    browser.request(reading, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies).containsOnlyKeys("__Host-session; Path=/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "a,b", "a\"b", "a\\b", "é", "a\r\nb", "a\0"})
  void noNameSplitsAHeader(String name) {
    assertThatThrownBy(() -> CookieOptions.foreign(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("visible characters");
  }

  @Test
  void ourOwnCookieHasANameThatEverybodyTakes() {
    CookieOptions foreign = CookieOptions.foreign("koa:sess");
    NativeEncoder encoder = NativeEncoder.signed(() -> RING, "session");
    List<Runnable> calls =
        List.of(
            () -> Sessions.builder(RING).cookie(foreign),
            () -> Sessions.builder(SessionTransport.cookie(foreign, encoder)),
            () -> assertThat(Sessions.of(RING).withCookie(foreign)).isNull(),
            () ->
                SealedValue.of(
                    Attribute.of("a", String.class), encoder, foreign, Duration.ofDays(1), clock));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"koa:sess\"")
          .hasMessageContaining("CookieOptions.foreign");
    }
  }

  // ---- domains and SameSite ----

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "www.Example.COM:8443, example.com",
    "shop.example.org, example.org",
    "a.eu.example.com, eu.example.com",
    "notexample.com, ",
    "example.com.evil.net, ",
    "[::1]:8080, ",
    "localhost, ",
    ", "
  })
  void theDomainIsThatOfTheRequest(String host, String domain) {
    if (host != null) {
      browser.fields.put("Host", host);
    }
    String domainPart = domain == null ? "" : "; Domain=" + domain;
    String flags = "; Secure; HttpOnly; SameSite=Lax";
    for (Sessions sessions :
        List.of(
            text("cookieName", "sid", "cookieDomain", "example.com, example.org,eu.example.com"),
            Sessions.builder(RING)
                .domains("example.com", "example.org", "eu.example.com")
                .cookie(CookieOptions.named("sid"))
                .build())) {
      browser.request(sessions, session -> session.put("a", 1));
      assertThat(browser.changed()).containsExactly("sid=…; Path=/" + domainPart + flags);
      browser.request(sessions, Session::invalidate);
      assertThat(browser.cookies).isEmpty();
      Session session = browser.load(sessions);
      session.put("a", 1);
      session.changeCookie(o -> o.withSameSite(SameSite.STRICT));
      assertThat(sessions.save(session).get(1).value()).contains(domainPart + "; Secure");
    }
  }

  @Test
  void aDomainHasToFitTheCookie() {
    assertThatThrownBy(() -> Sessions.builder(RING).domains("example.com").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__Host-session")
        .hasMessageContaining("rename it");
    assertThatThrownBy(() -> text("cookieName", "sid", "cookieDomain", "example.com,.example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"cookieDomain\" is ");
  }

  @Test
  void theCookieOfBeforeTheDomainsCanBeExpired() {
    browser.request(text("cookieName", "sid"), session -> session.put("a", 1));
    Sessions sessions =
        text(
            "cookieName", "sid", "cookieDomain", "example.com,example.org", "formerCookies", "sid");

    browser.fields.put("Host", "localhost");
    browser.request(sessions, session -> session.put("a", 2));
    assertThat(browser.changed()).singleElement().asString().startsWith("sid=…; Path=/; Secure");
    browser.fields.put("Host", "www.example.com");
    browser.request(sessions, session -> session.put("a", 3));
    assertThat(browser.changed())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("sid=…; Path=/; Domain=example.com"))
        .anyMatch(line -> line.startsWith("sid=; Path=/; Max-Age=0"));
    assertThat(browser.cookies).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"old; Domain", "old; Path", "old; Partitioned=false", "old; signed=no"})
  void aFormerCookieIsSpelledOut(String entry) {
    assertThatThrownBy(() -> text("formerCookies", entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not Path=…, Domain=…, Partitioned, signed or encrypted");
  }

  @Test
  void theDefaultIdleTimeoutIsNoLongerThanTheAbsoluteOne() {
    assertThat(text("absolute", "5m").policy().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThatThrownBy(() -> text("absolute", "5m", "idle", "10m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the absolute timeout");
  }

  @Test
  void sameSiteCanBeLeftOut() {
    browser.request(text("sameSite", "unset"), session -> session.put("a", 1));
    assertThat(browser.changed()).containsExactly("__Host-session=…; Path=/; Secure; HttpOnly");
    assertThat(CookieOptions.defaults().withSameSite(SameSite.UNSET).expire())
        .doesNotContain("SameSite");
  }

  // ---- by text ----

  @Test
  void movesAHouseByText() {
    browser.request(text("cookieName", "old"), session -> session.put("a", 1));
    Sessions moved =
        text("encrypted", "true", "padded", "64", "reading", "old; signed", "idle", "10m");
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies).containsOnlyKeys("__Host-session; Path=/");
    assertThat(moved.transport()).asString().contains("encrypted", "64");

    Sessions back = text("reading", "__Host-session; encrypted", "cookieName", "old");
    browser.request(back, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.cookies).containsOnlyKeys("old; Path=/");
  }

  @Test
  void encryptsUnderTheSameNameAndReadsWhatWasSignedByText() {
    browser.request(text(), session -> session.put("a", 1));
    Sessions moved = text("encrypted", "true", "reading", "__Host-session; signed");
    browser.request(moved, session -> assertThat(session.get("a")).isEqualTo(1));
    assertThat(browser.changed()).hasSize(1);
    browser.request(
        text("encrypted", "true"), session -> assertThat(session.get("a")).isEqualTo(1));
  }

  @Test
  void expiresFormerCookiesByText() {
    Sessions sessions =
        text(
            "cookieName",
            "sid",
            "formerCookies",
            "sid; Path=/shop; Domain=example.com, sid;Partitioned , koa:sess");
    browser.request(sessions, session -> session.put("a", 1));
    browser.request(sessions, Session::invalidate);
    String gone = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    String flags = "; Secure; HttpOnly; SameSite=Lax";
    assertThat(browser.changed())
        .containsExactly(
            "sid=; Path=/" + gone + flags,
            "sid=; Path=/shop" + gone + "; Domain=example.com" + flags,
            "sid=; Path=/" + gone + flags + "; Partitioned",
            "koa:sess=; Path=/" + gone + flags);
  }

  @Test
  void aFormerCookieOverPlainHttpHasNoSecure() {
    Sessions sessions = text("plainHttpDevelopment", "true", "formerCookies", "sid, __Secure-sid");
    browser.request(sessions, session -> session.put("a", 1));
    browser.request(sessions, Session::invalidate);
    assertThat(browser.changed().get(1)).startsWith("sid=").doesNotContain("Secure");
    assertThat(browser.changed().get(2)).startsWith("__Secure-sid=").contains("; Secure");
  }

  @Test
  void compressesAndDividesByText() {
    String text = "one and the same ".repeat(400);
    assertThatThrownBy(() -> browser.request(text(), session -> session.put("text", text)))
        .isInstanceOf(SessionTooLargeException.class);
    browser.request(text("compressed", "true"), session -> session.put("text", text));
    assertThat(browser.cookies).hasSize(1);
    browser.cookies.clear();
    browser.request(
        text("compressed", "false", "chunked", "16384"), session -> session.put("text", text));
    assertThat(browser.cookies).hasSizeGreaterThan(1);
    assertThat(text("chunked", "true").transport().limit()).isEqualTo(6000);
    assertThat(text("chunked", "false").transport().limit()).isEqualTo(4096);
  }

  @Test
  void limitsClocksAndRenewalsByText() {
    Sessions sessions =
        text(
            "responseLimit",
            "3000",
            "skew",
            "5m",
            "noRenewalHeader",
            "X-Background",
            "httpOnly",
            "false");
    browser.request(sessions, session -> session.put("a", 1));
    assertThat(browser.changed()).containsExactly("__Host-session=…; Path=/; Secure; SameSite=Lax");
    assertThatThrownBy(
            () -> browser.request(sessions, session -> session.put("a", "x".repeat(2500))))
        .hasMessageContaining("limit 3,000");
    clock.forward(Duration.ofSeconds(61));
    browser.fields.put("X-Background", "1");
    browser.request(sessions, session -> session.get("a"));
    assertThat(browser.changed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "formerCookies, sid; Expires=0, is not Path",
    "formerCookies, sid; signed, expired",
    "formerCookies, ' ', no cookie",
    "formerCookies, __Host-session; Path=/, cookie that is written",
    "idle, 13h, would never be reached",
    "absolute, 500d, 400 days",
    "formerCookies, a b, visible characters",
    "reading, sid; chunked, is not Path",
    "encrypted, yes, true or false",
    "padded, 64, \"encrypted\"",
    "compressed, much, whole number",
    "chunked, 100, 4096",
    "responseLimit, 10, 1024",
    "skew, 2h, 1 hour",
    "noRenewalHeader, a b, X-Background",
    "audience, ' ', audience is empty",
    "sameSite, no, unset"
  })
  void whatIsWrongIsNamed(String name, String value, String says) {
    assertThatThrownBy(() -> text(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + name + "\"")
        .hasMessageContaining(says);
  }

  // ---- what goes together ----

  @Test
  void anIdleTimeoutBeyondTheAbsoluteOneIsRefusedAndTheMessageHelps() {
    assertThatThrownBy(() -> text("idle", "24h"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("PT24H", "PT12H", "withAbsolute", "absolute", "zero for none");
    assertThat(text("idle", "24h", "absolute", "24h").policy().idle())
        .isEqualTo(Duration.ofDays(1));
    assertThat(text("idle", "0").policy().idle()).isZero();
    assertThat(text("remember", "30d").policy().idle()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void anAudienceWithoutANameIsRefused() {
    for (String audience : List.of("", " ")) {
      assertThatThrownBy(() -> Sessions.builder(RING).audience(audience))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("audience is empty");
    }
  }
}
