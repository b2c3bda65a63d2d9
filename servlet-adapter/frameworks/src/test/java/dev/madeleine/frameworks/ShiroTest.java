package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.AttributeConverter;
import dev.madeleine.KeyRing;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.Subject;
import dev.madeleine.TokenHeader;
import dev.madeleine.frameworks.Browser.Page;
import dev.madeleine.servlet.SessionFilter;
import java.time.Duration;
import java.util.List;
import org.apache.shiro.subject.support.DefaultSubjectContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An application of Shiro behind the filter, with the recipe of docs/frameworks.md, over two nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShiroTest {
  private static final String[] PASSWORD = {"username", "marcel", "password", "cake"};
  private final Warnings warnings = new Warnings();
  private TomcatNode first;
  private TomcatNode second;

  private TomcatNode node(String configuration) throws Exception {
    KeyRing keys = Keys.RING;
    SessionsBuilder builder =
        Sessions.builder(keys)
            .converters(ShiroConverters.PRINCIPALS, ShiroConverters.SAVED_REQUEST)
            .policy(SessionPolicy.defaults().withRememberUpTo(Duration.ofDays(14)));
    Sessions sessions = builder.listener(warnings).build();
    return new TomcatNode(
        new SessionFilter(sessions), context -> ShiroShop.addTo(context, configuration));
  }

  @BeforeAll
  void start() throws Exception {
    JavaSerialization.assertNothingRead();
    first = node("classpath:shiro-login.ini");
    second = node("classpath:shiro-login.ini");
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

    Page failed = browser.post("/shop/login", "username", "marcel", "password", "tea");

    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.body()).contains("IncorrectCredentialsException");
    assertThat(browser.get("/shop/account").location()).isEqualTo("/shop/login");
  }

  @Test
  void loginTakesANewIdAndReturnsToTheSavedPage() throws Exception {
    Browser browser = browser();
    Page refused = browser.get("/shop/account?tab=orders");
    assertThat(refused.location()).isEqualTo("/shop/login");
    String before = browser.sessionId();

    Page login = browser.post("/shop/login", PASSWORD);

    assertThat(login.sessionLine()).matches(Browser.LINE);
    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(login.location()).isEqualTo("/shop/account?tab=orders");
    assertThat(browser.follow(login).body())
        .isEqualTo("true marcel reader true cook false query tab=orders");
    assertThat(browser.cookieNames()).containsExactly(Browser.SESSION);
  }

  @Test
  void loginTakesANewIdWithoutTheListenerToo() throws Exception {
    try (TomcatNode one = node("classpath:shiro.ini");
        TomcatNode other = node("classpath:shiro.ini")) {
      Browser browser = new Browser(one.port(), other.port());
      browser.get("/shop/account");
      String before = browser.sessionId();

      Page login = browser.post("/shop/login", PASSWORD);

      assertThat(browser.follow(login).body()).startsWith("true marcel");
      assertThat(browser.sessionId()).isNotEqualTo(before);
    }
  }

  @Test
  void loginNamesTheUserByWhomTheSessionCanBeRevoked() throws Exception {
    Browser browser = browser();

    browser.post("/shop/login", PASSWORD);

    assertThat(TokenHeader.of(browser.session()).metadata().subject())
        .isEqualTo(Subject.of("marcel", 0));
  }

  @Test
  void rolesAreKnownOnTheOtherNode() throws Exception {
    Browser browser = browser();
    browser.post("/shop/login", PASSWORD);

    assertThat(browser.get("/shop/account").body())
        .isEqualTo("true marcel reader true cook false query null");
    assertThat(browser.get("/shop/account").body())
        .isEqualTo("true marcel reader true cook false query null");
    assertThat(browser.get("/shop/kitchen").status()).isEqualTo(403);
  }

  @Test
  void identityThatIsTakenOnForAWhileTravelsToo() throws Exception {
    Browser browser = browser();
    browser.post("/shop/login", PASSWORD);

    browser.get("/shop/become");
    assertThat(browser.get("/shop/account").body())
        .isEqualTo("true celeste reader false cook true query null");
    browser.get("/shop/become-again");
    assertThat(browser.get("/shop/account").body())
        .isEqualTo("true marcel reader true cook false query null");
  }

  @Test
  void logoutIsKnownOnTheOtherNode() throws Exception {
    Browser browser = browser();
    browser.post("/shop/login", PASSWORD);

    Page out = browser.get("/shop/logout");

    assertThat(out.location()).isEqualTo("/shop/login");
    assertThat(out.sessionLine()).startsWith(Browser.SESSION + "=; Path=/; Max-Age=0");
    assertThat(browser.hasSession()).isFalse();
    assertThat(browser.get("/shop/account").location()).isEqualTo("/shop/login");
  }

  @Test
  void rememberedUserHasACookieThatOutlivesTheBrowser() throws Exception {
    Browser browser = browser();

    Page login =
        browser.post("/shop/login", "username", "marcel", "password", "cake", "rememberMe", "true");

    assertThat(login.sessionLine()).contains("; Max-Age=1209600");
    assertThat(browser.cookieNames()).containsExactly(Browser.SESSION);
    assertThat(browser.get("/shop/account").body()).startsWith("true marcel");
  }

  @Test
  void cookieNamesNoClassOfAValue() throws Exception {
    Browser browser = browser();
    browser.get("/shop/account?tab=orders");
    String saved = Wire.json(browser.session());
    browser.post("/shop/login", PASSWORD);

    assertThat(saved).contains("shiro-request").contains("/shop/account").doesNotContain("rO0");
    assertThat(Wire.json(browser.session()))
        .contains("shiro-principals")
        .contains("{\"iniRealm\":[\"marcel\"]}")
        .doesNotContain("SimplePrincipalCollection")
        .doesNotContain("rO0");
  }

  @Test
  void valueThatIsNoPrincipalsLogsNobodyIn() throws Exception {
    AttributeConverter<Gadget> sameWord =
        AttributeConverter.of(
            ShiroConverters.PRINCIPALS.word(), Gadget.class, Gadget::text, Gadget::new);
    AttributeConverter<Gadget> otherWord =
        AttributeConverter.of("com-example-gadget", Gadget.class, Gadget::text, Gadget::new);
    for (AttributeConverter<Gadget> converter : List.of(sameWord, otherWord)) {
      Sessions peer = Sessions.builder(Keys.RING).converters(converter).build();
      Session session = peer.load(name -> List.of());
      session.put(DefaultSubjectContext.PRINCIPALS_SESSION_KEY, new Gadget("rO0ABXNyAARldmls"));
      session.put(DefaultSubjectContext.AUTHENTICATED_SESSION_KEY, true);
      Browser browser = browser();
      browser.plant(Wire.cookie(peer.save(session)));

      assertThat(browser.get("/shop/account").location()).isEqualTo("/shop/login");
      assertThat(browser.get("/shop/kitchen").location()).isEqualTo("/shop/login");
      warnings.assertOnly(
          new SessionEvent.AttributeUnreadable(
              Browser.SESSION, DefaultSubjectContext.PRINCIPALS_SESSION_KEY));
    }
  }

  @Test
  void forgedCookieLogsNobodyIn() throws Exception {
    Browser browser = browser();
    browser.post("/shop/login", PASSWORD);
    String good = browser.session();
    browser.plant(good.substring(0, good.length() - 8) + "AAAAAAAA");

    assertThat(browser.get("/shop/account").location()).isEqualTo("/shop/login");
  }
}
