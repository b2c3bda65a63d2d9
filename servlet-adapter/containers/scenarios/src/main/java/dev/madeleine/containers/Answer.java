package dev.madeleine.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Session;
import java.util.List;
import java.util.Map;

/**
 * A response as the client got it.
 *
 * @param status the status code
 * @param body the body as text
 * @param headers header lines by their names in lower case, in their order
 * @param cookies what opens our cookies
 * @param container where it came from
 */
record Answer(
    int status,
    String body,
    Map<String, List<String>> headers,
    SessionCookies cookies,
    Container container) {
  /**
   * Asserts what is on the wire. {@code Set-Cookie} lines are compared in the form of {@link
   * SessionCookies}; these and no others must be there, in any order. Where one of ours is, the
   * headers for caches must be there too.
   */
  void is(int expectedStatus, String expectedBody, String... setCookies) {
    assertThat(status).as("status").isEqualTo(expectedStatus);
    assertThat(body).as("body").isEqualTo(expectedBody);
    sets(setCookies);
  }

  /** Asserts all {@code Set-Cookie} lines and what belongs to them. */
  void sets(String... setCookies) {
    assertThat(setCookies()).as("Set-Cookie").containsExactlyInAnyOrder(setCookies);
    if (setCookies().stream().anyMatch(line -> line.startsWith("__Host-"))) {
      String cacheControl = status < 400 ? "no-store" : container.errorCacheControl();
      assertThat(header("Cache-Control")).as("Cache-Control").containsExactly(cacheControl);
      assertThat(header("Vary")).as("Vary").containsExactly("Cookie");
    }
  }

  List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
  }

  /** All {@code Set-Cookie} lines, ours in readable form. */
  List<String> setCookies() {
    return header("Set-Cookie").stream().map(cookies::readable).toList();
  }

  /** The root's session cookie as a browser sends it back. */
  String cookie() {
    return cookie(SessionCookies.NAME);
  }

  String cookie(String name) {
    List<String> ours =
        header("Set-Cookie").stream().filter(line -> line.startsWith(name + "=")).toList();
    assertThat(ours).as("cookies named " + name).hasSize(1);
    return ours.get(0).substring(0, ours.get(0).indexOf(';'));
  }

  /** The session in the root's cookie. */
  Session session() {
    return cookies.open(cookie());
  }
}
