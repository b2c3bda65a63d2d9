package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Scene.NAME;
import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which texts of a request's Cookie lines are tried, and which session comes of them. */
final class SessionTransportTest {

  private final Scene scene = Scene.create();
  private final String valid = token("a", 1);
  private final String junk = valid.substring(0, valid.length() - 4) + "AAAA";

  private static String token(String name, int value) {
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "session").withName(NAME);
    return encoder.encode(Fixtures.session(Map.of(name, value)));
  }

  private void assertAccepted(String... lines) {
    Session session = scene.request(lines);
    assertThat(session.get("a")).as(lines[0].replace(valid, "VALID")).isEqualTo(1);
    assertThat(session.isNew()).isFalse();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.events).isEmpty();
  }

  private void assertRejected(RejectionReason reason, String... lines) {
    Session session = scene.request(lines);
    assertThat(session.isNew()).as(lines[0].replace(valid, "VALID")).isTrue();
    assertThat(session.get("a")).isNull();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.reasons()).containsExactly(reason);
    scene.events.clear();
  }

  private void assertNotOurs(String... lines) {
    Session session = scene.request(lines);
    assertThat(session.isNew()).as(lines[0].replace(valid, "VALID")).isTrue();
    assertThat(session.requestedId()).isNull();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.events).isEmpty();
  }

  // ---- one cookie among others ----

  @Test
  void findsItsCookieAmongOthers() {
    String own = NAME + "=" + valid;
    assertAccepted(own);
    assertAccepted("a=b; " + own);
    assertAccepted(own + "; a=b");
    assertAccepted("a=b; " + own + "; c=d");
    assertAccepted("a=b;" + own + ";c=d");
    assertAccepted("a=b", own);
    assertAccepted(own, "a=b");
    assertAccepted("", own, "");
    assertAccepted(";; ;" + own + ";;");
  }

  @Test
  @DisplayName("spaces and tabs around name and value do not matter")
  void ignoresWhiteSpaceAround() {
    for (String space : List.of(" ", "\t", " \t ", "   ")) {
      assertAccepted(space + NAME + "=" + valid + space);
      assertAccepted("a=b;" + space + NAME + "=" + space + valid + space + ";c=d");
      assertAccepted(NAME + space + "=" + valid);
    }
  }

  @Test
  void anOddCookieBesideOursCostsUsNothing() {
    String own = NAME + "=" + valid;
    for (String odd :
        List.of(
            "x",
            "=",
            "=x",
            "x=",
            "x==y",
            "x=\"",
            "x=\"unterminated",
            "x=a b",
            "x=a,b",
            "x={\"a\":1}",
            "é=é",
            "x=\0",
            "x=\u0001\u007f",
            "x=%",
            "\"",
            ",",
            "x=a=b=c",
            "[]",
            "x=" + "y".repeat(20_000))) {
      assertAccepted(odd + "; " + own);
      assertAccepted(own + "; " + odd);
      assertAccepted(odd, own);
    }
  }

  @Test
  @DisplayName("$Version and $Path are cookies of other names")
  void ignoresTheAttributesOfAnOldStandard() {
    assertAccepted("$Version=1; " + NAME + "=" + valid + "; $Path=/; $Domain=example.com");
    assertAccepted("$Version=\"1\"; " + NAME + "=" + valid + "; $Path=\"/\"");
  }

  @Test
  void findsItsCookieBehindManyOthers() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      line.append("c").append(i).append("=").append(i).append("; ");
    }
    assertAccepted(line + NAME + "=" + valid);
  }

  @Test
  void takesNoLinesForNoCookies() {
    Session session = scene.sessions.load(name -> null);
    assertThat(session.isNew()).isTrue();
    assertThat(session.requestedId()).isNull();
    Session empty = scene.sessions.load(name -> List.of());
    assertThat(empty.isNew()).isTrue();
    assertThat(scene.events).isEmpty();
  }

  @Test
  void asksForTheCookieHeaderOnly() {
    List<String> asked = new ArrayList<>();
    Session session =
        scene.sessions.load(
            name -> {
              asked.add(name);
              return null;
            });
    assertThat(session.isNew()).isTrue();
    assertThat(asked).containsExactly("Cookie", "cookie");
  }

  // ---- names ----

  @Test
  void comparesNamesByteForByte() {
    for (String name :
        List.of(
            "__Host-sessio",
            "__Host-session2",
            "__Host-session-",
            "__host-session",
            "__HOST-SESSION",
            "_Host-session",
            "Host-session",
            "session",
            "x__Host-session",
            "__Host-session.sig",
            "__Host-",
            "",
            "$__Host-session",
            "\"__Host-session\"",
            "__Host-session\0",
            "\u00a0__Host-session",
            "__Host\u2010session",
            "__Host-se\u017f\u017fion")) {
      assertNotOurs(name + "=" + valid);
    }
  }

  @Test
  @DisplayName("never decodes or repairs names")
  void neverDecodesNames() { // CVE-2020-8184, CVE-2022-31629
    for (String name :
        List.of(
            "__%48ost-session",
            "%5F%5FHost-session",
            "__Host%2Dsession",
            "__Host-sessio%6E",
            "__Host.session",
            "__Host session",
            "__Host+session",
            "__Host[session",
            "..Host-session")) {
      assertNotOurs(name + "=" + valid);
    }
  }

  @Test
  @DisplayName("a cookie without a name is not ours, whatever its value")
  void ignoresNamelessCookies() { // CVE-2023-23934
    assertNotOurs("=" + NAME + "=" + valid);
    assertNotOurs("==" + NAME + "=" + valid);
    assertNotOurs(" = " + NAME + "=" + valid);
    assertNotOurs(NAME);
    assertNotOurs(NAME + " " + valid);
    assertNotOurs(valid);
  }

  @Test
  void anotherNamesCookieIsReadUnderThatName() {
    Scene other = Scene.with(builder -> builder.cookie(CookieOptions.named("s")));
    Session session = other.request("s=" + valid);
    assertThat(session.isNew()).isTrue();
    assertThat(other.reasons()).containsExactly(RejectionReason.BAD_SEAL);
    assertThat(other.request("ss=" + valid + "; S=" + valid).requestedId()).isNull();
  }

  // ---- values ----

  @Test
  @DisplayName("an empty value is no cookie")
  void ignoresEmptyValues() {
    assertNotOurs(NAME + "=");
    assertNotOurs(NAME + "= ");
    assertNotOurs(NAME + "=; a=b");
    assertNotOurs(NAME + "=\t;");
    assertAccepted(NAME + "=; " + NAME + "=" + valid);
    assertAccepted(NAME + "=" + valid, NAME + "=");
  }

  @Test
  @DisplayName("a value with anything but base64url in it is rejected, quotes included")
  void rejectsQuotedAndOddValues() { // CVE-2023-26049, CVE-2023-4639
    for (String value :
        List.of(
            "\"" + valid + "\"",
            "\"" + valid,
            valid + "\"",
            "'" + valid + "'",
            valid + "=",
            valid + " x",
            "a b",
            valid + ",",
            valid + "," + valid,
            "%22" + valid,
            valid.substring(0, 5) + " " + valid.substring(5),
            valid + "\\",
            "(" + valid + ")",
            valid + "\u00a0",
            valid + "\0")) {
      assertRejected(RejectionReason.MALFORMED, NAME + "=" + value);
    }
  }

  @Test
  @DisplayName("control characters in a value are rejected without an exception")
  void rejectsControlCharacters() {
    for (char c = 0; c < 0x20; c++) {
      if (c != '\t') {
        assertRejected(
            RejectionReason.MALFORMED,
            NAME + "=" + valid.substring(0, 20) + c + valid.substring(20));
      }
    }
  }

  @Test
  @DisplayName("a quote in another cookie does not swallow ours")
  void quotesDoNotSpanCookies() {
    assertAccepted("x=\"b; " + NAME + "=" + valid + "; c=d\"");
  }

  @Test
  @DisplayName("a folded line ends our value at its semicolon")
  void foldedLinesAreReadAsTheyAre() {
    assertAccepted(NAME + "=" + valid + ";\r\n t=b");
    assertRejected(RejectionReason.MALFORMED, NAME + "=" + valid + "\r\n ; t=b");
  }

  @Test
  @DisplayName("a huge value is rejected by its length")
  void rejectsHugeValues() {
    assertRejected(RejectionReason.TOO_LONG, NAME + "=" + "A".repeat(9 * 1024));
    assertRejected(RejectionReason.TOO_LONG, NAME + "=" + valid.repeat(100));
  }

  @Test
  @DisplayName("the pair of cookies that cookie-session writes is no session here")
  void rejectsAPairOfValueAndSignature() {
    Scene session = Scene.with(builder -> builder.cookie(CookieOptions.named("session")));
    Session read = session.request("session=eyJhIjoxfQ; session.sig=" + "A".repeat(27));
    assertThat(read.isNew()).isTrue();
    assertThat(session.reasons()).containsExactly(RejectionReason.MALFORMED);
  }

  // ---- several of our name ----

  @Test
  @DisplayName("of several cookies of our name the one that verifies counts")
  void oneValidAmongSeveralWins() {
    assertAccepted(NAME + "=" + valid + "; " + NAME + "=junk");
    assertAccepted(NAME + "=junk; " + NAME + "=" + valid);
    assertAccepted(NAME + "=" + junk, NAME + "=" + valid);
    assertAccepted(NAME + "=" + junk + "; " + NAME + "=\"x\"", NAME + "=" + valid + "; a=b");
  }

  @Test
  void theSameTextTwiceIsOneSession() {
    assertAccepted(NAME + "=" + valid + "; " + NAME + "=" + valid);
    assertAccepted(NAME + "=" + valid, NAME + "=" + valid, NAME + "=" + valid);
  }

  @Test
  @DisplayName("two valid sessions of different users are ambiguous and neither counts")
  void twoValidSessionsOfDifferentUsersAreAmbiguous() {
    String valid = token("marcel");
    String other = token("albertine");
    assertRejected(RejectionReason.AMBIGUOUS, NAME + "=" + valid + "; " + NAME + "=" + other);
    assertRejected(RejectionReason.AMBIGUOUS, NAME + "=" + other, NAME + "=" + valid);
    assertRejected(
        RejectionReason.AMBIGUOUS, NAME + "=junk; " + NAME + "=" + other, NAME + "=" + valid);
    Session session = scene.request(NAME + "=" + valid, NAME + "=" + other);
    assertThat(session.requestedId()).isNull();
  }

  private static String token(String user) {
    return NativeEncoder.signed(() -> Fixtures.RING, "session")
        .withName(NAME)
        .encode(Fixtures.session(Map.of("a", 1)).withSubject(Subject.of(user, 0)));
  }

  @Test
  void aSessionThatIsOverDoesNotCompete() {
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "session").withName(NAME);
    String expired =
        encoder.encode(
            Fixtures.session(Map.of("a", 9))
                .withTimes(NOON.minusSeconds(50_000), NOON.minusSeconds(50_000)));
    assertAccepted(NAME + "=" + expired + "; " + NAME + "=" + valid);
    assertAccepted(NAME + "=" + valid + "; " + NAME + "=" + expired);
  }

  @Test
  void severalBadOnesAreOneEventWithTheFirstReason() {
    assertRejected(
        RejectionReason.BAD_SEAL,
        NAME + "=" + junk + "; " + NAME + "=x; " + NAME + "=" + "A".repeat(5000));
    assertRejected(RejectionReason.MALFORMED, NAME + "=x; " + NAME + "=" + junk);
  }

  @Test
  void triesFourCandidatesAndNoMore() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      line.append(NAME).append("=junk").append(i).append("; ");
    }
    assertAccepted(line + NAME + "=" + valid);
    assertRejected(RejectionReason.MALFORMED, line + NAME + "=junk4; " + NAME + "=" + valid);
    assertRejected(RejectionReason.MALFORMED, line + NAME + "=junk4", NAME + "=" + valid);
    String[] lines = new String[5];
    for (int i = 0; i < 4; i++) {
      lines[i] = NAME + "=junk" + i;
    }
    lines[4] = NAME + "=" + valid;
    assertRejected(RejectionReason.MALFORMED, lines);
  }

  @Test
  void countsDifferentTextsOnly() {
    assertAccepted((NAME + "=junk; ").repeat(50) + NAME + "=" + valid);
  }

  @Test
  void aFloodOfCandidatesCostsFourDecodings() { // CVE-2025-58186
    int[] decoded = {0};
    SessionEncoder counting =
        new SessionEncoder() {
          @Override
          public String encode(SessionSnapshot session) {
            return "x";
          }

          @Override
          public Decoded decode(String text) {
            decoded[0]++;
            return new Decoded.Rejected(RejectionReason.BAD_SEAL);
          }
        };
    Sessions sessions = Sessions.builder(counting).listener(e -> {}).build();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      line.append(NAME).append("=").append(i).append("; ");
    }
    Session session = sessions.load(name -> List.of(line.toString(), line.toString()));
    assertThat(session.isNew()).isTrue();
    assertThat(session.isEmpty()).isTrue();
    assertThat(decoded[0]).isEqualTo(4);
  }

  // ---- the transport itself ----

  @Test
  void bindsItsEncoderToTheCookiesName() {
    SessionTransport transport =
        SessionTransport.cookie(
            CookieOptions.defaults(), NativeEncoder.signed(() -> Fixtures.RING, "session"));
    assertThat(transport.encoder().valid(valid)).isTrue();
    assertThat(transport.name()).isEqualTo(NAME);
    assertThat(transport.options().name()).isEqualTo(NAME);
    SessionTransport other =
        SessionTransport.cookie(
            CookieOptions.named("sid"), NativeEncoder.signed(() -> Fixtures.RING, "session"));
    assertThat(other.encoder().valid(valid)).isFalse();
  }

  @Test
  void refusesAnEncodersTextThatWouldSplitTheHeader() { // HttpHeader promises no CR, LF and NUL
    for (String text :
        List.of(
            "a; Domain=evil.example",
            "a\r\nSet-Cookie: b=c",
            "a\nb",
            "a\0b",
            "a b",
            "a,b",
            "\"a\"",
            "é")) {
      SessionEncoder careless =
          new SessionEncoder() {
            @Override
            public String encode(SessionSnapshot session) {
              return text;
            }

            @Override
            public Decoded decode(String any) {
              return new Decoded.Rejected(RejectionReason.BAD_SEAL);
            }
          };
      SessionTransport transport = SessionTransport.cookie(CookieOptions.defaults(), careless);
      assertThatThrownBy(() -> transport.write(SessionSnapshot.of(Map.of())))
          .as(text)
          .isInstanceOf(RuntimeException.class)
          .hasMessageNotContaining(text);
    }
  }

  @Test
  void countsNameAndValueTogether() {
    String name = "n".repeat(200);
    SessionEncoder fixed =
        new SessionEncoder() {
          @Override
          public String encode(SessionSnapshot session) {
            return "x".repeat((Integer) session.attributes().get("length"));
          }

          @Override
          public Decoded decode(String text) {
            return new Decoded.Rejected(RejectionReason.BAD_SEAL);
          }
        };
    SessionTransport transport = SessionTransport.cookie(CookieOptions.named(name), fixed);
    HttpHeader header = transport.write(SessionSnapshot.of(Map.of("length", 3896))).get(0);
    assertThat(header.value()).startsWith(name + "=" + "x".repeat(3896) + "; Path=/");
    assertThatThrownBy(() -> transport.write(SessionSnapshot.of(Map.of("length", 3897))))
        .isInstanceOfSatisfying(
            SessionTooLargeException.class,
            e -> {
              assertThat(e.size()).isEqualTo(4097);
              assertThat(e.limit()).isEqualTo(4096);
            });
  }
}
