package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextSettingsTest {
  private static Sessions sessions(Map<String, String> settings) {
    SessionsBuilder builder = Sessions.builder(Fixtures.RING);
    TextSettings.of(settings::get).applyTo(builder, CookieOptions.DEFAULT_NAME);
    return builder.build();
  }

  @Test
  void withoutSettingsEverythingIsAsByDefault() {
    Sessions sessions = sessions(Map.of());
    assertThat(sessions.transport().options()).hasToString(CookieOptions.defaults().toString());
    assertThat(sessions.policy()).hasToString(SessionPolicy.defaults().toString());
  }

  @Test
  void eachSettingArrives() {
    Sessions sessions =
        sessions(
            Map.of(
                "cookieName", "sid",
                "cookiePath", "/shop",
                "cookieDomain", "example.com",
                "sameSite", "none",
                "partitioned", " true ",
                "idle", "600",
                "absolute", "PT2H",
                "allowRemember", "14d",
                "revocationEntries", "10"));
    assertThat(sessions.transport().options())
        .hasToString(
            "sid; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=None; Partitioned");
    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofMinutes(10));
    assertThat(sessions.policy().absolute()).isEqualTo(Duration.ofHours(2));
    assertThat(sessions.policy().longestLife()).isEqualTo(Duration.ofDays(14));
    assertThat(sessions.policy().revocation())
        .hasToString("in memory of this process, at most 10 entries");
  }

  @Test
  void plainHttpTakesThePrefixOffTheDefaultNameOnly() {
    assertThat(sessions(Map.of("plainHttpDevelopment", "true")).transport().options())
        .hasToString("session; Path=/; HttpOnly; SameSite=Lax");
    assertThatThrownBy(
            () -> sessions(Map.of("plainHttpDevelopment", "true", "cookieName", "__Host-a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"plainHttpDevelopment\" is \"true\"")
        .hasMessageContaining("__Host-a");
  }

  @ParameterizedTest
  @CsvSource({
    "idle, soon",
    "absolute, 0",
    "remember, P900D",
    "sameSite, sometimes",
    "partitioned, yes",
    "rolling, 1",
    "cookieName, a b",
    "cookieDomain, .example.com",
    "revocationEntries, many",
    "plainHttpDevelopment, perhaps"
  })
  void aWrongSettingIsNamedWithItsText(String name, String value) {
    assertThatThrownBy(() -> sessions(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + name + "\" is \"" + value + "\": ");
  }

  @Test
  void whatIsNotSetStaysAsTheBuilderHasIt() {
    SessionPolicy policy = SessionPolicy.defaults().withIdle(Duration.ofMinutes(5)).withRolling();
    SessionsBuilder builder =
        Sessions.builder(Fixtures.RING)
            .policy(policy)
            .cookie(CookieOptions.named("sid").withPath("/a"));
    TextSettings.of(Map.of("absolute", "1h")::get).applyTo(builder, CookieOptions.DEFAULT_NAME);
    Sessions sessions = builder.build();
    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sessions.policy().absolute()).isEqualTo(Duration.ofHours(1));
    assertThat(sessions.transport().options())
        .hasToString("sid; Path=/a; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void aSessionInAHeaderHasNoCookieToSet() {
    SessionTransport header =
        SessionTransport.header("X-Session", NativeEncoder.signed(() -> Fixtures.RING, "session"));
    SessionsBuilder builder = Sessions.builder(header);
    TextSettings.of(Map.of("idle", "60")::get).applyTo(builder, CookieOptions.DEFAULT_NAME);
    assertThat(builder.build().policy().idle()).isEqualTo(Duration.ofMinutes(1));
    assertThatThrownBy(
            () ->
                TextSettings.of(Map.of("sameSite", "Lax")::get)
                    .applyTo(builder, CookieOptions.DEFAULT_NAME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"sameSite\"")
        .hasMessageContaining("no cookie");
  }

  @Test
  void twoThatContradictAreNamed() {
    assertThatThrownBy(() -> sessions(Map.of("remember", "1d", "idle", "60")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"remember\"", "\"idle\"");
  }

  @ParameterizedTest
  @CsvSource({"90, PT90S", "90s, PT90S", "30m, PT30M", "12h, PT12H", "14d, PT336H", "pt5m, PT5M"})
  void readsDurationsAsPeopleWriteThem(String text, String duration) {
    assertThat(TextSettings.duration(text)).isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "1.5h", "5 m", "10w", "1234567890"})
  void refusesOtherDurationsAndSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> TextSettings.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT30M");
  }
}
