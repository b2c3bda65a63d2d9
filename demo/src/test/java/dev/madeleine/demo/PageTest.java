package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private final Visitor visitor = new Visitor();
  private DemoServer server;
  private String url;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server =
        DemoServer.start(
            new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), false),
            event -> {});
    url = server.url();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsTheCookieThatTheBrowserWillHold() throws Exception {
    String page = visitor.getPage(url).body();

    Anatomy.of(visitor.cookie()).parts().forEach(part -> assertThat(page).contains(part.text()));
    assertThat(page)
        .contains(PlainWords.time(Anatomy.of(visitor.cookie()).created()))
        .contains(Anatomy.of(visitor.cookie()).sessionId())
        .contains(Anatomy.of(visitor.cookie()).seal())
        .contains("the key that signs now", "over after 30 minutes without a visit");
  }

  @Test
  void bringsNothingFromElsewhereAndRunsNoScript() throws Exception {
    HttpResponse<String> response = visitor.getPage(url);

    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'self'; img-src 'self';")
        .doesNotContain("unsafe", "script-src");
    assertThat(response.body()).doesNotContain("<script", "style=", "onclick", "https:");
    assertThat(visitor.get(url + "style.css").statusCode()).isEqualTo(200);
    assertThat(visitor.get(url + "madeleine.svg").statusCode()).isEqualTo(200);
  }

  @Test
  void escapesWhatVisitorsWrite() throws Exception {
    String hostile = "\"><script>alert('1')</script>";
    visitor.postPage(url + "attributes", Map.of("name", hostile, "value", hostile));
    visitor.postPage(url + "login", Map.of("user", hostile));
    String page = visitor.getPage(url + "?try=%3Cscript%3E&did=%3Cscript%3E").body();
    String refused =
        visitor
            .postPage(
                url + "attributes", Map.of("name", hostile, "value", hostile, "kind", "NUMBER"))
            .body();

    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(refused).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void postsAreFollowedByAGet() throws Exception {
    HttpResponse<String> set = visitor.postPage(url + "attributes", Map.of("name", "tea"));
    HttpResponse<String> removed = visitor.postPage(url + "attributes", Map.of("remove", "tea"));
    HttpResponse<String> login = visitor.postPage(url + "login", Map.of());
    HttpResponse<String> rotated = visitor.postPage(url + "rotate", Map.of());
    HttpResponse<String> logout = visitor.postPage(url + "logout", Map.of());

    assertThat(set.statusCode()).isEqualTo(303);
    assertThat(set.headers().firstValue("Location")).hasValue("/#session");
    assertThat(removed.statusCode()).isEqualTo(303);
    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(rotated.statusCode()).isEqualTo(303);
    assertThat(logout.statusCode()).isEqualTo(303);
  }

  @Test
  void everyKindOfAttributeComesBackAsItIs() throws Exception {
    set("n", "42", "NUMBER");
    set("d", "19.90", "DECIMAL");
    set("t", "true", "TRUTH");
    set("day", "1913-11-14", "DATE");
    set("l", "tea, cake", "LIST");

    assertThat(visitor.get(url + "session").body())
        .isEqualTo(
            "{\"n\":42,\"d\":{\"~decimal\":\"19.90\"},\"t\":true,\"day\":{\"~date\":\"1913-11-14\"},"
                + "\"l\":[\"tea\",\"cake\"]}");
    assertThat(visitor.getPage(url).body())
        .contains("BigDecimal", "LocalDate", "ArrayList", "Integer", "Boolean");
  }

  private void set(String name, String value, String kind) throws Exception {
    HttpResponse<String> response =
        visitor.postPage(url + "attributes", Map.of("name", name, "value", value, "kind", kind));
    assertThat(response.statusCode()).isEqualTo(303);
  }

  @Test
  void aRefusedAttributeIsToldWithTheLibrarysWords() throws Exception {
    HttpResponse<String> refused =
        visitor.postPage(
            url + "attributes", Map.of("name", "tea", "value", "mint", "kind", "OPTIONAL"));
    HttpResponse<String> large =
        visitor.postPage(url + "attributes", Map.of("name", "tea", "value", "x".repeat(5000)));
    HttpResponse<String> reserved =
        visitor.postPage(url + "attributes", Map.of("name", "views", "value", "1000"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("holds a java.util.Optional that would not come back as it is")
        .contains("value=\"mint\"", "<option value=\"OPTIONAL\" selected>");
    assertThat(large.statusCode()).isEqualTo(422);
    assertThat(large.body()).contains("limit 4,096; largest attributes: tea");
    assertThat(reserved.statusCode()).isEqualTo(422);
    assertThat(reserved.body()).contains("belongs to this page");
  }

  @Test
  void aLoginShowsBothIdsOnce() throws Exception {
    visitor.getPage(url);
    String before = Anatomy.of(visitor.cookie()).sessionId();
    visitor.postPage(url + "login", Map.of("user", "swann"));
    String after = Anatomy.of(visitor.cookie()).sessionId();

    assertThat(after).isNotEqualTo(before);
    assertThat(visitor.getPage(url).body()).contains("Welcome, swann.", before, after);
    assertThat(visitor.getPage(url).body()).doesNotContain("Welcome", before).contains(after);
    assertThat(visitor.get(url + "session").body()).doesNotContain(LoginServlet.ID_BEFORE);
  }

  @Test
  void tamperingIsNoticedAndTheRealCookieGoesOn() throws Exception {
    visitor.getPage(url);
    for (int i = 2; i < 30; i++) {
      String page = visitor.getPage(url + "?try=tamper").body();

      assertThat(page)
          .contains("<code class=\"verdict\" id=\"tamper-reason\">BAD_SEAL</code>")
          .contains("a new session, with nothing in it", "untouched and <code>accepted</code>")
          .contains("<strong id=\"views\">" + i + "</strong>")
          .doesNotContain("id=\"rejected\"");
    }
  }

  @Test
  void movingIsNoticed() throws Exception {
    visitor.getPage(url);

    assertThat(visitor.getPage(url + "?try=move").body())
        .contains("id=\"move-here\">accepted<", "id=\"move-there\">BAD_SEAL<", "__Host-wishlist");
  }

  @Test
  void rotatingSealsTheSameSessionAgain() throws Exception {
    visitor.getPage(url);
    Anatomy before = Anatomy.of(visitor.cookie());
    visitor.postPage(url + "rotate", Map.of());
    assertThat(Anatomy.of(visitor.cookie()).keyId()).isEqualTo(before.keyId());

    String page = visitor.getPage(url + "?did=rotate").body();

    Anatomy after = Anatomy.of(visitor.cookie());
    assertThat(after.keyId()).isNotEqualTo(before.keyId());
    assertThat(after.sessionId()).isEqualTo(before.sessionId());
    assertThat(after.created()).isEqualTo(before.created());
    assertThat(after.json()).isEqualTo("{\"views\":2}");
    assertThat(page)
        .contains("id=\"key-before\">" + before.keyId(), "id=\"key-after\">" + after.keyId());
    assertThat(visitor.getPage(url + "?did=rotate").body()).contains("by the new key already");
  }

  @Test
  void aKeyThatSomebodyElseRotatedIsToldToo() throws Exception {
    visitor.getPage(url);
    server.keys().rotate();

    assertThat(visitor.getPage(url).body()).contains("A new key, and nobody noticed");
  }

  @Test
  void anExperimentWithoutACookieSaysSo() throws Exception {
    assertThat(visitor.getPage(url + "?try=tamper").body()).contains("there was nothing to try");
    assertThat(visitor.holding("forged").getPage(url + "?try=move").body())
        .contains("there was nothing to try", "id=\"rejected\"", "MALFORMED");
  }

  @Test
  void logoutBeginsAnew() throws Exception {
    visitor.postPage(url + "login", Map.of());
    visitor.postPage(url + "logout", Map.of());

    assertThat(visitor.getPage(url + "?did=logout").body())
        .contains("id=\"logged-out\"", "<strong id=\"views\">1</strong>");
  }

  @Test
  void warnsOfACookieThatDidNotComeBack() throws Exception {
    assertThat(visitor.get(url + "cookie.css").body()).contains("#cookie-lost", "display: block");
    visitor.getPage(url);
    assertThat(visitor.get(url + "cookie.css").body()).doesNotContain("#cookie-lost");
  }
}
