package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurlTest {
  @TempDir Path folder;

  private DemoServer server;

  @BeforeEach
  void start() throws Exception {
    Needed.program("curl");
    server =
        DemoServer.start(
            new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), false),
            event -> {});
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void keepsASessionInItsCookieJar() throws Exception {
    assertThat(curl("views")).isEqualTo("{\"views\":1}");
    assertThat(curl("views")).isEqualTo("{\"views\":2}");
    assertThat(curl("login", "-d", "user=swann")).startsWith("{\"user\":\"swann\",\"id\":\"");
    assertThat(curl("views")).isEqualTo("{\"views\":3}");
    assertThat(curl("session")).isEqualTo("{\"views\":3,\"user\":\"swann\"}");
    assertThat(curl("rotate", "-X", "POST")).startsWith("{\"signing\":\"");
    assertThat(curl("views")).isEqualTo("{\"views\":4}");
    assertThat(curl("logout", "-X", "POST")).isEqualTo("{\"ended\":true}");
    assertThat(curl("session")).isEqualTo("{}");
    assertThat(curl("healthz")).isEqualTo("ok\n");
  }

  private String curl(String path, String... options) throws IOException, InterruptedException {
    String jar = folder.resolve("jar").toString();
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-c", jar, "-b", jar));
    command.addAll(List.of(options));
    command.add(server.url() + path);
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(output).isZero();
    return output;
  }
}
