package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.spring.webflux.WebFluxDesk;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.client.InMemoryReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import reactor.core.publisher.Mono;

/**
 * Logins of a WebFlux application at a provider, on two nodes: each request goes to the other one.
 * What a user sees is what one node with sessions in memory shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFluxDeskTest {
  /** Netty can stop reading a connection on which the next request follows at once. */
  private static final String CLOSE = "--server.netty.max-keep-alive-requests=1";

  private Provider provider;
  private TwoNodes desk;
  private TwoNodes plain;

  @BeforeAll
  void start() throws Exception {
    provider = Provider.startProcess(Path.of("target/provider.classpath"));
    desk = nodes();
    plain = TwoNodes.without(WebFluxDesk.class, provider.properties(CLOSE));
  }

  @AfterAll
  void stop() {
    desk.close();
    plain.close();
    provider.close();
  }

  private TwoNodes nodes(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add(CLOSE);
    return TwoNodes.of(WebFluxDesk.class, provider.properties(all.toArray(String[]::new)));
  }

  private interface Steps {
    void go(Browser browser, List<String> seen) throws Exception;
  }

  /** What a user sees by these steps; the same as with sessions in memory. */
  private List<String> seen(Steps steps) throws Exception {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    steps.go(plain.browser(), without);
    steps.go(desk.browser(), with);
    assertThat(with).as("as with sessions in memory").isEqualTo(without);
    return with;
  }

  private static String shown(HttpResponse<String> response) {
    boolean redirects = response.headers().firstValue("Location").isPresent();
    String to = redirects ? " to " + Browser.location(response) : " " + response.body();
    return response.statusCode() + to;
  }

  private void logIn(Browser browser, String client) throws Exception {
    logIn(browser, client, provider.browser());
  }

  private static void logIn(Browser browser, String client, Browser there) throws Exception {
    HttpResponse<String> request = browser.get("/oauth2/authorization/" + client);
    HttpResponse<String> answer = Provider.answer(there, request);
    assertThat(Browser.location(answer)).startsWith("/login/oauth2/code/" + client + "?code=");
    assertThat(Browser.location(browser.follow(answer))).isEqualTo("/");
  }

  private Browser loggedIn() throws Exception {
    Browser browser = desk.browser();
    logIn(browser, "desk");
    return browser;
  }

  @Test
  void anOpenIdLoginIsKnownOnTheOtherNode() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "desk");
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/visits")));
                  seen.add(shown(browser.get("/visits")));
                  seen.add(shown(browser.get("/visits")));
                }))
        .first()
        .asString()
        .startsWith("200 m.proust by " + provider.issuer() + " for [desk]: OidcUserAuthority OIDC_USER")
        .contains("SimpleGrantedAuthority SCOPE_openid, SimpleGrantedAuthority SCOPE_profile");
  }

  @Test
  void theAuthorizationRequestHasProofKeyAndNonce() throws Exception {
    HttpResponse<String> request = desk.browser().get("/oauth2/authorization/desk");

    assertThat(Browser.location(request))
        .contains("&state=", "&nonce=", "&code_challenge=", "&code_challenge_method=S256");
  }

  @Test
  void claimsOfEveryKindComeBack() throws Exception {
    assertThat(loggedIn().get("/claims").body())
        .contains(
            "\"sub\":\"marcel\"",
            "\"address\":{\"locality\":\"Combray\"}",
            "\"groups\":[\"readers\",\"writers\"]",
            "\"aud\":[\"desk\"]",
            "\"sid\":\"",
            "\"nonce\":\"");
  }

  @Test
  void aLoginWithoutOpenIdIsKnownOnTheOtherNode() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "plain");
                  seen.add(shown(browser.get("/profile")));
                  seen.add(shown(browser.get("/profile")));
                }))
        .first()
        .asString()
        .startsWith("200 marcel {hireable=null, id=7, login=marcel, plan={name=free}}: ")
        .endsWith("OAuth2UserAuthority OAUTH2_USER, SimpleGrantedAuthority SCOPE_profile");
  }

  @Test
  void theAuthorizedClientIsKnownOnTheOtherNode() throws Exception {
    Browser browser = loggedIn();

    String tokens = browser.get("/tokens").body();
    assertThat(tokens).matches("desk [\\w.-]{300,} [\\w-]{100,}");
    assertThat(browser.get("/tokens").body()).isEqualTo(tokens);
  }

  @Test
  void theCookieHoldsTokensButNoSecretAndNoClassName() throws Exception {
    try (TwoNodes readable = nodes("--madeleine.encrypt=false")) {
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
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/visits?q=x")));
                  HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
                  HttpResponse<String> answer = Provider.answer(provider.browser(), request);
                  HttpResponse<String> loggedIn = browser.follow(answer);
                  seen.add(shown(loggedIn));
                  seen.add(shown(browser.follow(loggedIn)));
                }))
        .containsExactly("302 to /login", "302 to /visits?q=x", "200 m.proust 1");
  }

  @Test
  void aLoginThatTheProviderRefusesFails() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  String request = Browser.location(browser.get("/oauth2/authorization/desk"));
                  Matcher state = Pattern.compile("&state=([^&]+)").matcher(request);
                  assertThat(state.find()).isTrue();
                  seen.add(
                      shown(
                          browser.get(
                              "/login/oauth2/code/desk?error=access_denied&state="
                                  + state.group(1))));
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly("302 to /login?error", "302 to /login");
  }

  @Test
  void anAnswerToAnotherBrowserIsRefused() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  Browser victim = desk.browser();
                  HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
                  HttpResponse<String> answer = Provider.answer(provider.browser(), request);
                  seen.add(shown(victim.follow(answer)));
                  seen.add(shown(victim.get("/me")));
                }))
        .containsExactly("302 to /login?error", "302 to /login");
  }

  @Test
  void aLoginHasAnotherIdThanTheSessionBefore() throws Exception {
    Browser browser = desk.browser();
    browser.get("/public/token");
    Map<String, String> planted = Map.copyOf(browser.cookies());
    logIn(browser, "desk");

    browser.cookies().putAll(planted);
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void aLogoutEndsTheLoginOnAllNodes() throws Exception {
    Browser browser = loggedIn();
    Map<String, String> before = Map.copyOf(browser.cookies());

    assertThat(Browser.location(browser.post("/logout"))).isEqualTo("/login?logout");
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
    browser.cookies().putAll(before);
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void theSessionOfTheExchangeIsOurs() throws Exception {
    Browser browser = loggedIn();

    assertThat(browser.get("/public/end").body()).isEqualTo("ended");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aLogoutTokenOfTheProviderEndsItsLoginOnAllNodes() throws Exception {
    Browser one = loggedIn();
    Browser other = loggedIn();

    assertThat(logout(desk, provider.logoutToken(null, sid(one))).statusCode()).isEqualTo(200);

    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(other.get("/me").statusCode()).isEqualTo(200);
    assertThat(other.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aLogoutTokenOfAUserEndsAllItsLogins() throws Exception {
    Browser one = loggedIn();
    Browser other = loggedIn();

    assertThat(logout(desk, provider.logoutToken("marcel", null)).statusCode()).isEqualTo(200);

    assertThat(one.get("/me").statusCode()).isEqualTo(302);
    assertThat(other.get("/me").statusCode()).isEqualTo(302);
    assertThat(loggedIn().get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aSecondLoginOfTheSameUserEndsByItsOwnLogoutToken() throws Exception {
    Browser browser = loggedIn();
    String first = sid(browser);
    logIn(browser, "desk");
    String second = sid(browser);
    assertThat(second).isNotEqualTo(first);

    logout(desk, provider.logoutToken(null, first));
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    logout(desk, provider.logoutToken(null, second));
    assertThat(browser.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void aForgedLogoutTokenEndsNothing() throws Exception {
    Browser browser = loggedIn();
    String token = provider.logoutToken("marcel", null);
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

    assertThat(logout(desk, forged).statusCode()).isEqualTo(400);

    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aLogoutTokenFailsWithoutARevocation() throws Exception {
    try (TwoNodes without = nodes("--desk.revokes=false")) {
      Browser browser = without.browser();
      logIn(browser, "desk");

      assertThat(logout(without, provider.logoutToken("marcel", null)).statusCode()).isEqualTo(500);
      assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    }
  }

  /** What a provider sends, without any cookies. */
  private static HttpResponse<String> logout(TwoNodes desk, String token) throws Exception {
    return desk.browser()
        .postWithoutToken("/logout/connect/back-channel/desk", Map.of("logout_token", token));
  }

  private static String sid(Browser browser) throws Exception {
    Matcher sid = Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(browser.get("/claims").body());
    assertThat(sid.find()).isTrue();
    return sid.group(1);
  }

  @Test
  void logoutAtTheProviderNeedsTheIdToken() throws Exception {
    try (TwoNodes forgetful = nodes("--desk.logout-at-provider=true")) {
      Browser browser = forgetful.browser();
      logIn(browser, "desk");

      assertThat(browser.post("/logout").statusCode()).isEqualTo(500);
      assertThat(browser.get("/me").statusCode()).isEqualTo(302);
    }
  }

  @Test
  void logoutAtTheProviderEndsBothSessions() throws Exception {
    try (TwoNodes keeping =
        nodes(
            "--desk.logout-at-provider=true",
            "--madeleine.security.keep-id-token=true",
            "--madeleine.chunked=true")) {
      Browser there = provider.browser();
      Browser browser = keeping.browser();
      logIn(browser, "desk", there);
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

  @Test
  void answersByAFormAreRefusedAtTheStart() {
    assertThatThrownBy(() -> nodes("--madeleine.security.form-post=true").close())
        .rootCause()
        .hasMessageStartingWith("madeleine.security.form-post cannot be kept in a WebFlux")
        .hasMessageEndingWith("response_mode=form_post from the provider's authorization-uri.");
  }

  /** An application whose registrations are somewhere else, and come later. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(WebFluxDesk.class)
  static class SlowDesk {
    @Bean
    ReactiveClientRegistrationRepository registrations(
        @Value("${issuer}") String issuer) {
      ClientRegistration desk =
          ClientRegistrations.fromIssuerLocation(issuer)
              .registrationId("desk")
              .clientId("desk")
              .clientSecret(Provider.SECRET)
              .scope("openid", "profile")
              .userNameAttributeName("preferred_username")
              .build();
      return id -> Mono.just(desk).delayElement(Duration.ofMillis(20));
    }
  }

  /** It, with the bean that the message asks for. */
  @Configuration(proxyBeanMethods = false)
  @Import(SlowDesk.class)
  static class SlowDeskWithService {
    @Bean
    ReactiveOAuth2AuthorizedClientService clients(
        ReactiveClientRegistrationRepository registrations) {
      return new InMemoryReactiveOAuth2AuthorizedClientService(registrations);
    }
  }

  @Test
  void registrationsThatComeLaterNeedAnotherPlaceForAuthorizedClients() throws Exception {
    String issuer = "--issuer=" + provider.issuer();
    try (TwoNodes slow = TwoNodes.of(SlowDesk.class, CLOSE, issuer);
        Warnings warnings = Warnings.of("dev.madeleine.spring.security")) {
      Browser browser = slow.browser();
      HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
      HttpResponse<String> answer = Provider.answer(provider.browser(), request);

      assertThat(browser.follow(answer).statusCode()).isEqualTo(500);
      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .contains("declare a bean of type ReactiveOAuth2AuthorizedClientService");
    }
    try (TwoNodes slow = TwoNodes.of(SlowDeskWithService.class, CLOSE, issuer)) {
      Browser browser = slow.browser();
      logIn(browser, "desk");
      browser.get("/me");
      assertThat(browser.get("/tokens").body()).startsWith("desk ");
      assertThat(browser.get("/tokens").statusCode()).isNotEqualTo(200); // It is another node's.
    }
  }
}
