package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.CookieOptions;
import dev.madeleine.CookieOptions.SameSite;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** What the properties make of the sessions, and what stops the start. */
class PropertiesTest {
  private static final String KEYS = "madeleine.keys=" + key();

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MadeleineAutoConfiguration.class, ServletSessionAutoConfiguration.class));

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return "base64:" + Base64.getEncoder().encodeToString(key);
  }

  @Test
  void oneKeyGivesEncryptedSessionsInTheDefaultCookie() {
    web.withPropertyValues(KEYS)
        .run(
            context -> {
              Sessions sessions = context.getBean(Sessions.class);
              assertThat(sessions.transport().name()).isEqualTo("__Host-session");
              assertThat(sessions.transport().toString()).contains("XAES-256-GCM");
              assertThat(context).hasSingleBean(SessionFilter.class);
            });
  }

  @Test
  void withoutEncryptionSessionsAreSigned() {
    web.withPropertyValues(KEYS, "madeleine.encrypt=false")
        .run(
            context ->
                assertThat(context.getBean(Sessions.class).transport().toString())
                    .contains("HMAC-SHA-256"));
  }

  @Test
  void theCookieIsThatOfTheProperties() {
    web.withPropertyValues(
            KEYS,
            "madeleine.cookie.name=__Secure-shop",
            "madeleine.cookie.path=/shop",
            "madeleine.cookie.same-site=strict",
            "madeleine.idle=20m",
            "madeleine.absolute=2h")
        .run(
            context -> {
              Sessions sessions = context.getBean(Sessions.class);
              CookieOptions cookie = sessions.transport().options();
              assertThat(cookie.name()).isEqualTo("__Secure-shop");
              assertThat(cookie.path()).isEqualTo("/shop");
              assertThat(cookie.sameSite()).isEqualTo(SameSite.STRICT);
              assertThat(sessions.policy().toString()).contains("PT20M", "PT2H");
            });
  }

  @Test
  void theServersSessionPropertiesAreDefaults() {
    web.withPropertyValues(
            KEYS,
            "server.servlet.session.timeout=7m",
            "server.servlet.session.cookie.name=__Host-shop",
            "server.servlet.session.cookie.same-site=none")
        .run(
            context -> {
              Sessions sessions = context.getBean(Sessions.class);
              assertThat(sessions.transport().name()).isEqualTo("__Host-shop");
              assertThat(sessions.transport().options().sameSite()).isEqualTo(SameSite.NONE);
              assertThat(sessions.policy().toString()).contains("PT7M");
            });
  }

  @Test
  void sessionPropertiesOfAWebFluxServerAreNamedInAWarning() {
    try (Warnings warnings = Warnings.of(ServerSessionProperties.class)) {
      web.withPropertyValues(
              KEYS, "server.servlet.session.timeout=7m", "server.reactive.session.timeout=8m")
          .run(
              context ->
                  assertThat(context.getBean(Sessions.class).policy().toString()).contains("PT7M"));

      assertThat(warnings.texts())
          .containsExactly(
              "without effect on sessions in a cookie: server.reactive.session.*"
                  + " (here it is server.servlet.session.*)");
    }
  }

  @Test
  void ownPropertiesHoldBeforeTheServers() {
    web.withPropertyValues(KEYS, "server.servlet.session.timeout=7m", "madeleine.idle=9m")
        .run(
            context ->
                assertThat(context.getBean(Sessions.class).policy().toString()).contains("PT9M"));
  }

  @Test
  void theStartFailsWithoutAKey() {
    web.run(
        context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(KeysException.class)
                .hasMessage("no key is set"));
  }

  @Test
  void aKeyForThisRunHasToBeAskedFor() {
    web.withPropertyValues("madeleine.development-key=true")
        .run(context -> assertThat(context).hasSingleBean(SessionFilter.class));
  }

  @Test
  void theStartFailsWithAWeakKey() {
    web.withPropertyValues("madeleine.keys=changeit")
        .run(
            context -> {
              var analysis = new KeysFailureAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .contains("madeleine.keys: ")
                  .doesNotContain("changeit");
              assertThat(analysis.getAction()).contains("MADELEINE_KEYS", "openssl rand");
            });
  }

  private void refused(String problem, String... properties) {
    web.withPropertyValues(KEYS)
        .withPropertyValues(properties)
        .run(
            context -> {
              var analysis = new PropertyFailureAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis.getDescription()).contains(problem);
              assertThat(analysis.getAction()).contains("remove it");
            });
    web.withPropertyValues(KEYS)
        .withPropertyValues(Arrays.copyOfRange(properties, 1, properties.length))
        .run(context -> assertThat(context).hasSingleBean(SessionFilter.class));
  }

  @Test
  void aPropertyThatIsWrongIsNamedAndCanBeRemoved() {
    refused("madeleine.no-renewal-header is \"a b\": ", "madeleine.no-renewal-header=a b");
    refused("madeleine.cookie.same-site is \"some\": ", "madeleine.cookie.same-site=some");
    refused(
        "server.servlet.session.cookie.domain is \"a;b\": ",
        "server.servlet.session.cookie.domain=a;b");
    refused("madeleine.idle", "madeleine.idle=13h", "madeleine.absolute=12h");
  }

  @Test
  void thereAreNoSessionsOutsideTheWeb() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MadeleineAutoConfiguration.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Sessions.class));
  }

  @Test
  void theFilterComesInFrontOfWhatLooksAtSessions() {
    web.withPropertyValues(KEYS)
        .run(
            context -> {
              int order = context.getBean(FilterRegistrationBean.class).getOrder();
              assertThat(order).isGreaterThan(Ordered.HIGHEST_PRECEDENCE).isLessThan(-105);
            });
  }

  @Test
  void customizersComeLast() {
    web.withPropertyValues(KEYS, "madeleine.cookie.name=__Host-shop")
        .withBean(
            SessionsCustomizer.class,
            () -> sessions -> sessions.cookie(CookieOptions.named("__Host-mine")))
        .run(
            context ->
                assertThat(context.getBean(Sessions.class).transport().name())
                    .isEqualTo("__Host-mine"));
  }

  @Test
  void listenersAmongTheBeansAreTaken() {
    AtomicReference<HttpSessionEvent> created = new AtomicReference<>();
    HttpSessionListener listener =
        new HttpSessionListener() {
          @Override
          public void sessionCreated(HttpSessionEvent event) {
            created.set(event);
          }
        };
    web.withPropertyValues(KEYS)
        .withBean(HttpSessionListener.class, () -> listener)
        .run(
            context -> {
              var request = new org.springframework.mock.web.MockHttpServletRequest();
              context
                  .getBean(SessionFilter.class)
                  .doFilter(
                      request,
                      new org.springframework.mock.web.MockHttpServletResponse(),
                      (in, out) ->
                          ((jakarta.servlet.http.HttpServletRequest) in)
                              .getSession()
                              .setAttribute("a", 1));
              assertThat(created.get()).isNotNull();
            });
  }

  @Test
  void aDurationHasSecondsAsItsUnit() {
    web.withPropertyValues(KEYS, "madeleine.idle=PT10M")
        .run(
            context ->
                assertThat(context.getBean(MadeleineProperties.class).idle())
                    .isEqualTo(Duration.ofMinutes(10)));
  }
}
