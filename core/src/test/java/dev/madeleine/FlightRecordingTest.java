package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.madeleine.SessionEvent.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightRecordingTest {
  private static final List<SessionEvent> ALL =
      List.of(
          new SessionEvent.Accepted("sid", "native", "0a0b0c0d", 7),
          new SessionEvent.Issued("sid", "0a0b0c0d", Set.of(Cause.OLD_KEY, Cause.CHANGED)),
          new SessionEvent.Rejected("sid", RejectionReason.BAD_SEAL, "0a0b0c0d"),
          new SessionEvent.SessionTooLarge("sid", "session is 9 bytes"),
          new SessionEvent.NotRenewed("sid", "session is 9 bytes"),
          new SessionEvent.CachingRefused("sid"),
          new SessionEvent.ResponseHeadersLarge("sid", 9, 8),
          new SessionEvent.ChangeLost("sid", "attribute a"),
          new SessionEvent.ChangeRefused("sid", "attribute a holds a Thread"),
          new SessionEvent.SaveGivenUp("sid", 10),
          new SessionEvent.AttributeNotCarried("sid", "a", "java.lang.Object"),
          new SessionEvent.LateKeyUsed("sid", "0a0b0c0d"),
          new SessionEvent.AttributeUnreadable("sid", "a"),
          new SessionEvent.WeakKeyUsed("sid", "published"),
          new SessionEvent.RevocationFull("sid", 9, Instant.EPOCH),
          new SessionEvent.ClockBehind("sid"),
          new SessionEvent.SetupQuestionable("sid", "a doubt"));

  @Test
  void recordsEveryKindOfEventWithItsFields(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      ALL.forEach(FlightRecording::record);
      recording.stop();
      recording.dump(file);
    }
    Map<String, String> recorded = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().startsWith("dev.madeleine.")) {
        recorded.put(event.getEventType().getName().substring(14), fields(event));
      }
    }
    assertThat(recorded)
        .containsOnly(
            entry("Accepted", "cookie=sid format=native keyId=0a0b0c0d size=7"),
            entry("Issued", "causes=CHANGED OLD_KEY cookie=sid keyId=0a0b0c0d"),
            entry("Rejected", "cookie=sid keyId=0a0b0c0d reason=BAD_SEAL"),
            entry("SetupQuestionable", "cookie=sid message=a doubt"),
            entry("SessionTooLarge", "cookie=sid message=session is 9 bytes"),
            entry("NotRenewed", "cookie=sid reason=session is 9 bytes"),
            entry("CachingRefused", "cookie=sid"),
            entry("ResponseHeadersLarge", "cookie=sid size=9 threshold=8"),
            entry("ChangeLost", "change=attribute a cookie=sid"),
            entry("ChangeRefused", "cookie=sid reason=attribute a holds a Thread"),
            entry("SaveGivenUp", "attempts=10 cookie=sid"),
            entry("AttributeNotCarried", "attribute=a cookie=sid type=java.lang.Object"),
            entry("LateKeyUsed", "cookie=sid keyId=0a0b0c0d"),
            entry("AttributeUnreadable", "attribute=a cookie=sid"),
            entry("WeakKeyUsed", "cookie=sid weakness=published"),
            entry("RevocationFull", "cookie=sid endedUpTo=1970-01-01T00:00:00Z limit=9"),
            entry("ClockBehind", "cookie=sid"));
    assertThat(ALL)
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) SessionEvent.class.getPermittedSubclasses());
  }

  private static String fields(RecordedEvent event) {
    List<String> usual = List.of("startTime", "duration", "eventThread", "stackTrace");
    return String.join(
        " ",
        event.getFields().stream()
            .map(ValueDescriptor::getName)
            .filter(name -> !usual.contains(name))
            .sorted()
            .map(name -> name + "=" + event.getValue(name))
            .toList());
  }

  @Test
  void aRequestIsRecorded(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("request.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Scene.create().signedIn("user", "hunter2").request().get("user");
      recording.stop();
      recording.dump(file);
    }
    List<String> names =
        RecordingFile.readAllEvents(file).stream()
            .map(event -> event.getEventType().getName())
            .filter(name -> name.startsWith("dev.madeleine."))
            .toList();
    assertThat(names).containsExactly("dev.madeleine.Issued", "dev.madeleine.Accepted");
  }

  @Test
  void aRequestIsRecordedAlsoIfNoListenerIsSet(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("unheard.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Sessions sessions = Sessions.of(Fixtures.RING);
      assertThat(sessions.hearsRoutine()).isTrue();
      Session session = sessions.load(name -> null);
      session.put("a", 1);
      String line = sessions.save(session).get(1).value();
      String cookie = line.substring(0, line.indexOf(';'));
      assertThat(sessions.load(name -> List.of(cookie)).get("a")).isEqualTo(1);
      recording.stop();
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getEventType().getName())
        .contains("dev.madeleine.Issued", "dev.madeleine.Accepted");
  }
}
