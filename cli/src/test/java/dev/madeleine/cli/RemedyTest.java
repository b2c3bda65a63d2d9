package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a message advises is done here to the letter, and helps. */
class RemedyTest {
  private final Terminal terminal = new Terminal();

  @TempDir Path folder;
  private String file = "";
  private String key = "";
  private String cookie = "";

  @BeforeEach
  void makeKeys() {
    file = folder.resolve("keys.json").toString();
    key = terminal.run("keygen").out.strip();
    terminal.variables.put("MADELEINE_KEY", key);
    cookie = terminal.run("forge", "{}").out.strip();
    terminal.variables.clear();
  }

  /** Runs a command that fails, and returns what it says. */
  private String fails(int code, String... args) {
    terminal.run(args);
    assertThat(terminal.code).as(terminal.out).isEqualTo(code);
    return terminal.err + terminal.out;
  }

  private void succeeds(String... args) {
    terminal.run(args);
    assertThat(terminal.code).as(terminal.err + terminal.out).isZero();
  }

  /** Runs the command line that a message ends with. */
  private void succeedsAsAdvised(String message) {
    String command = message.substring(message.lastIndexOf("madeleine keys")).strip();
    String[] words = command.split("[ ,;]+", -1);
    succeeds(Arrays.copyOfRange(words, 1, words.length));
  }

  @Test
  void missingKeysAreNamedInEachWayThatIsOffered() throws Exception {
    assertThat(fails(2, "verify", cookie))
        .contains("--key-file, --key-env or --key-stdin, or set MADELEINE_KEY");
    Path keys = Files.writeString(folder.resolve("key"), key);
    succeeds("verify", "--key-file", keys.toString(), cookie);
    terminal.feed(key, "verify", "--key-stdin", cookie);
    assertThat(terminal.code).isZero();
    terminal.variables.put("OTHER", key);
    succeeds("verify", "--key-env", "OTHER", cookie);
    terminal.variables.put("MADELEINE_KEY", key);
    succeeds("verify", cookie);
  }

  @Test
  void theCookieIsAnArgumentWhenStandardInputHasTheKeys() {
    terminal.feed(key, "verify", "--key-stdin");
    assertThat(terminal.err).contains("give the cookie as an argument");
    terminal.feed(key, "verify", "--key-stdin", cookie);
    assertThat(terminal.code).isZero();
  }

  @Test
  void aCookieOfAnotherNameIsNamed() {
    terminal.variables.put("MADELEINE_KEY", key);
    String sid = terminal.run("forge", "--name", "__Host-sid.1", "{}").out.strip();
    assertThat(fails(1, "verify", "Cookie: __Host-sid.1=" + sid)).contains("another name: --name");
    succeeds("verify", "--name", "__Host-sid.1", "Cookie: __Host-sid.1=" + sid);
  }

  @Test
  void aRingOptionNeedsTheWord() {
    assertThat(fails(2, "keygen", "-o", file)).contains("add --ring");
    succeeds("keygen", "--ring", "-o", file);
  }

  @Test
  void aFileThatExistsIsRotated() {
    succeeds("keygen", "--ring", "-o", file);
    succeedsAsAdvised(fails(1, "keygen", "--ring", "-o", file));
  }

  @Test
  void theOnlyKeyIsRevokedByReplacingIt() {
    succeeds("keygen", "--ring", "-o", file);
    terminal.variables.put("MADELEINE_KEY_FILE", file);
    String id = terminal.run("keys", "list").out.lines().toList().get(1).strip().split(" ", 2)[0];
    succeedsAsAdvised(fails(1, "keys", "revoke", id));
  }

  @Test
  void keysThatAllHaveEndedAreFollowedByANewOne() throws Exception {
    succeeds("keygen", "--ring", "-o", file);
    terminal.variables.put("MADELEINE_KEY_FILE", file);
    Path path = Path.of(file);
    String end = "\"verifiesUntil\": \"2026-07-02T00:00:00Z\", \"state\"";
    Files.writeString(path, Files.readString(path).replace("\"state\"", end));
    terminal.later(24 * 3600);
    assertThat(fails(1, "keys", "check"))
        .contains("madeleine keys rotate --propagation 0s makes one");
    succeeds("keys", "rotate", "--propagation", "0s");
    succeeds("keys", "check");
  }

  @Test
  void aFileThatEverybodyCanUseIsProtected() throws Exception {
    succeeds("keygen", "--ring", "-o", file);
    assertThat(new ProcessBuilder("chmod", "644", file).start().waitFor()).isZero();
    assertThat(fails(1, "keys", "check", "-f", file)).contains("chmod 600 it, or 640 for a group");
    for (String mode : new String[] {"600", "640"}) {
      assertThat(new ProcessBuilder("chmod", mode, file).start().waitFor()).isZero();
      succeeds("keys", "check", "-f", file);
    }
  }
}
