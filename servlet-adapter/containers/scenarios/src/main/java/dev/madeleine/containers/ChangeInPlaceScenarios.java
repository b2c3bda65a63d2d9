package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list in the session grows without a call of setAttribute. */
interface ChangeInPlaceScenarios extends Scenarios {
  String GROWN = storing(Map.of("list", List.of("a", "b")));

  /** Adds "b" to the list that the request brought. */
  private static void grow(HttpServletRequest request) {
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) request.getSession().getAttribute("list");
    list.add("b");
  }

  private String cookie() {
    return site().cookies().pair(Map.of("list", List.of("a")));
  }

  @Test
  default void isSeenAtTheEnd() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              response.getWriter().print("grown");
            });

    site().get("/page", cookie()).is(200, "grown", GROWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flushBuffer",
        "writer flush",
        "writer close",
        "checkError",
        "stream flush",
        "stream close"
      })
  default void isSeenBeforeTheResponseIsFlushed(String how) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              switch (how) {
                case "flushBuffer" -> response.flushBuffer();
                case "writer flush" -> response.getWriter().flush();
                case "writer close" -> response.getWriter().close();
                case "checkError" -> assertThat(response.getWriter().checkError()).isFalse();
                case "stream flush" -> response.getOutputStream().flush();
                default -> response.getOutputStream().close();
              }
            });

    site().get("/page", cookie()).is(200, "", GROWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  default void isSeenBeforeARedirect(int overload) throws Exception {
    boolean missing = overload > 1 && !site().container().isServlet61();
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              switch (missing ? 1 : overload) {
                case 1 -> response.sendRedirect("/elsewhere");
                case 2 -> response.sendRedirect("/elsewhere", 302);
                case 3 -> response.sendRedirect("/elsewhere", true);
                default -> response.sendRedirect("/elsewhere", 302, false);
              }
            });

    site().get("/page", cookie()).is(302, "", GROWN);
  }

  @Test
  default void isSeenBeforeAnError() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              response.sendError(404);
            });

    site().get("/page", cookie()).is(404, "error page", GROWN);
  }

  @Test
  default void isSeenBeforeAnException() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              throw new IllegalStateException("on purpose");
            });

    site().get("/page", cookie()).is(500, "error page", GROWN);
  }

  @Test
  default void isSeenBeforeAForward() throws Exception {
    site().on("/target", (request, response) -> response.getWriter().print("target"));
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              request.getRequestDispatcher("/target").forward(request, response);
            });

    site().get("/page", cookie()).is(200, "target", GROWN);
  }

  @Test
  default void isSeenInAThreadThatCompletes() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        grow(request);
                        response.getWriter().print("grown");
                        async.complete();
                      });
            });

    site().get("/page", cookie()).is(200, "grown", GROWN);
  }

  @Test
  default void isSeenInAThreadThatDispatches() throws Exception {
    site().on("/target", (request, response) -> response.getWriter().print(BodyScenarios.LARGE));
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        grow(request);
                        async.dispatch("/target");
                      });
            });

    site().get("/page", cookie()).is(200, BodyScenarios.LARGE, GROWN);
  }

  @Test
  default void isSeenWithTheNextChange() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              request.getSession().setAttribute("c", true);
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/page", cookie())
        .is(200, BodyScenarios.LARGE, storing(Map.of("list", List.of("a", "b"), "c", true)));
  }

  @Test
  default void isSeenInAValueThatWasJustSet() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              List<String> list = new ArrayList<>();
              request.getSession().setAttribute("list", list);
              list.add("a");
              list.add("b");
            });

    site().get("/page").is(200, "", GROWN);
  }

  @Test
  default void isNoChangeWhenItIsTakenBack() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              List<?> list = (List<?>) request.getSession().getAttribute("list");
              list.remove(1);
            });

    site().get("/page", cookie()).is(200, "");
  }

  @Test
  default void isReportedWhenTheBodyOverflowedTheBufferBefore() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site().get("/page", cookie()).is(200, BodyScenarios.LARGE);
    site()
        .eventually(
            () ->
                assertThat(site().events())
                    .containsExactly(
                        new SessionEvent.ChangeLost(
                            SessionCookies.NAME, "a value changed in place")));
  }

  @Test
  default void isReportedWhenItCannotBeCarried() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add(new Thread());
              response.getWriter().print("went on");
            });

    site().get("/page", cookie()).is(200, "went on");
    site().eventually(() -> assertThat(site().events()).hasSize(1));
    assertThat(site().events().get(0)).isInstanceOf(SessionEvent.ChangeLost.class);
    assertThat(site().events().get(0).toString()).contains("java.lang.Thread");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void isReportedWhenItComesLateAndDoesNotFit(boolean tooLarge) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.getWriter().print("went");
              response.flushBuffer();
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add(tooLarge ? "x".repeat(5000) : new Thread());
              response.getWriter().print(" on");
            });

    site().get("/page", cookie()).is(200, "went on");
    site().eventually(() -> assertThat(site().events()).isNotEmpty());
    assertThat(site().events().get(0)).isInstanceOf(SessionEvent.ChangeLost.class);
  }
}
