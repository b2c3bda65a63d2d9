package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.madeleine.spring.lounge.Lounge;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/** What Spring Security's settings for sessions do on two nodes, and with the container's. */
class LoungeTest {
  private static final String REVOCATION = "--lounge.revocation=true";

  private interface Steps {
    void go(TwoNodes lounge, List<String> seen) throws Exception;
  }

  private static List<String> seen(TwoNodes started, Steps steps) throws Exception {
    List<String> seen = new ArrayList<>();
    try (TwoNodes lounge = started) {
      steps.go(lounge, seen);
    }
    return seen;
  }

  /** What a user sees by these steps; the same as with the container's sessions. */
  private static List<String> seen(Steps steps, String... properties) throws Exception {
    List<String> with = seen(TwoNodes.of(Lounge.class, properties), steps);
    List<String> without = seen(TwoNodes.without(Lounge.class, properties), steps);
    assertThat(with).as("as with the container's sessions").isEqualTo(without);
    return with;
  }

  private static String shown(HttpResponse<String> response) {
    boolean redirect = response.headers().firstValue("Location").isPresent();
    return response.statusCode() + " " + (redirect ? Browser.location(response) : response.body());
  }

  private static HttpResponse<String> logIn(Browser browser, String name) throws Exception {
    return browser.postWithoutToken(
        "/login",
        Map.of(
            "username", name, "password", "cake", "_csrf", Browser.token(browser.get("/login"))));
  }

  private static Browser loggedIn(TwoNodes lounge, String name) throws Exception {
    Browser browser = lounge.browser();
    assertThat(shown(logIn(browser, name))).isEqualTo("302 /");
    return browser;
  }

  /** Two logins of one user, and one of another. */
  private static void twoLogins(TwoNodes lounge, List<String> seen) throws Exception {
    Browser first = loggedIn(lounge, "marcel");
    Browser other = loggedIn(lounge, "celeste");
    seen.add(shown(first.get("/me")));
    Browser second = loggedIn(lounge, "marcel");
    seen.add(shown(second.get("/me")));
    seen.add(shown(second.get("/me")));
    seen.add(shown(other.get("/me")));
    seen.add(shown(other.get("/me")));
    seen.add(shown(first.get("/me")));
    seen.add(shown(first.get("/me")));
  }

  @Test
  void theNewestLoginOfAUserEndsTheOneBeforeOnEveryNode() throws Exception {
    List<String> with =
        seen(TwoNodes.of(Lounge.class, "--lounge.most=1", REVOCATION), LoungeTest::twoLogins);
    List<String> without =
        seen(TwoNodes.without(Lounge.class, "--lounge.most=1"), LoungeTest::twoLogins);

    assertThat(with)
        .containsExactly(
            "200 marcel",
            "200 marcel",
            "200 marcel",
            "200 celeste",
            "200 celeste",
            "302 /login",
            "302 /login");
    // The one difference: the text for who was logged out.
    assertThat(without.subList(0, 5)).isEqualTo(with.subList(0, 5));
    assertThat(without.get(5)).startsWith("200 This session has been expired");
    assertThat(without.get(6)).isEqualTo("302 /login");
  }

  @Test
  void whoLogsInAgainInTheSameBrowserStaysLoggedIn() throws Exception {
    assertThat(
            seen(
                (lounge, seen) -> {
                  Browser browser = loggedIn(lounge, "marcel");
                  seen.add(shown(logIn(browser, "marcel")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(logIn(browser, "celeste")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(logIn(browser, "marcel")));
                  seen.add(shown(browser.get("/me")));
                  seen.add(shown(browser.get("/me")));
                },
                "--lounge.most=1",
                REVOCATION))
        .containsExactly(
            "302 /",
            "200 marcel",
            "302 /",
            "200 celeste",
            "302 /",
            "200 marcel",
            "200 marcel");
  }

  @Test
  void whoIsLoggedOutByANewerLoginComesToTheUrlForInvalidSessions() throws Exception {
    List<String> seen =
        seen(
            TwoNodes.of(
                Lounge.class, "--lounge.most=1", "--lounge.invalid-url=/public/bye", REVOCATION),
            LoungeTest::twoLogins);

    assertThat(seen.get(5)).isEqualTo("302 /public/bye");
  }

  @Test
  void anApplicationEndsAllSessionsOfAUserByTheRegistry() throws Exception {
    assertThat(
            seen(
                TwoNodes.of(Lounge.class, REVOCATION),
                (lounge, seen) -> {
                  Browser marcel = loggedIn(lounge, "marcel");
                  Browser celeste = loggedIn(lounge, "celeste");
                  lounge
                      .node(0)
                      .getBean(SessionRegistry.class)
                      .getAllSessions("marcel", false)
                      .forEach(SessionInformation::expireNow);
                  seen.add(shown(marcel.get("/me")));
                  seen.add(shown(celeste.get("/me")));
                }))
        .containsExactly("302 /login", "200 celeste");
  }

  @Test
  void otherNumbersAndRefusedLoginsAreNamedInOneWarning() throws Exception {
    assertThat(
            warnings(
                () ->
                    assertThat(
                            seen(
                                TwoNodes.of(Lounge.class, "--lounge.most=2", REVOCATION),
                                LoungeTest::twoLogins))
                        .endsWith("200 marcel", "200 marcel")))
        .hasSize(1) // All logins are sent to the same node.
        .allMatch(text -> text.startsWith("maximumSessions(2) has no effect"));
    assertThat(
            warnings(
                () ->
                    assertThat(
                            seen(
                                TwoNodes.of(
                                    Lounge.class,
                                    "--lounge.most=1",
                                    "--lounge.prevents-login=true",
                                    REVOCATION),
                                LoungeTest::twoLogins))
                        .endsWith("200 celeste", "302 /login", "302 /login")))
        .hasSize(1)
        .allMatch(text -> text.startsWith("maxSessionsPreventsLogin has no effect"));
  }

  @Test
  void aRegistryOfOneNodeIsNamedInAWarning() throws Exception {
    assertThat(
            warnings(
                () ->
                    TwoNodes.of(
                            Lounge.class, "--lounge.most=1", "--lounge.registry=true", REVOCATION)
                        .close()))
        .isNotEmpty()
        .allMatch(text -> text.endsWith("knows the logins of its own; remove that bean"));
  }

  private interface Step {
    void go() throws Exception;
  }

  private static List<String> warnings(Step step) throws Exception {
    List<String> warnings = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            warnings.add(new java.util.logging.SimpleFormatter().formatMessage(record));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.madeleine.spring.security");
    logger.addHandler(handler);
    try {
      step.go();
    } finally {
      logger.removeHandler(handler);
    }
    return warnings;
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void aLimitNeedsARevocation(CapturedOutput output) throws Exception {
    Throwable failure =
        catchThrowable(() -> TwoNodes.of(Lounge.class, "--lounge.most=1").close());

    assertThat(failure)
        .rootCause()
        .hasMessageContaining("Set madeleine.revocation.in-memory=10000 for one node");
    assertThat(output)
        .contains("APPLICATION FAILED TO START", "maximumSessions lets the newest login")
        .contains("Action:", "Set madeleine.revocation.in-memory=10000 for one node");
    seen(
        TwoNodes.of(Lounge.class, "--lounge.most=1", "--madeleine.revocation.in-memory=10000"),
        LoungeTest::twoLogins);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "new", "migrate", "change"})
  void aLoginGetsTheSessionThatTheApplicationAskedFor(String fixation) throws Exception {
    assertThat(
            seen(
                (lounge, seen) -> {
                  Browser browser = lounge.browser();
                  browser.get("/public/put");
                  seen.add(shown(logIn(browser, "marcel")));
                  seen.add(shown(browser.get("/wish")));
                  seen.add(shown(browser.get("/me")));
                },
                "--lounge.fixation=" + fixation))
        .containsExactly(
            "302 /", fixation.equals("new") ? "200 wish null" : "200 wish tea", "200 marcel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--lounge.invalid-url=/public/bye", "--lounge.invalid-text=true"})
  void whoIsLoggedOutIsNoInvalidSession(String property) throws Exception {
    seen(
        (lounge, seen) -> {
          seen.add(shown(lounge.browser().get("/me")));
          Browser browser = loggedIn(lounge, "marcel");
          seen.add(shown(browser.get("/me")));
          Browser copy = lounge.browser();
          copy.cookies().putAll(browser.cookies());
          seen.add(shown(browser.post("/logout")));
          assertThat(browser.cookies()).isEmpty();
          seen.add(shown(browser.get("/me")));
          seen.add(shown(copy.get("/me")));
        },
        property,
        REVOCATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STATELESS", "NEVER"})
  void noSessionIsMadeWhereNoneMayBe(String creation) throws Exception {
    seen(
        (lounge, seen) -> {
          Browser browser = lounge.browser();
          seen.add(String.valueOf(browser.get("/me").statusCode()));
          seen.add(shown(browser.send("/me", basic())));
          seen.add(browser.cookies().size() + " cookies");
          seen.add(shown(browser.get("/public/put")));
          seen.add(shown(browser.send("/wish", basic())));
        },
        "--lounge.creation=" + creation);
  }

  private static HttpRequest.Builder basic() {
    return HttpRequest.newBuilder().header("Authorization", "Basic bWFyY2VsOmNha2U=").GET();
  }

  @Test
  void sessionsThatBeginAndEndAreEventsOfSpring() throws Exception {
    assertThat(
            seen(
                (lounge, seen) -> {
                  Browser browser = loggedIn(lounge, "marcel");
                  browser.post("/logout");
                  int created = 0;
                  int destroyed = 0;
                  for (int i = 0; i < lounge.size(); i++) {
                    Lounge.Counts counts = lounge.node(i).getBean(Lounge.Counts.class);
                    created += counts.created();
                    destroyed += counts.destroyed();
                  }
                  seen.add(created + " and " + destroyed);
                }))
        .containsExactly("1 and 1");
  }
}
