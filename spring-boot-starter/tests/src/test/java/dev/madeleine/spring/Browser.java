package dev.madeleine.spring;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user's browser in front of several nodes: it keeps cookies, and each of its requests goes to
 * the next node.
 */
final class Browser {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  static {
    allowHost();
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Integer> ports;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** Names of the cookies that come with a request from any site. */
  private final Set<String> sentAcrossSites = new HashSet<>();

  private int next;

  Browser(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /** Lets HTTP clients name the host themselves, which each JVM decides at its first client. */
  static void allowHost() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** Sends a form with the CSRF token that a page of this application shows. */
  HttpResponse<String> post(String path, String... namesAndValues) throws Exception {
    String token = get("/public/token").body();
    Map<String, String> form = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    form.put("_csrf", token);
    return postWithoutToken(path, form);
  }

  HttpResponse<String> postWithoutToken(String path, Map<String, String> form) throws Exception {
    return send(path, form(form));
  }

  /** Sends a form that a page of another site has: only cookies with SameSite=None come with it. */
  HttpResponse<String> postAcrossSites(String path, Map<String, String> form) throws Exception {
    Map<String, String> kept = new LinkedHashMap<>(cookies);
    kept.keySet().removeAll(sentAcrossSites);
    cookies.keySet().retainAll(sentAcrossSites);
    HttpResponse<String> response = send(path, form(form));
    kept.forEach(cookies::putIfAbsent);
    return response;
  }

  private static HttpRequest.Builder form(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** The page to which a response redirects. */
  HttpResponse<String> follow(HttpResponse<String> redirect) throws Exception {
    return get(location(redirect));
  }

  /** Path and query to which a response redirects. */
  static String location(HttpResponse<?> redirect) {
    URI to = URI.create(redirect.headers().firstValue("Location").orElse(""));
    return to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
  }

  /** The CSRF token of a login page. */
  static String token(HttpResponse<String> page) {
    Matcher matcher = TOKEN.matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("no token in " + page.body());
    }
    return matcher.group(1);
  }

  /** The cookies that it has, by name. */
  Map<String, String> cookies() {
    return cookies;
  }

  /** Sends a request with the cookies, without following redirects. */
  HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
    int port = ports.get(next++ % ports.size());
    request.uri(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(1)) // Of a node that never answers.
        .header("Accept", "text/html, */*")
        .header("Host", "shop.example"); // Of all nodes, as behind a load balancer.
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    response.headers().allValues("Set-Cookie").forEach(this::keep);
    return response;
  }

  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    String value = pair.substring(pair.indexOf('=') + 1);
    if (value.isEmpty() || line.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, value);
      if (line.contains("SameSite=None")) {
        sentAcrossSites.add(name);
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
