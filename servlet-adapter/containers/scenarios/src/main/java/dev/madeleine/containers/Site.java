package dev.madeleine.containers;

import dev.madeleine.SessionEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A running container with the applications of the scenarios, their clock, and what was reported.
 */
final class Site {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** How long something may take on a busy machine before it counts as missing. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Container container;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final SessionCookies cookies = new SessionCookies(now::get);
  private final Handlers handlers = new Handlers();
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private final ListenerLog log = new ListenerLog();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Container.Running running;
  private final List<SessionEvent> atStart;

  Site(Container container) throws Exception {
    this.container = container;
    if (System.getProperty("java.util.logging.config.file") == null) {
      Logger.getLogger("").setLevel(Level.OFF); // Most scenarios fail on purpose.
    }
    running = container.start(0, new Applications(this).all());
    atStart = List.copyOf(events);
  }

  Container container() {
    return container;
  }

  /** See {@link Container#takenBack}. */
  String[] takenBack(String restoring) {
    return container.takenBack(restoring).toArray(new String[0]);
  }

  SessionCookies cookies() {
    return cookies;
  }

  Handlers handlers() {
    return handlers;
  }

  /** Keeps what the library reports, unless all is well. */
  void heard(SessionEvent event) {
    if (!event.isRoutine()) {
      events.add(event);
    }
  }

  /** What the library reported. */
  List<SessionEvent> events() {
    return events;
  }

  /** What the library reported when the applications started. */
  List<SessionEvent> atStart() {
    return atStart;
  }

  /** The changes that were reported as lost. */
  List<SessionEvent> lost() {
    return events.stream().filter(SessionEvent.ChangeLost.class::isInstance).toList();
  }

  /** What the listeners of the root application heard. */
  ListenerLog log() {
    return log;
  }

  AtomicReference<Instant> clock() {
    return now;
  }

  /** Says what an application does at a path, the context path included. */
  void on(String path, Handler handler) {
    handlers.on(path, handler);
  }

  /** Forgets the scenario before. */
  void clear() {
    handlers.clear();
    Handler errorPage = (request, response) -> response.getWriter().print("error page");
    handlers.on(Applications.ERROR_PAGE, errorPage);
    handlers.on("/two" + Applications.ERROR_PAGE, errorPage);
    events.clear();
    log.clear();
    now.set(START);
  }

  /** Sets the clock to this time after the start. */
  void at(Duration time) {
    now.set(START.plus(time));
  }

  Answer get(String path, String... cookieHeaders) throws Exception {
    return send("GET", path, cookieHeaders);
  }

  Answer send(String method, String path, String... cookieHeaders) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (String cookie : cookieHeaders) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    handlers.throwFailure();
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Answer(response.statusCode(), response.body(), headers, cookies, container);
  }

  /** Sends a GET with header lines as they are. */
  Answer raw(String path, String... lines) throws Exception {
    return socket(path, "HTTP/1.1", lines);
  }

  Answer rawInHttp10(String path) throws Exception {
    return socket(path, "HTTP/1.0");
  }

  private Answer socket(String path, String version, String... lines) throws Exception {
    RawClient.Response response = RawClient.get(running.port(), path, version, List.of(lines));
    handlers.throwFailure();
    return new Answer(response.status(), response.body(), response.headers(), cookies, container);
  }

  /** Does something meanwhile, for example a second request. */
  <T> Future<T> later(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future);
    thread.setDaemon(true);
    thread.start();
    return future;
  }

  /** Waits for what happens when the client has its response already. */
  void eventually(Runnable assertion) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }

  void stop() throws Exception {
    running.stop();
  }
}
