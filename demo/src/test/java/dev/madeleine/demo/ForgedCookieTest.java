package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEvent;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgedCookieTest {
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private DemoServer server;
  private String genuine;

  @BeforeEach
  void login(@TempDir Path folder) throws Exception {
    server =
        DemoServer.start(
            new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), false),
            event -> {
              if (!event.isRoutine()) {
                events.add(event);
              }
            });
    Visitor visitor = new Visitor();
    visitor.get(server.url() + "views");
    visitor.post(server.url() + "login", Map.of());
    genuine = visitor.cookie();
  }

  @AfterEach
  void stop() {
    assertThat(server).isNotNull();
    server.close();
  }

  @Test
  void theGenuineOneIsAccepted() throws Exception {
    HttpResponse<String> response = new Visitor().holding(genuine).get(server.url() + "session");

    assertThat(response.body()).isEqualTo("{\"views\":1,\"user\":\"marcel\"}");
    assertThat(events).isEmpty();
  }

  @Test
  void everyOtherCharacterAtEveryPositionIsRejected() throws Exception {
    for (int at = 0; at < genuine.length(); at++) {
      char other = genuine.charAt(at) == 'A' ? 'B' : 'A';
      assertRejected(genuine.substring(0, at) + other + genuine.substring(at + 1));
    }
  }

  @Test
  void everyTruncationIsRejected() throws Exception {
    for (int length = 1; length < genuine.length(); length++) {
      assertRejected(genuine.substring(0, length));
    }
  }

  @Test
  void anEmptyValueIsNoCookieAtAll() throws Exception {
    HttpResponse<String> response =
        new Visitor("x=; __Host-session").holding(" ").get(server.url() + "session");

    assertThat(response.body()).isEqualTo("{}");
    assertThat(events).isEmpty();
  }

  @Test
  void aValueOfAnotherCookieIsRejected(@TempDir Path other) throws Exception {
    Settings plain = new Settings(0, InetAddress.getLoopbackAddress(), server.keys().path(), true);
    try (DemoServer sameKeys =
        DemoServer.start(
            plain,
            event -> {
              if (!event.isRoutine()) {
                events.add(event);
              }
            })) {
      Visitor visitor = new Visitor("session");
      visitor.get(sameKeys.url() + "views");

      assertThat(assertRejected(visitor.cookie())).isEqualTo(RejectionReason.BAD_SEAL);
    }
  }

  @Test
  void aKeyThatLeftTheRingIsUnknown() throws Exception {
    server.keys().rotate();
    server.keys().rotate();
    assertThat(new Visitor().holding(genuine).get(server.url() + "session").body())
        .isEqualTo("{\"views\":1,\"user\":\"marcel\"}");

    server.keys().rotate();

    assertThat(assertRejected(genuine)).isEqualTo(RejectionReason.UNKNOWN_KEY);
  }

  @Test
  void aRejectedCookieIsReplacedByTheFirstWrite() throws Exception {
    Visitor visitor = new Visitor().holding(genuine.substring(1));

    assertThat(visitor.get(server.url() + "views").body()).isEqualTo("{\"views\":1}");
    assertThat(visitor.get(server.url() + "views").body()).isEqualTo("{\"views\":2}");
    assertThat(events).hasSize(1);
  }

  /** A new session, status 200, one event, no cookie; and why. */
  private RejectionReason assertRejected(String forged) throws Exception {
    events.clear();
    HttpResponse<String> response = new Visitor().holding(forged).get(server.url() + "session");

    assertThat(response.statusCode()).as(forged).isEqualTo(200);
    assertThat(response.body()).as(forged).isEqualTo("{}");
    assertThat(response.headers().allValues("Set-Cookie")).as(forged).isEmpty();
    assertThat(events).as(forged).hasSize(1);
    assertThat(events.get(0)).isInstanceOf(SessionEvent.Rejected.class);
    return ((SessionEvent.Rejected) events.get(0)).reason();
  }
}
