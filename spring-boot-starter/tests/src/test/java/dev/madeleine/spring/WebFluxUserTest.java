package dev.madeleine.spring;

import static dev.madeleine.spring.test.MadeleineUser.madeleineUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Sessions;
import dev.madeleine.spring.webflux.WebFluxShop;
import dev.madeleine.spring.webflux.WebFluxShop.Member;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Users for tests of WebFlux applications come in a cookie that the application reads as its own. */
class WebFluxUserTest {
  private static TwoNodes nodes;
  private static WebTestClient client;

  @BeforeAll
  static void start() {
    nodes = TwoNodes.of(WebFluxShop.class);
    client = WebTestClient.bindToApplicationContext(nodes.node(0)).build();
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  private static String me(WebTestClient client) {
    return client
        .get()
        .uri("/me")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }

  @Test
  void theyAreLoggedInWithTheirRoles() {
    assertThat(me(client.mutateWith(madeleineUser("marcel")))).isEqualTo("marcel [ROLE_USER]");
    WebTestClient admin = client.mutateWith(madeleineUser("marcel").roles("ADMIN"));
    admin.get().uri("/admin/page").exchange().expectStatus().isOk();
    admin.get().uri("/close").exchange().expectStatus().isOk();
    client
        .mutateWith(madeleineUser("marcel"))
        .get()
        .uri("/admin/page")
        .exchange()
        .expectStatus()
        .isForbidden();
  }

  @Test
  void theClientItselfStaysWithoutUser() {
    client.mutateWith(madeleineUser("marcel"));

    client.get().uri("/me").exchange().expectStatus().isUnauthorized();
  }

  @Test
  void theUserWhoWasAddedLastHolds() {
    assertThat(me(client.mutateWith(madeleineUser("marcel")).mutateWith(madeleineUser("celeste"))))
        .isEqualTo("celeste [ROLE_USER]");
  }

  @Test
  void theyComeBesideOtherCookiesInThePlaceOfAnotherSession() {
    WebTestClient marcel = client.mutateWith(madeleineUser("marcel"));
    String cookies =
        marcel
            .get()
            .uri("/public/cookies")
            .cookie("theme", "dark")
            .cookie("__Host-session", "of-another")
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();

    assertThat(cookies).matches("\\[theme=dark; __Host-session=[\\w-]{60,}]");
  }

  @Test
  void theySendTheirFormsAsBrowsersDo() {
    client
        .mutateWith(madeleineUser("marcel"))
        .post()
        .uri("/public/send")
        .exchange()
        .expectStatus()
        .isForbidden();
  }

  @Test
  void aUserOfItsOwnClassIsLookedUp() {
    WebFluxShop.MEMBERS.put("odette", Member.of("odette", 7, "ROLE_READER"));

    client
        .mutateWith(madeleineUser(WebFluxShop.MEMBERS.get("odette")))
        .get()
        .uri("/number")
        .exchange()
        .expectBody(String.class)
        .isEqualTo("number 7");
  }

  @Test
  void theirSessionsAreRevokedByTheirName() {
    Sessions sessions = nodes.node(0).getBean(Sessions.class);
    var before = madeleineUser("odile").in(sessions);
    sessions.policy().revocation().revokeSubject("odile");

    client.get().uri("/me").cookies(before).exchange().expectStatus().isUnauthorized();
    assertThat(me(client.mutateWith(madeleineUser("odile")))).startsWith("odile");
  }

  @Test
  void overTheNetworkTheirCookiesAreGivenToEachRequest() {
    WebTestClient remote =
        WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + nodes.port(1)).build();
    assertThatThrownBy(() -> remote.mutateWith(madeleineUser("marcel")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cookies(madeleineUser(…).in(sessions))");

    Sessions sessions = nodes.node(0).getBean(Sessions.class);
    remote
        .get()
        .uri("/me")
        .header(HttpHeaders.HOST, "shop.example")
        .cookies(madeleineUser("marcel").in(sessions))
        .exchange()
        .expectBody(String.class)
        .isEqualTo("marcel [ROLE_USER]");
  }

  @Test
  void aClientOfOneControllerHasNoSessions() {
    WebTestClient controller = WebTestClient.bindToController(new Object()).build();

    assertThatThrownBy(() -> controller.mutateWith(madeleineUser("marcel")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("WebTestClient.bindToApplicationContext");
  }
}
