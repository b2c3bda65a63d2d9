package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client without cookies: it sends back the header that the last response gave it. */
class HeaderTransportTest {
  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private DemoServer server;

  /** All that the client keeps. */
  private @Nullable String session;

  @BeforeEach
  void start() throws Exception {
    server =
        DemoServer.start(
            new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), false),
            event -> {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String path, @Nullable String form) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (session != null) {
      request.header("X-Session", session);
    }
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form));
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    response
        .headers()
        .firstValue("X-Session")
        .ifPresent(token -> session = token.isEmpty() ? null : token);
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    return response;
  }

  @Test
  void countsLogsInAndOutWithoutACookie() throws Exception {
    assertThat(send("api/views", null).body()).isEqualTo("{\"views\":1}");
    assertThat(send("api/views", null).body()).isEqualTo("{\"views\":2}");
    assertThat(send("api/login", "user=swann").body()).startsWith("{\"user\":\"swann\"");
    HttpResponse<String> read = send("api/session", null);
    assertThat(read.body()).isEqualTo("{\"views\":2,\"user\":\"swann\"}");
    assertThat(read.headers().allValues("Vary")).contains("X-Session");
    assertThat(read.headers().firstValue("X-Session")).isEmpty();

    HttpResponse<String> out = send("api/logout", "");
    assertThat(out.headers().firstValue("X-Session")).hasValue("");
    assertThat(session).isNull();
    assertThat(send("api/session", null).body()).isEqualTo("{}");
  }

  @Test
  void signsNothingThatTheClientMadeUp() throws Exception {
    send("api/views", null);
    String good = session;
    for (String hostile :
        List.of(
            "000102030405060708090a0b0c0d0e0f",
            good.substring(0, good.length() - 1),
            good.substring(0, 50) + (good.charAt(50) == 'A' ? 'B' : 'A') + good.substring(51))) {
      session = hostile;
      HttpResponse<String> response = send("api/session", null);
      assertThat(response.body()).isEqualTo("{}");
      assertThat(response.headers().firstValue("X-Session")).isEmpty();
    }
  }

  @Test
  void keepsTheSessionOfACookieAndThatOfTheHeaderApart() throws Exception {
    send("api/views", null);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "session"))
            .header("Cookie", "__Host-session=" + session)
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{}");
  }

  @Test
  void curlCanDoItToo() throws Exception {
    Needed.program("curl");
    String first = curl("api/views");
    assertThat(first).endsWith("{\"views\":1}");
    String token = first.replaceAll("(?s).*\nX-Session: ([^\r\n]+)\r?\n.*", "$1");
    assertThat(curl("api/views", "-H", "X-Session: " + token)).endsWith("{\"views\":2}");
  }

  private String curl(String path, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-sSi"));
    command.addAll(List.of(options));
    command.add(server.url() + path);
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(output).isZero();
    return output;
  }
}
