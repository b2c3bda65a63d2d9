package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.expiring;
import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The session ends, and nothing brings it back. */
interface InvalidateScenarios extends Scenarios {
  @Test
  default void expiresTheCookieWithTheSameAttributes() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().invalidate();
              assertThat(request.getSession(false)).isNull();
              assertThat(request.isRequestedSessionIdValid()).isFalse();
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, BodyScenarios.LARGE, expiring());
  }

  @Test
  default void leavesNothingUsableButIdIntervalAndContext() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              String id = session.getId();
              session.invalidate();
              assertThat(session.getId()).isEqualTo(id);
              List<ThrowingCallable> uses =
                  List.of(
                      session::getCreationTime,
                      session::getLastAccessedTime,
                      session::isNew,
                      session::invalidate,
                      session::getAttributeNames,
                      () -> session.getAttribute("a"),
                      () -> session.setAttribute("a", 2),
                      () -> session.setAttribute("a", null),
                      () -> session.removeAttribute("a"));
              for (ThrowingCallable use : uses) {
                assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
              }
              session.setMaxInactiveInterval(5);
              assertThat(session.getMaxInactiveInterval()).isEqualTo(1800);
              assertThat(session.getServletContext()).isSameAs(request.getServletContext());
              response.getWriter().print(uses.size());
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "9", expiring());
  }

  @Test
  default void beginsAnotherSessionInTheSameRequest() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession old = request.getSession();
              old.invalidate();
              HttpSession fresh = request.getSession();
              assertThat(fresh.isNew()).isTrue();
              assertThat(fresh.getId()).isNotEqualTo(old.getId());
              assertThat(fresh.getAttribute("a")).isNull();
              fresh.setAttribute("b", 2);
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, BodyScenarios.LARGE, storing(Map.of("b", 2)));
  }

  @Test
  default void expiresTheCookieWhenTheSecondSessionStaysEmpty() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().invalidate();
              request.getSession().setAttribute("b", 2);
              request.getSession().invalidate();
              assertThat(request.getSession().isNew()).isTrue();
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "", expiring());
  }

  @Test
  default void writesNothingOfTheDeadSessionFromALateThread() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              CountDownLatch ended = new CountDownLatch(1);
              Thread late =
                  site()
                      .handlers()
                      .inBackground(
                          () -> {
                            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
                            assertThatThrownBy(() -> session.setAttribute("a", 2))
                                .isInstanceOf(IllegalStateException.class);
                          });
              session.invalidate();
              ended.countDown();
              late.join();
            });

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "", expiring());
  }

  @Test
  default void stopsACopyOfTheCookie() throws Exception {
    site().on("/end", (request, response) -> request.getSession().invalidate());
    site()
        .on("/page", (request, response) -> response.getWriter().print(request.getSession(false)));
    String cookie = site().cookies().pair(Map.of("a", 1));

    site().get("/end", cookie).is(200, "", expiring());

    site().get("/page", cookie).is(200, "null", expiring());
  }

  @Test
  default void isNotRevivedByARequestThatBeganBefore() throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    site()
        .on(
            "/slow",
            (request, response) -> {
              HttpSession session = request.getSession();
              loaded.countDown();
              assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
              session.setAttribute("b", 2);
            });
    site().on("/end", (request, response) -> request.getSession().invalidate());
    site()
        .on("/page", (request, response) -> response.getWriter().print(request.getSession(false)));
    String cookie = site().cookies().pair(Map.of("a", 1));
    var slow = site().later(() -> site().get("/slow", cookie));
    assertThat(loaded.await(60, TimeUnit.SECONDS)).isTrue();

    site().get("/end", cookie).is(200, "", expiring());
    ended.countDown();
    Answer late = slow.get(60, TimeUnit.SECONDS);

    late.is(200, "", expiring());
    site().get("/page", cookie).is(200, "null", expiring());
  }

  @Test
  default void isNotRevivedUnderANewIdByARequestThatBeganBefore() throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    site()
        .on(
            "/slow",
            (request, response) -> {
              request.getSession();
              loaded.countDown();
              assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
              assertThatThrownBy(request::changeSessionId)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("ended");
            });
    site().on("/end", (request, response) -> request.getSession().invalidate());
    String cookie = site().cookies().pair(Map.of("a", 1));
    var slow = site().later(() -> site().get("/slow", cookie));
    assertThat(loaded.await(60, TimeUnit.SECONDS)).isTrue();

    site().get("/end", cookie).is(200, "", expiring());
    ended.countDown();

    slow.get(60, TimeUnit.SECONDS).is(200, "");
  }
}
