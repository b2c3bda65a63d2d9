package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import dev.madeleine.spring.webflux.WebFluxShop;
import dev.madeleine.spring.webflux.WebFluxShop.Member;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A WebFlux application on two nodes, each request to the other one. What a user sees is what one
 * node with sessions in memory shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFluxShopTest {
  private static final String COOKIE = "__Host-session";

  /** Netty can stop reading a connection on which the next request follows at once. */
  private static final String CLOSE = "--server.netty.max-keep-alive-requests=1";

  private TwoNodes shop;
  private TwoNodes plain;

  @BeforeAll
  void start() {
    shop = TwoNodes.of(WebFluxShop.class, CLOSE);
    plain = TwoNodes.without(WebFluxShop.class, CLOSE);
  }

  @AfterAll
  void stop() {
    shop.close();
    plain.close();
  }

  @BeforeEach
  void members() {
    WebFluxShop.EVENTS.clear();
    WebFluxShop.MEMBERS.clear();
    WebFluxShop.MEMBERS.put("odette", Member.of("odette", 7, "ROLE_READER"));
  }

  private interface Steps {
    void go(Browser browser, List<String> seen) throws Exception;
  }

  /** What a user sees by these steps; the same as with sessions in memory. */
  private List<String> seen(Steps steps) throws Exception {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    steps.go(plain.browser(), without);
    steps.go(shop.browser(), with);
    assertThat(with).as("as with sessions in memory").isEqualTo(without);
    return with;
  }

  private static String shown(HttpResponse<String> response) {
    String body = response.body();
    boolean redirects = response.headers().firstValue("Location").isPresent();
    String to = redirects ? " to " + Browser.location(response) : "";
    return (response.statusCode() + to + (body.contains("<") ? "" : " " + body)).strip();
  }

  private static HttpResponse<String> logIn(Browser browser, String name, String password)
      throws Exception {
    return browser.post("/login", "username", name, "password", password);
  }

  private static Map<String, String> cookies(Browser browser) {
    return new LinkedHashMap<>(browser.cookies());
  }

  private static void restore(Browser browser, Map<String, String> cookies) {
    browser.cookies().clear();
    browser.cookies().putAll(cookies);
  }

  private static <T extends SessionEvent> List<T> events(Class<T> type) {
    return WebFluxShop.EVENTS.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void carriesAttributes() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/public/count")));
                  seen.add(shown(browser.get("/public/count")));
                  seen.add(shown(browser.get("/public/views")));
                }))
        .containsExactly("200 views 1", "200 views 2", "200 views 2");
  }

  @Test
  void writesOneSealedCookieThatNobodyStores() throws Exception {
    HttpResponse<String> response = shop.browser().get("/public/count");

    assertThat(response.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-session=[\\w-]+; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(response.headers().allValues("Vary")).contains("Cookie").doesNotHaveDuplicates();
  }

  @Test
  void sendsNothingToWhoNeedsNoSession() throws Exception {
    Browser browser = shop.browser();
    HttpResponse<String> response = browser.get("/public/quiet");
    browser.get("/public/views");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void sendsNoCookieForHttpBasic() throws Exception {
    Browser browser = shop.browser();
    String user =
        Base64.getEncoder().encodeToString("marcel:cake".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> response =
        browser.send("/me", HttpRequest.newBuilder().header("Authorization", "Basic " + user));

    assertThat(shown(response)).isEqualTo("200 marcel [ROLE_READER, ROLE_WRITER]");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void findsWhatChangedInPlaceBeforeTheCommit() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/public/cart?add=cake")));
                  seen.add(shown(browser.get("/public/cart?add=tea")));
                  seen.add(shown(browser.get("/public/cart")));
                }))
        .last()
        .isEqualTo("200 cart [cake, tea]");
  }

  @Test
  void refusesWhatIsTooLargeWhenItIsPut() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/count");

    assertThat(shown(browser.get("/public/large"))).isEqualTo("200 refused, views 1");
    assertThat(shown(browser.get("/public/count"))).isEqualTo("200 views 2");
  }

  @Test
  void failsTheResponseWhenAValueBecameTooLargeInPlace() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/cart?add=cake");

    assertThat(browser.get("/public/grow").statusCode()).isEqualTo(500);
    assertThat(shown(browser.get("/public/cart"))).isEqualTo("200 cart [cake]");
  }

  @Test
  void reportsWhatIsPutAfterTheCommit() throws Exception {
    Browser browser = shop.browser();

    assertThat(browser.get("/public/late").body()).isEqualTo("first last");
    assertThat(browser.cookies()).isEmpty();
    assertThat(events(SessionEvent.ChangeLost.class))
        .extracting(SessionEvent.ChangeLost::change)
        .containsExactly("attribute late");
  }

  @Test
  void reportsWhatChangesInPlaceAfterTheCommit() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/cart?add=cake");

    assertThat(browser.get("/public/late-cart").body()).isEqualTo("first last");
    assertThat(shown(browser.get("/public/cart"))).isEqualTo("200 cart [cake]");
    assertThat(events(SessionEvent.ChangeLost.class))
        .extracting(SessionEvent.ChangeLost::change)
        .containsExactly("a value changed in place");
  }

  @Test
  void reportsNothingOfAChangeThatWasSent() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/cart?add=cake");
    browser.get("/public/cart?add=tea");
    browser.get("/public/count");
    browser.get("/public/cart");

    assertThat(events(SessionEvent.ChangeLost.class)).isEmpty();
  }

  @Test
  void keepsWhatIsPutUpToTheFirstServerSentEventAndReportsTheRest() throws Exception {
    Browser browser = shop.browser();

    assertThat(browser.get("/public/events").body()).isEqualTo("data:one\n\ndata:two\n\n");
    assertThat(shown(browser.get("/public/heard"))).isEqualTo("200 listening true, one 1, two null");
    assertThat(events(SessionEvent.ChangeLost.class))
        .extracting(SessionEvent.ChangeLost::change)
        .containsExactly("attribute two");
  }

  @Test
  void collectsAnOrderOnSeveralPages() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.post("/public/wizard/cake", "cake", "madeleine")));
                  seen.add(shown(browser.post("/public/wizard/pieces", "pieces", "3")));
                  seen.add(shown(browser.get("/public/wizard")));
                  seen.add(shown(browser.post("/public/wizard/done")));
                  seen.add(String.valueOf(browser.get("/public/wizard").statusCode()));
                }))
        .containsExactly(
            "303 to /public/wizard",
            "303 to /public/wizard",
            "200 3 of madeleine",
            "303 to /public/wizard",
            "500");
  }

  @Test
  void keepsASessionThatWasStarted() throws Exception {
    Browser browser = shop.browser();

    assertThat(shown(browser.get("/public/start"))).isEqualTo("200 started true");
    assertThat(browser.cookies()).containsOnlyKeys(COOKIE);
  }

  @Test
  void removesTheCookieWithTheLastAttribute() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/count");

    assertThat(shown(browser.get("/public/clear"))).isEqualTo("200 cleared true");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void changesTheSessionId() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/count");
                  seen.add(shown(browser.get("/public/change-id")));
                  seen.add(shown(browser.get("/public/views")));
                }))
        .containsExactly("200 changed true", "200 views 1");
  }

  @Test
  void keepsAnIdleTimeOfTheSessionsOwn() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/public/idle")));
                  browser.get("/public/idle?seconds=77");
                  seen.add(shown(browser.get("/public/idle")));
                  browser.get("/public/idle?seconds=-5");
                  seen.add(
                      String.valueOf(browser.get("/public/idle").body().startsWith("idle PT-")));
                }))
        .containsExactly("200 idle PT30M", "200 idle PT1M17S", "true");
  }

  @Test
  void endsASessionThatWasIdleForItsOwnTime() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/count");
                  browser.get("/public/idle?seconds=1");
                  seen.add(shown(browser.get("/public/views")));
                  Thread.sleep(2_100);
                  seen.add(shown(browser.get("/public/views")));
                }))
        .containsExactly("200 views 1", "200 views null");
  }

  @Test
  void anInvalidatedSessionIsGone() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/count");
                  seen.add(String.valueOf(browser.get("/public/invalidate").statusCode()));
                  seen.add(shown(browser.get("/public/views")));
                  seen.add(shown(browser.get("/public/count")));
                }))
        .containsExactly("200", "200 views null", "200 views 1");
  }

  @Test
  void endsAnInvalidatedSessionOnAllNodes() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/count");
    Map<String, String> before = cookies(browser);

    assertThat(shown(browser.get("/public/invalidate"))).isEqualTo("200 expired true started false");
    assertThat(browser.cookies()).isEmpty();
    assertThat(events(SessionEvent.ChangeLost.class)).hasSize(1);
    restore(browser, before);
    assertThat(shown(browser.get("/public/views"))).isEqualTo("200 views null");
  }

  @Test
  void returnsToTheSavedPageAfterTheLogin() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/saved/page?q=a+b")));
                  HttpResponse<String> answer = logIn(browser, "marcel", "cake");
                  seen.add(shown(answer));
                  seen.add(shown(browser.follow(answer)));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/principal")));
                }))
        .containsExactly(
            "302 to /login",
            "302 to /saved/page?q=a+b",
            "200 marcel wanted a b",
            "200 marcel [ROLE_READER, ROLE_WRITER]",
            "200 marcel is a User");
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(logIn(browser, "marcel", "pie")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(logIn(browser, "marcel", "cake")));
                }))
        .containsExactly("302 to /login?error", "302 to /login", "302 to /me");
  }

  @Test
  void refusesAFormWithoutToken() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/token");
                  HttpResponse<String> refused =
                      browser.postWithoutToken("/public/send", Map.of("text", "x"));
                  seen.add(String.valueOf(refused.statusCode()));
                  seen.add(shown(browser.post("/public/send", "text", "x")));
                }))
        .containsExactly("403", "303 to /public/bye");
  }

  @Test
  void refusesWhatARoleDoesNotAllow() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "marcel", "cake");
                  seen.add(String.valueOf(browser.get("/admin/page").statusCode()));
                  seen.add(String.valueOf(browser.get("/close").statusCode()));
                  logIn(browser, "celeste", "tea");
                  seen.add(shown(browser.get("/admin/page")));
                  seen.add(shown(browser.get("/close")));
                }))
        .containsExactly("403", "403", "200 admin", "200 closed");
  }

  @Test
  void switchesToAnotherUserAndBack() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "celeste", "tea");
                  seen.add(shown(browser.get("/login/impersonate?username=marcel")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/logout/impersonate")));
                  seen.add(shown(browser.get("/me")));
                }))
        .last()
        .isEqualTo("200 celeste [ROLE_ADMIN]");
  }

  @Test
  void aLogoutEndsTheLoginAndKeepsOtherAttributes() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/count");
                  logIn(browser, "marcel", "cake");
                  Map<String, String> before = cookies(browser);
                  seen.add(shown(browser.post("/logout")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/public/views")));
                  restore(browser, before);
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly("302 to /public/bye", "302 to /login", "200 views 1", "302 to /login");
  }

  @Test
  void aLogoutWithNothingLeftRemovesTheCookie() throws Exception {
    Browser browser = shop.browser();
    logIn(browser, "marcel", "cake");
    browser.post("/logout");

    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aLoginDoesNotLiveInTheSessionOfBefore() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/count");
                  Map<String, String> planted = cookies(browser);
                  logIn(browser, "marcel", "cake");
                  seen.add(shown(browser.get("/me")));
                  restore(browser, planted);
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly("200 marcel [ROLE_READER, ROLE_WRITER]", "302 to /login");
  }

  @Test
  void revokingASubjectEndsItsLogins() throws Exception {
    Browser browser = shop.browser();
    logIn(browser, "marcel", "cake");
    Browser other = shop.browser();
    logIn(other, "celeste", "tea");
    shop.browser().get("/public/send-away?name=marcel");

    assertThat(shown(browser.get("/me"))).isEqualTo("302 to /login");
    assertThat(shown(other.get("/me"))).isEqualTo("200 celeste [ROLE_ADMIN]");
  }

  @Test
  void aUserOfItsOwnClassIsLookedUpAgain() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "odette", "cake");
                  seen.add(shown(browser.get("/principal")));
                  seen.add(shown(browser.get("/number")));
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly("200 odette is a Member", "200 number 7", "200 odette [ROLE_READER]");
  }

  @Test
  void lookingUpAUserWritesNoCookie() throws Exception {
    Browser browser = shop.browser();
    logIn(browser, "odette", "cake");

    assertThat(browser.get("/number").headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void aUserWhoIsNotThereAnyMoreIsLoggedOut() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/count");
    logIn(browser, "odette", "cake");
    WebFluxShop.MEMBERS.remove("odette");

    assertThat(shown(browser.get("/me"))).isEqualTo("302 to /login");
    assertThat(shown(browser.get("/public/views"))).isEqualTo("200 views 1");
  }

  @Test
  void rolesAreFreshWhenUsersAreReloaded() throws Exception {
    try (TwoNodes fresh =
        TwoNodes.of(WebFluxShop.class, CLOSE, "--madeleine.security.reload-users=true")) {
      Browser browser = fresh.browser();
      logIn(browser, "odette", "cake");
      WebFluxShop.MEMBERS.put("odette", Member.of("odette", 8, "ROLE_ADMIN"));

      assertThat(shown(browser.get("/me"))).isEqualTo("200 odette [ROLE_ADMIN]");
      assertThat(shown(browser.get("/admin/page"))).isEqualTo("200 admin");
      assertThat(shown(browser.get("/number"))).isEqualTo("200 number 8");
    }
  }

  @Test
  void whoIsLockedIsLoggedOutWhenUsersAreReloaded() throws Exception {
    try (TwoNodes fresh =
        TwoNodes.of(WebFluxShop.class, CLOSE, "--madeleine.security.reload-users=true")) {
      Browser browser = fresh.browser();
      logIn(browser, "odette", "cake");
      WebFluxShop.MEMBERS.computeIfPresent("odette", (name, member) -> member.locked());

      assertThat(shown(browser.get("/me"))).isEqualTo("302 to /login");
    }
  }

  @Test
  void aLoginByHandIsRevokedByItsSubjectOrKey() throws Exception {
    Browser one = shop.browser();
    Browser other = shop.browser();
    for (Browser browser : List.of(one, other)) {
      browser.get("/public/count");
      browser.get("/public/log-in-by-hand?name=" + (browser == one ? "swann" : "verdurin"));
    }
    shop.browser().get("/public/send-away?name=swann");
    assertThat(shown(one.get("/public/views"))).isEqualTo("200 views null");
    assertThat(shown(other.get("/public/views"))).isEqualTo("200 views 1");

    shop.browser().get("/public/send-tenant-away");
    assertThat(shown(other.get("/public/views"))).isEqualTo("200 views null");
  }

  @Test
  void aLogoutByHandRevokesTheCookieAndKeepsAttributes() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/count");
    browser.get("/public/log-in-by-hand?name=legrandin");
    Map<String, String> before = cookies(browser);

    assertThat(shown(browser.get("/public/log-out-by-hand")))
        .isEqualTo("200 logged out, views 1");
    assertThat(shown(browser.get("/public/views"))).isEqualTo("200 views 1");
    restore(browser, before);
    assertThat(shown(browser.get("/public/views"))).isEqualTo("200 views null");
  }

  @Test
  void listenersHearOfChangedAttributes() throws Exception {
    WebFluxShop.CHANGED.clear();
    Browser browser = shop.browser();
    browser.get("/public/count");
    browser.get("/public/count");
    browser.get("/public/clear");

    assertThat(WebFluxShop.CHANGED)
        .containsExactly("views null 1", "views 1 2", "views 2 null");
  }

  @Test
  void theServersSessionPropertiesAreDefaults() throws Exception {
    try (TwoNodes set =
        TwoNodes.of(
            WebFluxShop.class,
            CLOSE,
            "--server.reactive.session.cookie.name=__Host-shop",
            "--server.reactive.session.cookie.same-site=strict")) {
      HttpResponse<String> response = set.browser().get("/public/count");

      assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("__Host-shop=")
          .endsWith("SameSite=Strict");
    }
  }
}
