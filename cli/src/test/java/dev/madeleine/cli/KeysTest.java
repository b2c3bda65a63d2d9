package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private final Terminal terminal = new Terminal();
  @TempDir Path folder;
  private Path path;
  private String file;
  private String first;

  @BeforeEach
  void makeRing() throws IOException {
    path = folder.resolve("keys.json");
    file = path.toString();
    terminal.run("keygen", "--ring", "-o", file);
    assertThat(terminal.code).as(terminal.err).isZero();
    first = schedule().keys().get(0).id();
    assertThat(terminal.out)
        .isEqualTo(file + ": key " + first + " signs from now on; only you can read the file\n");
  }

  private KeySchedule schedule() throws IOException {
    return KeySchedule.parse(Files.readString(path));
  }

  private String rotated(String... more) throws IOException {
    terminal.run(concat(new String[] {"keys", "rotate", "--json", "-f", file}, more));
    assertThat(terminal.code).as(terminal.err).isZero();
    return terminal.json().get("added").asText();
  }

  private static String[] concat(String[] first, String... second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void keygenPrintsAKey() throws IOException {
    terminal.run("keygen");
    assertThat(terminal.code).isZero();
    assertThat(MasterKey.parse(terminal.out)).isNotNull();
    String other = new Terminal().run("keygen").out;
    assertThat(other).isNotEqualTo(terminal.out).startsWith("base64:").endsWith("\n");
    JsonNode json = terminal.run("keygen", "--json").json();
    assertThat(json.get("id").asText()).isEqualTo(MasterKey.parse(json.get("key").asText()).id());
  }

  @Test
  void keygenMakesARingForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(schedule().keys()).hasSize(1);
    String before = Files.readString(path);
    terminal.run("keygen", "--ring", "-o", file);
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.err)
        .isEqualTo(
            "madeleine: %s exists already; to add a key: madeleine keys rotate -f %s\n"
                .formatted(file, file));
    assertThat(Files.readString(path)).isEqualTo(before);
  }

  @Test
  void keygenTakesOverTheKeysOfAVariable() throws IOException {
    String one = new Terminal().run("keygen").out.strip();
    String two = new Terminal().run("keygen").out.strip();
    terminal.variables.put("MADELEINE_KEY", one + "," + two);
    terminal.run(
        "keygen", "--ring", "--from-variable", "MADELEINE_KEY", "--longest-session", "30d");
    KeyRing ring = KeySchedule.parse(terminal.out).ring(terminal.now);
    assertThat(ring).isEqualTo(KeyRing.parse(one + "," + two));
    terminal.run("keygen", "--ring", "--from-variable", "NO_SUCH");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.err).startsWith("madeleine: no keys");
  }

  @Test
  void rotatePublishesAtOnceAndPromotesLater() throws IOException {
    String next = rotated();
    assertThat(terminal.json().get("signsFrom").asText()).isEqualTo("2026-07-01T12:10:00Z");
    assertThat(schedule().ring(terminal.now).signingKey().id()).isEqualTo(first);
    assertThat(schedule().ring(terminal.now.plusSeconds(600)).signingKey().id()).isEqualTo(next);

    terminal.later(60).run("keys", "rotate", "-f", file, "--propagation", "30s");
    assertThat(terminal.out)
        .matches(
            "\\Q"
                + file
                + "\\E: key [0-9a-f]{8} is accepted now and signs from 2026-07-01 12:01:30 UTC \\(in 30 seconds\\)\n");
  }

  @Test
  void listShowsStatesAndTimesInWords() throws IOException {
    String next = rotated();
    terminal.later(60).run("keys", "list", "-f", file);
    assertThat(terminal.out)
        .isEqualTo(
            """
            %s: 2 keys; a session lives 12 hours at most
              %s  created  accepted; signs from 2026-07-01 12:10:00 UTC (in 9 minutes)
              %s  active   signs since 2026-07-01 12:00:00 UTC (60 seconds ago); ends 2026-07-02 12:10:00 UTC (in 24 hours)
            """
                .formatted(file, next, first));
    terminal.later(3600).run("keys", "list", "-f", file);
    assertThat(terminal.out)
        .contains(next + "  active   signs since 2026-07-01 12:10:00 UTC (51 minutes ago)\n")
        .contains(
            first
                + "  older    accepted, late from 2026-07-02 00:10:00 UTC (in 11 hours); ends 2026-07-02 12:10:00 UTC (in 23 hours)\n");
    terminal.later(60 * 60 * 30).run("keys", "list", "-f", file);
    assertThat(terminal.out).contains(first + "  expired  ended 2026-07-02 12:10:00 UTC");
  }

  @Test
  void noCommandButKeygenShowsASecret() throws IOException {
    String secret = Files.readString(path).replaceAll("(?s).*base64:|=?\".*", "");
    assertThat(secret).hasSizeGreaterThan(40);
    rotated();
    String[][] commands = {
      {"keys", "list", "-f", file},
      {"keys", "list", "-f", file, "--json"},
      {"keys", "check", "-f", file},
      {"keys", "rotate", "-f", file, "--propagation", "0s"},
      {"keys", "revoke", "-f", file, first, "--json"},
      {"keys", "prune", "-f", file},
      {"keys", "revoke", "-f", file, "base64:" + secret}
    };
    for (String[] command : commands) {
      terminal.run(command);
      assertThat(terminal.out + terminal.err).isNotEmpty().doesNotContain(secret);
    }
  }

  @Test
  void listAnswersProgramsInJson() throws IOException {
    rotated();
    JsonNode json = terminal.run("keys", "list", "-f", file, "--json").json();
    assertThat(json.get("longestSession").asText()).isEqualTo("PT12H");
    JsonNode old = json.get("keys").get(1);
    assertThat(old.get("id").asText()).isEqualTo(first);
    assertThat(old.get("state").asText()).isEqualTo("active");
    assertThat(old.get("signsUntil").asText()).isEqualTo("2026-07-01T12:10:00Z");
    assertThat(old.get("lateFrom").asText()).isEqualTo("2026-07-02T00:10:00Z");
    assertThat(old.get("verifiesUntil").asText()).isEqualTo("2026-07-02T12:10:00Z");
    assertThat(old.has("secret")).isFalse();
  }

  @Test
  void revokeRefusesTheOnlyKeyThatSignsUnlessItIsReplaced() throws IOException {
    String before = Files.readString(path);
    terminal.run("keys", "revoke", "-f", file, first);
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.err).contains("madeleine keys revoke --replace " + first);
    assertThat(Files.readString(path)).isEqualTo(before);

    terminal.later(5).run("keys", "revoke", "-f", file, "--replace", first);
    assertThat(terminal.code).isZero();
    KeyRing ring = schedule().ring(terminal.now);
    assertThat(ring.revokedIds()).containsExactly(first);
    assertThat(terminal.out)
        .isEqualTo(
            "%s: sessions of key %s are rejected; key %s signs\n"
                .formatted(file, first, ring.signingKey().id()));
    terminal.run("keys", "list", "-f", file);
    assertThat(terminal.out).contains(first + "  revoked  rejected; made ");
  }

  @Test
  void pruneDropsWhatHasEnded() throws IOException {
    rotated("--propagation", "0s");
    terminal.later(60 * 60 * 25).run("keys", "prune", "-f", file, "--json");
    assertThat(terminal.json().get("dropped").get(0).asText()).isEqualTo(first);
    assertThat(terminal.json().get("left").asInt()).isEqualTo(1);
    terminal.run("keys", "prune", "-f", file);
    assertThat(terminal.out).isEqualTo(file + ": dropped none, 1 left\n");
  }

  @Test
  void checkFindsNothingInAFileThatIsInOrder() throws IOException {
    rotated();
    terminal.run("keys", "check", "-f", file, "--longest-session", "12h", "--max-age", "90d");
    assertThat(terminal.out).isEqualTo(file + ": in order\n");
    assertThat(terminal.code).isZero();
  }

  private List<String> findings(String... more) throws IOException {
    terminal.run(concat(new String[] {"keys", "check", "--json", "-f", file}, more));
    assertThat(terminal.code).isEqualTo(1);
    List<String> findings = new ArrayList<>();
    terminal.json().get("findings").forEach(finding -> findings.add(finding.asText()));
    return findings;
  }

  @Test
  void checkFindsWhatIsWrongOrWillBe() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(findings()).hasSize(1).first().asString().contains("chmod 600");
    assertThat(findings("--longest-session", "30d").get(1)).contains("keys end too early");
    terminal.later(91L * 24 * 3600);
    assertThat(findings("--max-age", "90d").get(1)).contains("signs for 91 days already");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));

    String good = Files.readString(path);
    Files.writeString(
        path, good.replace("\"state\"", "\"verifiesUntil\": \"2027-01-01T00:00:00Z\", \"state\""));
    assertThat(findings().get(0)).contains("no key signs after it");
    rotated();
    Files.writeString(
        path,
        Files.readString(path)
            .replaceFirst("2027-01-01T00:00:00Z", terminal.now.plusSeconds(900).toString()));
    assertThat(findings().get(0)).contains(first).contains("they are lost");
    terminal.later(-92L * 24 * 3600);
    assertThat(findings().toString())
        .contains("signs before its time")
        .contains("a clock is wrong");

    Files.writeString(path, good.replace("live", "dead"));
    assertThat(findings()).hasSize(1).first().asString().contains("line ").contains("state");
    Files.delete(path);
    assertThat(findings().get(0)).contains("is missing");
  }

  @Test
  void changesKeysFromStandardInputToStandardOutput() throws IOException {
    String before = Files.readString(path);
    terminal.feed(before, "keys", "rotate", "-f", "-", "--propagation", "0s");
    assertThat(terminal.code).isZero();
    assertThat(terminal.err).startsWith("standard input: key ");
    KeySchedule after = KeySchedule.parse(terminal.out);
    assertThat(after.keys()).hasSize(2);
    terminal.feed(terminal.out, "keys", "list", "-f", "-");
    assertThat(terminal.out).contains(first);
    terminal.feed("{", "keys", "check", "-f", "-");
    assertThat(terminal.code).isEqualTo(1);
    assertThat(terminal.out).startsWith("standard input: standard input, line 1");
  }

  @Test
  void theEnvironmentMayNameTheFile() {
    terminal.variables.put("MADELEINE_KEY_FILE", file);
    terminal.run("keys", "list");
    assertThat(terminal.out).contains(first);
  }
}
