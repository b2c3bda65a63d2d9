package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.keys.KeySchedule;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  @Test
  void twoThatStartAtOnceAgreeOnOneKeyFile() throws Exception {
    Path keyFile = folder.resolve("new/folder/keys");
    try (DemoProcess one = DemoProcess.start(keyFile, 0);
        DemoProcess other = DemoProcess.start(keyFile, 0)) {
      Visitor visitor = new Visitor();
      assertThat(visitor.get(one.url() + "/views").body()).isEqualTo("{\"views\":1}");
      assertThat(visitor.get(other.url() + "/views").body()).isEqualTo("{\"views\":2}");

      assertThat(KeySchedule.parse(Files.readString(keyFile)).keys()).hasSize(1);
      boolean oneMadeIt = one.output().contains("made just now");
      boolean otherMadeIt = other.output().contains("made just now");
      assertThat(oneMadeIt).isNotEqualTo(otherMadeIt);
    }
  }

  @Test
  void serveOneVisitorInTurnThroughRotationsAndASuddenDeath() throws Exception {
    Path keyFile = folder.resolve("keys");
    DemoProcess one = DemoProcess.start(keyFile, 0);
    DemoProcess other = DemoProcess.start(keyFile, 0);
    try {
      Visitor visitor = new Visitor();
      visitor.post(one.url() + "/login", Map.of("user", "swann"));
      for (int i = 1; i <= ROUNDS; i++) {
        String url = (i % 2 == 0 ? one : other).url();
        assertThat(visitor.get(url + "/views").body()).isEqualTo("{\"views\":%d}".formatted(i));
        if (i % 20 == 10) {
          assertRotated(visitor, one, other);
        }
        if (i == ROUNDS / 2) {
          one.close();
          one = DemoProcess.start(keyFile, 0);
        }
      }
      assertThat(visitor.get(one.url() + "/session").body())
          .isEqualTo("{\"user\":\"swann\",\"views\":%d}".formatted(ROUNDS));
    } finally {
      one.close();
      other.close();
    }
  }

  /** What one process signs with a new key, the other accepts with its very next request. */
  private static void assertRotated(Visitor visitor, DemoProcess one, DemoProcess other)
      throws Exception {
    String before = Anatomy.of(visitor.cookie()).keyId();
    HttpResponse<String> rotated = visitor.post(one.url() + "/rotate", Map.of());
    String signing = rotated.body().replaceAll(".*:\"|\".*", "");

    visitor.get(one.url() + "/session");
    String after = Anatomy.of(visitor.cookie()).keyId();
    HttpResponse<String> response = visitor.get(other.url() + "/session");

    assertThat(after).isEqualTo(signing).isNotEqualTo(before);
    assertThat(response.body()).contains("swann");
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void stopsCleanlyWhenTold() throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder.resolve("keys"), 0)) {
      String url = demo.url();
      new Visitor().get(url + "/views");

      demo.terminate();

      assertThat(demo.exitCode()).isEqualTo(128 + 15);
      assertThat(demo.output()).doesNotContain("Exception", "SEVERE", "WARNING");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws Exception {
    try (DemoProcess first = DemoProcess.start(folder.resolve("keys"), 0);
        DemoProcess second = DemoProcess.start(folder.resolve("keys"), first.port())) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output())
          .contains("demo: cannot listen on 127.0.0.1 port " + first.port())
          .doesNotContain("\tat ", "SEVERE");
    }
  }
}
