package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    assertThat(header.version()).isEqualTo(2);
    assertThat(header.isEncrypted()).isFalse();
    assertThat(header.keyId()).isEqualTo(Fixtures.RING.signingKey().id());
    assertThat(header.length()).isEqualTo(39);
    assertThat(header.metadata())
        .isEqualTo(
            new TokenHeader.Metadata(
                ID,
                CREATED,
                CREATED.plusSeconds(60),
                Duration.ofMinutes(30),
                null,
                List.of(),
                false,
                false,
                false));
  }

  @Test
  void readsSubjectAndFlags() {
    Subject subject = Subject.of("marcel", 7);
    TokenHeader header =
        TokenHeader.of(
            encoder()
                .withCompression(0)
                .encode(
                    session()
                        .withSubject(subject)
                        .withKeys(List.of(ApplicationKey.of("a")))
                        .withRemembered(true)));
    assertThat(header).isNotNull();
    assertThat(header.metadata().subject()).isEqualTo(subject);
    assertThat(header.metadata().keys()).containsExactly(ApplicationKey.of("a"));
    assertThat(header.metadata().remembered()).isTrue();
    assertThat(header.metadata().deflated()).isTrue();
    assertThat(header.length()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AQ", "AQA=", "AQ A", "{\"a\":1}"})
  void isNullForTextsThatAreNoToken(String text) {
    assertThat(TokenHeader.of(text)).isNull();
  }

  @Test
  void isNullForVersionsAndFlagsOfOtherReleasesAndForAHeaderCutShort() {
    String token = encoder().encode(session().withSubject(Subject.of("marcel", 7)));
    assertThat(TokenHeader.of("AQ" + token.substring(2))).as("version").isNull();
    assertThat(TokenHeader.of("AgL" + token.substring(3))).as("form").isNull();
    byte[] bytes = Tokens.bytes(token);
    bytes[7] |= 0x20;
    assertThat(TokenHeader.of(Tokens.text(bytes))).as("flag").isNull();
    assertThat(TokenHeader.of(token.substring(0, 64))).as("cut short").isNull();
    assertThat(TokenHeader.of(token.substring(0, 68))).isNotNull();
  }

  @Test
  void anEncryptedTokenTellsItsKeyAndNothingElse() {
    TokenHeader header = TokenHeader.of("AgEBAgME" + "A".repeat(200));
    assertThat(header.isEncrypted()).isTrue();
    assertThat(header.keyId()).isEqualTo("01020304");
    assertThat(header.metadata()).isNull();
    assertThat(header).hasToString("TokenHeader[version 2, encrypted, key 01020304]");
  }
}
