package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.spring.desk.Desk;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Logins at a provider, on two nodes: each request goes to the other one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskTest {
  private Provider provider;
  private TwoNodes desk;

  @BeforeAll
  void start() throws Exception {
    provider = Provider.start();
    desk = TwoNodes.of(Desk.class, provider.properties());
  }

  @AfterAll
  void stop() {
    desk.close();
    provider.close();
  }

  private static Browser loggedIn(TwoNodes desk, Browser there, String client) throws Exception {
    Browser browser = desk.browser();
    HttpResponse<String> request = browser.get("/oauth2/authorization/" + client);
    HttpResponse<String> answer = Provider.answer(there, request);
    assertThat(Browser.location(answer)).startsWith("/login/oauth2/code/" + client + "?code=");
    assertThat(Browser.location(browser.follow(answer))).isEqualTo("/");
    return browser;
  }

  @Test
  void anOpenIdLoginIsKnownOnTheOtherNode() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "desk");

    String me = browser.get("/me").body();
    assertThat(me)
        .startsWith("m.proust by " + provider.issuer() + " for [desk] until 20")
        .contains("OidcUserAuthority OIDC_USER")
        .contains("SimpleGrantedAuthority SCOPE_openid, SimpleGrantedAuthority SCOPE_profile");
    assertThat(browser.get("/me").body()).isEqualTo(me);
  }

  @Test
  void theAuthorizationRequestHasProofKeyAndNonce() throws Exception {
    HttpResponse<String> request = desk.browser().get("/oauth2/authorization/desk");

    assertThat(Browser.location(request))
        .contains("&state=", "&nonce=", "&code_challenge=", "&code_challenge_method=S256");
  }

  @Test
  void claimsOfEveryKindComeBack() throws Exception {
    assertThat(loggedIn(desk, provider.browser(), "desk").get("/claims").body())
        .contains(
            "\"sub\":\"marcel\"",
            "\"address\":{\"locality\":\"Combray\"}",
            "\"groups\":[\"readers\",\"writers\"]",
            "\"aud\":[\"desk\"]",
            "\"sid\":\"",
            "\"nonce\":\"");
  }

  @Test
  void theClaimWithTheNameStaysTheOne() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "desk");

    assertThat(browser.get("/visits").body()).isEqualTo("m.proust 1");
    assertThat(browser.get("/visits").body()).isEqualTo("m.proust 2");
    assertThat(browser.get("/visits").body()).isEqualTo("m.proust 3");
  }

  @Test
  void aLoginWithoutOpenIdIsKnownOnTheOtherNode() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "plain");

    String profile = browser.get("/profile").body();
    assertThat(profile)
        .startsWith("marcel {hireable=null, id=7, login=marcel, plan={name=free}}: ")
        .endsWith("OAuth2UserAuthority OAUTH2_USER, SimpleGrantedAuthority SCOPE_profile");
    assertThat(browser.get("/profile").body()).isEqualTo(profile);
  }

  @Test
  void theAuthorizedClientIsKnownOnTheOtherNode() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "desk");

    String tokens = browser.get("/tokens").body();
    assertThat(tokens).matches("desk [\\w.-]{300,} [\\w-]{100,}");
    assertThat(browser.get("/tokens").body()).isEqualTo(tokens);
  }

  @Test
  void theCookieHoldsTokensButNoSecretAndNoClassName() throws Exception {
    try (TwoNodes readable =
        TwoNodes.of(Desk.class, provider.properties("--madeleine.encrypt=false"))) {
      Browser browser = readable.browser();
      HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
      assertThat(content(browser)).contains("code_verifier").doesNotContain(Provider.SECRET);
      browser.follow(Provider.answer(provider.browser(), request));
      List<String> tokens = List.of(browser.get("/tokens").body().split(" ", 3));

      assertThat(content(browser))
          .contains(tokens.get(1), tokens.get(2), "\"preferred_username\":\"m.proust\"")
          .doesNotContain(Provider.SECRET, "code_verifier", "\"token\"")
          .doesNotContain("DefaultO", "OAuth2User", "java.");
    }
  }

  /** What a signed cookie holds. */
  private static String content(Browser browser) {
    byte[] token = Base64.getUrlDecoder().decode(browser.cookies().get("__Host-session"));
    return new String(token, StandardCharsets.UTF_8);
  }

  @Test
  void thePageThatWasAskedForComesAfterTheLogin() throws Exception {
    Browser browser = desk.browser();
    assertThat(Browser.location(browser.get("/me?q=x"))).isEqualTo("/login");
    HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
    HttpResponse<String> loggedIn =
        browser.follow(Provider.answer(provider.browser(), request));

    assertThat(Browser.location(loggedIn)).isEqualTo("/me?q=x&continue");
    assertThat(browser.follow(loggedIn).body()).startsWith("m.proust");
  }

  @Test
  void aLoginThatTheProviderRefusesSaysWhy() throws Exception {
    Browser browser = desk.browser();
    String request = Browser.location(browser.get("/oauth2/authorization/desk"));
    Matcher state = Pattern.compile("&state=([^&]+)").matcher(request);
    assertThat(state.find()).isTrue();

    HttpResponse<String> refused =
        browser.get("/login/oauth2/code/desk?error=access_denied&error_description=not+today&state=" + state.group(1));

    assertThat(Browser.location(refused)).isEqualTo("/login?error");
    assertThat(browser.get("/public/why").body()).isEqualTo("access_denied, not today");
  }

  @Test
  void aLogoutTokenOfTheProviderEndsItsLoginOnAllNodes() throws Exception {
    Browser one = loggedIn(desk, provider.browser(), "desk");
    Browser other = loggedIn(desk, provider.browser(), "desk");

    assertThat(logout(provider.logoutToken(null, sid(one))).statusCode()).isEqualTo(200);

    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(other.get("/me").statusCode()).isEqualTo(200);
    assertThat(other.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aLogoutTokenOfAUserEndsAllItsLogins() throws Exception {
    Browser one = loggedIn(desk, provider.browser(), "desk");
    Browser other = loggedIn(desk, provider.browser(), "desk");

    assertThat(logout(provider.logoutToken("marcel", null)).statusCode()).isEqualTo(200);

    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(other.get("/me").statusCode()).isEqualTo(302);
    assertThat(loggedIn(desk, provider.browser(), "desk").get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aSecondLoginOfTheSameUserEndsByItsOwnLogoutToken() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "desk");
    String first = sid(browser);
    HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
    browser.follow(Provider.answer(provider.browser(), request));
    String second = sid(browser);
    assertThat(second).isNotEqualTo(first);

    logout(provider.logoutToken(null, first));
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    logout(provider.logoutToken(null, second));
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void aForgedLogoutTokenEndsNothing() throws Exception {
    Browser browser = loggedIn(desk, provider.browser(), "desk");
    String token = provider.logoutToken("marcel", null);
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

    assertThat(logout(forged).statusCode()).isEqualTo(400);

    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
  }

  /** What a provider sends, without any cookies. */
  private HttpResponse<String> logout(String token) throws Exception {
    return desk.browser()
        .postWithoutToken("/logout/connect/back-channel/desk", Map.of("logout_token", token));
  }

  private static String sid(Browser browser) throws Exception {
    Matcher sid = Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(browser.get("/claims").body());
    assertThat(sid.find()).isTrue();
    return sid.group(1);
  }

  @Test
  void logoutAtTheProviderNeedsTheIdToken() {
    String[] properties = provider.properties("--desk.logout-at-provider=true");

    assertThatThrownBy(() -> TwoNodes.of(Desk.class, properties).close())
        .rootCause()
        .hasMessageContaining(
            ". Set madeleine.security.keep-id-token=true, and madeleine.chunked=true");
  }

  @Test
  void logoutAtTheProviderEndsBothSessions() throws Exception {
    try (TwoNodes keeping =
        TwoNodes.of(
            Desk.class,
            provider.properties(
                "--desk.logout-at-provider=true",
                "--madeleine.security.keep-id-token=true",
                "--madeleine.chunked=true"))) {
      Browser there = provider.browser();
      Browser browser = loggedIn(keeping, there, "desk");
      browser.get("/visits");
      HttpResponse<String> logout = browser.post("/logout");

      assertThat(Browser.location(logout))
          .startsWith("/connect/logout?id_token_hint=ey")
          .endsWith("&post_logout_redirect_uri=http://shop.example/public/bye");
      assertThat(browser.get("/me").statusCode()).isEqualTo(302);
      assertThat(there.follow(logout).headers().firstValue("Location"))
          .contains("http://shop.example/public/bye");
      HttpResponse<String> again = browser.get("/oauth2/authorization/desk");
      assertThat(Browser.location(there.follow(again))).isEqualTo("/login");
    }
  }

  /** What a user sees of logins at both providers, with the times left out. */
  private List<String> seen(TwoNodes application) throws Exception {
    List<String> seen = new ArrayList<>();
    Browser browser = application.browser();
    seen.add(shown(browser.get("/me?q=x")));
    HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
    seen.add(
        Browser.location(request)
            .replaceAll("(state|nonce|code_challenge)=[^&]+", "$1=…"));
    HttpResponse<String> loggedIn =
        browser.follow(Provider.answer(provider.browser(), request));
    seen.add(shown(loggedIn));
    seen.add(shown(browser.follow(loggedIn)));
    seen.add(shown(browser.get("/visits")));
    seen.add(shown(browser.get("/visits")));
    seen.add(browser.get("/tokens").body().replaceAll("[\\w.-]{100,}", "…"));
    seen.add(shown(browser.get("/login/oauth2/code/desk?code=x&state=forged")));
    seen.add(shown(browser.get("/public/why")));
    seen.add(shown(browser.post("/logout")));
    seen.add(shown(browser.get("/me")));
    seen.add(shown(loggedIn(application, provider.browser(), "plain").get("/profile")));
    return seen;
  }

  private static String shown(HttpResponse<String> response) {
    return response.statusCode()
        + " "
        + (response.headers().firstValue("Location").isPresent()
            ? Browser.location(response)
            : response.body().replaceAll("until [\\d:.TZ-]+", "until …"));
  }

  @Test
  void aUserSeesWhatTheContainersSessionsShow() throws Exception {
    try (TwoNodes plain = TwoNodes.without(Desk.class, provider.properties())) {
      List<String> without = seen(plain);

      assertThat(seen(desk)).isEqualTo(without);
      assertThat(without).hasSize(12).contains("200 m.proust 2", "desk … …", "302 /me?q=x&continue");
    }
  }
}
