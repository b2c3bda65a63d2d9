package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.club.Club;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users of an own class, remembered logins and revocation, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClubTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private TwoNodes club;

  @BeforeAll
  void start() {
    Club.NOW.set(START);
    club = TwoNodes.of(Club.class);
  }

  @AfterAll
  void stop() {
    club.close();
  }

  /** Time never runs backwards: the nodes remember what was revoked. */
  @BeforeEach
  void nextMonth() {
    later(Duration.ofDays(30));
  }

  private static void later(Duration time) {
    Club.NOW.updateAndGet(now -> now.plus(time));
  }

  private Browser loggedIn(boolean remembered) throws Exception {
    Browser browser = club.browser();
    assertThat(Browser.location(logIn(browser, remembered))).isEqualTo("/");
    return browser;
  }

  private static HttpResponse<String> logIn(Browser browser, boolean remembered) throws Exception {
    String token = Browser.token(browser.get("/login"));
    return browser.postWithoutToken(
        "/login",
        remembered
            ? Map.of("username", "marcel", "password", "cake", "_csrf", token, "remember-me", "on")
            : Map.of("username", "marcel", "password", "cake", "_csrf", token));
  }

  @Test
  void aUserOfAnOwnClassIsLookedUpAgain() throws Exception {
    assertThat(loggedIn(false).get("/me").body())
        .isEqualTo("marcel number 7 by UsernamePasswordAuthenticationToken");
  }

  @Test
  void anOrdinaryLoginEndsAfterTheIdleTime() throws Exception {
    Browser browser = loggedIn(false);
    later(Duration.ofMinutes(31));

    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void aRememberedLoginNeedsNoSecondCookie() throws Exception {
    Browser browser = loggedIn(true);

    assertThat(browser.cookies()).containsOnlyKeys("__Host-session");
    assertThat(browser.get("/full").body()).isEqualTo("marcel");
  }

  @Test
  void afterTheIdleTimeARememberedLoginIsNotFullyAuthenticated() throws Exception {
    Browser browser = loggedIn(true);
    later(Duration.ofDays(2));

    assertThat(browser.get("/me").body())
        .isEqualTo("marcel number 7 by RememberMeAuthenticationToken");
    assertThat(browser.get("/full").statusCode()).isEqualTo(302);
    assertThat(browser.get("/me").body())
        .isEqualTo("marcel number 7 by RememberMeAuthenticationToken");
  }

  @Test
  void thePasswordMakesARememberedLoginFullAgain() throws Exception {
    Browser browser = loggedIn(true);
    later(Duration.ofDays(2));
    browser.get("/full");
    String token = Browser.token(browser.get("/login"));

    HttpResponse<String> answer =
        browser.postWithoutToken(
            "/login", Map.of("username", "marcel", "password", "cake", "_csrf", token));

    assertThat(Browser.location(answer)).startsWith("/full");
    assertThat(browser.get("/full").body()).isEqualTo("marcel");
  }

  @Test
  void revokingASubjectEndsItsLoginsOnAllNodes() throws Exception {
    Browser one = loggedIn(false);
    Browser other = loggedIn(true);
    later(Duration.ofSeconds(5));
    one.post("/public/send-away", "name", "marcel");

    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(other.get("/me").statusCode()).isEqualTo(302);
    later(Duration.ofSeconds(5));
    assertThat(loggedIn(false).get("/me").statusCode()).isEqualTo(200);
  }

  /** What a remembered user sees who comes back after the idle time. */
  private static List<String> seen(Browser browser, Runnable idle) throws Exception {
    List<String> seen = new ArrayList<>();
    seen.add(shown(logIn(browser, true)));
    seen.add(shown(browser.get("/full")));
    idle.run();
    seen.add(shown(browser.get("/me")));
    seen.add(shown(browser.get("/full")));
    seen.add(shown(logIn(browser, false)));
    seen.add(shown(browser.get("/full")));
    seen.add(shown(browser.get("/me")));
    seen.add(shown(browser.post("/logout")));
    seen.add(shown(browser.get("/me")));
    return seen;
  }

  private static String shown(HttpResponse<String> response) {
    boolean redirect = response.headers().firstValue("Location").isPresent();
    return response.statusCode() + " " + (redirect ? Browser.location(response) : response.body());
  }

  @Test
  void aRememberedUserSeesWhatSpringsSecondCookieShows() throws Exception {
    try (TwoNodes plain = TwoNodes.without(Club.class)) {
      Browser there = plain.browser();
      List<String> without = seen(there, () -> there.cookies().remove("JSESSIONID"));

      assertThat(seen(club.browser(), () -> later(Duration.ofDays(2)))).isEqualTo(without);
      assertThat(without)
          .contains("200 marcel", "200 marcel number 7 by RememberMeAuthenticationToken");
    }
  }
}
