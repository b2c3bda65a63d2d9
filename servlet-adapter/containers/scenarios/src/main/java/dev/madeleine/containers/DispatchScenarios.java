package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards and includes, other filters, and code that gets past wrappers. */
interface DispatchScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));
  String BOTH = storing(Map.of("a", 1, "b", 2));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsBeforeAForward(boolean targetFlushes) throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              response.getWriter().print("target " + request.getSession().getAttribute("a"));
              if (targetFlushes) {
                response.flushBuffer();
              }
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getRequestDispatcher("/target").forward(request, response);
            });

    site().get("/page").is(200, "target 1", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsInTheTargetOfAForward(boolean targetFlushes) throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              response.getWriter().print("target");
              if (targetFlushes) {
                response.flushBuffer();
              }
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("thrown away");
              request.getRequestDispatcher("/target").forward(request, response);
            });

    site().get("/page").is(200, "target", BOTH);
  }

  @Test
  default void setsInTheTargetOfAForwardByTheContext() throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              response.getOutputStream().print(BodyScenarios.LARGE);
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request
                  .getServletContext()
                  .getRequestDispatcher("/target")
                  .forward(request, response);
            });

    site().get("/page").is(200, BodyScenarios.LARGE, BOTH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void createsTheSessionInTheTargetOfAnInclude(boolean targetFlushes) throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("[target]");
              if (targetFlushes) {
                response.flushBuffer();
                response.getWriter().flush();
                assertThat(response.getWriter().checkError()).isFalse();
              }
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              response.getWriter().print("before ");
              request.getRequestDispatcher("/target").include(request, response);
              response.getWriter().print(" after");
            });

    site().get("/page").is(200, "before [target] after", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void createsTheSessionInAnIncludeBeforeABodyLargerThanTheBuffer(boolean stream)
      throws Exception {
    site().on("/target", (request, response) -> request.getSession().setAttribute("a", 1));
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getRequestDispatcher("/target").include(request, response);
              if (stream) {
                response.getOutputStream().print(BodyScenarios.LARGE);
              } else {
                response.getWriter().print(BodyScenarios.LARGE);
              }
            });

    site().get("/page").is(200, BodyScenarios.LARGE, STORED);
  }

  @Test
  default void createsTheSessionInAnIncludeThatOverflowsTheBuffer() throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print(BodyScenarios.LARGE);
            });
    site()
        .on(
            "/page",
            (request, response) ->
                request.getRequestDispatcher("/target").include(request, response));

    Answer answer = site().get("/page");

    if (site().container().takesHeadersWithinInclude()) {
      answer.is(200, BodyScenarios.LARGE, STORED);
      assertThat(site().events()).isEmpty();
    } else {
      answer.is(200, BodyScenarios.LARGE);
      assertThat(site().events())
          .containsExactly(new SessionEvent.ChangeLost(SessionCookies.NAME, "attribute a"));
    }
  }

  @Test
  default void changesTheSessionInTheTargetOfAnInclude() throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              response.getOutputStream().print("[target]");
              response.getOutputStream().flush();
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getRequestDispatcher("/target").include(request, response);
              response.getOutputStream().print(" after");
            });

    site().get("/page").is(200, "[target] after", BOTH);
  }

  @Test
  default void endsTheSessionInTheTargetOfAnInclude() throws Exception {
    site().on("/target", (request, response) -> request.getSession().invalidate());
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getRequestDispatcher("/target").include(request, response);
              response.getWriter().print(request.getSession(false));
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, "null", SessionCookies.expiring());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void worksWhereTheFilterIsMappedForDispatchesToo(boolean include) throws Exception {
    site()
        .on(
            "/blog/target",
            (request, response) -> {
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add("b");
              response.getWriter().print("target");
            });
    site()
        .on(
            "/blog/page",
            (request, response) -> {
              var target = request.getRequestDispatcher("/target");
              if (include) {
                target.include(request, response);
                response.getWriter().print(" and more");
              } else {
                target.forward(request, response);
              }
            });
    String name = HostScenarios.BLOG;

    site()
        .get("/blog/page", site().cookies().pair(name, Map.of("list", List.of("a"))))
        .is(
            200,
            include ? "target and more" : "target",
            storing(name, Map.of("list", List.of("a", "b"))));
  }

  @Test
  default void worksBetweenTwoOtherFilters() throws Exception {
    site()
        .on(
            "/around/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print(request.getSession().getAttribute("inner") + " ");
              response.flushBuffer();
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/around/page")
        .is(200, "before " + BodyScenarios.LARGE, storing(Map.of("a", 1, "inner", "after")));
  }

  @Test
  default void keepsTheCookieFromCodeThatUnwrapsTheResponse() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              ServletResponse inner = response;
              while (inner instanceof ServletResponseWrapper wrapper) {
                inner = wrapper.getResponse();
              }
              inner.getWriter().print(BodyScenarios.LARGE);
              inner.flushBuffer();
            });

    site().get("/page").is(200, BodyScenarios.LARGE, STORED);
  }

  @Test
  default void neverUsesTheSessionOfTheContainer() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              ServletRequest inner = request;
              while (inner instanceof ServletRequestWrapper wrapper) {
                inner = wrapper.getRequest();
              }
              response.getWriter().print(((HttpServletRequest) inner).getSession(false));
            });

    site().get("/page").is(200, "null", STORED);
  }
}
