package dev.madeleine.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.SessionEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session changes when the response has gone: the change is lost, and said to be. */
interface LateChangeScenarios extends Scenarios {
  /** A change, and how it is reported. */
  enum Late {
    SET("attribute late") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().setAttribute("late", 1);
      }
    },
    REPLACE("attribute a") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().setAttribute("a", 2);
      }
    },
    SET_ONE_THAT_LISTENS("attribute x") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().setAttribute("x", new Values.Carried("x"));
      }
    },
    SET_ONE_TOO_LARGE("attribute large") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().setAttribute("large", "x".repeat(5000));
      }
    },
    REMOVE("attribute a") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().removeAttribute("a");
      }
    },
    INTERVAL("max inactive interval") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().setMaxInactiveInterval(77);
      }
    },
    ID("new session id") {
      @Override
      void change(HttpServletRequest request) {
        request.changeSessionId();
      }
    },
    END("end of the session") {
      @Override
      void change(HttpServletRequest request) {
        request.getSession().invalidate();
      }
    };

    private final String report;

    Late(String report) {
      this.report = report;
    }

    abstract void change(HttpServletRequest request);
  }

  @ParameterizedTest
  @EnumSource
  default void reportsALateChangeOnceByItsName(Late late) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession();
              response.flushBuffer();
              late.change(request);
              response.getWriter().print("went on");
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "went on");
    assertThat(site().lost())
        .containsExactly(new SessionEvent.ChangeLost(SessionCookies.NAME, late.report));
  }

  @ParameterizedTest
  @EnumSource
  default void throwsWhereTheFilterIsToldTo(Late late) throws Exception {
    site()
        .on(
            "/strict/page",
            (request, response) -> {
              request.getSession();
              response.flushBuffer();
              assertThatThrownBy(() -> late.change(request))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining(late.report);
              response.getWriter().print("went on");
            });

    String name = "__Host-session-strict";
    site().get("/strict/page", site().cookies().pair(name, Map.of("a", 1))).is(200, "went on");
    assertThat(site().lost()).containsExactly(new SessionEvent.ChangeLost(name, late.report));
  }

  @Test
  default void reportsAChangeAfterABodyLargerThanTheBuffer() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getOutputStream().print(BodyScenarios.LARGE);
              request.getSession().setAttribute("late", 1);
            });

    site().get("/page").is(200, BodyScenarios.LARGE, BodyScenarios.STORED);
    site()
        .eventually(
            () ->
                assertThat(site().events())
                    .containsExactly(
                        new SessionEvent.ChangeLost(SessionCookies.NAME, "attribute late")));
  }

  @Test
  default void reportsNothingWhenALateChangeIsNone() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.flushBuffer();
              request.getSession().setAttribute("a", 1);
              request.getSession().removeAttribute("none");
            });

    site().get("/page").is(200, "", BodyScenarios.STORED);
    assertThat(site().events()).isEmpty();
  }

  @Test
  default void keepsALateChangeForTheRestOfTheRequest() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.flushBuffer();
              request.getSession().setAttribute("late", 2);
              response.getWriter().print(request.getSession().getAttribute("late"));
            });

    site().get("/page").is(200, "2", BodyScenarios.STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void reportsAChangeAfterTheRequestAndTouchesNoOtherResponse(boolean async)
      throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("a", 1);
              AsyncContext context = async ? request.startAsync() : null;
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        if (context != null) {
                          context.complete();
                        }
                        assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
                        session.setAttribute("late", 2);
                        changed.countDown();
                      });
            });
    site()
        .on(
            "/other",
            (request, response) -> {
              answered.countDown();
              assertThat(changed.await(60, TimeUnit.SECONDS)).isTrue();
              response.getWriter().print("other");
            });

    site().get("/page").is(200, "", BodyScenarios.STORED);
    Answer other = site().get("/other");

    other.is(200, "other");
    assertThat(other.header("Vary")).isEmpty();
    assertThat(site().lost())
        .containsExactly(new SessionEvent.ChangeLost(SessionCookies.NAME, "attribute late"));
  }

  @Test
  default void neverReadsTheCookieOfAnotherRequest() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    site()
        .on(
            "/page",
            (request, response) ->
                site()
                    .handlers()
                    .inBackground(
                        () -> {
                          assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
                          assertThat(request.getSession(false)).isNull();
                          asked.countDown();
                        }));
    site()
        .on(
            "/other",
            (request, response) -> {
              answered.countDown();
              assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
              response.getWriter().print(request.getSession(false).getAttribute("a"));
            });

    site().get("/page").is(200, "");
    site().get("/other", site().cookies().pair(Map.of("a", 1))).is(200, "1");
  }
}
