package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeleineTest {
  private final Terminal terminal = new Terminal();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keygen",
        "keys",
        "keys list",
        "keys rotate",
        "keys revoke",
        "keys prune",
        "keys check",
        "inspect",
        "verify",
        "forge",
        "batch"
      })
  void helpShowsExamples(String command) {
    terminal.run((command + " --help").strip().split(" ", -1));
    assertThat(terminal.code).isZero();
    assertThat(terminal.out).contains("Usage: madeleine").contains("Example").contains("--help");
    assertThat(terminal.err).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "unknown",
        "keygen --no-such-option",
        "keygen -o keys.json",
        "keys revoke",
        "keys rotate --propagation soon",
        "keys rotate key.json"
      })
  void wrongUsageExitsWithTwo(String command) {
    terminal.run(command.isEmpty() ? new String[0] : command.split(" ", -1));
    assertThat(terminal.code).isEqualTo(2);
    assertThat(terminal.err).isNotEmpty();
    assertThat(terminal.out).isEmpty();
  }

  @Test
  void aFailureIsOneLineOrOneJsonObject() throws IOException {
    terminal.run("keys", "list", "-f", "no-such-file");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.err).isEqualTo("madeleine: key file no-such-file is missing\n");
    terminal.run("keys", "list", "-f", "no-such-file", "--json");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.json().get("error").asText()).isEqualTo("key file no-such-file is missing");
  }

  @Test
  void tellsItsVersion() {
    terminal.run("--version");
    assertThat(terminal.out).startsWith("madeleine ");
  }
}
