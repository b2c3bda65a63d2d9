package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sessions;
import dev.madeleine.spring.reactive.CookieWebSessionManager;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

/** What the properties make of the sessions of a WebFlux application. */
class WebFluxPropertiesTest {
  private static final String KEYS = "madeleine.keys=" + key();

  private final ReactiveWebApplicationContextRunner web =
      new ReactiveWebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MadeleineAutoConfiguration.class, ReactiveSessionAutoConfiguration.class))
          .withPropertyValues(KEYS);

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return "base64:" + Base64.getEncoder().encodeToString(key);
  }

  @Test
  void theServersSessionPropertiesAreDefaults() {
    web.withPropertyValues(
            "server.reactive.session.timeout=7m",
            "server.reactive.session.cookie.name=__Secure-shop",
            "server.reactive.session.cookie.path=/shop",
            "server.reactive.session.cookie.domain=shop.example",
            "server.reactive.session.cookie.same-site=none",
            "server.reactive.session.cookie.partitioned=true")
        .run(
            context -> {
              assertThat(context).hasSingleBean(CookieWebSessionManager.class);
              Sessions sessions = context.getBean(Sessions.class);
              assertThat(sessions.transport().name()).isEqualTo("__Secure-shop");
              assertThat(String.valueOf(sessions.transport().options()))
                  .contains("Path=/shop", "Domain=shop.example", "SameSite=None", "Partitioned");
              assertThat(sessions.policy().toString()).contains("PT7M");
            });
  }

  @Test
  void theMaxAgeOfTheServersCookieIsOurs() {
    web.withPropertyValues("server.reactive.session.cookie.max-age=3d")
        .run(
            context ->
                assertThat(context.getBean(Sessions.class).policy().rememberUpTo()).hasDays(3));
  }

  @Test
  void sessionPropertiesOfAServletServerAreNamedInAWarning() {
    try (Warnings warnings = Warnings.of(ServerSessionProperties.class)) {
      web.withPropertyValues("server.servlet.session.timeout=7m")
          .run(
              context ->
                  assertThat(context.getBean(Sessions.class).policy().idle()).hasMinutes(30));

      assertThat(warnings.texts())
          .containsExactly(
              "without effect on sessions in a cookie: server.servlet.session.*"
                  + " (here it is server.reactive.session.*)");
    }
  }

  @Test
  void whatHasNoCounterpartIsNamedInAWarning() {
    try (Warnings warnings = Warnings.of(ServerSessionProperties.class)) {
      web.withPropertyValues(
              "server.reactive.session.max-sessions=7",
              "server.reactive.session.cookie.http-only=false",
              "server.reactive.session.cookie.secure=false")
          .run(context -> assertThat(context).hasNotFailed());

      assertThat(warnings.texts())
          .containsExactly(
              "without effect on sessions in a cookie: server.reactive.session.max-sessions,"
                  + " server.reactive.session.cookie.http-only=false,"
                  + " server.reactive.session.cookie.secure=false"
                  + " (madeleine.plain-http-development=true does that)");
    }
  }

  @Test
  void ownPropertiesHoldBeforeTheServers() {
    web.withPropertyValues("server.reactive.session.timeout=7m", "madeleine.idle=9m")
        .run(
            context ->
                assertThat(context.getBean(Sessions.class).policy().idle()).hasMinutes(9));
  }

  @Test
  void aManagerOfTheApplicationReplacesOurs() {
    web.withBean("webSessionManager", WebSessionManager.class, DefaultWebSessionManager::new)
        .run(context -> assertThat(context).doesNotHaveBean(CookieWebSessionManager.class));
  }

  @Test
  void thereAreNoServletClasses() {
    ClassLoader loader = getClass().getClassLoader();

    assertThat(loader.getResource("jakarta/servlet/Servlet.class")).isNull();
    assertThat(loader.getResource("org/springframework/web/servlet/DispatcherServlet.class"))
        .isNull();
    assertThat(loader.getResource("dev/madeleine/servlet/SessionFilter.class")).isNull();
  }
}
