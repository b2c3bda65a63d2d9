package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java's own HTTP client with a cookie jar, before a real server. */
final class JavaHttpClientTest {
  /** Where a session travels, and how. */
  enum Setup {
    UNTIL_THE_CLIENT_CLOSES,
    REMEMBERED,
    IN_SEVERAL_COOKIES
  }

  private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(jar).build();
  private final List<String> received = new ArrayList<>();
  private HttpServer server;
  private Sessions sessions;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange http) throws IOException {
    received.add(String.valueOf(http.getRequestHeaders().get("Cookie")));
    Session session = sessions.load(http.getRequestHeaders()::get);
    if (http.getRequestURI().getPath().equals("/end")) {
      session.invalidate();
    } else {
      session.put("n", session.get("n", 0) + 1);
      session.put("filler", "x".repeat(session.get("filler", "").isEmpty() ? filler : 1));
    }
    sessions.save(session).forEach(h -> http.getResponseHeaders().add(h.name(), h.value()));
    byte[] body =
        String.valueOf(session.isInvalidated() ? "" : session.get("n"))
            .getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    http.getResponseBody().write(body);
    http.close();
  }

  private int filler;

  @ParameterizedTest
  @EnumSource
  void sendsBackWhatItWasGiven(Setup setup) throws Exception {
    filler = setup == Setup.IN_SEVERAL_COOKIES ? 4000 : 1;
    SessionPolicy policy = SessionPolicy.defaults();
    CookieOptions cookie = CookieOptions.named("session").withSecure(false);
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "session");
    sessions =
        Sessions.builder(SessionTransport.chunked(cookie, encoder))
            .policy(
                setup == Setup.UNTIL_THE_CLIENT_CLOSES
                    ? policy
                    : policy.withRemember(Duration.ofDays(30)))
            .build();

    assertThat(List.of(get("/"), get("/"), get("/"))).containsExactly("1", "2", "3");
    assertThat(jar.getCookieStore().getCookies()).hasSize(1);
    assertThat(received).noneMatch(line -> line.contains("$Version") || line.contains("\""));

    get("/end");
    assertThat(jar.getCookieStore().getCookies()).isEmpty();
    assertThat(get("/")).isEqualTo("1");
  }

  private String get(String path) throws Exception {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
