package dev.madeleine.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A provider of OpenID Connect, as a {@link ProviderServer} here or in a process of its own. */
final class Provider implements AutoCloseable {
  /** The secret of the client, which nobody else may see. */
  static final String SECRET = "the-secret-of-the-desk";

  private final String issuer;
  private final int beside;
  private final AutoCloseable server;

  /** Starts a server on two ports. */
  private interface Starter {
    AutoCloseable start(int port, int besidePort) throws IOException;
  }

  private Provider(int port, int beside, AutoCloseable server) {
    issuer = "http://127.0.0.1:" + port;
    this.beside = beside;
    this.server = server;
  }

  private static Provider start(Starter starter) throws IOException {
    int port;
    int beside;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = one.getLocalPort();
      beside = other.getLocalPort();
    }
    return new Provider(port, beside, starter.start(port, beside));
  }

  static Provider start() throws IOException {
    return start(ProviderServer::new);
  }

  /**
   * Starts it in a process of its own, for tests that have no servlets.
   *
   * @param classPath a file with what the server needs beside the classes of the tests
   */
  static Provider startProcess(Path classPath) throws IOException {
    return start((port, beside) -> process(classPath, port, beside));
  }

  private static AutoCloseable process(Path classPath, int port, int beside) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target/test-classes:" + Files.readString(classPath).strip(),
                ProviderServer.class.getName(),
                String.valueOf(port),
                String.valueOf(beside))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.endsWith(":" + port)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the provider did not start");
    }
    return process.getOutputStream();
  }

  /** What an application needs to know: the clients desk, of OpenID, and plain, of OAuth 2.0. */
  String[] properties(String... more) {
    String client = "--spring.security.oauth2.client.";
    List<String> properties =
        new ArrayList<>(
            List.of(
                client + "provider.desk.issuer-uri=" + issuer,
                client + "provider.desk.user-name-attribute=preferred_username",
                client + "provider.plain.authorization-uri=" + issuer + "/oauth2/authorize",
                client + "provider.plain.token-uri=" + issuer + "/oauth2/token",
                client
                    + "provider.plain.user-info-uri=http://127.0.0.1:"
                    + beside
                    + "/profile",
                client + "provider.plain.user-name-attribute=login"));
    for (String id : List.of("desk", "plain")) {
      String registration = client + "registration." + id + ".";
      properties.add(registration + "client-id=desk");
      properties.add(registration + "client-secret=" + SECRET);
      properties.add(registration + "authorization-grant-type=authorization_code");
      properties.add(registration + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}");
      properties.add(registration + "scope=" + (id.equals("desk") ? "openid,profile" : "profile"));
    }
    properties.addAll(List.of(more));
    return properties.toArray(String[]::new);
  }

  String issuer() {
    return issuer;
  }

  /** A user's browser at the provider's pages. */
  Browser browser() {
    return new Browser(List.of(Integer.parseInt(issuer.substring(issuer.lastIndexOf(':') + 1))));
  }

  /**
   * Logs a user in and agrees, if asked.
   *
   * @param request the redirect of the application
   * @return the redirect to the application
   */
  static HttpResponse<String> answer(Browser here, HttpResponse<String> request) throws Exception {
    HttpResponse<String> response = here.follow(request);
    if (Browser.location(response).equals("/login")) {
      HttpResponse<String> page = here.follow(response);
      response =
          here.follow(
              here.postWithoutToken(
                  "/login",
                  Map.of("username", "marcel", "password", "cake", "_csrf", Browser.token(page))));
    }
    return response;
  }

  /** A logout token of one login, or of all of a user, as a provider posts it. */
  String logoutToken(String subject, String session) throws Exception {
    String whose = session == null ? "sub/" + subject : "sid/" + session;
    URI uri = URI.create("http://127.0.0.1:" + beside + "/logout-token/" + whose);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
