package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Attribute;
import dev.madeleine.Sessions;
import dev.madeleine.frameworks.Browser.Page;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.struts2.dispatcher.filter.StrutsPrepareAndExecuteFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Struts application behind the filter without any setting, over two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrutsTest {
  /** What the interceptor {@code scope} puts into the session for a field that is null. */
  static final String FIELDS_THAT_ARE_NULL =
      "type:org.apache.struts2.interceptor.ScopeInterceptor$NULLClass";

  private final Warnings warnings = new Warnings();
  private TomcatNode first;
  private TomcatNode second;

  private Sessions sessions(Attribute<?>... attributes) {
    return Sessions.builder(Keys.RING).attributes(attributes).listener(warnings).build();
  }

  private static TomcatNode node(SessionFilter filter) throws Exception {
    return new TomcatNode(filter, StrutsTest::shop);
  }

  private static void shop(Context context) {
    TomcatNode.filter(
        context,
        new StrutsPrepareAndExecuteFilter(),
        DispatcherType.REQUEST,
        DispatcherType.FORWARD,
        DispatcherType.ERROR);
  }

  @BeforeAll
  void start() throws Exception {
    first = node(new SessionFilter(sessions()));
    second = node(new SessionFilter(sessions()));
  }

  @AfterAll
  void stop() throws Exception {
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
  void cartThatIsChangedInPlaceIsReadOnTheOtherNode() throws Exception {
    Browser browser = browser();

    Page page = browser.get("/cart?item=madeleine");

    assertThat(page.body()).isEqualTo("cart of nobody: madeleine");
    assertThat(page.sessionLine()).matches(Browser.LINE);
    assertThat(browser.get("/cart?item=tea").body()).isEqualTo("cart of nobody: madeleine,tea");
    assertThat(browser.get("/cart").body()).isEqualTo("cart of nobody: madeleine,tea");
    assertThat(browser.cookieNames()).containsExactly(Browser.SESSION);
  }

  @Test
  void changeInPlaceIsFoundBeforeAPageThatOverflowsTheBuffer() throws Exception {
    Browser browser = browser();
    browser.get("/cart?item=madeleine");

    assertThat(browser.get("/catalogue?item=tea").body()).hasSize(300_000);
    assertThat(browser.get("/cart").body()).isEqualTo("cart of nobody: madeleine,tea");
  }

  @Test
  void messagesOfAFailedLoginAreShownOnceOnTheOtherNode() throws Exception {
    Browser browser = browser();

    Page failed = browser.post("/login", "name", "marcel", "password", "tea");

    assertThat(failed.status()).isEqualTo(302);
    assertThat(browser.follow(failed).body())
        .isEqualTo("[wrong password for marcel] {password=[try again]} []");
    assertThat(browser.get("/messages").body()).isEqualTo("[] {} []");
  }

  @Test
  void loginTakesANewIdAndReturnsToTheSavedPage() throws Exception {
    Browser browser = browser();
    Page refused = browser.get("/account?tab=orders");
    assertThat(refused.location()).isEqualTo("/messages");
    String before = browser.sessionId();

    Page login = browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(login.sessionLine()).matches(Browser.LINE);
    assertThat(browser.sessionId()).isNotEqualTo(before);
    assertThat(login.location()).isEqualTo("/account?tab=orders");
    assertThat(browser.follow(login).body()).isEqualTo("account of marcel, tab=orders");
    assertThat(browser.get("/account?tab=orders").body())
        .isEqualTo("account of marcel, tab=orders");
  }

  @Test
  void fieldsOfAWizardAreKeptByTheScopeInterceptor() throws Exception {
    Browser browser = browser();

    assertThat(browser.get("/wizard?flavour=lemon").body()).isEqualTo("lemon 0");
    assertThat(browser.get("/wizard?pieces=3").body()).isEqualTo("lemon 3");
    assertThat(browser.get("/wizard").body()).isEqualTo("lemon 3");
  }

  @Test
  void fieldThatIsNullNeedsARuleBehindTheScopeInterceptor() throws Exception {
    Map<String, String> parameters =
        Map.of("keyVariable", "frameworks.keys", "requestOnly", FIELDS_THAT_ARE_NULL);
    System.setProperty("frameworks.keys", Keys.TEXT);
    try (TomcatNode one = new TomcatNode(new SessionFilter(), parameters, StrutsTest::shop);
        TomcatNode other = new TomcatNode(new SessionFilter(), parameters, StrutsTest::shop)) {
      Browser browser = new Browser(one.port(), other.port());

      assertThat(browser.get("/gift").body()).isEqualTo("nothing");
      assertThat(browser.get("/gift?flavour=lemon").body()).isEqualTo("lemon");
      assertThat(browser.get("/gift").body()).isEqualTo("lemon");
    }
  }

  @Test
  void beanOfAWizardTravelsWhenItIsDeclared() throws Exception {
    Attribute<StrutsShop.Order> order = Attribute.of("order", StrutsShop.Order.class);
    try (TomcatNode one = node(new SessionFilter(sessions(order)));
        TomcatNode other = node(new SessionFilter(sessions(order)))) {
      Browser browser = new Browser(one.port(), other.port());

      assertThat(browser.get("/model?flavour=lemon").body()).isEqualTo("lemon 0");
      assertThat(browser.get("/model?pieces=3").body()).isEqualTo("lemon 3");
      assertThat(browser.get("/model").body()).isEqualTo("lemon 3");
    }
  }

  @Test
  void formIsTakenOnceByTheTokenInterceptor() throws Exception {
    Browser browser = browser();
    Matcher token =
        Pattern.compile("name=\"token\" value=\"(\\w+)\"").matcher(browser.get("/form").body());
    assertThat(token.find()).isTrue();
    String[] form = {"struts.token.name", "token", "token", token.group(1)};

    assertThat(browser.post("/buy", form).body()).isEqualTo("bought");
    assertThat(browser.post("/buy", form).body()).isEqualTo("sent twice");
  }

  @Test
  void chosenLocaleIsUsedOnTheOtherNode() throws Exception {
    Browser browser = browser();

    browser.get("/locale?request_locale=fr_CA");

    assertThat(browser.get("/locale").body()).isEqualTo("fr_CA");
  }

  @Test
  void listsTheAttributes() throws Exception {
    Browser browser = browser();
    browser.get("/cart?item=madeleine");
    browser.post("/login", "name", "marcel", "password", "cake");

    assertThat(browser.get("/listing").body()).contains("cart").contains("user");
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    Browser browser = browser();
    browser.post("/login", "name", "marcel", "password", "cake");

    Page out = browser.get("/logout");

    assertThat(out.sessionLine()).startsWith(Browser.SESSION + "=; Path=/; Max-Age=0");
    assertThat(browser.hasSession()).isFalse();
    assertThat(browser.get("/cart").body()).isEqualTo("cart of nobody: ");
    assertThat(browser.get("/account?tab=orders").location()).isEqualTo("/messages");
  }
}
