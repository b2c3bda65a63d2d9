package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Attribute;
import dev.madeleine.CookieOptions;
import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SealedValue;
import dev.madeleine.SessionSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptedTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(RANDOM));
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final SessionSnapshot SESSION =
      SessionSnapshot.of(Map.of("card", "4711-0815"))
          .withId("00112233445566778899aabbccddeeff")
          .withTimes(NOW, NOW)
          .withMaxIdle(Duration.ofMinutes(30));

  private final NativeEncoder encoder = Encrypted.encoder(() -> KEYS, "session", RANDOM);

  @Test
  void bringsTheSessionBack() {
    Decoded decoded = encoder.decode(encoder.encode(SESSION));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().attributes()).isEqualTo(SESSION.attributes());
              assertThat(accepted.snapshot().id()).isEqualTo(SESSION.id());
              assertThat(accepted.snapshot().created()).isEqualTo(NOW);
            });
  }

  @Test
  void hidesTheAttributesAndNeverWritesTheSameTextTwice() {
    String text = encoder.encode(SESSION);
    String bytes = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);

    assertThat(bytes).doesNotContain("card").doesNotContain("4711");
    assertThat(encoder.encode(SESSION)).isNotEqualTo(text).hasSameSizeAs(text);
  }

  @Test
  void adds73BytesToTheJson() {
    byte[] token = Base64.getUrlDecoder().decode(encoder.encode(SESSION));

    assertThat(token).hasSize(73 + "{\"card\":\"4711-0815\"}".length());
  }

  @Test
  void rejectsEverySingleBitFlip() {
    byte[] token = Base64.getUrlDecoder().decode(encoder.encode(SESSION));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();

    for (int bit = 0; bit < 8 * token.length; bit++) {
      token[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(encoder.decode(base64.encodeToString(token)))
          .as("bit %d", bit)
          .isInstanceOf(Decoded.Rejected.class);
      token[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(encoder.valid(base64.encodeToString(token))).isTrue();
  }

  @Test
  void rejectsEveryTruncation() {
    String text = encoder.encode(SESSION);

    for (int length = 0; length < text.length(); length++) {
      assertThat(encoder.valid(text.substring(0, length))).as("length %d", length).isFalse();
    }
  }

  @Test
  void rejectsASignedTokenOfTheSameKeysAndTheOtherWayRound() {
    NativeEncoder signed = NativeEncoder.signed(() -> KEYS, "session");

    assertThat(encoder.valid(signed.encode(SESSION))).isFalse();
    assertThat(signed.valid(encoder.encode(SESSION))).isFalse();
  }

  @Test
  void rejectsATokenOfAnotherPurposeOrCookieName() {
    String text = encoder.boundTo("__Host-session").encode(SESSION);

    assertThat(encoder.boundTo("session").valid(text)).isFalse();
    assertThat(Encrypted.encoder(() -> KEYS, "other", RANDOM).boundTo("__Host-session").valid(text))
        .isFalse();
    assertThat(encoder.boundTo("__Host-session").valid(text)).isTrue();
  }

  @Test
  void encryptsSingleValuesThatAreNoSessions() {
    SealedValue<String> value =
        SealedValue.of(
            Attribute.of("user", String.class),
            encoder,
            CookieOptions.named("__Host-remember"),
            Duration.ofDays(30),
            () -> NOW);
    String line = value.write("4711-0815").get(0).value();
    String pair = line.substring(0, line.indexOf(';'));
    String text = pair.substring(pair.indexOf('=') + 1);

    assertThat(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1))
        .doesNotContain("4711");
    assertThat(value.read(name -> List.of(pair)).value()).isEqualTo("4711-0815");
    assertThat(encoder.boundTo("__Host-remember").valid(text)).isFalse();
  }
}
