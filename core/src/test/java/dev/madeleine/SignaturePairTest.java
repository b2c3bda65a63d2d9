package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two cookies, seen with the small encoder, which writes {@code value.signature}. */
final class SignaturePairTest {
  private final List<SessionEvent> events = new ArrayList<>();
  private final SessionTransport transport =
      SessionTransport.signaturePair(CookieOptions.named("sid"), new SessionEncoderTest.Small());
  private final Sessions sessions =
      Sessions.builder(transport)
          .policy(
              SessionPolicy.defaults()
                  .withClock(new MovingClock(Fixtures.NOON))
                  .withUndatedUntil(Instant.MAX))
          .listener(
              event -> {
                if (!event.isRoutine()) events.add(event);
              })
          .build();
  private final Browser browser = new Browser();

  @Test
  void writesValueAndSignatureAndReadsThemTogether() {
    browser.request(sessions, session -> session.put("a", 1));
    assertThat(browser.cookies()).containsExactly("sid", "sid.sig");
    String text = new SessionEncoderTest.Small().encode(SessionSnapshot.of(Map.of("a", 1)));
    assertThat(browser.jar.get("sid") + "." + browser.jar.get("sid.sig")).isEqualTo(text);
    assertThat(browser.load(sessions).get("a")).isEqualTo(1);
    assertThat(events).isEmpty();
  }

  @Test
  void removesBoth() {
    browser.request(sessions, session -> session.put("a", 1));
    browser.request(sessions, Session::invalidate);
    assertThat(browser.cookies()).containsExactly("-sid", "-sid.sig");
  }

  @Test
  void aValueWithoutItsSignatureIsIncomplete() {
    browser.request(sessions, session -> session.put("a", 1));
    browser.jar.remove("sid.sig");
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(events)
        .containsExactly(new SessionEvent.Rejected("sid", RejectionReason.INCOMPLETE, null));
  }

  @Test
  void aSignatureAloneIsNothing() {
    browser.jar.put("sid.sig", "abc");
    assertThat(browser.load(sessions).requestedId()).isNull();
    assertThat(events).isEmpty();
  }

  @Test
  void aSignatureOfAnotherValueIsABadSeal() {
    browser.request(sessions, session -> session.put("a", 1));
    String signature = browser.jar.get("sid.sig");
    browser.request(sessions, session -> session.put("a", 2));
    browser.jar.put("sid.sig", signature);
    assertThat(browser.load(sessions).isNew()).isTrue();
    assertThat(events)
        .containsExactly(new SessionEvent.Rejected("sid", RejectionReason.BAD_SEAL, null));
  }

  @Test
  void findsThePairAmongCookiesOfSeveralPaths() {
    browser.request(sessions, session -> session.put("a", 1));
    String value = browser.jar.get("sid");
    String signature = browser.jar.get("sid.sig");
    Session session =
        sessions.load(
            name -> List.of("sid=old; sid.sig=" + signature + "; sid=" + value + "; sid.sig=no"));
    assertThat(session.get("a")).isEqualTo(1);
  }

  @Test
  void needsAnEncoderThatWritesADot() {
    NativeEncoder one = NativeEncoder.signed(() -> Fixtures.RING, "session");
    Sessions wrong =
        Sessions.builder(SessionTransport.signaturePair(CookieOptions.named("sid"), one)).build();
    assertThatThrownBy(() -> browser.request(wrong, session -> session.put("a", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("value.signature");
  }
}
