package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Path HOME = Path.of("home");

  @Test
  void anEmptyEnvironmentIsPort8080OnTheLoopbackAddress() {
    Settings settings = Settings.of(Map.of(), HOME);

    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.address().isLoopbackAddress()).isTrue();
    assertThat(settings.keyFile()).isEqualTo(HOME.resolve(".madeleine/demo.keys"));
    assertThat(settings.keyPoll()).isZero();
    assertThat(settings.plainHttp()).isFalse();
    assertThat(settings.url(8080)).isEqualTo("http://localhost:8080/");
  }

  @Test
  void theEnvironmentChooses() {
    Settings settings =
        Settings.of(
            Map.of(
                "PORT",
                "0",
                "KEY_FILE",
                "k",
                "KEY_POLL_MS",
                "250",
                "BIND",
                "192.0.2.7",
                "PLAIN_HTTP",
                "1"),
            HOME);

    assertThat(settings.port()).isZero();
    assertThat(settings.keyFile()).isEqualTo(Path.of("k"));
    assertThat(settings.keyPoll()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.plainHttp()).isTrue();
    assertThat(settings.url(81)).isEqualTo("http://192.0.2.7:81/");
  }

  @Test
  void whatCannotBeUnderstoodIsSaid() {
    assertThatThrownBy(() -> Settings.of(Map.of("PORT", "http"), HOME))
        .hasMessageContaining("PORT is \"http\"");
    assertThatThrownBy(() -> Settings.of(Map.of("PORT", "65536"), HOME))
        .hasMessageContaining("65535");
    for (String poll : new String[] {"9", "86400001", "-10", "0.5", "1s"}) {
      assertThatThrownBy(() -> Settings.of(Map.of("KEY_POLL_MS", poll), HOME))
          .hasMessageContaining("KEY_POLL_MS is \"" + poll + "\"")
          .hasMessageContaining("from 10 to 86400000");
    }
    assertThatThrownBy(() -> Settings.of(Map.of("BIND", "no such host!"), HOME))
        .hasMessageContaining("BIND is \"no such host!\"");
  }
}
