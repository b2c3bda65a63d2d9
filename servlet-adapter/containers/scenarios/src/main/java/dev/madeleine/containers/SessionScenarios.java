package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.expiring;
import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session's life from request to request: new, read, changed, renamed, logged in. */
interface SessionScenarios extends Scenarios {
  @Test
  default void carriesAttributesFromRequestToRequest() throws Exception {
    site()
        .on(
            "/count",
            (request, response) -> {
              HttpSession session = request.getSession();
              Integer views = (Integer) session.getAttribute("views");
              session.setAttribute("views", views == null ? 1 : views + 1);
              response.getWriter().print(session.getAttribute("views"));
            });

    Answer first = site().get("/count");
    Answer second = site().get("/count", first.cookie());
    Answer third = site().get("/count", second.cookie());

    first.is(200, "1", storing(Map.of("views", 1)));
    second.is(200, "2", storing(Map.of("views", 2)));
    third.is(200, "3", storing(Map.of("views", 3)));
    assertThat(third.session().id()).isEqualTo(first.session().id());
  }

  @Test
  default void readsWithoutWriting() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              response.getWriter().print(Collections.list(session.getAttributeNames()));
              response.getWriter().print(session.getAttribute("a"));
              response.getWriter().print(session.getAttribute("none"));
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "[a]1null");
  }

  @Test
  default void writesNothingWhenAValueIsReplacedByAnEqualOne() throws Exception {
    site()
        .on("/page", (request, response) -> request.getSession().setAttribute("a", "x".repeat(2)));

    site().get("/page", site().cookies().pair(Map.of("a", "xx"))).is(200, "");
  }

  @Test
  default void sendsNothingForANewSessionThatStaysEmpty() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              assertThat(request.getSession(false)).isNull();
              assertThat(request.getSession().isNew()).isTrue();
              assertThat(request.getSession(false)).isSameAs(request.getSession());
            });

    site().get("/page").is(200, "");
  }

  @Test
  default void keepsAnEmptySessionWhereTheFilterIsToldTo() throws Exception {
    site()
        .on(
            "/kept/page",
            (request, response) -> response.getWriter().print(request.getSession().isNew()));

    Answer first = site().get("/kept/page");
    first.is(200, "true", storing("__Host-session-kept", Map.of()));
    site().get("/kept/page", first.cookie("__Host-session-kept")).is(200, "false");
  }

  @Test
  default void isNewUntilTheRequestThatCreatedItEnds() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.flushBuffer();
              response.getWriter().print(request.getSession().isNew());
            });

    Answer first = site().get("/page");
    first.is(200, "true", storing(Map.of("a", 1)));
    site().get("/page", first.cookie()).is(200, "false");
  }

  @Test
  default void expiresTheCookieWithTheLastAttribute() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().removeAttribute("a");
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, BodyScenarios.LARGE, expiring());
  }

  @Test
  default void removesAnAttributeThatIsSetToNull() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", null);
              request.getSession().setAttribute("none", null);
              response.getWriter().print(request.getSession().getAttribute("a"));
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1, "b", 2)))
        .is(200, "null", storing(Map.of("b", 2)));
  }

  @Test
  default void changesTheIdInTheMiddle() throws Exception {
    String cookie = site().cookies().pair(Map.of("a", 1));
    Session before = site().cookies().open(cookie);
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThat(request.isRequestedSessionIdValid()).isTrue();
              String id = request.changeSessionId();
              assertThat(session.getId()).isEqualTo(id).isNotEqualTo(before.id());
              assertThat(request.getSession()).isSameAs(session);
              assertThat(request.getRequestedSessionId()).isEqualTo(before.id());
              assertThat(request.isRequestedSessionIdValid()).isFalse();
              session.setAttribute("b", 2);
              response.getWriter().print(id);
            });
    site().at(Duration.ofSeconds(5));

    Answer answer = site().get("/page", cookie);

    answer.is(200, answer.session().id(), storing(Map.of("a", 1, "b", 2)));
    assertThat(answer.session().created()).isEqualTo(Site.START);
  }

  @Test
  default void refusesToChangeTheIdOfNoSession() throws Exception {
    site()
        .on(
            "/page",
            (request, response) ->
                assertThatThrownBy(request::changeSessionId)
                    .isInstanceOf(IllegalStateException.class));

    site().get("/page").is(200, "");
  }

  @Test
  default void logsInWithANewIdAndANewCreatedTime() throws Exception {
    String cookie = site().cookies().pair(Map.of("a", 1));
    site()
        .on(
            "/login",
            (request, response) ->
                response.getWriter().print(SessionFilter.login(request, "marcel")));
    site().at(Duration.ofMinutes(10));

    Answer answer = site().get("/login", cookie);

    answer.is(200, answer.session().id(), storing(Map.of("a", 1)));
    assertThat(answer.session().id()).isNotEqualTo(site().cookies().open(cookie).id());
    assertThat(answer.session().created()).isEqualTo(Site.START.plusSeconds(600));
  }

  @Test
  default void logsInBehindTheWrappersOfOtherFilters() throws Exception {
    site()
        .on(
            "/around/login",
            (request, response) ->
                response.getWriter().print(SessionFilter.login(request, "marcel").length()));

    site().get("/around/login").is(200, "32", storing(Map.of("inner", "after")));
  }

  @Test
  default void refusesToLogInAfterTheCommit() throws Exception {
    site()
        .on(
            "/login",
            (request, response) -> {
              request.getSession();
              response.flushBuffer();
              assertThatThrownBy(() -> SessionFilter.login(request, "marcel"))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("committed");
              response.getWriter().print(request.getSession().getId());
            });
    String cookie = site().cookies().pair(Map.of("a", 1));

    site().get("/login", cookie).is(200, site().cookies().open(cookie).id());
  }

  @Test
  default void refusesToBeginASessionAfterTheCommit() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.flushBuffer();
              assertThat(request.getSession(false)).isNull();
              assertThatThrownBy(request::getSession)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("committed");
              assertThatThrownBy(() -> SessionFilter.login(request, "marcel"))
                  .isInstanceOf(IllegalStateException.class);
              response.getWriter().print("went on");
            });

    site().get("/page").is(200, "went on");
  }

  @Test
  default void tellsWhatWasRequestedWithoutEverShowingTheCookie() throws Exception {
    site()
        .on(
            "/page",
            (request, response) ->
                response
                    .getWriter()
                    .print(
                        "%s %s %s %s"
                            .formatted(
                                request.getRequestedSessionId(),
                                request.isRequestedSessionIdValid(),
                                request.isRequestedSessionIdFromCookie(),
                                request.isRequestedSessionIdFromURL())));
    String cookie = site().cookies().pair(Map.of("a", 1));
    String id = site().cookies().open(cookie).id();

    site().get("/page").is(200, "null false false false");
    site().get("/page", cookie).is(200, id + " true true false");
    site().get("/page", cookie + "x").is(200, "null false false false");
    site().get("/page;jsessionid=" + id).is(200, "null false false false");
    site().at(Duration.ofHours(13));
    site().get("/page", cookie).is(200, id + " false true false", expiring());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/relative", "https://example.com/x?y#z", ""})
  default void neverPutsTheSessionIntoAUrl(String url) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print(response.encodeURL(url));
              response.getWriter().print(" " + response.encodeRedirectURL(url));
            });

    site().get("/page").is(200, url + " " + url, storing(Map.of("a", 1)));
  }

  /**
   * What Spring Security's invalidSessionUrl does: it redirects who asked for a session in vain.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void redirectsAtMostOnceWhoAskedForAnInvalidSession(boolean expired) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              if (request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid()) {
                request.getSession();
                response.sendRedirect("/page");
              } else {
                response.getWriter().print("page");
              }
            });
    String cookie = site().cookies().pair(Map.of("a", 1));

    if (expired) {
      site().at(Duration.ofHours(13));
      site().get("/page", cookie).is(302, "", expiring());
      site().get("/page").is(200, "page");
    } else {
      site().get("/page", cookie + "x").is(200, "page");
    }
  }

  @Test
  default void takesANullNameAsContainersDo() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThatThrownBy(() -> session.setAttribute(none(), 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("name");
              assertThatThrownBy(() -> session.setAttribute(none(), null))
                  .isInstanceOf(IllegalArgumentException.class);
              session.removeAttribute(none());
              response.getWriter().print(session.getAttribute(none()));
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "null");
  }

  @SuppressWarnings("NullAway")
  private static String none() {
    return null;
  }

  @Test
  default void givesAnAccessorThatWorksWhileTheRequestLasts() throws Exception {
    boolean servlet61 = site().container().isServlet61();
    AtomicReference<Consumer<Consumer<HttpSession>>> accessor = new AtomicReference<>();
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThat(session.getClass().getMethods()).isNotEmpty();
              if (servlet61) {
                HttpSession.Accessor given = session.getAccessor();
                accessor.set(given::access);
              } else {
                accessor.set(use -> use.accept(session));
              }
              Objects.requireNonNull(accessor.get()).accept(same -> same.setAttribute("a", 1));
            });

    site().get("/page").is(200, "", storing(Map.of("a", 1)));
    if (servlet61) {
      site()
          .eventually(
              () ->
                  assertThatThrownBy(
                          () -> Objects.requireNonNull(accessor.get()).accept(session -> {}))
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining("while its request lasts"));
    }
  }

  @Test
  default void wasLastUsedNotBeforeTheRequestThatCreatedIt() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("a", 1);
              response
                  .getWriter()
                  .print(session.getCreationTime() + " " + session.getLastAccessedTime());
            });
    site().clock().set(Site.START.plusMillis(999));
    String millis = Long.toString(Site.START.toEpochMilli() + 999);

    Answer first = site().get("/page");
    first.is(200, millis + " " + millis, storing(Map.of("a", 1)));
    site().clock().set(Site.START.plusMillis(1500));
    site().get("/page", first.cookie()).is(200, millis + " " + millis);
  }

  /** Undertow initializes a filter with its first request. */
  @Test
  default void namesOnceWhatOnlyTheContainerWasTold() throws Exception {
    site().on("/told/page", (request, response) -> response.getWriter().print("page"));

    site().get("/told/page").is(200, "page");
    site().get("/told/page").is(200, "page");

    List<SessionEvent> events = new ArrayList<>(site().atStart());
    events.addAll(site().events());
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.cookie()).isEqualTo("__Host-session-told");
              assertThat(event.message())
                  .contains("idle=3600s, cookieName=told, cookie attribute Priority");
            });
  }
}
