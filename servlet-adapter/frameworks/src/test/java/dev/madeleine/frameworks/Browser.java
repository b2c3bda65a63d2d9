package dev.madeleine.frameworks;

import dev.madeleine.TokenHeader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser in front of several nodes without sticky sessions: it holds cookies and sends each
 * request to the node after the last one. Like Chromium it keeps {@code Secure} cookies of the
 * local host. It follows no redirect unless it is told to.
 */
final class Browser {
  /**
   * What a node answered.
   *
   * @param location path and query of a redirect, empty if there is none
   */
  record Page(int status, String body, String location, List<String> setCookies) {
    /** The one Set-Cookie line of the session. */
    String sessionLine() {
      List<String> lines = setCookies.stream().filter(c -> c.startsWith(SESSION + "=")).toList();
      if (lines.size() != 1) {
        throw new AssertionError("expected one line of the session cookie: " + lines.size());
      }
      return lines.get(0);
    }
  }

  /** The default name of the session cookie. */
  static final String SESSION = "__Host-session";

  /** What the line of a session that goes on looks like. */
  static final String LINE =
      SESSION + "=[A-Za-z0-9_-]{60,}; Path=/; Secure; HttpOnly; SameSite=Lax";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int[] ports;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private int requests;

  Browser(int... ports) {
    this.ports = ports.clone();
  }

  Page get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Reads server-sent events until the server ends. */
  Page events(String path) throws IOException, InterruptedException {
    return send(request(path).setHeader("Accept", "text/event-stream").GET());
  }

  /**
   * Submits a form.
   *
   * @param form names and values in turn
   */
  Page post(String path, String... form) throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < form.length; i++) {
      body.append(i == 0 ? "" : i % 2 == 0 ? "&" : "=");
      body.append(URLEncoder.encode(form[i], StandardCharsets.UTF_8));
    }
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Goes where an answer sent us. */
  Page follow(Page page) throws IOException, InterruptedException {
    if (page.location().isEmpty()) {
      throw new AssertionError("no redirect, but a " + page.status());
    }
    return get(page.location());
  }

  /** The value of the session cookie. */
  String session() {
    String value = cookies.get(SESSION);
    if (value == null) {
      throw new AssertionError("there is no session cookie");
    }
    return value;
  }

  boolean hasSession() {
    return cookies.containsKey(SESSION);
  }

  /** The id of the session, which anybody can read in a signed cookie. */
  String sessionId() {
    return TokenHeader.of(session()).metadata().id();
  }

  /** The names of all cookies that it holds. */
  List<String> cookieNames() {
    return List.copyOf(cookies.keySet());
  }

  /** Puts a value into the session cookie, as somebody would who took or forged one. */
  void plant(String value) {
    cookies.put(SESSION, value);
  }

  /** The {@code Cookie} header of the next request. */
  String cookies() {
    StringBuilder header = new StringBuilder();
    cookies.forEach(
        (name, value) ->
            header.append(header.isEmpty() ? "" : "; ").append(name).append('=').append(value));
    return header.toString();
  }

  /** The port of the node to which the next request goes. */
  int nextPort() {
    return ports[requests++ % ports.length];
  }

  private HttpRequest.Builder request(String path) {
    URI uri = URI.create("http://127.0.0.1:" + nextPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/html, */*");
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies());
    }
    return request;
  }

  private Page send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    List<String> lines = response.headers().allValues("Set-Cookie");
    lines.forEach(this::take);
    String location =
        response
            .headers()
            .firstValue("Location")
            .map(l -> response.uri().resolve(l))
            .map(l -> l.getRawPath() + (l.getRawQuery() == null ? "" : "?" + l.getRawQuery()))
            .orElse("");
    return new Page(response.statusCode(), response.body(), location, lines);
  }

  private void take(String line) {
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("; Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(pair.indexOf('=') + 1));
    }
  }
}
