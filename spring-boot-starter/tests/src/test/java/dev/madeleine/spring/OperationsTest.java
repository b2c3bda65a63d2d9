package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** What operators see of sessions and keys, and what they can do. */
class OperationsTest {
  private static final String KEY = key();

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MadeleineAutoConfiguration.class,
                  ServletSessionAutoConfiguration.class,
                  MetersAutoConfiguration.class,
                  EndpointAutoConfiguration.class,
                  health()))
          .withPropertyValues("madeleine.keys=" + KEY);

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return "base64:" + Base64.getEncoder().encodeToString(key);
  }

  /** The one of the two that fits this generation. */
  private static Class<?> health() {
    try {
      Class.forName("org.springframework.boot.health.contributor.HealthIndicator");
      return Boot4HealthAutoConfiguration.class;
    } catch (ClassNotFoundException e) {
      return Boot3HealthAutoConfiguration.class;
    }
  }

  /** The status that the health indicator of this generation says, and its details. */
  private static String health(ApplicationContext context) throws ReflectiveOperationException {
    Object indicator = context.getBean("madeleineKeysHealthIndicator");
    Method health = indicator.getClass().getMethod("health");
    health.setAccessible(true);
    return String.valueOf(health.invoke(indicator));
  }

  private static void request(Sessions sessions, String cookie) {
    sessions.load(Map.of("Cookie", List.of(cookie))::get).get("a");
  }

  @Test
  void withoutActuatorsExposureThereIsNoEndpointAndNothingIsCounted() {
    web.run(
        context ->
            assertThat(context)
                .doesNotHaveBean(MadeleineEndpoint.class)
                .doesNotHaveBean(RejectionCounts.class)
                .doesNotHaveBean(SessionObserver.class));
  }

  @Test
  void theEndpointShowsSetupKeysAndRejections() {
    web.withPropertyValues("management.endpoints.web.exposure.include=madeleine")
        .run(
            context -> {
              Sessions sessions = context.getBean(Sessions.class);
              request(sessions, "__Host-session=forged");
              request(sessions, "__Host-session=forged");

              var report = context.getBean(MadeleineEndpoint.class).report();

              assertThat(report.cookie().name()).isEqualTo("__Host-session");
              assertThat(report.cookie().options()).contains("SameSite=Lax");
              assertThat(report.format()).isEqualTo("native XAES-256-GCM json");
              assertThat(report.timeouts().idle()).isEqualTo("PT30M");
              assertThat(report.revocation()).isEqualTo("none");
              assertThat(report.rejected()).containsExactly(entry("MALFORMED", 2L));
              assertThat(report.keys().ring())
                  .singleElement()
                  .satisfies(key -> assertThat(key.state()).isEqualTo("ACTIVE"));
              assertThat(report.toString()).doesNotContain(KEY.substring(7));
            });
  }

  @Test
  void theListenerOfTheApplicationHearsEventsBesideTheObservers() {
    List<SessionEvent> heard = new ArrayList<>();
    web.withPropertyValues("management.endpoints.web.exposure.include=madeleine")
        .withBean(Listener.class, () -> new Listener(heard))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            context -> {
              request(context.getBean(Sessions.class), "__Host-session=forged");

              assertThat(heard).singleElement().isInstanceOf(SessionEvent.Rejected.class);
              assertThat(context.getBean(MadeleineEndpoint.class).report().rejected()).hasSize(1);
              assertThat(
                      context
                          .getBean(MeterRegistry.class)
                          .get("madeleine.sessions.rejected")
                          .tag("reason", "MALFORMED")
                          .counter()
                          .count())
                  .isEqualTo(1);
            });
  }

  record Listener(List<SessionEvent> heard) implements Consumer<SessionEvent> {
    @Override
    public void accept(SessionEvent event) {
      heard.add(event);
    }
  }

  @Test
  void revokingWithoutARevocationSaysHowToHaveOne() {
    String exposed = "management.endpoints.web.exposure.include=madeleine";
    web.withPropertyValues(exposed)
        .run(
            context ->
                assertThatThrownBy(
                        () -> context.getBean(MadeleineEndpoint.class).revoke("marcel"))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("madeleine.revocation.in-memory"));
    web.withPropertyValues(exposed, "madeleine.revocation.in-memory=1000")
        .run(context -> context.getBean(MadeleineEndpoint.class).revoke("marcel"));
  }

  @Test
  void healthIsUpUntilKeysHaveBeenUnconfirmedForFiveMinutes() {
    AtomicReference<String> vault = new AtomicReference<>(KEY);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-01T12:00:00Z"));
    web.withBean(
            ReloadingKeys.class,
            () ->
                ReloadingKeys.from(KeySource.answering("vault", vault::get))
                    .every(Duration.ofMinutes(1))
                    .clock(now::get)
                    .start())
        .run(
            context -> {
              assertThat(health(context)).startsWith("UP");
              vault.set("");
              now.set(now.get().plus(Duration.ofMinutes(6)));
              context.getBean(ReloadingKeys.class).refresh();
              assertThat(health(context)).startsWith("UP").contains("vault, no keys");
              now.set(now.get().plusSeconds(1));
              assertThat(health(context))
                  .startsWith("DOWN")
                  .contains("confirmedAt=2026-07-01T12:00:00Z", "vault, no keys");
              vault.set(KEY);
              context.getBean(ReloadingKeys.class).refresh();
              assertThat(health(context)).startsWith("UP").doesNotContain("reason");
            });
  }

  @Test
  void theHealthIndicatorCanBeSwitchedOff() {
    web.withPropertyValues("management.health.madeleineKeys.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("madeleineKeysHealthIndicator"));
  }

  /** An application whose management is open to everybody. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Managed {
    @Bean
    SecurityFilterChain open(HttpSecurity http) throws Exception {
      return http.csrf(csrf -> csrf.disable()).build();
    }
  }

  private static HttpResponse<String> send(int port, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            request.uri(URI.create("http://127.0.0.1:%s/actuator/madeleine".formatted(port))).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder revoking() {
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"subject\":\"marcel\"}"));
  }

  @Test
  void overHttpRevokingIsOffUnlessItIsAllowed() throws Exception {
    String exposed = "--management.endpoints.web.exposure.include=madeleine";
    String inMemory = "--madeleine.revocation.in-memory=1000";
    try (TwoNodes nodes = TwoNodes.of(Managed.class, exposed, inMemory)) {
      HttpResponse<String> report = send(nodes.port(0), HttpRequest.newBuilder().GET());
      assertThat(report.statusCode()).isEqualTo(200);
      assertThat(report.body())
          .contains("\"name\":\"__Host-session\"", "\"state\":\"ACTIVE\"", "\"idle\":\"PT30M\"");
      assertThat(send(nodes.port(0), revoking()).statusCode()).isEqualTo(405);
    }
    try (TwoNodes nodes =
        TwoNodes.of(
            Managed.class, exposed, inMemory, "--management.endpoint.madeleine.access=unrestricted")) {
      assertThat(send(nodes.port(0), revoking()).statusCode()).isEqualTo(204);
    }
  }
}
