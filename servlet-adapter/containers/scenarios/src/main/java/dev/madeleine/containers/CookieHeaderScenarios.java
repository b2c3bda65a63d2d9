package dev.madeleine.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Odd {@code Cookie} headers, as browsers, proxies and attackers send them. What the container lets
 * through is never an exception and never deletes the user's cookie; a valid one is found wherever
 * the header has it.
 */
interface CookieHeaderScenarios extends Scenarios {
  /**
   * Header lines and what becomes of them.
   *
   * @param id the vector of the collection of bad inputs that it is, or a name
   * @param found whether the session is found
   * @param mayBeRefused whether a container may refuse it before it asks the filter
   * @param lines header lines; V stands for a valid value, W for another, s for the cookie's name
   */
  record Vector(String id, boolean found, boolean mayBeRefused, List<String> lines) {
    static Vector found(String id, String... lines) {
      return new Vector(id, true, false, List.of(lines));
    }

    static Vector none(String id, String... lines) {
      return new Vector(id, false, false, List.of(lines));
    }

    Vector orRefused() {
      return new Vector(id, found, true, lines);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Vector> vectors() {
    String many =
        IntStream.range(0, 250).mapToObj(i -> "c" + i + "=1; ").reduce("", String::concat);
    return Stream.of(
        Vector.found("plain", "Cookie: s=V"),
        Vector.found("valid before junk", "Cookie: s=V; s=junk"),
        Vector.found("junk before valid", "Cookie: s=junk; s=V"),
        Vector.found("the same twice", "Cookie: s=V; s=V"),
        Vector.none("valid ones of two users", "Cookie: s=V; s=W"),
        Vector.found("within another's quotes", "Cookie: x=\"b; s=V; c=d\""),
        Vector.found("an unterminated quote before", "Cookie: x=\"b; s=V"),
        Vector.none("quoted value", "Cookie: s=\"V\""),
        Vector.none("nameless", "Cookie: =s=V"),
        Vector.none("dot for dash", "Cookie: __Host.session=V"),
        Vector.none("percent-encoded name", "Cookie: %5F_Host-session=V"),
        Vector.none("name in other letters", "Cookie: __host-session=V"),
        Vector.none("longer name", "Cookie: s2=V; xs=V"),
        Vector.found("$Version", "Cookie: $Version=1; s=V; $Path=/"),
        Vector.none("space in the value", "Cookie: s=V W"),
        Vector.found("tab before the value", "Cookie: s=\tV"),
        Vector.found("spaces around", "Cookie:   s = V ; x = y"),
        Vector.none("NUL", "Cookie: s=V\0b").orRefused(),
        Vector.none("bare CR", "Cookie: s=V\rb").orRefused(),
        Vector.found("folded line", "Cookie: s=V;\r\n t=b").orRefused(),
        Vector.none("9 KB", "Cookie: s=" + "A".repeat(9000)).orRefused(),
        Vector.none("empty value", "Cookie: s="),
        Vector.none("no equals sign", "Cookie: s"),
        Vector.none("empty header", "Cookie: "),
        Vector.none("only separators", "Cookie: ;;, ;"),
        Vector.found("several headers", "Cookie: a=1", "Cookie: s=V", "Cookie: b=2"),
        Vector.found("junk in a header before", "Cookie: s=junk", "cookie: s=V"),
        Vector.none("a valid one after four of junk", "Cookie: s=1; s=2; s=3; s=4; s=V"),
        Vector.found("Latin 1 beside", "Cookie: x=\u00e9; s=V").orRefused(),
        Vector.found("control character beside", "Cookie: x=\u0001; s=V").orRefused(),
        Vector.found("250 cookies before", "Cookie: " + many + "s=V").orRefused());
  }

  @ParameterizedTest
  @MethodSource("dev.madeleine.containers.CookieHeaderScenarios#vectors")
  default void neverHarmTheUser(Vector vector) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              var session = request.getSession(false);
              response.getWriter().print(session == null ? "none" : session.getAttribute("a"));
            });
    String name = SessionCookies.NAME;
    String valid = site().cookies().pairOf("marcel", Map.of("a", 1)).substring(name.length() + 1);
    String other =
        site().cookies().pairOf("albertine", Map.of("a", 2)).substring(name.length() + 1);
    String[] lines =
        vector.lines().stream()
            .map(
                line ->
                    line.replaceAll("\\bs(?=\\d?[ =;]|$)", name)
                        .replace("V", valid)
                        .replaceAll("(?<![A-Za-z0-9_-])W(?![A-Za-z0-9_-])", other))
            .toArray(String[]::new);

    Answer answer = site().raw("/page", lines);

    if (vector.mayBeRefused() && answer.status() != 200) {
      assertThat(answer.status()).isIn(site().container().refusals());
      assertThat(answer.setCookies()).isEmpty();
    } else {
      answer.is(200, vector.found() ? "1" : "none");
    }
    assertThat(site().events()).hasSizeLessThanOrEqualTo(1);
    assertThat(site().events().toString()).doesNotContain(valid);
  }

  @Test
  default void overwritesAnUnreadableCookieWithTheNextChange() throws Exception {
    site().on("/page", (request, response) -> request.getSession().setAttribute("a", 1));

    site().get("/page", SessionCookies.NAME + "=forged").is(200, "", BodyScenarios.STORED);
    assertThat(site().events()).hasSize(1).first().isInstanceOf(SessionEvent.Rejected.class);
  }
}
