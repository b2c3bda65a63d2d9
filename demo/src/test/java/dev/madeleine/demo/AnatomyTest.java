package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.ApplicationKey;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnatomyTest {
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
  private static final NativeEncoder ENCODER = NativeEncoder.signed(() -> KEYS, "session");
  private static final Instant CREATED =
      Instant.parse("1913-11-14T12:00:00Z").plusMillis(3_534_105_600_123L);

  private static final Instant REFRESHED = CREATED.plusMillis(70_000_456);

  private static SessionSnapshot snapshot(String value) {
    return SessionSnapshot.of(Map.of("a", value))
        .withId("00112233445566778899aabbccddeeff")
        .withTimes(CREATED, REFRESHED)
        .withMaxIdle(Duration.ofMinutes(30));
  }

  @Test
  void readsWhatTheEncoderWrote() {
    Anatomy anatomy = Anatomy.of(ENCODER.encode(snapshot("tea")));

    assertThat(anatomy.version()).isEqualTo(2);
    assertThat(anatomy.flags()).isEqualTo("0000");
    assertThat(anatomy.keyId()).isEqualTo(KEYS.signingKey().id());
    assertThat(anatomy.sessionId()).isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(anatomy.created()).isEqualTo(CREATED);
    assertThat(anatomy.refreshed()).isEqualTo(REFRESHED);
    assertThat(anatomy.maxIdle()).isEqualTo(Duration.ofMinutes(30));
    assertThat(anatomy.json()).isEqualTo("{\"a\":\"tea\"}");
    assertThat(anatomy.seal()).hasSize(64);
    assertThat(anatomy.subject()).isNull();
    assertThat(anatomy.keys()).isEmpty();
    assertThat(anatomy.isRemembered()).isFalse();
  }

  @Test
  void knowsTheLongerHeaderOfASubject() {
    SessionSnapshot session = snapshot("tea").withSubject(Subject.of("swann", 7));
    Anatomy anatomy = Anatomy.of(ENCODER.encode(session.withRemembered(true)));

    assertThat(anatomy.subject()).isEqualTo(Subject.of("swann", 7).hash() + "00000007");
    assertThat(anatomy.isRemembered()).isTrue();
    assertThat(anatomy.flags()).isEqualTo("0005");
    assertThat(anatomy.jsonStart()).isEqualTo(68);
    assertThat(anatomy.json()).isEqualTo("{\"a\":\"tea\"}");
  }

  @Test
  void readsTheKeysOfTheApplication() {
    List<ApplicationKey> keys =
        Stream.of("tenant:combray", "device:4", "sid:4711", "sid:4712")
            .map(ApplicationKey::of)
            .sorted()
            .toList();
    for (int count = 1; count <= keys.size(); count++) {
      SessionSnapshot session = snapshot("tea").withKeys(keys.subList(0, count));
      Anatomy alone = Anatomy.of(ENCODER.encode(session));
      Anatomy both = Anatomy.of(ENCODER.encode(session.withSubject(Subject.of("swann", 7))));

      List<String> hashes = keys.subList(0, count).stream().map(ApplicationKey::hash).toList();
      assertThat(alone.keys()).isEqualTo(hashes);
      assertThat(alone.flags()).isEqualTo("0" + count + "00");
      assertThat(alone.jsonStart()).isEqualTo(52 + 12 * count);
      assertThat(alone.json()).isEqualTo("{\"a\":\"tea\"}");
      assertThat(both.keys()).isEqualTo(hashes);
      assertThat(both.jsonStart()).isEqualTo(68 + 12 * count);
      assertThat(both.json()).isEqualTo("{\"a\":\"tea\"}");
    }
  }

  @Test
  void thePartsAreTheWholeTextWhateverItsLength() {
    for (int i = 0; i < 3; i++) {
      String text = ENCODER.encode(snapshot("x".repeat(i)));
      Anatomy anatomy = Anatomy.of(text);

      assertThat(anatomy.parts().stream().map(Anatomy.Part::text).collect(Collectors.joining()))
          .isEqualTo(text);
      assertThat(anatomy.parts().get(0).text()).hasSize(52);
      assertThat(anatomy.parts()).extracting(Anatomy.Part::kind).contains("header", "json", "seal");
    }
  }

  @Test
  void whatIsNoTokenHasNoParts() {
    assertThat(Anatomy.of("")).isNull();
    assertThat(Anatomy.of("A")).isNull();
    assertThat(Anatomy.of("no base64 at all")).isNull();
    assertThat(Anatomy.of("Ag".repeat(40))).isNull();
    assertThat(Anatomy.of("A".repeat(200))).isNull();
    assertThat(Anatomy.of(NativeEncoder.encrypted(() -> KEYS, "session").encode(snapshot("tea"))))
        .isNull();
    assertThat(Anatomy.of("AgAAAAAABwE" + "A".repeat(97))).isNull();
  }

  @Test
  void tamperingChangesOneCharacterAndOneDigit() {
    Random random = new Random(1913);
    for (int i = 1; i < 300; i++) {
      String text = ENCODER.encode(snapshot("tea " + i));
      Tampering attempt = Tampering.with(text, Anatomy.of(text), random);
      Anatomy forged = Anatomy.of(attempt.text());

      assertThat(attempt.text()).hasSameSizeAs(text).isNotEqualTo(text);
      assertThat(attempt.after()).isNotEqualTo(attempt.before());
      assertThat(forged.json()).matches("\\{\"a\":\"tea [1-9]\\d*\"}");
      assertThat(forged.seal()).isEqualTo(Anatomy.of(text).seal());
      assertThat(ENCODER.valid(attempt.text())).isFalse();
    }
  }

  @Test
  void tamperingWithoutADigitChangesSomethingElse() {
    String text = ENCODER.encode(snapshot("tea"));

    assertThat(ENCODER.valid(Tampering.with(text, Anatomy.of(text), new Random()).text()))
        .isFalse();
  }
}
