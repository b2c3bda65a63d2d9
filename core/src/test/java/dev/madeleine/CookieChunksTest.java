package dev.madeleine;

import static dev.madeleine.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CookieChunksTest {
  private static final CookieOptions SID = CookieOptions.named("sid");
  private static final NativeEncoder SIGNED = NativeEncoder.signed(() -> RING, "session");

  private final List<SessionEvent> events = new ArrayList<>();
  private final Sessions sessions = sessions(SessionTransport.chunked(SID, SIGNED, 8192));
  private final Browser browser = new Browser();

  private Sessions sessions(SessionTransport transport) {
    return Sessions.builder(transport)
        .policy(SessionPolicy.defaults().withClock(new MovingClock(Fixtures.NOON)))
        .random(Fixtures.counting())
        .listener(events::add)
        .build();
  }

  private static String text(int length, int seed) {
    StringBuilder text = new StringBuilder();
    new Random(seed).ints(length, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    return text.toString();
  }

  private void store(int length) {
    browser.request(sessions, session -> session.put("text", text(length, length)));
  }

  private List<RejectionReason> reasons() {
    return events.stream()
        .filter(SessionEvent.Rejected.class::isInstance)
        .map(event -> ((SessionEvent.Rejected) event).reason())
        .toList();
  }

  @Test
  void whatFitsIntoOneCookieTravelsAsInOneCookie() {
    store(100);
    assertThat(browser.cookies()).containsExactly("sid");
    Sessions one = sessions(SessionTransport.cookie(SID, SIGNED));
    assertThat(browser.load(one).get("text")).isEqualTo(text(100, 100));
  }

  @Test
  void longerSessionsTakeMoreCookiesOfTheSameAttributesAndComeBack() {
    store(4500);
    assertThat(browser.cookies()).containsExactly("sid", "sid.1");
    assertThat(browser.response)
        .filteredOn(line -> line.startsWith("Set-Cookie"))
        .allMatch(line -> line.endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax"));
    browser.jar.forEach(
        (name, value) -> {
          assertThat(name.length() + value.length()).isLessThanOrEqualTo(4096);
          assertThat(value).matches("~2\\.[0-9A-Za-z_-]{8}\\.[0-9A-Za-z_-]+");
        });
    assertThat(browser.load(sessions).get("text")).isEqualTo(text(4500, 4500));
  }

  @Test
  void everyLengthThatIsWrittenIsRead() {
    for (int length = 2900; length < 6000; length += 37) {
      store(length);
      assertThat(browser.load(sessions).get("text"))
          .as("%s", length)
          .isEqualTo(text(length, length));
    }
  }

  @Test
  void aShorterSessionRemovesTheCookiesThatAreLeftOver() {
    store(5900);
    store(10);
    assertThat(browser.cookies()).containsExactly("sid", "-sid.1");
    assertThat(browser.jar).containsOnlyKeys("sid");
    assertThat(browser.load(sessions).get("text")).isEqualTo(text(10, 10));
  }

  @Test
  void theEndRemovesAllOfThem() {
    store(5900);
    browser.request(sessions, Session::invalidate);
    assertThat(browser.cookies()).containsExactly("-sid", "-sid.1");
  }

  @Test
  @DisplayName("cookies whose names only begin like ours are left alone and not read")
  void matchesNamesExactly() {
    store(5900);
    Map<String, String> ours = Map.copyOf(browser.jar);
    for (String odd : List.of("sid.01", "sid.1x", "sid.", "sid.-1", "sid.1.1", "sidx", "xsid.1")) {
      browser.jar.put(odd, ours.get("sid.1"));
    }
    store(10);
    assertThat(browser.cookies()).containsExactly("sid", "-sid.1");
  }

  @Test
  void aMissingPartIsIncomplete() {
    store(5900);
    String last = browser.jar.remove("sid.1");
    assertThat(browser.load(sessions).isNew()).isTrue();
    browser.jar.put("sid.1", last);
    browser.jar.remove("sid");
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(reasons()).containsExactly(RejectionReason.INCOMPLETE, RejectionReason.INCOMPLETE);
  }

  @Test
  void partsOfTwoWritesAreIncomplete() {
    store(5900);
    Map<String, String> first = new LinkedHashMap<>(browser.jar);
    store(5901);
    browser.jar.put("sid.1", first.get("sid.1"));
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(reasons()).containsExactly(RejectionReason.INCOMPLETE);
  }

  @Test
  void partsThatLieAboutTheirWriteAreIncomplete() {
    store(5900);
    Map<String, String> first = new LinkedHashMap<>(browser.jar);
    store(5901);
    String prefix = browser.jar.get("sid").substring(0, 12);
    browser.jar.put("sid.1", prefix + first.get("sid.1").substring(12));
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(reasons()).containsExactly(RejectionReason.INCOMPLETE);
  }

  @Test
  void anIncompleteSessionIsNotDeletedButWrittenOver() {
    store(5900);
    browser.jar.remove("sid");
    browser.request(sessions, Session::isNew);
    assertThat(browser.cookies()).isEmpty();
    browser.request(sessions, session -> session.put("a", 1));
    assertThat(browser.cookies()).containsExactly("sid", "-sid.1");
  }

  @Test
  @DisplayName("a part of a stranger beside ours, as from another path, does no harm")
  void findsItsPartsAmongOthersOfTheSameName() {
    store(5900);
    String line =
        "sid=other; sid.1=~2.AAAAAAAA.zzz; sid="
            + browser.jar.get("sid")
            + "; sid.1="
            + browser.jar.get("sid.1");
    Session session = sessions.load(name -> List.of(line));
    assertThat(session.get("text")).isEqualTo(text(5900, 5900));
  }

  @Test
  void oddPrefixesAreRejectedLikeAnyOddText() {
    for (String odd :
        List.of("~", "~.", "~2", "~2.AAAAAAAA", "~0.AAAAAAAA.x", "~999.AAAAAAAA.x", "~2.short.x")) {
      assertThat(sessions.load(name -> List.of("sid=" + odd)).isNew()).as(odd).isTrue();
    }
    assertThat(reasons()).hasSize(7).containsOnly(RejectionReason.MALFORMED);
    assertThat(sessions.load(name -> List.of("sid=~99.AAAAAAAA.x")).isNew()).isTrue();
    assertThat(reasons()).endsWith(RejectionReason.INCOMPLETE);
  }

  @Test
  void tooLargeNamesTheRoomOfAllCookies() {
    store(100);
    Map<String, String> before = Map.copyOf(browser.jar);
    assertThatThrownBy(() -> store(7000))
        .isInstanceOfSatisfying(
            SessionTooLargeException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(8192);
              assertThat(e.size()).isGreaterThan(8192);
            })
        .hasMessageContaining("limit 8,192; largest attributes: text 7,0");
    assertThat(browser.jar).isEqualTo(before);
    assertThat(browser.load(sessions).get("text")).isEqualTo(text(100, 100));
  }

  @Test
  void theRoomIsTheApplicationsChoice() {
    Sessions roomy = sessions(SessionTransport.chunked(SID, SIGNED, 16_384));
    browser.request(roomy, session -> session.put("text", text(11_000, 1)));
    assertThat(browser.cookies()).containsExactly("sid", "sid.1", "sid.2", "sid.3");
    assertThat(browser.load(roomy).get("text")).isEqualTo(text(11_000, 1));
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(reasons()).containsExactly(RejectionReason.INCOMPLETE);
    assertThatThrownBy(() -> SessionTransport.chunked(SID, SIGNED, 4000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4000");
  }

  @Test
  void byDefaultThereIsRoomForTheOtherHeadersOfARequestOf8Kilobytes() {
    Sessions usual = sessions(SessionTransport.chunked(SID, SIGNED));
    browser.request(usual, session -> session.put("text", text(4300, 1)));
    assertThat(browser.cookies()).containsExactly("sid", "sid.1");
    assertThatThrownBy(() -> browser.request(usual, session -> session.put("text", text(4600, 1))))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContaining("limit 6,000");
  }

  @Test
  void whatWasWrittenWithALargerLimitIsReadWhereThatIsListed() {
    Sessions roomy = sessions(SessionTransport.chunked(SID, SIGNED, 16_384));
    browser.request(roomy, session -> session.put("text", text(9000, 1)));
    Map<String, String> before = Map.copyOf(browser.jar);
    Sessions smaller =
        Sessions.builder(SessionTransport.chunked(SID, SIGNED))
            .reading(SessionTransport.chunked(SID, SIGNED, 16_384))
            .policy(sessions.policy())
            .listener(events::add)
            .build();
    browser.request(smaller, session -> assertThat(session.get("text")).isNotNull());
    assertThat(browser.jar).isEqualTo(before);
    assertThat(events).anyMatch(SessionEvent.NotRenewed.class::isInstance);
    browser.request(smaller, session -> session.put("text", "short"));
    assertThat(browser.jar).containsOnlyKeys("sid");
  }

  @Test
  void aTextThatLooksLikeAPartIsWrittenAsOne() {
    CookieChunks place = new CookieChunks(SID, 8192);
    HeaderLines lines = new HeaderLines(Fixtures.NOON);
    place.store("~2.AAAAAAAA.x", null, RequestHeaders.NONE, lines);
    HttpHeader line = lines.headers().get(0);
    assertThat(line.value()).startsWith("sid=~1.");
    String pair = line.value().substring(0, line.value().indexOf(';'));
    Place.Found found = place.read(new RequestHeaders(name -> List.of(pair)));
    assertThat(found.texts()).containsExactly("~2.AAAAAAAA.x");
  }

  @Test
  void theSizeIsThatOfTheNamesAndValuesThatAreWritten() {
    CookieChunks place = new CookieChunks(SID, 65_536);
    for (int length : new int[] {0, 1, 4093, 4094, 4078, 4079, 8156, 8157, 40_000, 65_000}) {
      String text = "x".repeat(length);
      HeaderLines lines = new HeaderLines(Fixtures.NOON);
      place.store(text, null, RequestHeaders.NONE, lines);
      int written = 0;
      for (HttpHeader line : lines.headers()) {
        written += line.value().indexOf(';') - 1; // Without the equals sign.
      }
      assertThat(place.size(text)).as("%s", length).isEqualTo(written);
    }
  }

  @Test
  void numberedCookiesAreThoseThatAreFoundByName() {
    RequestHeaders request =
        new RequestHeaders(
            name ->
                List.of(
                    "sid=a;sid.1=b; sid.01=c; sid.1x=d; sid.=e; xsid=f ; sid.2 = g ;sid.1=b",
                    " sid.1=h; sid=; sid.1=i; sid.1=j; sid.1=k; sid.3; sid.17=l; sid.18=m; sid.117=n"));
    List<List<String>> numbered = request.numberedCookies("sid", 18);
    assertThat(numbered).hasSize(18);
    assertThat(numbered.get(0)).containsExactly("a").isEqualTo(request.cookies("sid"));
    assertThat(numbered.get(1)).containsExactly("b", "h", "i", "j");
    for (int i = 1; i < 18; i++) {
      assertThat(numbered.get(i)).isEqualTo(request.cookies("sid." + i));
    }
  }
}
