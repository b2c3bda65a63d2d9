package dev.madeleine.containers;

import static dev.madeleine.containers.Applications.HEADER;
import static dev.madeleine.containers.SessionCookies.expiring;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionTooLargeException;
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

  /** The headers of an ordinary browser with other cookies than ours: 2 KB. */
  private static List<String> browserHeaders(String cookies) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Connection: keep-alive",
                "sec-ch-ua: \"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\", \"Not_A Brand\";v=\"99\"",
                "sec-ch-ua-mobile: ?0",
                "sec-ch-ua-platform: \"Windows\"",
                "Upgrade-Insecure-Requests: 1",
                "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-User: ?1",
                "Sec-Fetch-Dest: document",
                "Referer: https://shop.example.com/catalogue/books?page=3&sort=price",
                "Accept-Encoding: gzip, deflate, br, zstd",
                "Accept-Language: de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"));
    int length = 0;
    for (String line : lines) {
      length += line.length() + 2;
    }
    lines.add("Cookie: _ga=" + "1".repeat(2048 - length) + "; " + cookies);
    return lines;
  }

  @Test
  default void theLargestSessionComesBackTogetherWithTheHeadersOfABrowser() throws Exception {
    site()
        .on(
            "/parts/fill",
            (request, response) -> {
              for (int length = 3000; ; length += 10) {
                try {
                  request.getSession().setAttribute("text", "x".repeat(length));
                } catch (SessionTooLargeException e) {
                  response.getWriter().print(length - 10);
                  return;
                }
              }
            });
    site()
        .on(
            "/parts/read",
            (request, response) -> {
              String text = (String) request.getSession().getAttribute("text");
              response.getWriter().print(text == null ? 0 : text.length());
            });

    Answer filled = site().get("/parts/fill");
    String cookies = filled.cookie("parts") + "; " + filled.cookie("parts.1");
    assertThat(cookies.length()).isBetween(5900, 6020);

    Answer read = site().raw("/parts/read", browserHeaders(cookies).toArray(String[]::new));
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body()).isEqualTo(filled.body());
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
