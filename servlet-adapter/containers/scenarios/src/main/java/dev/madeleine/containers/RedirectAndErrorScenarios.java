package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session is set, and the response ends as a redirect or an error. */
interface RedirectAndErrorScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));

  @Test
  default void setsBeforeSendRedirect() throws Exception {
    redirects(302, (request, response) -> response.sendRedirect("/elsewhere"));
  }

  @Test
  default void setsBeforeSendRedirectWithAStatus() throws Exception {
    if (site().container().isServlet61()) {
      redirects(303, (request, response) -> response.sendRedirect("/elsewhere", 303));
    } else {
      has60Only((request, response) -> response.sendRedirect("/elsewhere", 303));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsBeforeSendRedirectThatSaysWhetherToClear(boolean clear) throws Exception {
    Handler redirect = (request, response) -> response.sendRedirect("/elsewhere", clear);
    if (site().container().isServlet61()) {
      redirects(302, redirect);
    } else {
      has60Only(redirect);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsBeforeSendRedirectWithAStatusThatSaysWhetherToClear(boolean clear)
      throws Exception {
    Handler redirect = (request, response) -> response.sendRedirect("/elsewhere", 307, clear);
    if (site().container().isServlet61()) {
      redirects(307, redirect);
    } else {
      has60Only(redirect);
    }
  }

  private void redirects(int status, Handler redirect) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              redirect.handle(request, response);
            });

    Answer answer = site().get("/page");

    answer.is(status, "", STORED);
    assertThat(answer.header("Location")).hasSize(1);
    assertThat(answer.header("Location").get(0)).endsWith("/elsewhere");
  }

  /** A method of Servlet 6.1 is missing, as it would be without the filter; the session is kept. */
  private void has60Only(Handler redirect) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              try {
                redirect.handle(request, response);
              } catch (NoSuchMethodError e) {
                response.getWriter().print("6.0");
              }
            });

    site().get("/page").is(200, "6.0", STORED);
  }

  @Test
  default void setsBeforeSendErrorWithAnErrorPage() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.sendError(418);
            });

    site().get("/page").is(418, "error page", STORED);
  }

  @Test
  default void setsBeforeSendErrorWithAMessage() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.sendError(404, "not here");
            });

    site().get("/page").is(404, "error page", STORED);
  }

  @Test
  default void setsBeforeSendErrorWithoutAnErrorPage() throws Exception {
    site()
        .on(
            "/shop/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.sendError(404);
            });

    Answer answer = site().get("/shop/page");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.setCookies()).containsExactly(storing("__Host-session-shop", Map.of("a", 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "servlet", "io", "error"})
  default void setsBeforeAnExceptionThatLeadsToAnErrorPage(String kind) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("thrown away");
              throw switch (kind) {
                case "runtime" -> new IllegalStateException("on purpose");
                case "servlet" -> new ServletException("on purpose");
                case "io" -> new IOException("on purpose");
                default -> new ServletException(new LinkageError("on purpose"));
              };
            });

    site().get("/page").is(500, "error page", STORED);
  }

  @Test
  default void setsBeforeAnExceptionWithoutAnErrorPage() throws Exception {
    site()
        .on(
            "/shop/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              throw new IllegalStateException("on purpose");
            });

    Answer answer = site().get("/shop/page");

    assertThat(answer.status()).isEqualTo(500);
    String stored = storing("__Host-session-shop", Map.of("a", 1));
    assertThat(answer.setCookies())
        .containsExactlyElementsOf(site().container().withExceptionPage(stored));
  }

  @Test
  default void setsInTheErrorPageWhatTheRequestHasSeen() throws Exception {
    site()
        .on(
            "/error-page",
            (request, response) -> {
              Object before = request.getSession().getAttribute("a");
              request.getSession().setAttribute("b", 2);
              response.getWriter().print("error page after " + before);
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              throw new IllegalStateException("on purpose");
            });

    site().get("/page").is(500, "error page after 1", storing(Map.of("a", 1, "b", 2)));
  }

  @Test
  default void setsBeforeAnErrorPageLargerThanTheBuffer() throws Exception {
    site()
        .on("/error-page", (request, response) -> response.getWriter().print(BodyScenarios.LARGE));
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              throw new IllegalStateException("on purpose");
            });

    site().get("/page").is(500, BodyScenarios.LARGE, STORED);
  }
}
