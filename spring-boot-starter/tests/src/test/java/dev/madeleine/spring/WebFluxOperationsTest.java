package dev.madeleine.spring;

import static dev.madeleine.spring.test.MadeleineUser.madeleineUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sessions;
import dev.madeleine.spring.webflux.WebFluxOffice;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;

/** What operators of a WebFlux application see of sessions and keys, and what they can do. */
class WebFluxOperationsTest {
  private static final String EXPOSED =
      "--management.endpoints.web.exposure.include=madeleine,health,metrics";
  private static final String DETAILS = "--management.endpoint.health.show-details=always";
  private static final String IN_MEMORY = "--madeleine.revocation.in-memory=100";

  private static TwoNodes nodes;
  private static WebTestClient client;

  @BeforeAll
  static void start() {
    nodes = TwoNodes.of(WebFluxOffice.class, EXPOSED, DETAILS, IN_MEMORY);
    client = client(nodes);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  private static WebTestClient client(TwoNodes nodes) {
    return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + nodes.port(0)).build();
  }

  private static String body(WebTestClient client, String path) {
    return client
        .get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }

  private static int rejectForgery() {
    return client
        .get()
        .uri("/views")
        .cookie("__Host-session", "forged")
        .exchange()
        .expectStatus()
        .isOk()
        .returnResult(String.class)
        .getStatus()
        .value();
  }

  @Test
  void theEndpointShowsSetupKeysAndRejections() {
    rejectForgery();

    assertThat(body(client, "/actuator/madeleine"))
        .contains(
            "\"name\":\"__Host-session\"",
            "\"format\":\"native XAES-256-GCM json\"",
            "\"idle\":\"PT30M\"",
            "\"state\":\"ACTIVE\"",
            "\"MALFORMED\":");
  }

  @Test
  void healthNamesTheKeys() {
    assertThat(body(client, "/actuator/health/madeleineKeys"))
        .contains("\"status\":\"UP\"", "\"signingKey\":\"");
  }

  @Test
  void sessionsAndKeysAreMetered() {
    rejectForgery();
    body(client, "/views");
    MeterRegistry registry = nodes.node(0).getBean(MeterRegistry.class);

    assertThat(registry.get("madeleine.sessions.rejected").counter().count()).isPositive();
    assertThat(registry.get("madeleine.sessions.issued").counters()).isNotEmpty();
    assertThat(body(client, "/actuator/metrics/madeleine.sessions.rejected")).contains("MALFORMED");
    assertThat(body(client, "/actuator/metrics")).contains("madeleine.keys");
  }

  @Test
  void revokingIsOffUnlessItIsAllowed() {
    revoke(client).expectStatus().isEqualTo(405);
  }

  @Test
  void whereItIsAllowedRevokingEndsTheSessionsOfAUser() {
    try (TwoNodes allowed =
        TwoNodes.of(
            WebFluxOffice.class,
            EXPOSED,
            IN_MEMORY,
            "--management.endpoint.madeleine.access=unrestricted")) {
      WebTestClient operator = client(allowed);
      Consumer<MultiValueMap<String, String>> marcel =
          madeleineUser("marcel").in(allowed.node(0).getBean(Sessions.class));
      operator.get().uri("/me").cookies(marcel).exchange().expectBody(String.class).isEqualTo("marcel");

      revoke(operator).expectStatus().isNoContent();

      operator.get().uri("/me").cookies(marcel).exchange().expectBody(String.class).isEqualTo("nobody");
    }
  }

  private static WebTestClient.ResponseSpec revoke(WebTestClient client) {
    return client
        .post()
        .uri("/actuator/madeleine")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(Map.of("subject", "marcel"))
        .exchange();
  }
}
