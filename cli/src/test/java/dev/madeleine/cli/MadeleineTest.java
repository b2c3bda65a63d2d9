package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @ParameterizedTest
  @ValueSource(strings = {"--help", "keygen", "keys rotate -f -", "batch"})
  void failsWhenItsOutputCannotBeWritten(String command, @TempDir Path folder) throws Exception {
    File full = new File("/dev/full");
    Assumptions.assumeTrue(full.exists(), "a device that is always full");
    terminal.run("keygen", "--ring");
    boolean keys = command.startsWith("keys");
    Path input = Files.writeString(folder.resolve("in"), keys ? terminal.out : "{}\n");
    terminal.run("keygen");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Madeleine.class.getName()));
    line.addAll(List.of(command.split(" ", -1)));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("MADELEINE_KEY", terminal.out.strip());
    Process process = builder.redirectInput(input.toFile()).redirectOutput(full).start();

    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(err).endsWith("madeleine: standard output cannot be written, so its text is lost\n");
    assertThat(process.waitFor()).isEqualTo(1);
  }
}
