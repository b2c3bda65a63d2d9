package dev.madeleine.containers;

import static dev.madeleine.containers.Applications.HEADER;
import static dev.madeleine.containers.SessionCookies.expiring;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that travel otherwise than in one cookie. */
interface TransportScenarios extends Scenarios {
  private static void count(HttpSession session) {
    Integer views = (Integer) session.getAttribute("views");
    session.setAttribute("views", views == null ? 1 : views + 1);
  }

  private void counting(String path) {
    site()
        .on(
            path,
            (request, response) -> {
              count(request.getSession());
              response.getWriter().print(request.getSession().getAttribute("views"));
            });
  }

  /** Text that does not fit into one cookie. */
  private static String large() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append(i).append(' ');
    }
    return text.toString();
  }

  private static List<String> names(Answer answer) {
    return answer.header("Set-Cookie").stream()
        .map(line -> line.substring(0, line.indexOf('=')) + (line.contains("Max-Age=0") ? "-" : ""))
        .toList();
  }

  @Test
  default void spreadsALargeSessionOverSeveralCookiesAndClearsThemAway() throws Exception {
    site()
        .on(
            "/parts/large",
            (request, response) -> {
              response.addCookie(new Cookie("own", "1"));
              request.getSession().setAttribute("text", large());
              response.addCookie(new Cookie("other", "2"));
              request.getSession().setAttribute("more", 1);
            });
    site()
        .on(
            "/parts/small",
            (request, response) -> {
              response.getWriter().print(large().equals(request.getSession().getAttribute("text")));
              request.getSession().removeAttribute("text");
            });
    site().on("/parts/end", (request, response) -> request.getSession().invalidate());

    Answer large = site().get("/parts/large");
    assertThat(names(large)).containsExactlyInAnyOrder("parts", "parts.1", "own", "other");
    assertThat(large.header("Cache-Control")).containsExactly("no-store");
    String cookies = large.cookie("parts") + "; " + large.cookie("parts.1");

    Answer small = site().get("/parts/small", cookies);
    assertThat(small.body()).isEqualTo("true");
    assertThat(names(small)).containsExactlyInAnyOrder("parts", "parts.1-");

    assertThat(names(site().get("/parts/end", cookies)))
        .containsExactlyInAnyOrder("parts-", "parts.1-");
  }

  @Test
  default void takesSeveralCookiesBack() throws Exception {
    site()
        .on(
            "/parts/back",
            (request, response) -> {
              request.getSession().setAttribute("text", large());
              request.getSession().removeAttribute("text");
            });

    List<String> expected = new ArrayList<>(List.of(site().takenBack(expiring("parts"))));
    expected.addAll(List.of(site().takenBack(expiring("parts.1"))));
    assertThat(site().get("/parts/back").setCookies())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  default void carriesASessionInAHeaderWithoutAnyCookie() throws Exception {
    counting("/header/count");
    site().on("/header/end", (request, response) -> request.getSession().invalidate());

    Answer first = site().raw("/header/count");
    first.is(200, "1");
    assertThat(first.header(HEADER)).hasSize(1);
    assertThat(first.header("Vary")).containsExactly(HEADER);
    assertThat(first.header("Cache-Control")).containsExactly("no-store");

    String line = HEADER + ": " + first.header(HEADER).get(0);
    Answer second = site().raw("/header/count", line);
    second.is(200, "2");
    assertThat(second.header(HEADER)).hasSize(1).isNotEqualTo(first.header(HEADER));

    assertThat(site().raw("/header/end", line).header(HEADER)).containsExactly("");
  }

  @Test
  default void takesAHeaderBackAndKeepsItThroughARedirect() throws Exception {
    site()
        .on(
            "/header/back",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.getSession().removeAttribute("a");
            });
    site()
        .on(
            "/header/redirect",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.sendRedirect("/elsewhere");
            });

    assertThat(String.join("", site().raw("/header/back").header(HEADER))).isEmpty();
    assertThat(site().raw("/header/redirect").header(HEADER)).hasSize(1);
  }

  @Test
  default void movesASessionToAnotherCookie() throws Exception {
    counting("/older/count");
    counting("/newer/count");

    Answer older = site().get("/older/count");
    Answer newer = site().get("/newer/count", older.cookie("older"));
    assertThat(newer.body()).isEqualTo("2");
    assertThat(names(newer)).containsExactlyInAnyOrder("newer", "older-");
    assertThat(site().get("/newer/count", newer.cookie("newer")).body()).isEqualTo("3");
  }
}
