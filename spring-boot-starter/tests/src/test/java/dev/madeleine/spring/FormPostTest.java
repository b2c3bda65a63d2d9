package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.desk.Desk;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Logins at a provider that answers by a form of its own page, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormPostTest {
  private static final String ANSWERED = "/login/oauth2/code/desk";

  private Provider provider;
  private TwoNodes desk;

  @BeforeAll
  void start() throws Exception {
    provider = Provider.start();
    desk =
        TwoNodes.of(
            Desk.class,
            provider.properties(
                "--madeleine.security.form-post=true",
                "--spring.security.oauth2.client.provider.desk.authorization-uri="
                    + provider.issuer()
                    + "/oauth2/authorize?response_mode=form_post"));
  }

  @AfterAll
  void stop() {
    desk.close();
    provider.close();
  }

  /** The form that the provider's page sends by itself. */
  private Map<String, String> form(HttpResponse<String> request) throws Exception {
    assertThat(Browser.location(request)).contains("response_mode=form_post");
    String answer = Browser.location(Provider.answer(provider.browser(), request));
    return Map.of("code", parameter(answer, "code"), "state", parameter(answer, "state"));
  }

  private static String parameter(String uri, String name) {
    Matcher value = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(uri);
    assertThat(value.find()).isTrue();
    return URLDecoder.decode(value.group(1), StandardCharsets.UTF_8);
  }

  @Test
  void theAnswerNeedsNoCookieOfTheSession() throws Exception {
    Browser browser = desk.browser();
    browser.get("/me?q=x");
    HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
    assertThat(request.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches(
            "__Host-login=[\\w-]{400,1200}; Path=/; Max-Age=1800; Expires=[^;]+; Secure; HttpOnly;"
                + " SameSite=None");

    HttpResponse<String> loggedIn = browser.postAcrossSites(ANSWERED, form(request));

    assertThat(Browser.location(loggedIn)).isEqualTo("/me?q=x&continue");
    assertThat(browser.cookies()).containsOnlyKeys("__Host-session");
    assertThat(browser.follow(loggedIn).body()).startsWith("m.proust");
    assertThat(browser.get("/me").body()).startsWith("m.proust");
  }

  @Test
  void anAnswerByRedirectIsTakenToo() throws Exception {
    Browser browser = desk.browser();
    browser.get("/me?q=x");
    HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
    HttpResponse<String> loggedIn = browser.follow(Provider.answer(provider.browser(), request));

    assertThat(Browser.location(loggedIn)).isEqualTo("/me?q=x&continue");
    assertThat(browser.cookies()).containsOnlyKeys("__Host-session");
  }

  @Test
  void theAnswerToAnotherBrowserIsRefused() throws Exception {
    Map<String, String> form = form(desk.browser().get("/oauth2/authorization/desk"));
    Browser victim = desk.browser();

    assertThat(victim.postAcrossSites(ANSWERED, form).statusCode()).isEqualTo(403);
    victim.get("/oauth2/authorization/desk");
    assertThat(victim.postAcrossSites(ANSWERED, form).statusCode()).isEqualTo(403);
    assertThat(victim.get("/me").statusCode()).isEqualTo(302);
  }

  @Test
  void theStateOpensNoOtherForm() throws Exception {
    Browser browser = desk.browser();
    Map<String, String> form = form(browser.get("/oauth2/authorization/desk"));

    assertThat(browser.postAcrossSites("/logout", form).statusCode()).isEqualTo(403);
  }
}
