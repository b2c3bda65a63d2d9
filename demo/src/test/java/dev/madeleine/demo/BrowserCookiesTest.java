package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.madeleine.CookieOptions;
import dev.madeleine.CookieOptions.SameSite;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What Chromium makes of our cookies when their options change, in requests of other sites and over
 * plain http.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserCookiesTest {
  private static final CookieOptions HOST = CookieOptions.defaults();
  private static final CookieOptions PARTITIONED = HOST.withPartitioned(true);
  private static final CookieOptions ROOT = CookieOptions.named("sid");
  private static final CookieOptions SHOP = ROOT.withPath("/shop");

  /** Milliseconds that the browser may take on a busy machine. */
  private static final double PATIENCE = 60_000;

  private final KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private Playwright playwright;
  private Browser browser;
  private HttpServer server;
  private BrowserContext context;
  private Page page;
  private volatile Sessions sessions = Sessions.of(keys);

  @BeforeAll
  void openBrowser() {
    Path chromium = Needed.program("chromium");
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setHeadless(true)
                    .setTimeout(PATIENCE)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--host-resolver-rules=MAP *.test 127.0.0.1")));
  }

  @AfterAll
  void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    events.clear();
    context = browser.newContext();
    context.setDefaultTimeout(PATIENCE);
    page = context.newPage();
  }

  @AfterEach
  void leave() {
    if (context != null) {
      context.close();
    }
    server.stop(0);
  }

  /** Counts visits, and logs in and out; a form of another site posts to it. */
  private void answer(HttpExchange exchange) throws IOException {
    Session session = sessions.load(name -> exchange.getRequestHeaders().get(name));
    String action = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    switch (action) {
      case "count" -> session.put("views", session.get("views", 0) + 1);
      case "login" -> session.login("marcel");
      case "logout" -> session.invalidate();
      default -> {} // Reads.
    }
    String body =
        action.equals("form")
            ? "<form method=post action='" + exchange.getRequestURI().getQuery() + "'><button>"
            : "views " + (session.isInvalidated() ? 0 : session.get("views", 0));
    sessions
        .save(session)
        .forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(action.equals("favicon.ico") ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private SessionsBuilder sessions(CookieOptions cookie) {
    return Sessions.builder(keys).cookie(cookie).listener(events::add);
  }

  private SessionTransport former(CookieOptions cookie) {
    return SessionTransport.cookie(cookie, NativeEncoder.signed(() -> keys, "session"))
        .withEnd(Instant.now().plus(Duration.ofDays(1)));
  }

  private String url(String host, String path) {
    return "http://" + host + ":" + server.getAddress().getPort() + path;
  }

  private String visit(String path) {
    page.navigate(url("localhost", path));
    return page.textContent("body");
  }

  private List<Cookie> cookies() {
    return context.cookies();
  }

  // ---- the identity of a cookie changes, and the former one stays beside it ----

  @Test
  void theSessionGoesOnWhenPartitionedIsSwitchedOn() {
    sessions = sessions(HOST).build();
    assertThat(visit("/count")).isEqualTo("views 1");

    sessions = sessions(PARTITIONED).build();

    assertThat(visit("/count")).isEqualTo("views 2");
    assertThat(cookies()).hasSize(2);
    assertThat(visit("/count")).isEqualTo("views 3");
    assertThat(visit("/read")).isEqualTo("views 3");
    visit("/login");
    assertThat(visit("/count")).isEqualTo("views 4");
    assertThat(events).noneMatch(SessionEvent.Rejected.class::isInstance);
  }

  @Test
  void theSessionGoesOnWhenThePathChanges() {
    sessions = sessions(ROOT).build();
    assertThat(visit("/shop/count")).isEqualTo("views 1");

    sessions = sessions(SHOP).build();

    assertThat(visit("/shop/count")).isEqualTo("views 2");
    assertThat(cookies()).hasSize(2);
    assertThat(visit("/shop/count")).isEqualTo("views 3");
    visit("/shop/login");
    assertThat(visit("/shop/read")).isEqualTo("views 3");
    assertThat(events).noneMatch(SessionEvent.Rejected.class::isInstance);
  }

  @Test
  void movesToAPartitionedCookieOfTheSameNameOnAPageThatOnlyReads() {
    sessions = sessions(HOST).build();
    visit("/count");

    sessions = sessions(PARTITIONED).reading(former(HOST)).build();

    assertThat(visit("/read")).isEqualTo("views 1");
    assertThat(cookies()).hasSize(1);
    assertThat(cookies().get(0).partitionKey).isNotNull();
    assertThat(visit("/count")).isEqualTo("views 2");
  }

  @Test
  void movesToAnotherPathOnAPageThatOnlyReads() {
    sessions = sessions(ROOT).build();
    visit("/shop/count");

    sessions = sessions(SHOP).reading(former(ROOT)).build();

    assertThat(visit("/shop/read")).isEqualTo("views 1");
    assertThat(cookies()).extracting(cookie -> cookie.path).containsExactly("/shop");
    assertThat(visit("/shop/count")).isEqualTo("views 2");
  }

  @Test
  void aLogoutLeavesNeitherTheNewCookieNorTheFormerOne() {
    sessions = sessions(HOST).build();
    visit("/count");
    sessions = sessions(PARTITIONED).build();
    visit("/count");
    assertThat(cookies()).hasSize(2);

    sessions = sessions(PARTITIONED).reading(former(HOST)).build();
    visit("/logout");

    assertThat(cookies()).isEmpty();
    assertThat(visit("/read")).isEqualTo("views 0");
  }

  // ---- requests of other sites ----

  /** Posts from another site, as an identity or payment provider does after its own pages. */
  private String postedFromAnotherSite() {
    page.navigate(url("provider.test", "/form?" + url("localhost", "/count")));
    page.click("button");
    page.waitForURL(url("localhost", "/count"));
    return page.textContent("body");
  }

  @Test
  void aPostOfAnotherSiteBringsACookieOfSameSiteNone() {
    sessions = sessions(HOST.withSameSite(SameSite.NONE)).build();
    visit("/count");

    assertThat(postedFromAnotherSite()).isEqualTo("views 2");
    assertThat(visit("/read")).isEqualTo("views 2");
  }

  @Test
  void aPostOfAnotherSiteBringsNoLaxCookieAndWhatItsHandlerWritesReplacesTheSession() {
    sessions = sessions(HOST).build();
    visit("/count");
    visit("/count");

    assertThat(postedFromAnotherSite()).isEqualTo("views 1");
    assertThat(visit("/read")).isEqualTo("views 1");
  }

  // ---- plain http ----

  @Test
  void aHostOtherThanLocalhostKeepsASessionOverPlainHttpOnlyInDevelopment() {
    sessions = Sessions.of(keys);
    page.navigate(url("shop.test", "/count"));
    page.navigate(url("shop.test", "/count"));
    assertThat(page.textContent("body")).isEqualTo("views 1");
    assertThat(cookies()).isEmpty();

    sessions = Sessions.builder(keys).forPlainHttpDevelopment().build();
    page.navigate(url("shop.test", "/count"));
    page.navigate(url("shop.test", "/count"));
    assertThat(page.textContent("body")).isEqualTo("views 2");
    assertThat(cookies()).hasSize(1);
  }

  @Test
  void localhostKeepsASecureCookieOverPlainHttp() {
    sessions = Sessions.of(keys);
    visit("/count");

    assertThat(visit("/count")).isEqualTo("views 2");
    assertThat(cookies()).extracting(cookie -> cookie.secure).containsExactly(true);
  }
}
