package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.AttributeConverter;
import dev.madeleine.KeyRing;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.Subject;
import dev.madeleine.TokenHeader;
import dev.madeleine.frameworks.Browser.Page;
import dev.madeleine.servlet.SessionFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.filter.CallbackFilter;

/**
 * An application of pac4j behind the filter, with the recipe of docs/frameworks.md, over two nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Pac4jTest {
  private static final String CALLBACK = "/callback?client_name=FormClient";
  private final Warnings warnings = new Warnings();
  private TomcatNode first;
  private TomcatNode second;

  private TomcatNode node(Consumer<Context> application) throws Exception {
    KeyRing keys = Keys.RING;
    SessionsBuilder builder =
        Sessions.builder(keys).converters(Pac4jConverters.PROFILE, Pac4jConverters.REQUESTED_FORM);
    Sessions sessions = builder.listener(warnings).build();
    return new TomcatNode(new SessionFilter(sessions), application);
  }

  @BeforeAll
  void start() throws Exception {
    JavaSerialization.assertNothingRead();
    first = node(Pac4jShop::addTo);
    second = node(Pac4jShop::addTo);
  }

  @AfterAll
  void stop() throws Exception {
    JavaSerialization.assertNothingRead();
    first.close();
    second.close();
  }

  @AfterEach
  void nothingWasLost() {
    warnings.assertNone();
  }

  private Browser browser() {
    return new Browser(first.port(), second.port());
  }

  @Test
  void wrongPasswordIsToldAndLogsNobodyIn() throws Exception {
    Browser browser = browser();

    Page failed = browser.post(CALLBACK, "username", "marcel", "password", "tea");

    assertThat(browser.follow(failed).body()).contains("CredentialsException");
    assertThat(browser.get("/account").location()).isEqualTo("/login");
  }

  @Test
  void loginTakesANewIdAndReturnsToTheSavedPage() throws Exception {
    Browser browser = browser();
    Page refused = browser.get("/account?item=tea");
    assertThat(refused.location()).isEqualTo("/login");
    String before = browser.sessionId();

    Page login = browser.post(CALLBACK, "username", "marcel", "password", "marcel");

    assertThat(login.sessionLine()).matches(Browser.LINE);
    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(login.location()).isEqualTo("/account?item=tea");
    assertThat(browser.follow(login).body())
        .startsWith("GET marcel via FormClient [reader] tea token ");
    assertThat(browser.get("/account").body())
        .startsWith("GET marcel via FormClient [reader] null token ");
  }

  @Test
  void loginCanNameTheUserByWhomTheSessionCanBeRevoked() throws Exception {
    try (TomcatNode one = node(Pac4jTest::named);
        TomcatNode other = node(Pac4jTest::named)) {
      Browser browser = new Browser(one.port(), other.port());
      browser.get("/account?item=tea");
      String before = browser.sessionId();

      Page login = browser.post(CALLBACK, "username", "marcel", "password", "marcel");

      assertThat(TokenHeader.of(browser.session()).metadata().subject())
          .isEqualTo(Subject.of("marcel", 0));
      assertThat(browser.sessionId()).isNotEqualTo(before);
      assertThat(browser.follow(login).body()).startsWith("GET marcel via FormClient");
    }
  }

  private static void named(Context context) {
    CallbackFilter callback = new CallbackFilter();
    callback.setRenewSession(false);
    Pac4jShop.addTo(context, callback, new Pac4jLogin());
  }

  @Test
  void formThatWasSentBeforeTheLoginIsSavedToo() throws Exception {
    Browser browser = browser();
    browser.post("/account", "item", "tea");

    Page login = browser.post(CALLBACK, "username", "marcel", "password", "marcel");

    assertThat(login.status()).isEqualTo(200);
    assertThat(login.body()).contains("<form").contains("name=\"item\" value=\"tea\"");
  }

  @Test
  void tokenAgainstForgeryIsCheckedOnTheOtherNode() throws Exception {
    Browser browser = browser();
    browser.post(CALLBACK, "username", "marcel", "password", "marcel");
    String page = browser.get("/account").body();
    String token = page.substring(page.lastIndexOf(' ') + 1);

    assertThat(browser.post("/account", "item", "tea", "pac4jCsrfToken", token).body())
        .startsWith("POST marcel via FormClient [reader] tea");
    assertThat(browser.post("/account", "item", "tea", "pac4jCsrfToken", "guessed").status())
        .isEqualTo(403);
  }

  @Test
  void logoutIsKnownOnTheOtherNode() throws Exception {
    Browser browser = browser();
    browser.post(CALLBACK, "username", "marcel", "password", "marcel");

    Page out = browser.get("/logout");

    assertThat(out.location()).isEqualTo("/login");
    assertThat(out.sessionLine()).startsWith(Browser.SESSION + "=; Path=/; Max-Age=0");
    assertThat(browser.hasSession()).isFalse();
    assertThat(browser.get("/account").location()).isEqualTo("/login");
  }

  @Test
  void cookieNamesNoClassOfAValue() throws Exception {
    Browser browser = browser();
    browser.get("/account?item=tea");
    String saved = Wire.json(browser.session());
    browser.post(CALLBACK, "username", "marcel", "password", "marcel");

    assertThat(saved).contains("/account?item=tea");
    assertThat(Wire.json(browser.session()))
        .contains("pac4j-profile")
        .contains("\"roles\":[\"reader\"]")
        .doesNotContain("org.pac4j")
        .doesNotContain("CommonProfile")
        .doesNotContain("rO0");
  }

  @Test
  void valueThatIsNoProfileLogsNobodyIn() throws Exception {
    AttributeConverter<Gadget> sameWord =
        AttributeConverter.of(
            Pac4jConverters.PROFILE.word(), Gadget.class, Gadget::text, Gadget::new);
    AttributeConverter<Gadget> otherWord =
        AttributeConverter.of("com-example-gadget", Gadget.class, Gadget::text, Gadget::new);
    for (AttributeConverter<Gadget> converter : List.of(sameWord, otherWord)) {
      Sessions peer = Sessions.builder(Keys.RING).converters(converter).build();
      Session session = peer.load(name -> List.of());
      session.put(
          Pac4jConstants.USER_PROFILES, Map.of("FormClient", new Gadget("rO0ABXNyAARldmls")));
      Browser browser = browser();
      browser.plant(Wire.cookie(peer.save(session)));

      assertThat(browser.get("/account").location()).isEqualTo("/login");
      warnings.assertOnly(
          new SessionEvent.AttributeUnreadable(Browser.SESSION, Pac4jConstants.USER_PROFILES));
    }
  }
}
