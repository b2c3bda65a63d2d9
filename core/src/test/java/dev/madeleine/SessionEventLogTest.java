package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SessionEventLogTest {
  /** A logger that keeps its lines. */
  private static final class Lines implements System.Logger {
    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
      assertThat(thrown).isNull();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + format);
    }
  }

  private final MovingClock clock = new MovingClock(NOON);
  private final Lines lines = new Lines();
  private final SessionEventLog log = new SessionEventLog(lines, clock);

  private static SessionEvent rejected(String cookie, RejectionReason reason) {
    return new SessionEvent.Rejected(cookie, reason, null);
  }

  @Test
  void writesReasonAndKeyIdOfARejection() {
    log.accept(new SessionEvent.Rejected("sid", RejectionReason.UNKNOWN_KEY, "01234567"));
    log.accept(rejected("sid", RejectionReason.MALFORMED));
    assertThat(lines.lines)
        .containsExactly(
            "INFO event=Rejected cookie=sid reason=UNKNOWN_KEY key=01234567"
                + " message=\"rejected a session cookie: UNKNOWN_KEY, key 01234567\"",
            "INFO event=Rejected cookie=sid reason=MALFORMED"
                + " message=\"rejected a session cookie: MALFORMED\"");
  }

  @Test
  void warnsOfAGoodSealThatIsRejectedForNoReasonOfTheClient() {
    log.accept(new SessionEvent.Rejected("sid", RejectionReason.NOT_YET_VALID, "01234567"));
    log.accept(new SessionEvent.Rejected("sid", RejectionReason.BAD_PAYLOAD, "01234567"));
    log.accept(rejected("sid", RejectionReason.EXPIRED));

    assertThat(lines.lines).hasSize(3);
    assertThat(lines.lines.get(0))
        .startsWith("WARNING event=Rejected cookie=sid reason=NOT_YET_VALID key=01234567 message=")
        .contains("a clock is wrong");
    assertThat(lines.lines.get(1))
        .startsWith("WARNING event=Rejected cookie=sid reason=BAD_PAYLOAD ")
        .contains("BAD_PAYLOAD, key 01234567");
    assertThat(lines.lines.get(2)).contains("cookie=sid reason=EXPIRED message=");
  }

  @Test
  void writesLossesAsErrors() {
    log.accept(new SessionEvent.SessionTooLarge("sid", "session is 5,000 bytes"));
    log.accept(new SessionEvent.ChangeLost("sid", "attribute cart"));
    assertThat(lines.lines).hasSize(2);
    assertThat(lines.lines.get(0))
        .startsWith("ERROR event=SessionTooLarge cookie=sid ")
        .contains("session is 5,000 bytes");
    assertThat(lines.lines.get(1))
        .startsWith("ERROR event=ChangeLost cookie=sid change=\"attribute cart\" message=")
        .contains("attribute cart")
        .contains("lost");
  }

  @Test
  @DisplayName("forged cookies give one line in ten seconds, with their number")
  void writesOneLineOfAKindInTenSeconds() {
    for (int i = 0; i < 1_000; i++) {
      log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    }
    assertThat(lines.lines).hasSize(1);
    clock.set(NOON.plusSeconds(10).minusNanos(1));
    log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    assertThat(lines.lines).hasSize(1);
    clock.set(NOON.plusSeconds(10));
    log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    assertThat(lines.lines).hasSize(2);
    assertThat(lines.lines.get(1).replace(",", "")).contains("BAD_SEAL").contains(" more=1000 ");
    log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    assertThat(lines.lines).hasSize(2);
    clock.forwardSeconds(3600);
    log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    assertThat(lines.lines.get(2)).contains(" more=1 ");
    clock.forwardSeconds(3600);
    log.accept(rejected("sid", RejectionReason.BAD_SEAL));
    assertThat(lines.lines.get(3)).doesNotContain("more");
  }

  @Test
  void kindsDoNotSilenceEachOther() {
    for (int i = 0; i < 100; i++) {
      for (RejectionReason reason : RejectionReason.values()) {
        log.accept(rejected("sid", reason));
        log.accept(rejected("other", reason));
      }
      log.accept(new SessionEvent.SessionTooLarge("sid", "message " + i));
      log.accept(new SessionEvent.ChangeLost("sid", "change " + i));
    }
    assertThat(lines.lines).hasSize(2 * RejectionReason.values().length + 2);
  }

  @Test
  void keyIdsInForgedTokensMakeNoNewKinds() {
    for (int i = 0; i < 1_000; i++) {
      log.accept(
          new SessionEvent.Rejected("sid", RejectionReason.UNKNOWN_KEY, "%08x".formatted(i)));
    }
    assertThat(lines.lines).hasSize(1);
  }

  @Test
  void writesWhichAttributeStaysBehind() {
    log.accept(new SessionEvent.AttributeNotCarried("sid", "cart\r\n", "com.example.Cart"));
    assertThat(lines.lines).hasSize(1);
    assertThat(lines.lines.get(0))
        .startsWith(
            "INFO event=AttributeNotCarried cookie=sid attribute=cart?? type=com.example.Cart ")
        .contains("com.example.Cart", "request only");
  }

  @Test
  void quotesWhatWouldBreakALine() {
    log.accept(new SessionEvent.ChangeLost("sid", "a=\"b\" \\ c\n"));
    assertThat(lines.lines.get(0))
        .startsWith("ERROR event=ChangeLost cookie=sid change=\"a=\\\"b\\\" \\\\ c?\" message=\"");
  }

  @Test
  void isTheListenerOfThoseWhoBringNone() {
    try (LogCapture capture = new LogCapture()) {
      Sessions sessions =
          Sessions.builder(Fixtures.RING).policy(SessionPolicy.defaults().withClock(clock)).build();
      for (int i = 0; i < 50; i++) {
        assertThat(sessions.load(name -> List.of("__Host-session=junk")).isNew()).isTrue();
      }
      assertThat(capture.lines()).hasSize(2);
      assertThat(capture.lines().get(1))
          .startsWith("INFO event=Rejected cookie=__Host-session reason=MALFORMED ");
      clock.forwardSeconds(10);
      assertThat(sessions.load(name -> List.of("__Host-session=junk")).isNew()).isTrue();
      assertThat(capture.lines().get(2)).contains(" more=49 ");
    }
  }
}
