package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A browser with one cookie, who knows what each kind of session has to answer. */
final class Visitor {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SessionKind kind;
  private final URI server;
  private @Nullable String cookie;

  Visitor(SessionKind kind, int port) {
    this.kind = kind;
    server = URI.create("http://127.0.0.1:" + port);
  }

  /** What wrk asks for. */
  URI url() {
    return server.resolve("/views");
  }

  /** The cookie, name and value, or null where there are no sessions. */
  @Nullable String cookie() {
    return cookie;
  }

  /** Gets a new session; does nothing where there are none. */
  void login() throws IOException, InterruptedException {
    cookie = null;
    if (kind.store() == SessionStore.NONE) {
      return;
    }
    take(get("/login", 200));
    require(
        cookie != null && cookie.startsWith(kind.store().cookie() + "="),
        "a login has to set the cookie " + kind.store().cookie());
  }

  /**
   * Asks twice, and once without the cookie.
   *
   * @throws IOException if an answer is not the one of this kind of session
   */
  void check() throws IOException, InterruptedException {
    login();
    int change = kind.use() == SessionUse.CHANGE ? 1 : 0;
    boolean inCookie = change == 1 && kind.store() == SessionStore.MADELEINE;
    for (int i = 1; i <= 2; i++) {
      HttpResponse<String> answer = get("/views", 200);
      String expected = "views " + (SmallSession.FIRST_VIEWS + i * change);
      require(
          answer.body().equals(expected),
          "the answer is \"" + answer.body() + "\", expected \"" + expected + "\"");
      require(
          take(answer) == inCookie,
          inCookie ? "a change has to set the cookie" : "nothing has to set a cookie here");
    }
    cookie = null;
    get("/views", kind.use() == SessionUse.UNTOUCHED ? 200 : 409);
  }

  /** Takes the cookie that is set, and says whether there was one. */
  private boolean take(HttpResponse<String> answer) {
    String set = answer.headers().firstValue("Set-Cookie").orElse(null);
    if (set != null) {
      cookie = set.substring(0, set.indexOf(';'));
    }
    return set != null;
  }

  private HttpResponse<String> get(String path, int status)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    require(
        answer.statusCode() == status,
        path + " has to answer with " + status + ", it was " + answer.statusCode());
    return answer;
  }

  private void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
