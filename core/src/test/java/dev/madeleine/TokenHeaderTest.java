package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHeaderTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);
  private static final String ID = "00112233445566778899aabbccddeeff";

  private static NativeEncoder encoder() {
    return NativeEncoder.signed(() -> Fixtures.RING, "session");
  }

  private static SessionSnapshot session() {
    return SessionSnapshot.of(Map.of("text", "x".repeat(100)))
        .withId(ID)
        .withTimes(CREATED, CREATED.plusSeconds(60))
        .withMaxIdle(Duration.ofMinutes(30));
  }

  @Test
  void readsWhatTheEncoderWrote() {
    TokenHeader header = TokenHeader.of(encoder().encode(session()));
    assertThat(header)
        .isEqualTo(
            new TokenHeader(
                1,
                Fixtures.RING.signingKey().id(),
                ID,
                CREATED,
                CREATED.plusSeconds(60),
                Duration.ofMinutes(30),
                null,
                false,
                false,
                false,
                33));
  }

  @Test
  void readsSubjectAndFlags() {
    Subject subject = Subject.of("marcel", 7);
    TokenHeader header =
        TokenHeader.of(
            encoder()
                .withCompression(0)
                .encode(session().withSubject(subject).withRemembered(true)));
    assertThat(header).isNotNull();
    assertThat(header.subject()).isEqualTo(subject);
    assertThat(header.remembered()).isTrue();
    assertThat(header.deflated()).isTrue();
    assertThat(header.length()).isEqualTo(45);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AQ", "AQA=", "AQ A", "{\"a\":1}"})
  void isNullForTextsThatAreNoToken(String text) {
    assertThat(TokenHeader.of(text)).isNull();
  }

  @Test
  void isNullForVersionsAndFlagsOfOtherReleasesAndForAHeaderCutShort() {
    String token = encoder().encode(session().withSubject(Subject.of("marcel", 7)));
    assertThat(TokenHeader.of("Ag" + token.substring(2))).isNull();
    assertThat(TokenHeader.of("AfAA" + token.substring(4))).isNull();
    assertThat(TokenHeader.of(token.substring(0, 56))).isNull();
    assertThat(TokenHeader.of(token.substring(0, 60))).isNotNull();
  }
}
