package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import dev.madeleine.containers.SessionCookies.Cart;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  /** A way to declare the length of the body. */
  enum Length {
    SET {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.setContentLength(length);
      }
    },
    SET_LONG {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.setContentLengthLong(length);
      }
    },
    SET_HEADER {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.setHeader("Content-Length", Integer.toString(length));
      }
    },
    ADD_HEADER {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.addHeader("content-length", Integer.toString(length));
      }
    },
    SET_INT_HEADER {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.setIntHeader("Content-Length", length);
      }
    },
    ADD_INT_HEADER {
      @Override
      void declare(HttpServletResponse response, int length) {
        response.addIntHeader("Content-Length", length);
      }
    };

    abstract void declare(HttpServletResponse response, int length);
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenBeforeTheDeclaredLengthIsReached(Length length) throws Exception {
    for (boolean stream : new boolean[] {true, false}) {
      site()
          .on(
              "/page",
              (request, response) -> {
                grow(request);
                length.declare(response, 5);
                (stream ? BodyWay.STREAM : BodyWay.WRITE).write(response, "grown");
              });

      site().get("/page", cookie()).is(200, "grown", GROWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenBeforeTheWriteThatReachesTheDeclaredLength(BodyWay way) throws Exception {
    String text =
        (way == BodyWay.STREAM_PRINT ? "grown" : "gr\u00f6\u20ac\ud834\udd1e") + BodyWay.END;
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              response.setContentLength(2 * bytes);
              way.write(response, text);
              if (way != BodyWay.CHECK_ERROR) { // It commits.
                grow(request);
              }
              way.write(response, text);
            });

    site()
        .get("/page", cookie())
        .is(200, text + text, way == BodyWay.CHECK_ERROR ? new String[0] : new String[] {GROWN});
  }

  @Test
  default void isSeenBeforeALengthIsDeclaredThatWasReachedBefore() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.getOutputStream().print("grown");
              grow(request);
              response.setContentLength(5);
              response.getOutputStream().flush();
            });

    site().get("/page", cookie()).is(200, "grown", GROWN);
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenBeforeABodyLargerThanTheBuffer(BodyWay way) throws Exception {
    String text = BodyScenarios.LARGE + BodyWay.END;
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              way.write(response, text);
            });

    site().get("/page", cookie()).is(200, text, GROWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECK_ERROR") // It commits.
  default void isSeenBeforeTheWriteThatFillsTheBuffer(BodyWay way) throws Exception {
    String text = (way == BodyWay.STREAM_PRINT ? "x" : "\u20ac").repeat(20) + BodyWay.END;
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add("b");
              list.add("more");
              way.write(response, text);
              list.remove("more"); // Within the buffer.
              for (int i = 1; i < 1000; i++) {
                way.write(response, text);
              }
            });

    site().get("/page", cookie()).is(200, text.repeat(1000), GROWN);
  }

  @Test
  default void isSeenBetweenAResetOfTheBufferAndTheBody() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().getAttribute("list");
              response.getWriter().print("thrown away");
              response.resetBuffer();
              grow(request);
              response.setContentLength(5);
              response.getWriter().print("grown");
            });

    site().get("/page", cookie()).is(200, "grown", GROWN);
  }

  @Test
  default void isSeenInAValueThatWasReadFromTheSessionBehind() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) SessionFilter.session(request).get("list");
              Objects.requireNonNull(list).add("b");
              response.setContentLength(5);
              response.getWriter().print("grown");
            });

    site().get("/page", cookie()).is(200, "grown", GROWN);
  }

  /** A bean of the application in the session, as a framework makes it at its first use. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void isSeenInABeanBeforeTheBodyIsWrittenOnce(boolean isNew) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              Cart cart = (Cart) session.getAttribute("cart");
              if (cart == null) {
                cart = new Cart(new ArrayList<>());
                session.setAttribute("cart", cart);
              }
              cart.items().add("b");
              byte[] body = cart.items().toString().getBytes(StandardCharsets.UTF_8);
              response.setContentLengthLong(body.length);
              response.getOutputStream().write(body);
            });

    if (isNew) {
      site().get("/page").is(200, "[b]", storing(Map.of("cart", new Cart(List.of("b")))));
    } else {
      String cookie = site().cookies().pair(Map.of("cart", new Cart(List.of("a"))));
      site()
          .get("/page", cookie)
          .is(200, "[a, b]", storing(Map.of("cart", new Cart(List.of("a", "b")))));
    }
  }

  /** Where a dispatcher comes from. */
  enum Dispatching {
    REQUEST {
      @Override
      RequestDispatcher dispatcher(HttpServletRequest request) {
        return request.getRequestDispatcher("/target");
      }
    },
    CONTEXT {
      @Override
      RequestDispatcher dispatcher(HttpServletRequest request) {
        return request.getServletContext().getRequestDispatcher("/target");
      }
    },
    NAMED {
      @Override
      RequestDispatcher dispatcher(HttpServletRequest request) {
        return request.getServletContext().getNamedDispatcher("target");
      }
    };

    abstract RequestDispatcher dispatcher(HttpServletRequest request);
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenBeforeADispatch(Dispatching dispatching) throws Exception {
    for (boolean include : new boolean[] {true, false}) {
      site().on("/target", (request, response) -> response.getWriter().print("target"));
      site()
          .on(
              "/page",
              (request, response) -> {
                RequestDispatcher target = dispatching.dispatcher(request);
                grow(request);
                if (include) {
                  target.include(request, response);
                } else {
                  target.forward(request, response);
                }
              });

      site().get("/page", cookie()).is(200, "target", GROWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenInTheTargetOfADispatch(Dispatching dispatching) throws Exception {
    for (boolean include : new boolean[] {true, false}) {
      site()
          .on(
              "/target",
              (request, response) -> {
                response.getWriter().print("target");
                grow(request);
              });
      site()
          .on(
              "/page",
              (request, response) -> {
                RequestDispatcher target = dispatching.dispatcher(request);
                if (include) {
                  target.include(request, response);
                } else {
                  target.forward(request, response);
                }
              });

      site().get("/page", cookie()).is(200, "target", GROWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void isSeenInTheTargetOfADispatchBeforeItsLengthIsReached(Dispatching dispatching)
      throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              grow(request);
              response.setContentLength(6);
              response.getOutputStream().print("target");
            });
    site()
        .on(
            "/page",
            (request, response) -> dispatching.dispatcher(request).forward(request, response));

    site().get("/page", cookie()).is(200, "target", GROWN);
  }

  @Test
  default void isSeenBeforeTheResponseIsUnwrapped() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              grow(request);
              unwrapped(response).getWriter().print(BodyScenarios.LARGE);
            });

    site().get("/page", cookie()).is(200, BodyScenarios.LARGE, GROWN);
  }

  private static ServletResponse unwrapped(ServletResponse response) {
    ServletResponse inner = response;
    while (inner instanceof ServletResponseWrapper wrapper) {
      inner = wrapper.getResponse();
    }
    return inner;
  }

  @Test
  default void isReportedWhenItComesAfterTheResponseWasUnwrapped() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              ServletResponse inner = unwrapped(response);
              grow(request);
              inner.getWriter().print(BodyScenarios.LARGE);
            });

    site().get("/page", cookie()).is(200, BodyScenarios.LARGE);
    reportsOneChangeInPlace();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void isReportedWhenItComesAfterTheCommit(boolean filled) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().getAttribute("list");
              response.getWriter().print(filled ? BodyScenarios.LARGE : "went");
              if (!filled) {
                response.flushBuffer();
              }
              grow(request);
              response.getWriter().print(" on");
            });

    site().get("/page", cookie()).is(200, (filled ? BodyScenarios.LARGE : "went") + " on");
    reportsOneChangeInPlace();
  }

  private void reportsOneChangeInPlace() throws Exception {
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
              response.flushBuffer();
            });

    site().get("/page", cookie()).is(200, "went on");
    site().eventually(() -> assertThat(site().events()).hasSize(1));
    assertThat(site().events().get(0)).isInstanceOf(SessionEvent.ChangeRefused.class);
    assertThat(site().events().get(0).message())
        .contains("java.lang.Thread", "AttributeConverter.of(word, Thread.class");
  }

  @Test
  default void isReportedOnceWhenItDoesNotFit() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add("x".repeat(5000));
              response.getWriter().print("went on");
              response.flushBuffer();
            });

    site().get("/page", cookie()).is(200, "went on");
    site().eventually(() -> assertThat(site().events()).hasSize(1));
    assertThat(site().events().get(0)).isInstanceOf(SessionEvent.SessionTooLarge.class);
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
