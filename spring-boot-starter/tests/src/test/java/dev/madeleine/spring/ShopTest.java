package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.shop.Shop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An ordinary application on two nodes, each request to the other one. What a user sees is what one
 * node with the container's sessions shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopTest {
  private TwoNodes shop;
  private TwoNodes plain;

  @BeforeAll
  void start() {
    shop = TwoNodes.of(Shop.class);
    plain = TwoNodes.without(Shop.class);
  }

  @AfterAll
  void stop() {
    shop.close();
    plain.close();
  }

  private interface Steps {
    void go(Browser browser, List<String> seen) throws Exception;
  }

  /** What a user sees by these steps; the same as with the container's sessions. */
  private List<String> seen(Steps steps) throws Exception {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    steps.go(plain.browser(), without);
    steps.go(shop.browser(), with);
    assertThat(with).as("as with the container's sessions").isEqualTo(without);
    return with;
  }

  private static String shown(HttpResponse<String> response) {
    String body = response.body();
    String to =
        response.headers().firstValue("Location").isPresent()
            ? " to " + Browser.location(response)
            : "";
    return (response.statusCode() + to + (body.contains("<") ? "" : " " + body)).strip();
  }

  private static HttpResponse<String> logIn(Browser browser, String name, String password)
      throws Exception {
    HttpResponse<String> page = browser.get("/login");
    return browser.postWithoutToken(
        "/login",
        Map.of("username", name, "password", password, "_csrf", Browser.token(page)));
  }

  @Test
  void carriesAttributes() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/public/count")));
                  seen.add(shown(browser.get("/public/async")));
                  seen.add(shown(browser.get("/public/count")));
                }))
        .containsExactly("200 views 1", "200 views 2", "200 views 3");
  }

  @Test
  void sendsNoCookieToWhoNeedsNoSession() throws Exception {
    Browser browser = shop.browser();
    browser.get("/public/quiet");

    assertThat(browser.cookies()).isEmpty();
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
                  seen.add(shown(browser.get("/principal")));
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly(
            "302 to /login",
            "302 to /saved/page?q=a+b&continue",
            "200 marcel wanted a b",
            "200 marcel is marcel",
            "200 marcel [ROLE_READER, ROLE_WRITER]");
  }

  @Test
  void showsWhyALoginFailed() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(logIn(browser, "marcel", "pie")));
                  seen.add(shown(browser.get("/public/why")));
                  seen.add(shown(logIn(browser, "odette", "x")));
                  seen.add(shown(browser.get("/public/why")));
                  seen.add(shown(logIn(browser, "marcel", "cake")));
                  seen.add(shown(browser.get("/public/why")));
                }))
        .containsExactly("302 to /login?error",
            "200 Bad credentials",
            "302 to /login?error",
            "200 User is disabled",
            "302 to /",
            "200");
  }

  @Test
  void refusesAFormWithoutToken() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  browser.get("/public/token");
                  seen.add(
                      String.valueOf(
                          browser
                              .postWithoutToken("/public/send", Map.of("text", "x"))
                              .statusCode()));
                  seen.add(shown(browser.post("/public/send", "text", "x")));
                }))
        .last()
        .isEqualTo("302 to /public/sent");
  }

  @Test
  void showsAFlashMessageOnce() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  HttpResponse<String> sent = browser.post("/public/send", "text", "hello");
                  seen.add(shown(browser.follow(sent)));
                  seen.add(shown(browser.get("/public/sent")));
                }))
        .containsExactly("200 message hello", "200 message null");
  }

  @Test
  void logsOut() throws Exception {
    Browser browser = shop.browser();
    logIn(browser, "marcel", "cake");
    assertThat(shown(browser.get("/me"))).startsWith("200 marcel");

    assertThat(shown(browser.post("/logout"))).isEqualTo("302 to /public/bye");

    assertThat(browser.cookies()).isEmpty();
    assertThat(shown(browser.get("/me"))).isEqualTo("302 to /login");
  }

  @Test
  void refusesWhatARoleDoesNotAllow() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "marcel", "cake");
                  seen.add(String.valueOf(browser.get("/admin/x").statusCode()));
                  seen.add(String.valueOf(browser.get("/close?name=x").statusCode()));
                  Browser other = browser;
                  logIn(other, "celeste", "tea");
                  seen.add(shown(other.get("/close?name=x")));
                }))
        .containsExactly("403", "403", "200 closed x");
  }

  @Test
  void switchesToAnotherUserAndBack() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  logIn(browser, "celeste", "tea");
                  seen.add(shown(browser.post("/login/impersonate", "username", "marcel")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.post("/logout/impersonate")));
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly(
            "302 to /me",
            "200 marcel [ROLE_PREVIOUS_ADMINISTRATOR, ROLE_READER, ROLE_WRITER]",
            "302 to /me",
            "200 celeste [ROLE_ADMIN, ROLE_READER]");
  }

  @Test
  void aControllerLogsIn() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.post("/public/login-by-controller", "name", "marcel")));
                  seen.add(shown(browser.get("/me")));
                }))
        .containsExactly("200 logged in", "200 marcel [ROLE_READER, ROLE_WRITER]");
  }

  @Test
  void basicAuthenticationCreatesNoSession() throws Exception {
    Browser browser = shop.browser();
    HttpResponse<String> answer =
        browser.send(
            "/me",
            HttpRequest.newBuilder().header("Authorization", "Basic bWFyY2VsOmNha2U=").GET());

    assertThat(shown(answer)).startsWith("200 marcel");
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void aWizardCollectsAnOrder() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  for (String[] step :
                      new String[][] {
                        {"cake", "cake", "madeleine"}, {"pieces", "pieces", "3"}, {"done"}
                      }) {
                    String[] form = Arrays.copyOfRange(step, 1, step.length);
                    HttpResponse<String> answer = browser.post("/public/wizard/" + step[0], form);
                    seen.add(shown(browser.follow(answer)));
                  }
                }))
        .containsExactly(
            "200 message cake madeleine",
            "200 message 3 of madeleine",
            "200 message ordered 3 of madeleine");
  }

  @Test
  void aScopedBeanIsChangedInPlace() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.post("/public/basket", "item", "tea")));
                  seen.add(shown(browser.post("/public/basket", "item", "cake")));
                  seen.add(shown(browser.get("/public/basket")));
                }))
        .containsExactly("200 tea", "200 tea, cake", "200 tea, cake");
  }

  @Test
  void keepsALanguage() throws Exception {
    assertThat(
            seen(
                (browser, seen) -> {
                  seen.add(shown(browser.get("/public/language?locale=fr")));
                  seen.add(shown(browser.get("/public/language")));
                }))
        .containsExactly("200 fr", "200 fr");
  }
}
