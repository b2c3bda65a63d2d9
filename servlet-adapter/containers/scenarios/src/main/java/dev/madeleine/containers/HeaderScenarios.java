package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.expiring;
import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of the application and ours in one response. */
interface HeaderScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));

  @Test
  default void leavesCookiesAloneThatTheApplicationAdds() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.addCookie(new Cookie("before", "1"));
              request.getSession().setAttribute("a", 0);
              response.addCookie(new Cookie("between", "2"));
              request.getSession().setAttribute("a", 1);
              response.addCookie(new Cookie("after", "3"));
            });

    site().get("/page").is(200, "", STORED, "before=1", "between=2", "after=3");
  }

  @Test
  default void leavesSetCookieLinesAloneThatTheApplicationAdds() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.addHeader("Set-Cookie", "before=1; Path=/x; SameSite=None");
              request.getSession().setAttribute("a", 0);
              response.addHeader("set-cookie", "__Host-session2=2; Secure");
              request.getSession().setAttribute("a", 1);
              response.addHeader("Set-Cookie", "after=3; Max-Age=5");
              response.getWriter().print(BodyScenarios.LARGE);
            });

    Answer answer = site().get("/page");

    assertThat(answer.header("Set-Cookie"))
        .hasSize(4)
        .contains(
            "before=1; Path=/x; SameSite=None", "__Host-session2=2; Secure", "after=3; Max-Age=5");
    assertThat(answer.setCookies()).contains(STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void survivesASetCookieLineThatTheApplicationSets(boolean overflows) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setHeader("Set-Cookie", "before=1");
              request.getSession().setAttribute("a", 1);
              response.setHeader("Set-Cookie", "after=3");
              response.getWriter().print(overflows ? BodyScenarios.LARGE : "");
            });

    site().get("/page").is(200, overflows ? BodyScenarios.LARGE : "", STORED, "after=3");
  }

  @Test
  default void writesOneLineAfterManyChanges() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              for (int i = 0; i < 50; i++) {
                request.getSession().setAttribute("a", i);
              }
              request.changeSessionId();
              request.getSession().setAttribute("a", 1);
            });

    site().get("/page").is(200, "", STORED);
  }

  @Test
  default void takesItsLineBackWithTheFirstChangeOfANewSession() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().removeAttribute("a");
              response.getWriter().print("nothing");
            });

    site().get("/page").is(200, "nothing", site().takenBack(expiring()));
  }

  @Test
  default void takesItsLineBackWithANewSessionThatEnds() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().invalidate();
              response.getWriter().print("nothing");
            });

    site().get("/page").is(200, "nothing", site().takenBack(expiring()));
  }

  @Test
  default void takesItsLineBackWithAChangeThatIsTakenBack() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              request.getSession().removeAttribute("b");
              response.getWriter().print(request.getSession().getAttribute("a"));
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, "1", site().takenBack(STORED));
  }

  @Test
  default void takesItsLineBackAndLeavesTheCookieThatItCouldNotRead() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().removeAttribute("a");
            });

    String unreadable = SessionCookies.NAME + "=of-another-node";
    site()
        .get("/page", unreadable)
        .is(200, "", site().takenBack(unreadable + SessionCookies.ATTRIBUTES));
  }

  @Test
  default void takesItsLineBackAndLeavesTheCookiesOfTheApplication() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.addHeader("Set-Cookie", "own=1");
              request.getSession().setAttribute("a", 1);
              request.getSession().removeAttribute("a");
            });

    site().get("/page").is(200, "", "own=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set before", "set after", "add before", "add after"})
  default void leavesCacheControlToAnApplicationThatChooses(String when) throws Exception {
    String own = "private, max-age=60";
    site()
        .on(
            "/page",
            (request, response) -> {
              if (when.equals("set before")) {
                response.setHeader("Cache-Control", own);
              } else if (when.equals("add before")) {
                response.addHeader("Cache-Control", own);
              }
              request.getSession().setAttribute("a", 1);
              if (when.equals("set after")) {
                response.setHeader("Cache-Control", own);
              } else if (when.equals("add after")) {
                response.addHeader("Cache-Control", own);
              }
              response.getWriter().print(BodyScenarios.LARGE);
            });

    Answer answer = site().get("/page");

    assertThat(answer.setCookies()).containsExactly(STORED);
    assertThat(answer.header("Cache-Control")).containsExactly(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"set before", "set after", "add before", "add after"})
  default void aResponseThatOthersMayStoreHoldsNoSession(String when) throws Exception {
    String shared = "public, max-age=60";
    for (boolean changes : new boolean[] {true, false}) {
      site()
          .on(
              "/page",
              (request, response) -> {
                if (when.equals("set before")) {
                  response.setHeader("Cache-Control", shared);
                } else if (when.equals("add before")) {
                  response.addHeader("Cache-Control", shared);
                }
                HttpSession session = request.getSession();
                response.getWriter().print(session.getAttribute("a"));
                if (changes) {
                  session.setAttribute("a", 2);
                }
                if (when.equals("set after")) {
                  response.setHeader("Cache-Control", shared);
                } else if (when.equals("add after")) {
                  response.addHeader("Cache-Control", shared);
                }
              });
      site().at(Duration.ZERO);
      String cookie = site().cookies().pair(Map.of("a", 1));
      site().at(Duration.ofSeconds(61)); // The session is due for renewal.

      Answer answer = site().get("/page", cookie);

      assertThat(answer.body()).isEqualTo("1");
      if (changes) {
        assertThat(answer.setCookies()).containsExactly(storing(Map.of("a", 2)));
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(site().events()).hasOnlyElementsOfType(SessionEvent.CachingRefused.class);
      } else {
        assertThat(answer.header("Cache-Control"))
            .containsExactly(answer.setCookies().isEmpty() ? shared : "no-store");
        if (when.endsWith("before")) {
          assertThat(answer.setCookies()).isEmpty();
        } else { // It was renewed before the application said so.
          assertThat(answer.setCookies()).containsExactly(site().takenBack(STORED));
        }
      }
      site().events().clear();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void addsToTheVaryOfTheApplication(boolean before) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              if (before) {
                response.setHeader("Vary", "Accept-Encoding, Accept");
              }
              request.getSession().setAttribute("a", 1);
              if (!before) {
                response.setHeader("Vary", "Accept-Encoding, Accept");
              }
              response.getWriter().print(BodyScenarios.LARGE);
            });

    Answer answer = site().get("/page");

    assertThat(answer.setCookies()).containsExactly(STORED);
    assertThat(String.join(", ", answer.header("Vary")))
        .isEqualTo("Accept-Encoding, Accept, Cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "cookie", "Accept,COOKIE ,Origin"})
  default void addsNothingToAVaryThatSaysSo(String vary) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setHeader("Vary", vary);
              request.getSession().setAttribute("a", 1);
            });

    assertThat(site().get("/page").header("Vary")).containsExactly(vary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"getSession", "valid", "requested", "fromCookie"})
  default void variesByCookieWhenAnythingIsAsked(String question) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              Object answer =
                  switch (question) {
                    case "getSession" -> request.getSession(false) == null;
                    case "valid" -> !request.isRequestedSessionIdValid();
                    case "requested" -> request.getRequestedSessionId() == null;
                    default -> !request.isRequestedSessionIdFromCookie();
                  };
              response.getWriter().print(answer);
              response.getWriter().print(BodyScenarios.LARGE);
            });

    Answer answer = site().get("/page");

    answer.is(200, "true" + BodyScenarios.LARGE);
    assertThat(answer.header("Vary")).containsExactly("Cookie");
    assertThat(answer.header("Cache-Control")).isEmpty();
  }

  @Test
  default void leavesAResponseAloneWhoseRequestNeverAsksForTheSession() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.getWriter().print("untouched");
              response.flushBuffer();
            });

    Answer answer = site().get("/page", site().cookies().pair(Map.of("a", 1)));

    answer.is(200, "untouched");
    assertThat(answer.header("Vary")).isEmpty();
    assertThat(answer.header("Cache-Control")).isEmpty();
    assertThat(site().events()).isEmpty();
  }
}
