package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import dev.madeleine.servlet.TomcatServer.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a message advises is done here to the letter, and helps. */
class RemedyTest {
  private static final String COOKIE = "__Host-session=";

  private static Sessions sessions() {
    return Sessions.of(KeyRing.signingWith(MasterKey.generate(new SecureRandom())));
  }

  private static String message(@Nullable Throwable problem) {
    return problem == null ? "nothing was thrown" : String.valueOf(problem.getMessage());
  }

  /** Asks the handlers in turn, each with the cookie that the one before sent. */
  private static void visit(SessionFilter filter, Handler... handlers) throws Exception {
    try (TomcatServer server = new TomcatServer(filter)) {
      String cookie = COOKIE;
      for (int i = 0; i < handlers.length; i++) {
        server.on("/" + i, handlers[i]);
        var response = server.get("/" + i, cookie);
        assertThat(response.statusCode()).as("handler %s", i).isEqualTo(200);
        cookie =
            response.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(COOKIE))
                .map(line -> line.substring(0, line.indexOf(';')))
                .findFirst()
                .orElse(cookie);
      }
    }
  }

  @Test
  void getTheSessionBeforeTheBodyIsWritten() throws Exception {
    visit(
        new SessionFilter(sessions()),
        (request, response) -> {
          response.flushBuffer();
          assertThat(message(catchThrowable(request::getSession)))
              .contains("get the session before the body is written");
        },
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.flushBuffer();
        },
        (request, response) -> assertThat(request.getSession().getAttribute("a")).isEqualTo(1));
  }

  @Test
  void logInBeforeTheBodyIsWritten() throws Exception {
    visit(
        new SessionFilter(sessions()),
        (request, response) -> {
          HttpSession session = request.getSession();
          response.flushBuffer();
          assertThat(message(catchThrowable(() -> SessionFilter.login(session, "zoe"))))
              .contains("log in before the body is written");
        },
        (request, response) -> {
          SessionFilter.login(request, "zoe");
          response.flushBuffer();
        },
        (request, response) -> assertThat(SessionFilter.session(request).isNew()).isFalse());
  }

  @Test
  void aSessionIsAccessibleWhileItsRequestLasts() throws Exception {
    CompletableFuture<HttpSession> kept = new CompletableFuture<>();
    visit(
        new SessionFilter(sessions()),
        (request, response) -> {
          HttpSession session = request.getSession();
          session.setAttribute("a", 1);
          kept.complete(session);
        },
        (request, response) -> {
          AccessibleSession late = (AccessibleSession) kept.get();
          assertThat(message(catchThrowable(() -> late.access(session -> {}))))
              .contains("accessible while its request lasts");
          ((AccessibleSession) request.getSession())
              .access(session -> session.setAttribute("b", 2));
        },
        (request, response) -> assertThat(request.getSession().getAttribute("b")).isEqualTo(2));
  }

  @Test
  void mapTheFilterBeforeTheCodeThatLogsIn() throws Exception {
    HttpServletRequest unseen =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> null);
    assertThat(message(catchThrowable(() -> SessionFilter.login(unseen, "zoe"))))
        .contains("map it before the code that logs in");
    visit(
        new SessionFilter(sessions()),
        (request, response) -> assertThat(SessionFilter.login(request, "zoe")).isNotEmpty());
  }

  @Test
  void giveTheFiltersOwnSession() throws Exception {
    visit(
        new SessionFilter(sessions()),
        (request, response) -> {
          HttpSession own = request.getSession();
          HttpSession wrapper =
              (HttpSession)
                  Proxy.newProxyInstance(
                      HttpSession.class.getClassLoader(),
                      new Class<?>[] {HttpSession.class},
                      (proxy, method, arguments) -> method.invoke(own, arguments));
          assertThat(message(catchThrowable(() -> SessionFilter.login(wrapper, "zoe"))))
              .contains("give the filter's own session");
          assertThat(SessionFilter.login(own, "zoe")).isNotEmpty();
        });
  }

  /** Starts a filter of web.xml with one init-param more than the keys. */
  private static @Nullable Throwable start(String name, String value) {
    System.setProperty("madeleine.remedy.keys", key());
    try {
      return catchThrowable(
          () ->
              InitParametersTest.filter(
                  "", Map.of("keyVariable", "madeleine.remedy.keys", name, value)));
    } finally {
      System.clearProperty("madeleine.remedy.keys");
    }
  }

  private static String key() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return "base64:" + Base64.getEncoder().encodeToString(secret);
  }

  private static String messages(@Nullable Throwable problem) {
    StringBuilder all = new StringBuilder();
    for (Throwable at = problem; at != null; at = at.getCause()) {
      all.append(at.getMessage()).append('\n');
    }
    return all.toString();
  }

  @Test
  void aPathIsWrittenWithASlash() throws Exception {
    assertThat(messages(start("noRenewalPaths", "api/status")))
        .contains("write /api/status, or /api/status/* for all below, too");
    assertThat(start("noRenewalPaths", "/api/status")).isNull();
    assertThat(start("noRenewalPaths", "/api/status/*")).isNull();
  }

  @Test
  void aSwitchIsOneOfTwoWords() {
    assertThat(messages(start("emptySessions", "yes"))).contains("it must be keep or drop");
    assertThat(start("emptySessions", "keep")).isNull();
    assertThat(start("emptySessions", "drop")).isNull();
  }

  @Test
  void anUnknownParameterIsOneOfTheKnown() {
    assertThat(messages(start("idel", "PT5M"))).contains("known are").contains("idle");
    assertThat(start("idle", "PT5M")).isNull();
  }

  /** A listener that web.xml can name. */
  public static final class Listening implements HttpSessionListener {}

  /** One that it cannot. */
  static final class Hidden implements HttpSessionListener {}

  @Test
  void aListenerHasAPublicConstructor() {
    assertThat(messages(start("listeners", Hidden.class.getName())))
        .contains("no listener with a public constructor without parameters");
    assertThat(start("listeners", Listening.class.getName())).isNull();
  }

  @Test
  void anAttributeThatARuleRefusesIsCarriedWithoutTheRule() throws Exception {
    Handler puts = (request, response) -> request.getSession().setAttribute("a", 1);
    visit(
        SessionFilter.builder(sessions()).attribute("a", Verdict.REFUSE).build(),
        (request, response) ->
            assertThat(message(catchThrowable(() -> puts.handle(request, response))))
                .contains("is refused by a rule of the session filter"));
    visit(SessionFilter.builder(sessions()).attribute("a", Verdict.CARRY).build(), puts);
  }

  @Test
  void theTimeoutOfTheContainerIsSetInTheFilter() throws Exception {
    SessionPolicy policy = SessionPolicy.defaults().withIdle(Duration.ofMinutes(5));
    assertThat(questions(policy)).contains("set the same in the filter, or leave them out there");
    assertThat(questions(policy.withIdle(Duration.ofMinutes(7)))).isEmpty();
  }

  /** What is asked about a container whose sessions live seven minutes. */
  private static String questions(SessionPolicy policy) throws Exception {
    StringBuilder heard = new StringBuilder();
    Sessions sessions =
        Sessions.builder(KeyRing.signingWith(MasterKey.generate(new SecureRandom())))
            .policy(policy)
            .listener(event -> heard.append(event.message()))
            .build();
    try (TomcatServer server =
        new TomcatServer(
            new SessionFilter(sessions), Map.of(), context -> context.setSessionTimeout(7))) {
      server.on("/", (request, response) -> request.getSession());
      server.get("/");
    }
    return heard.toString();
  }
}
