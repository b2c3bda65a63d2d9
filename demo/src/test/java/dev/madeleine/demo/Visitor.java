package dev.madeleine.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client that keeps one cookie and sends it wherever it is told to. (The JDK's own cookie store
 * takes no {@code Secure} cookie on http, which browsers and curl do on localhost.)
 */
final class Visitor {
  static final String COOKIE = "__Host-session";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, String> HTML = Map.of("Accept", "text/html");

  private String cookieName = COOKIE;
  private String cookie = "";

  Visitor() {}

  Visitor(String cookieName) {
    this.cookieName = cookieName;
  }

  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(request(url).GET());
  }

  HttpResponse<String> getPage(String url) throws IOException, InterruptedException {
    return send(request(url, HTML).GET());
  }

  HttpResponse<String> post(String url, Map<String, String> form)
      throws IOException, InterruptedException {
    return post(url, form, Map.of());
  }

  HttpResponse<String> postPage(String url, Map<String, String> form)
      throws IOException, InterruptedException {
    return post(url, form, HTML);
  }

  HttpResponse<String> post(String url, Map<String, String> form, Map<String, String> headers)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(url, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The value of the cookie that this visitor holds; empty for none. */
  String cookie() {
    return cookie;
  }

  Visitor holding(String value) {
    cookie = value;
    return this;
  }

  private HttpRequest.Builder request(String url) {
    return request(url, Map.of());
  }

  private HttpRequest.Builder request(String url, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    headers.forEach(request::header);
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookieName + "=" + cookie);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String line : response.headers().allValues("Set-Cookie")) {
      if (line.startsWith(cookieName + "=")) {
        cookie = line.substring(cookieName.length() + 1, line.indexOf(';'));
      }
    }
    return response;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
