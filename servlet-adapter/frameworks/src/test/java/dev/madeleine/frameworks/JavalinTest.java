package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sessions;
import dev.madeleine.frameworks.Browser.Page;
import dev.madeleine.servlet.SessionFilter;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Javalin application behind the filter without any setting, over two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavalinTest {
  private final Warnings warnings = new Warnings();
  private Javalin first;
  private Javalin second;

  private Javalin node() {
    Sessions sessions = Sessions.builder(Keys.RING).listener(warnings).build();
    return JavalinShop.start(new SessionFilter(sessions));
  }

  @BeforeAll
  void start() {
    first = node();
    second = node();
  }

  @AfterAll
  void stop() {
    first.stop();
    second.stop();
  }

  @AfterEach
  void nothingWasLost() {
    warnings.assertNone();
  }

  private Browser browser() {
    return new Browser(first.port(), second.port());
  }

  @Test
  void cartThatIsChangedInPlaceIsReadOnTheOtherNode() throws Exception {
    Browser browser = browser();

    Page page = browser.get("/cart?item=madeleine");

    assertThat(page.body()).isEqualTo("madeleine");
    assertThat(page.sessionLine()).matches(Browser.LINE);
    assertThat(browser.get("/cart?item=tea").body()).isEqualTo("madeleine,tea");
    assertThat(browser.get("/cart").body()).isEqualTo("madeleine,tea");
    assertThat(browser.cookieNames()).containsExactly(Browser.SESSION);
  }

  @Test
  void changeInPlaceIsFoundBeforeAPageThatOverflowsTheBuffer() throws Exception {
    Browser browser = browser();
    browser.get("/cart?item=madeleine");

    assertThat(browser.get("/catalogue?item=tea").body()).hasSize(300_000);
    assertThat(browser.get("/cart").body()).isEqualTo("madeleine,tea");
  }

  @Test
  void messageOfAFailedLoginIsShownOnceOnTheOtherNode() throws Exception {
    Browser browser = browser();

    Page failed = browser.post("/login", "name", "marcel", "password", "tea");

    assertThat(failed.status()).isEqualTo(302);
    assertThat(browser.follow(failed).body()).isEqualTo("wrong password for marcel");
    assertThat(browser.get("/messages").body()).isEqualTo("nothing");
  }

  @Test
  void loginTakesANewIdAndReturnsToTheSavedPage() throws Exception {
    Browser browser = browser();
    Page refused = browser.get("/account?tab=orders");
    assertThat(refused.status()).isEqualTo(403);
    String before = browser.sessionId();

    Page login = browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(login.sessionLine()).matches(Browser.LINE);
    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(login.location()).isEqualTo("/account?tab=orders");
    assertThat(browser.follow(login).body()).isEqualTo("account of marcel");
    assertThat(browser.get("/account").body()).isEqualTo("account of marcel");
  }

  @Test
  void wizardKeepsAMapFromStepToStep() throws Exception {
    Browser browser = browser();

    browser.get("/wizard?flavour=lemon");

    assertThat(browser.get("/wizard?pieces=3").body()).isEqualTo("{flavour=lemon, pieces=3}");
    assertThat(browser.get("/wizard").body()).isEqualTo("{flavour=lemon, pieces=3}");
  }

  @Test
  void chosenLocaleIsUsedOnTheOtherNode() throws Exception {
    Browser browser = browser();

    browser.get("/locale?choose=fr-CA");

    assertThat(browser.get("/locale").body()).isEqualTo("fr_CA");
  }

  @Test
  void listsTheAttributes() throws Exception {
    Browser browser = browser();
    browser.get("/cart?item=madeleine");
    browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(browser.get("/listing").body()).isEqualTo("{cart=[madeleine], user=marcel}");
  }

  @Test
  void changeOfAFutureIsWritten() throws Exception {
    Browser browser = browser();

    assertThat(browser.get("/later").body()).isEqualTo("later");
    assertThat(browser.get("/listing").body()).isEqualTo("{seen=later}");
  }

  @Test
  void changeOfAnAfterHandlerIsWritten() throws Exception {
    Browser browser = browser();

    assertThat(browser.get("/counted").body()).isEqualTo("counted");
    assertThat(browser.get("/listing").body()).isEqualTo("{seen=counted}");
  }

  @Test
  void changeBeforeAnExceptionIsWritten() throws Exception {
    Browser browser = browser();

    assertThat(browser.get("/fail").status()).isEqualTo(500);
    assertThat(browser.get("/listing").body()).isEqualTo("{seen=failed}");
  }

  @Test
  void serverSentEventsReadTheSession() throws Exception {
    Browser browser = browser();
    browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(browser.events("/events").body()).contains("marcel");
  }

  @Test
  void webSocketSeesTheSessionOfItsUpgrade() throws Exception {
    Browser browser = browser();
    assertThat(answerOf(browser)).isEqualTo("nobody []");
    browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(answerOf(browser)).isEqualTo("marcel [user]");
  }

  /** What the chat says to us. */
  private static String answerOf(Browser browser) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answer.complete(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            answer.completeExceptionally(error);
          }
        };
    WebSocket.Builder handshake = HttpClient.newHttpClient().newWebSocketBuilder();
    if (browser.hasSession()) {
      handshake.header("Cookie", browser.cookies());
    }
    WebSocket socket =
        handshake
            .buildAsync(URI.create("ws://127.0.0.1:" + browser.nextPort() + "/chat"), listener)
            .get(60, TimeUnit.SECONDS);
    socket.sendText("hello", true).get(60, TimeUnit.SECONDS);
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    Browser browser = browser();
    browser.post("/login", "name", "marcel", "password", "cake");

    Page out = browser.get("/logout");

    assertThat(out.sessionLine()).startsWith(Browser.SESSION + "=; Path=/; Max-Age=0");
    assertThat(browser.hasSession()).isFalse();
    assertThat(browser.get("/account").status()).isEqualTo(403);
  }
}
