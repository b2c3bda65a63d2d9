package dev.madeleine.servlet;

import static dev.madeleine.servlet.TomcatServer.cookie;
import static dev.madeleine.servlet.TomcatServer.setCookies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The filter in a real Tomcat, seen by a real client: what is on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionFilterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LINE =
      "__Host-session=[A-Za-z0-9_-]{60,}; Path=/; Secure; HttpOnly; SameSite=Lax";
  private static final String EXPIRING =
      "__Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
          + "; Secure; HttpOnly; SameSite=Lax";

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final SessionPolicy policy =
      SessionPolicy.defaults().withClock(clock).withRevocationInMemory(100);
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  private void heard(SessionEvent event) {
    if (!event.isRoutine()) {
      events.add(event);
    }
  }

  private final AtomicReference<HttpSession> kept = new AtomicReference<>();
  private Sessions sessions;
  private TomcatServer server;

  @BeforeAll
  void start() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    sessions = Sessions.builder(keys).policy(policy).listener(this::heard).build();
    server = new TomcatServer(sessions);
    server.on("/untouched", (request, response) -> response.getWriter().print("hello"));
    server.on(
        "/count",
        (request, response) -> {
          HttpSession session = request.getSession();
          Integer views = (Integer) session.getAttribute("views");
          session.setAttribute("views", views == null ? 1 : views + 1);
          response.getWriter().print(session.getAttribute("views"));
        });
    server.on(
        "/read",
        (request, response) -> {
          HttpSession session = request.getSession(false);
          response.getWriter().print(session == null ? "none" : session.getAttribute("views"));
        });
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void reset() {
    now.set(START);
    events.clear();
  }

  @Test
  void leavesAResponseAloneWhoseRequestNeverAsksForTheSession() throws Exception {
    HttpResponse<String> response = server.get("/untouched", cookie(server.get("/count")));

    assertThat(response.body()).isEqualTo("hello");
    assertThat(setCookies(response)).isEmpty();
    assertThat(response.headers().firstValue("Vary")).isEmpty();
    assertThat(response.headers().firstValue("Cache-Control")).isEmpty();
  }

  @Test
  void carriesAttributesFromRequestToRequest() throws Exception {
    HttpResponse<String> first = server.get("/count");
    HttpResponse<String> second = server.get("/count", cookie(first));

    assertThat(first.body()).isEqualTo("1");
    assertThat(second.body()).isEqualTo("2");
    assertThat(setCookies(second)).singleElement().asString().matches(LINE);
    assertThat(second.headers().allValues("Vary")).containsExactly("Cookie");
    assertThat(second.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void readsWithoutWriting() throws Exception {
    HttpResponse<String> response = server.get("/read", cookie(server.get("/count")));

    assertThat(response.body()).isEqualTo("1");
    assertThat(setCookies(response)).isEmpty();
    assertThat(response.headers().allValues("Vary")).containsExactly("Cookie");
  }

  @Test
  void sendsNoCookieForANewSessionThatStaysEmpty() throws Exception {
    server.on(
        "/empty", (request, response) -> response.getWriter().print(request.getSession().isNew()));

    assertThat(server.get("/empty").body()).isEqualTo("true");
    assertThat(setCookies(server.get("/empty"))).isEmpty();
  }

  @Test
  void keepsTheCookieWhenTheBodyOverflowsTheBufferBeforeTheEnd() throws Exception {
    server.on(
        "/overflow",
        (request, response) -> {
          response.setBufferSize(512);
          request.getSession().setAttribute("a", 1);
          response.getOutputStream().write("é".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        });

    assertThat(setCookies(server.get("/overflow"))).singleElement().asString().matches(LINE);
  }

  @Test
  void keepsTheCookieWhenTheApplicationUnwrapsTheResponse() throws Exception {
    server.on(
        "/unwrap",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          var inner = ((HttpServletResponseWrapper) response).getResponse();
          inner.getWriter().print("past the wrapper");
          inner.flushBuffer();
        });

    assertThat(setCookies(server.get("/unwrap"))).singleElement().asString().matches(LINE);
  }

  @Test
  void keepsTheCookieWhenTheApplicationResetsTheUnwrappedResponse() throws Exception {
    server.on(
        "/unwrapped-reset",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          ((HttpServletResponseWrapper) response).getResponse().reset();
        });

    HttpResponse<String> response = server.get("/unwrapped-reset");

    assertThat(setCookies(response)).singleElement().asString().matches(LINE);
    assertThat(response.headers().allValues("Vary")).containsExactly("Cookie");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void replacesACookieOfItsNameThatTheApplicationAdds() throws Exception {
    server.on(
        "/same-name",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.addCookie(new Cookie("__Host-session", "theirs"));
          response.addCookie(new Cookie("other", "1"));
          ((HttpServletResponseWrapper) response).getResponse().flushBuffer();
        });

    assertThat(setCookies(server.get("/same-name")))
        .hasSize(2)
        .contains("other=1")
        .anyMatch(line -> line.matches(LINE));
  }

  @Test
  void keepsTheCookieThroughResetRedirectErrorAndExceptions() throws Exception {
    server.on(
        "/reset",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.reset();
        });
    server.on(
        "/redirect",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.sendRedirect("/read");
        });
    server.on(
        "/error",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.sendError(418);
        });
    server.on(
        "/throw",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          throw new IllegalStateException("on purpose");
        });

    for (String path : List.of("/reset", "/redirect", "/error", "/throw")) {
      assertThat(setCookies(server.get(path))).as(path).singleElement().asString().matches(LINE);
    }
    assertThat(server.get("/throw").body()).isEqualTo("error page");
  }

  @Test
  void keepsTheCookieOfAnAsyncThread() throws Exception {
    server.on(
        "/async",
        (request, response) -> {
          var async = request.startAsync();
          async.start(
              () -> {
                request.getSession().setAttribute("a", 1);
                async.complete();
              });
        });

    assertThat(setCookies(server.get("/async"))).singleElement().asString().matches(LINE);
  }

  @Test
  void noticesAChangeInPlace() throws Exception {
    server.on(
        "/fill",
        (request, response) ->
            request.getSession().setAttribute("list", new ArrayList<>(List.of("a"))));
    server.on(
        "/grow",
        (request, response) -> {
          @SuppressWarnings("unchecked")
          List<Object> list = (List<Object>) request.getSession().getAttribute("list");
          list.add("b");
        });
    server.on(
        "/list",
        (request, response) ->
            response.getWriter().print(request.getSession().getAttribute("list")));

    String grown = cookie(server.get("/grow", cookie(server.get("/fill"))));

    assertThat(server.get("/list", grown).body()).isEqualTo("[a, b]");
  }

  @Test
  void takesItsHeaderBackWithTheChange() throws Exception {
    server.on(
        "/back",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          request.getSession().removeAttribute("a");
        });

    assertThat(setCookies(server.get("/back"))).isEmpty();
  }

  @Test
  void leavesTheApplicationsOwnCookiesAndHeadersAlone() throws Exception {
    server.on(
        "/own",
        (request, response) -> {
          response.addHeader("Set-Cookie", "before=1");
          response.setHeader("Cache-Control", "private, max-age=60");
          response.setHeader("Vary", "Accept-Encoding");
          request.getSession().setAttribute("a", 1);
          response.addHeader("Set-Cookie", "between=2");
          request.getSession().setAttribute("a", 2);
          response.addHeader("Set-Cookie", "after=3");
        });

    HttpResponse<String> response = server.get("/own");

    assertThat(setCookies(response)).hasSize(4).contains("before=1", "between=2", "after=3");
    assertThat(response.headers().allValues("Cache-Control"))
        .containsExactly("private, max-age=60");
    assertThat(response.headers().allValues("Vary")).containsExactly("Accept-Encoding", "Cookie");
  }

  @Test
  void expiresTheCookieOnInvalidateAndRevokesTheSession() throws Exception {
    server.on(
        "/invalidate",
        (request, response) -> {
          HttpSession session = request.getSession();
          String id = session.getId();
          session.invalidate();
          assertThat(session.getId()).isEqualTo(id);
          assertThatThrownBy(() -> session.setAttribute("a", 1))
              .isInstanceOf(IllegalStateException.class);
          assertThat(request.getSession(false)).isNull();
          response.getWriter().print("ended");
        });
    String cookie = cookie(server.get("/count"));

    HttpResponse<String> response = server.get("/invalidate", cookie);

    assertThat(response.body()).isEqualTo("ended");
    assertThat(setCookies(response)).containsExactly(EXPIRING);
    HttpResponse<String> replay = server.get("/read", cookie);
    assertThat(replay.body()).isEqualTo("none");
    assertThat(setCookies(replay)).containsExactly(EXPIRING);
  }

  @Test
  void beginsAnotherSessionAfterInvalidate() throws Exception {
    server.on(
        "/again",
        (request, response) -> {
          HttpSession old = request.getSession();
          old.invalidate();
          HttpSession fresh = request.getSession();
          assertThat(fresh.isNew()).isTrue();
          assertThat(fresh.getId()).isNotEqualTo(old.getId());
          fresh.setAttribute("views", 100);
        });

    HttpResponse<String> response = server.get("/again", cookie(server.get("/count")));

    assertThat(server.get("/read", cookie(response)).body()).isEqualTo("100");
  }

  @Test
  void givesNoNewIdToASessionThatWasRevokedMeanwhile() throws Exception {
    server.on("/login", (request, response) -> SessionFilter.login(request, "zoé"));
    server.on(
        "/slow",
        (request, response) -> {
          assertThat(request.getSession(false)).isNotNull();
          policy.revocation().revokeSubject("zoé");
          assertThatThrownBy(request::changeSessionId)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("ended");
        });

    assertThat(server.get("/slow", cookie(server.get("/login"))).statusCode()).isEqualTo(200);
  }

  @Test
  void aLoginSealsUpToFourKeysOfTheApplication() throws Exception {
    server.on(
        "/keys",
        (request, response) -> {
          SessionFilter.login(request, "anna", "tenant:a", "sid:1");
          assertThatThrownBy(() -> SessionFilter.login(request, "anna", "a", "b", "c", "d", "e"))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("5 keys");
        });

    assertThat(setCookies(server.get("/keys"))).hasSize(1);
  }

  @Test
  void changesTheSessionIdAndKeepsTheRest() throws Exception {
    server.on(
        "/change",
        (request, response) -> {
          HttpSession session = request.getSession();
          String before = session.getId();
          long created = session.getCreationTime();
          assertThat(request.changeSessionId()).isEqualTo(session.getId()).isNotEqualTo(before);
          assertThat(session.getCreationTime()).isEqualTo(created);
          assertThat(request.getSession()).isSameAs(session);
          assertThat(request.getRequestedSessionId()).isEqualTo(before);
        });
    server.on(
        "/change-none",
        (request, response) ->
            assertThatThrownBy(request::changeSessionId).isInstanceOf(IllegalStateException.class));
    String cookie = cookie(server.get("/count"));
    now.set(START.plusSeconds(5));

    HttpResponse<String> response = server.get("/change", cookie);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(server.get("/read", cookie(response)).body()).isEqualTo("1");
    assertThat(server.get("/change-none").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhatWasRequestedWithoutEverShowingTheCookie() throws Exception {
    server.on(
        "/requested",
        (request, response) ->
            response
                .getWriter()
                .print(
                    request.getRequestedSessionId()
                        + " "
                        + request.isRequestedSessionIdValid()
                        + " "
                        + request.isRequestedSessionIdFromCookie()
                        + " "
                        + request.isRequestedSessionIdFromURL()));
    String cookie = cookie(server.get("/count"));

    assertThat(server.get("/requested").body()).isEqualTo("null false false false");
    assertThat(server.get("/requested", cookie).body()).matches("[0-9a-f]{32} true true false");
    assertThat(server.get("/requested", cookie + "x").body()).isEqualTo("null false false false");
    now.set(START.plus(Duration.ofHours(13)));
    assertThat(server.get("/requested", cookie).body()).matches("[0-9a-f]{32} false true false");
  }

  @Test
  void answersABrokenCookieAsIfNoneHadComeAndReportsItOnce() throws Exception {
    HttpResponse<String> response = server.get("/read", "__Host-session=forged");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("none");
    assertThat(setCookies(response)).isEmpty();
    assertThat(events).hasSize(1).first().isInstanceOf(SessionEvent.Rejected.class);
  }

  @Test
  void refusesAnAttributeThatMakesTheSessionTooLargeAndKeepsTheOneBefore() throws Exception {
    server.on(
        "/too-large",
        (request, response) -> {
          HttpSession session = request.getSession();
          assertThatThrownBy(() -> session.setAttribute("views", "x".repeat(5000)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("limit 4,096")
              .hasMessageContaining("views 5,");
          session.setAttribute("more", true);
          response.getWriter().print(session.getAttribute("views"));
        });

    HttpResponse<String> response = server.get("/too-large", cookie(server.get("/count")));

    assertThat(response.body()).isEqualTo("1");
    assertThat(server.get("/read", cookie(response)).body()).isEqualTo("1");
  }

  @Test
  void refusesWhatWouldNotComeBack() throws Exception {
    server.on(
        "/thread",
        (request, response) ->
            assertThatThrownBy(() -> request.getSession().setAttribute("t", new Thread()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"t\"")
                .hasMessageContaining("java.lang.Thread"));

    assertThat(server.get("/thread").statusCode()).isEqualTo(200);
  }

  @Test
  void carriesTheMaxInactiveIntervalAndExpiresByIt() throws Exception {
    server.on(
        "/short",
        (request, response) -> {
          request.getSession().setAttribute("views", 7);
          request.getSession().setMaxInactiveInterval(10);
        });
    server.on(
        "/interval",
        (request, response) ->
            response.getWriter().print(request.getSession().getMaxInactiveInterval()));
    String cookie = cookie(server.get("/short"));

    assertThat(server.get("/interval", cookie).body()).isEqualTo("10");
    now.set(START.plusSeconds(10));
    assertThat(server.get("/read", cookie).body()).isEqualTo("7");
    now.set(START.plusSeconds(11));
    assertThat(server.get("/read", cookie).body()).isEqualTo("none");
  }

  @Test
  void renewsTheCookieOfAReadingRequestOncePerTouchInterval() throws Exception {
    String cookie = cookie(server.get("/count"));

    now.set(START.plusSeconds(59));
    assertThat(setCookies(server.get("/read", cookie))).isEmpty();
    now.set(START.plusSeconds(60));
    assertThat(setCookies(server.get("/read", cookie))).singleElement().asString().matches(LINE);
  }

  @Test
  void reportsAChangeThatComesAfterTheCommit() throws Exception {
    server.on(
        "/late",
        (request, response) -> {
          HttpSession session = request.getSession();
          response.flushBuffer();
          session.setAttribute("late", 1);
        });

    assertThat(setCookies(server.get("/late"))).isEmpty();
    assertThat(events)
        .containsExactly(new SessionEvent.ChangeLost("__Host-session", "attribute late"));
  }

  @Test
  void refusesToBeginASessionAfterTheCommit() throws Exception {
    server.on(
        "/too-late",
        (request, response) -> {
          response.flushBuffer();
          assertThat(request.getSession(false)).isNull();
          assertThatThrownBy(request::getSession)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("committed");
        });

    assertThat(server.get("/too-late").statusCode()).isEqualTo(200);
  }

  @Test
  void carriesAnUnreadableAttributeAlongUntilItIsRemoved() throws Exception {
    Attribute<Point> declared = Attribute.of("point", Point.class);
    NativeEncoder newer =
        ((NativeEncoder) sessions.transport().encoder())
            .withSerializer(JsonSerializer.PLAIN.withAttributes(declared));
    SessionSnapshot session =
        SessionSnapshot.of(Map.of("point", new Point(3, 4)))
            .withId("0".repeat(32))
            .withTimes(START, START)
            .withMaxIdle(Duration.ofMinutes(30));
    server.on(
        "/drop",
        (request, response) -> {
          request.getSession().removeAttribute("point");
          response.getWriter().print(Collections.list(request.getSession().getAttributeNames()));
        });
    HttpResponse<String> counted = server.get("/count", "__Host-session=" + newer.encode(session));
    assertThat(newer.decode(value(counted)))
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted ->
                assertThat(accepted.snapshot().attributes())
                    .containsEntry("point", new Point(3, 4))
                    .containsEntry("views", 1));
    HttpResponse<String> dropped = server.get("/drop", cookie(counted));
    assertThat(dropped.body()).isEqualTo("[views]");
    assertThat(newer.decode(value(dropped)))
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted -> assertThat(accepted.snapshot().attributes()).containsOnlyKeys("views"));
  }

  record Point(int x, int y) {}

  private static String value(HttpResponse<String> response) {
    return cookie(response).substring("__Host-session=".length());
  }

  @Test
  void listsAttributeNames() throws Exception {
    server.on(
        "/names",
        (request, response) ->
            response.getWriter().print(Collections.list(request.getSession().getAttributeNames())));

    assertThat(server.get("/names", cookie(server.get("/count"))).body()).isEqualTo("[views]");
  }

  @Test
  void writesNothingOfADeadSessionFromALateThread() throws Exception {
    server.on(
        "/dead",
        (request, response) -> {
          kept.set(request.getSession());
          request.getSession().invalidate();
          assertThatThrownBy(() -> kept.get().setAttribute("a", 1))
              .isInstanceOf(IllegalStateException.class);
        });

    assertThat(setCookies(server.get("/dead", cookie(server.get("/count")))))
        .containsExactly(EXPIRING);
  }

  @Test
  void neverPutsTheSessionIntoAUrl() throws Exception {
    server.on(
        "/url",
        (request, response) -> {
          request.getSession().setAttribute("a", 1);
          response.getWriter().print(response.encodeURL("/x") + response.encodeRedirectURL("/y"));
        });

    assertThat(server.get("/url").body()).isEqualTo("/x/y");
  }
}
