package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.expiring;
import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEvent;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timeouts by the sealed times and the injected clock, at their edges. */
interface TimeScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));

  /** Answers with the attribute, creation time, last access and interval, or with none. */
  private void page() {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession(false);
              response
                  .getWriter()
                  .print(
                      session == null
                          ? "none"
                          : "%s, created %s, last %s, interval %s"
                              .formatted(
                                  session.getAttribute("a"),
                                  sinceStart(session.getCreationTime()),
                                  sinceStart(session.getLastAccessedTime()),
                                  session.getMaxInactiveInterval()));
            });
  }

  private static long sinceStart(long millis) {
    return (millis - Site.START.toEpochMilli()) / 1000;
  }

  @Test
  default void renewsTheCookieOncePerTouchInterval() throws Exception {
    page();
    String cookie = site().cookies().pair(Map.of("a", 1));

    site().at(Duration.ofSeconds(59));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 1800");
    site().at(Duration.ofSeconds(60));
    Answer renewed = site().get("/page", cookie);
    renewed.is(200, "1, created 0, last 0, interval 1800", STORED);
    site().at(Duration.ofSeconds(119));
    site().get("/page", renewed.cookie()).is(200, "1, created 0, last 60, interval 1800");
    assertThat(renewed.session().id()).isEqualTo(site().cookies().open(cookie).id());
  }

  @Test
  default void livesForTheIdleTimeoutAndOneTouchInterval() throws Exception {
    page();
    String cookie = site().cookies().pair(Map.of("a", 1));

    site().at(Duration.ofMinutes(31).minusSeconds(1));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 1800", STORED);
    site().at(Duration.ofMinutes(31));
    site().get("/page", cookie).is(200, "none", expiring());
    assertThat(site().events()).hasSize(1);
    assertThat(site().events().get(0))
        .isInstanceOfSatisfying(
            SessionEvent.Rejected.class,
            event -> assertThat(event.reason()).isEqualTo(RejectionReason.EXPIRED));
  }

  @Test
  default void livesForTheAbsoluteTimeoutHoweverBusy() throws Exception {
    page();
    String cookie = site().cookies().pair(Map.of("a", 1));

    for (int minutes = 30; minutes < 12 * 60; minutes += 30) {
      site().at(Duration.ofMinutes(minutes));
      Answer answer = site().get("/page", cookie);
      answer.is(200, "1, created 0, last %s, interval 1800".formatted((minutes - 30) * 60), STORED);
      cookie = answer.cookie();
    }
    site().at(Duration.ofHours(12).minusSeconds(1));
    site().get("/page", cookie).is(200, "1, created 0, last 41400, interval 1800", STORED);
    site().at(Duration.ofHours(12));
    site().get("/page", cookie).is(200, "none", expiring());
  }

  @Test
  default void carriesTheMaxInactiveIntervalAndExpiresByIt() throws Exception {
    page();
    site()
        .on(
            "/short",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().setMaxInactiveInterval(10);
              response.getWriter().print(BodyScenarios.LARGE);
            });
    String cookie = site().get("/short").cookie();

    site().at(Duration.ofMillis(999));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 10");
    site().at(Duration.ofSeconds(1));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 10", STORED);
    site().at(Duration.ofMillis(10_999));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 10", STORED);
    site().at(Duration.ofSeconds(11));
    site().get("/page", cookie).is(200, "none", expiring());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  default void neverExpiresIdleWithoutAnInterval(int interval) throws Exception {
    page();
    site()
        .on(
            "/never",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().setMaxInactiveInterval(interval);
            });
    String cookie = site().get("/never").cookie();

    site().at(Duration.ofHours(12).minusSeconds(1));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 0", STORED);
    site().at(Duration.ofHours(12));
    site().get("/page", cookie).is(200, "none", expiring());
  }

  @Test
  default void takesALongerIntervalThanATokenHoldsAsTheLongest() throws Exception {
    page();
    site()
        .on(
            "/long",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().setMaxInactiveInterval(Integer.MAX_VALUE);
            });

    site()
        .get("/page", site().get("/long").cookie())
        .is(200, "1, created 0, last 0, interval 34560000");
  }

  @Test
  default void toleratesAClockThatIsThirtySecondsBehind() throws Exception {
    page();
    String cookie = site().cookies().pair(Map.of("a", 1));

    site().at(Duration.ofSeconds(-30));
    site().get("/page", cookie).is(200, "1, created 0, last 0, interval 1800");
    site().at(Duration.ofSeconds(-31));
    site().get("/page", cookie).is(200, "none");
  }
}
