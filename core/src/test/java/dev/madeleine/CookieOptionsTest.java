package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.CookieOptions.SameSite;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The text of Set-Cookie, and what is refused because it would be dropped or would split the
 * header.
 */
final class CookieOptionsTest {
  private static final CookieOptions SID = CookieOptions.named("sid");

  @Test
  void defaultsAreTheSecureOnes() {
    assertThat(CookieOptions.defaults().set("VALUE", null, NOON))
        .isEqualTo("__Host-session=VALUE; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(CookieOptions.defaults().expire())
        .isEqualTo(
            "__Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure;"
                + " HttpOnly; SameSite=Lax");
    assertThat(CookieOptions.DEFAULT_NAME).isEqualTo("__Host-session");
  }

  @Test
  void everyOtherNameHasTheSameDefaults() {
    for (String name :
        List.of(
            "sid",
            "__Secure-sid",
            "__Http-sid",
            "__Host-Http-sid",
            "__host-sid",
            "a.b!#$%&'*+^`|~")) {
      assertThat(CookieOptions.named(name).set("v", null, NOON))
          .isEqualTo(name + "=v; Path=/; Secure; HttpOnly; SameSite=Lax");
    }
  }

  @Test
  void writesEveryAttribute() {
    CookieOptions all =
        SID.withPath("/shop/a-b_c~d%20")
            .withDomain("shop.example.com")
            .withSameSite(SameSite.NONE)
            .withPartitioned(true);
    assertThat(all.set("v", Duration.ofDays(30), NOON))
        .isEqualTo(
            "sid=v; Path=/shop/a-b_c~d%20; Max-Age=2592000; Expires=Tue, 01 Jul 2025 12:00:00 GMT;"
                + " Domain=shop.example.com; Secure; HttpOnly; SameSite=None; Partitioned");
    assertThat(all.expire())
        .isEqualTo(
            "sid=; Path=/shop/a-b_c~d%20; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT;"
                + " Domain=shop.example.com; Secure; HttpOnly; SameSite=None; Partitioned");
    assertThat(
            SID.withSecure(false)
                .withHttpOnly(false)
                .withSameSite(SameSite.STRICT)
                .set("v", null, NOON))
        .isEqualTo("sid=v; Path=/; SameSite=Strict");
    assertThat(SID.set("v", Duration.ofSeconds(1), NOON))
        .contains("; Max-Age=1; Expires=Sun, 01 Jun 2025 12:00:01 GMT;");
    assertThat(all.toString()).doesNotContain("v;").contains("sid", "/shop", "SameSite=None");
  }

  @Test
  void expiringKeepsEveryAttribute() {
    for (SameSite sameSite : SameSite.values()) {
      for (boolean partitioned : new boolean[] {true, false}) {
        for (boolean httpOnly : new boolean[] {true, false}) {
          CookieOptions options =
              SID.withSameSite(sameSite)
                  .withPartitioned(partitioned)
                  .withHttpOnly(httpOnly)
                  .withPath("/a");
          String set = options.set("", Duration.ZERO, NOON);
          assertThat(options.expire())
              .isEqualTo(
                  set.replace(
                      "Expires=Sun, 01 Jun 2025 12:00:00", "Expires=Thu, 01 Jan 1970 00:00:00"));
        }
      }
    }
  }

  @Test
  void changesMakeNewOptions() {
    CookieOptions changed =
        SID.withSecure(false).withHttpOnly(false).withPath("/x").withDomain("a.b");
    assertThat(SID.set("v", null, NOON)).isEqualTo("sid=v; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(changed.withSecure(true).withHttpOnly(true).withPath("/").set("v", null, NOON))
        .isEqualTo("sid=v; Path=/; Domain=a.b; Secure; HttpOnly; SameSite=Lax");
    assertThat(changed.path()).isEqualTo("/x");
    assertThat(changed.name()).isEqualTo("sid");
  }

  private static void assertRefused(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e -> assertThat(e.getMessage()).contains(parts).doesNotContainPattern("[\\p{Cntrl}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a;b",
        "a=b",
        "a,b",
        "a\"b",
        "a\\b",
        "a(b",
        "a)b",
        "a<b",
        "a@b",
        "a[b",
        "a?b",
        "a/b",
        "a:b",
        "a{b",
        "a\0b",
        "a\rb",
        "a\nb",
        "a\tb",
        "a\u007fb",
        "é",
        "sid\u0130",
        "🍪",
        "a\u0080"
      })
  @DisplayName("refuses names that are no token")
  void refusesNamesThatAreNoToken(String name) { // CVE-2024-47764, CVE-2021-33621
    assertRefused(() -> CookieOptions.named(name), "token");
  }

  @Test
  void refusesLongNames() {
    assertThat(CookieOptions.named("n".repeat(200)).name()).hasSize(200);
    assertRefused(() -> CookieOptions.named("n".repeat(201)), "200");
  }

  @Test
  void refusesPrefixesThatBrowsersDoNotKnow() {
    for (String name : List.of("__session", "__Hos-session", "__", "__Hostsession", "__secure_a")) {
      assertRefused(() -> CookieOptions.named(name), "prefix", "__Host-");
    }
    assertThat(CookieOptions.named("_Host-session").name()).isEqualTo("_Host-session");
  }

  @Test
  @DisplayName("refuses __Host- with a domain, in any case of letters")
  void refusesHostPrefixWithDomain() {
    for (String name :
        List.of("__Host-sid", "__host-sid", "__HOST-sid", "__hOsT-sid", "__Host-Http-sid")) {
      assertRefused(() -> CookieOptions.named(name).withDomain("example.com"), "__", "domain");
    }
  }

  @Test
  @DisplayName("refuses __Host- with a path other than /")
  void refusesHostPrefixWithAnotherPath() {
    for (String name : List.of("__Host-sid", "__host-sid", "__Host-Http-sid")) {
      assertRefused(() -> CookieOptions.named(name).withPath("/shop"), "path is /");
      assertThat(CookieOptions.named(name).withPath("/").path()).isEqualTo("/");
    }
  }

  @Test
  void refusesPrefixesWithoutSecure() {
    for (String name :
        List.of(
            "__Host-sid",
            "__host-sid",
            "__Secure-sid",
            "__SECURE-sid",
            "__Http-sid",
            "__Host-Http-sid")) {
      assertRefused(() -> CookieOptions.named(name).withSecure(false), "without Secure");
    }
  }

  @Test
  void refusesHttpPrefixWithoutHttpOnly() {
    for (String name : List.of("__Http-sid", "__http-sid", "__Host-Http-sid", "__host-http-sid")) {
      assertRefused(() -> CookieOptions.named(name).withHttpOnly(false), "HttpOnly");
    }
    assertThat(CookieOptions.named("__Host-sid").withHttpOnly(false).set("v", null, NOON))
        .isEqualTo("__Host-sid=v; Path=/; Secure; SameSite=Lax");
  }

  @Test
  void refusesSameSiteNoneWithoutSecure() {
    assertRefused(() -> SID.withSameSite(SameSite.NONE).withSecure(false), "SameSite=None");
    assertRefused(() -> SID.withSecure(false).withSameSite(SameSite.NONE), "SameSite=None");
  }

  @Test
  @DisplayName("refuses Partitioned without Secure")
  void refusesPartitionedWithoutSecure() {
    assertRefused(() -> SID.withPartitioned(true).withSecure(false), "Partitioned");
    assertRefused(() -> SID.withSecure(false).withPartitioned(true), "Partitioned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "/a;b",
        "/a b",
        "/a\r\nSet-Cookie: x",
        "/a\0",
        "/é",
        "/a\tb",
        " /",
        "/a; Domain=evil.com"
      })
  void refusesPathsThatWouldSplitTheHeader(String path) {
    assertRefused(() -> SID.withPath(path), "path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".example.com",
        "example.com.",
        "-a.com",
        "a.com-",
        "exa mple.com",
        "a;b",
        "a,b",
        "a\r\nb",
        "a\0b",
        "exämple.com",
        "a_b.com",
        "http://a.com",
        "a.com:80",
        "a.com/",
        "*.a.com"
      })
  void refusesDomainsThatAreNoHostName(String domain) {
    assertRefused(() -> SID.withDomain(domain), "domain");
  }

  @Test
  void namesTheSameCookieOnlyWithTheSameNamePathAndDomain() {
    assertThat(SID.withSameSite(SameSite.STRICT).requireSameCookie(SID).set("v", null, NOON))
        .contains("Strict");
    assertThat(SID.withDomain("a.b").requireSameCookie(SID.withDomain("a.b"))).isNotNull();
    assertRefused(() -> CookieOptions.named("Sid").requireSameCookie(SID), "another cookie");
    assertRefused(() -> SID.withPath("/a").requireSameCookie(SID), "another cookie");
    assertRefused(() -> SID.withDomain("a.b").requireSameCookie(SID), "another cookie");
    assertRefused(() -> SID.requireSameCookie(SID.withDomain("a.b")), "another cookie");
  }

  @Test
  void tellsItsAttributes() {
    assertThat(SID.isSecure()).isTrue();
    assertThat(SID.isHttpOnly()).isTrue();
    assertThat(SID.sameSite()).isEqualTo(SameSite.LAX);
    CookieOptions open = SID.withSecure(false).withHttpOnly(false).withSameSite(SameSite.STRICT);
    assertThat(open.isSecure()).isFalse();
    assertThat(open.isHttpOnly()).isFalse();
    assertThat(open.sameSite()).isEqualTo(SameSite.STRICT);
  }

  @Test
  void refusesNothingAsSameSite() {
    assertThatThrownBy(() -> SID.withSameSite(null)).isInstanceOf(NullPointerException.class);
  }
}
