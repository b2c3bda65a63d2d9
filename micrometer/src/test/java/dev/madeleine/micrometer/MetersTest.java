package dev.madeleine.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What requests leave in the registry. */
class MetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KeyRing ring = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
  private final Sessions sessions =
      Sessions.builder(ring).listener(new SessionMeters(registry)).build();

  /** The value of the cookie that a session with one attribute has. */
  private String cookie() {
    Session session = sessions.load(name -> null);
    session.put("user", "marcel");
    String line =
        sessions.save(session).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .findFirst()
            .orElseThrow()
            .value();
    return line.substring(line.indexOf('=') + 1, line.indexOf(';'));
  }

  private void request(String value) {
    sessions.load(Map.of("Cookie", List.of("__Host-session=" + value))::get).get("user");
  }

  @Test
  void countsSessionsByFormatAndKey() {
    String value = cookie();
    request(value);
    request(value);

    var accepted = registry.get("madeleine.sessions.accepted");
    assertThat(
            accepted
                .tags(
                    "cookie", "__Host-session",
                    "format", "native HMAC-SHA-256 json",
                    "key", ring.signingKey().id())
                .counter()
                .count())
        .isEqualTo(2);
    var size = registry.get("madeleine.sessions.size").summary();
    assertThat(size.count()).isEqualTo(2);
    assertThat(size.max()).isEqualTo(value.length());
    assertThat(registry.get("madeleine.sessions.issued").tag("cause", "NEW").counter().count())
        .isEqualTo(1);
  }

  @Test
  void countsForgedCookiesByReasonAndNotByTheKeyThatTheyName() {
    String value = cookie();
    for (String key : List.of("AAAA", "BBBB", "CCCC")) {
      request(value.substring(0, 3) + key + value.substring(7));
    }

    assertThat(registry.get("madeleine.sessions.rejected").meters()).hasSize(1);
    assertThat(
            registry
                .get("madeleine.sessions.rejected")
                .tag("reason", "UNKNOWN_KEY")
                .counter()
                .count())
        .isEqualTo(3);
  }

  @Test
  void countsWhatIsToBeLookedInto() {
    new SessionMeters(registry).accept(new SessionEvent.ChangeLost("sid", "attribute a"));

    assertThat(
            registry
                .get("madeleine.sessions.problems")
                .tags("cookie", "sid", "event", "ChangeLost")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void showsTheAgeOfTheSigningKeyAndHowLongItsSourceIsOverdue() {
    Instant noon = Instant.parse("2026-07-01T12:00:00Z");
    Instant[] now = {noon};
    InstantSource clock = () -> now[0];
    String document =
        KeySchedule.startingWith(Duration.ofHours(12), noon, new SecureRandom()).toJson();
    try (ReloadingKeys keys =
        ReloadingKeys.from(KeySource.answering("vault", () -> document))
            .every(Duration.ofHours(1))
            .clock(clock)
            .start()) {
      new KeyMeters(keys, clock).bindTo(registry);
      now[0] = noon.plus(Duration.ofHours(3));

      assertThat(registry.get("madeleine.keys.age").gauge().value()).isEqualTo(3 * 3600);
      assertThat(registry.get("madeleine.keys.unconfirmed").gauge().value()).isEqualTo(2 * 3600);
    }
  }

  @Test
  void keysWithoutDatesHaveNoAge() {
    String list = "base64:kB1CJUZ0mVFqGL+9ylXm2ZzBN5rQXo0pQm7H2Y1cT4s=";
    try (ReloadingKeys keys =
        ReloadingKeys.from(KeySource.answering("vault", () -> list)).start()) {
      new KeyMeters(keys).bindTo(registry);

      assertThat(registry.get("madeleine.keys.age").gauge().value()).isNaN();
    }
  }
}
