package dev.madeleine.servlet.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The recipe of docs/servlet.md in a real Spring Boot application with Spring Security. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringBootTest {
  private static final String LINE =
      "__Host-session=[A-Za-z0-9_-]{60,}; Path=/; Secure; HttpOnly; SameSite=Lax";

  private final HttpClient client = HttpClient.newHttpClient();
  private ConfigurableApplicationContext application;

  @BeforeAll
  void start() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    String keys = "base64:" + Base64.getEncoder().encodeToString(key);
    application =
        SpringApplication.run(
            new Class<?>[] {Shop.class, SpringBootRecipe.class},
            new String[] {
              "--server.port=0",
              "--server.address=127.0.0.1",
              "--madeleine.keys=" + keys,
              "--spring.main.banner-mode=off",
              "--logging.level.root=warn"
            });
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void isTheRecipeOfTheDocuments() throws Exception {
    Path root = Path.of("../../..");
    Path sources =
        root.resolve("servlet-adapter/spring-boot/src/test/java/dev/madeleine/servlet/spring");
    String document = Files.readString(root.resolve("docs/servlet.md"));

    for (String name : List.of("SpringBootRecipe.java", "PlainSecurityContexts.java")) {
      String source = Files.readString(sources.resolve(name));
      assertThat(document).contains(source.substring(source.indexOf("\nclass ") + 1));
    }
  }

  @Test
  void carriesAttributesFromRequestToRequest() throws Exception {
    HttpResponse<String> first = get("/count", null);

    assertThat(first.body()).isEqualTo("1");
    assertThat(sessionCookies(first)).singleElement().asString().matches(LINE);
    assertThat(get("/count", cookie(first)).body()).isEqualTo("2");
    assertThat(first.headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("JSESSIONID"));
  }

  @Test
  void carriesAttributesOfAsyncControllers() throws Exception {
    HttpResponse<String> first = get("/async", null);

    assertThat(get("/count", cookie(first)).body()).isEqualTo("2");
  }

  @Test
  void keepsTheCookieOfAnErrorPage() throws Exception {
    HttpResponse<String> failed = get("/fail", null);

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(sessionCookies(failed)).singleElement().asString().matches(LINE);
  }

  @Test
  void logsInThroughSpringSecurityWithANewId() throws Exception {
    HttpResponse<String> anonymous = get("/count", null);
    HttpResponse<String> refused = get("/me", cookie(anonymous));
    assertThat(refused.statusCode()).isEqualTo(302);
    assertThat(refused.headers().firstValue("Location"))
        .hasValueSatisfying(l -> assertThat(l).endsWith("/login"));

    HttpResponse<String> login = post("/login", cookie(anonymous), "username=marcel&password=cake");

    assertThat(login.statusCode()).isEqualTo(302);
    assertThat(sessionCookies(login)).singleElement().asString().matches(LINE);
    assertThat(id(cookie(login))).isNotEqualTo(id(cookie(anonymous)));
    assertThat(get("/me", cookie(login)).body()).isEqualTo("marcel 1");
  }

  @Test
  void sendsNothingToARequestThatDoesNotUseItsSession() throws Exception {
    assertThat(get("/quiet", null).headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void logsOut() throws Exception {
    HttpResponse<String> login = post("/login", null, "username=marcel&password=cake");

    HttpResponse<String> out = post("/logout", cookie(login), "");

    assertThat(sessionCookies(out))
        .singleElement()
        .asString()
        .startsWith("__Host-session=; Path=/; Max-Age=0");
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return send(request(path, cookie).GET());
  }

  private HttpResponse<String> post(String path, String cookie, String form) throws Exception {
    return send(
        request(path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder request(String path, String cookie) {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept", "text/html, */*");
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> sessionCookies(HttpResponse<?> response) {
    return response.headers().allValues("Set-Cookie").stream()
        .filter(line -> line.startsWith("__Host-session="))
        .toList();
  }

  private static String cookie(HttpResponse<?> response) {
    String line = sessionCookies(response).get(0);
    return line.substring(0, line.indexOf(';'));
  }

  private static String id(String cookie) {
    byte[] token = Base64.getUrlDecoder().decode(cookie.substring(cookie.indexOf('=') + 1));
    return java.util.HexFormat.of().formatHex(token, 6, 22);
  }
}
