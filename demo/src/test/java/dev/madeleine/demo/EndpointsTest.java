package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  @TempDir Path folder;

  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private final Visitor visitor = new Visitor();
  private DemoServer server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server = start(false);
    url = server.url();
  }

  private DemoServer start(boolean plainHttp) throws Exception {
    Settings settings =
        new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), plainHttp);
    return DemoServer.start(
        settings,
        event -> {
          if (!event.isRoutine()) {
            events.add(event);
          }
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void viewsCountsFromOneRequestToTheNext() throws Exception {
    for (int i = 1; i <= 12; i++) {
      HttpResponse<String> response = visitor.get(url + "views");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"views\":%d}".formatted(i));
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void theCookieHasTheSecureDefaults() throws Exception {
    HttpResponse<String> response = visitor.get(url + "views");

    assertThat(response.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-session=[\\w-]+; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("Vary")).hasValue("Cookie");
  }

  @Test
  void thePageCountsTheSameVisits() throws Exception {
    visitor.get(url + "views");
    visitor.getPage(url);

    assertThat(visitor.get(url + "views").body()).isEqualTo("{\"views\":3}");
  }

  @Test
  void sessionTellsTheAttributesAndSetsNoCookie() throws Exception {
    visitor.get(url + "views");
    visitor.post(url + "attributes", Map.of("name", "tea", "value", "lime blossom"));
    String before = visitor.cookie();

    HttpResponse<String> response = visitor.get(url + "session");

    assertThat(response.body()).isEqualTo("{\"views\":1,\"tea\":\"lime blossom\"}");
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(visitor.cookie()).isEqualTo(before);
  }

  @Test
  void sessionBeginsNone() throws Exception {
    HttpResponse<String> response = visitor.get(url + "session");

    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("Vary")).hasValue("Cookie");
  }

  @Test
  void healthNeverTouchesTheSession() throws Exception {
    HttpResponse<String> response = visitor.holding("forged").get(url + "healthz");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ok\n");
    assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "vary", "cache-control");
    assertThat(events).isEmpty();
  }

  @Test
  void loginChangesTheIdAndKeepsTheRest() throws Exception {
    visitor.get(url + "views");
    String before = Anatomy.of(visitor.cookie()).sessionId();

    HttpResponse<String> response = visitor.post(url + "login", Map.of("user", "swann"));
    String after = Anatomy.of(visitor.cookie()).sessionId();

    assertThat(after).isNotEqualTo(before);
    assertThat(response.body()).isEqualTo("{\"user\":\"swann\",\"id\":\"%s\"}".formatted(after));
    assertThat(visitor.get(url + "session").body()).isEqualTo("{\"views\":1,\"user\":\"swann\"}");
  }

  @Test
  void loginWithoutANameIsMarcels() throws Exception {
    visitor.post(url + "login", Map.of());

    assertThat(visitor.get(url + "session").body()).isEqualTo("{\"user\":\"marcel\"}");
  }

  @Test
  void logoutExpiresTheCookie() throws Exception {
    visitor.get(url + "views");

    HttpResponse<String> response = visitor.post(url + "logout", Map.of());

    assertThat(response.body()).isEqualTo("{\"ended\":true}");
    assertThat(response.headers().allValues("Set-Cookie"))
        .containsExactly(
            "__Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure;"
                + " HttpOnly; SameSite=Lax");
    assertThat(visitor.get(url + "views").body()).isEqualTo("{\"views\":1}");
  }

  @Test
  void logoutWithoutASessionHasNothingToDo() throws Exception {
    HttpResponse<String> response = visitor.post(url + "logout", Map.of());

    assertThat(response.body()).isEqualTo("{\"ended\":false}");
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void whatIsRefusedIsTheLibrarysMessageAndChangesNothing() throws Exception {
    visitor.get(url + "views");

    HttpResponse<String> large =
        visitor.post(url + "attributes", Map.of("name", "essay", "value", "x".repeat(4_000)));
    HttpResponse<String> optional =
        visitor.post(
            url + "attributes", Map.of("name", "tea", "value", "mint", "kind", "OPTIONAL"));

    assertThat(large.statusCode()).isEqualTo(422);
    assertThat(large.body()).contains("session is", "limit 4,096", "essay 4,0");
    assertThat(optional.statusCode()).isEqualTo(422);
    assertThat(optional.body()).contains("tea", "java.util.Optional");
    assertThat(visitor.get(url + "session").body()).isEqualTo("{\"views\":1}");
    assertThat(events).singleElement().isInstanceOf(SessionEvent.SessionTooLarge.class);
  }

  @Test
  void aSessionThatIsFullStillAnswers() throws Exception {
    visitor.get(url + "views");
    int room = 4096 - Visitor.COOKIE.length();
    int json = (room * 6 / 8) - 39 - 32;
    int value = json - "{\"views\":1,\"x\":\"\"}".length();
    visitor.post(url + "attributes", Map.of("name", "x", "value", "y".repeat(value)));
    for (int i = 2; i <= 9; i++) {
      visitor.get(url + "views");
    }

    assertThat(visitor.cookie()).hasSizeGreaterThan(room - 2);
    assertThat(visitor.get(url + "views").statusCode()).isEqualTo(422);
    assertThat(visitor.getPage(url).statusCode()).isEqualTo(200);
    assertThat(visitor.get(url + "session").body()).startsWith("{\"views\":9,");
    assertThat(visitor.post(url + "login", Map.of()).statusCode()).isEqualTo(422);
    assertThat(visitor.post(url + "logout", Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void otherSitesCannotPost() throws Exception {
    HttpResponse<String> fetched =
        visitor.post(url + "login", Map.of(), Map.of("Sec-Fetch-Site", "cross-site"));
    HttpResponse<String> old =
        visitor.post(url + "login", Map.of(), Map.of("Origin", "http://elsewhere.example"));

    assertThat(fetched.statusCode()).isEqualTo(403);
    assertThat(old.statusCode()).isEqualTo(403);
    assertThat(visitor.cookie()).isEmpty();
  }

  @Test
  void otherAddressesAndMethodsAreNotFoundOrNotAllowed() throws Exception {
    assertThat(visitor.get(url + "nowhere").statusCode()).isEqualTo(404);
    assertThat(visitor.get(url + "login").statusCode()).isEqualTo(405);
  }

  @Test
  void plainHttpIsACookieWithoutSecure() throws Exception {
    Visitor plain = new Visitor("session");
    try (DemoServer other = start(true)) {
      HttpResponse<String> response = plain.get(other.url() + "views");

      assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
          .matches("session=[\\w-]+; Path=/; HttpOnly; SameSite=Lax");
      assertThat(plain.get(other.url() + "views").body()).isEqualTo("{\"views\":2}");
      assertThat(plain.getPage(other.url() + "?try=move").body()).contains("BAD_SEAL");
    }
  }
}
