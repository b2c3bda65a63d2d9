package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SealedTextTest {
  private static final Attribute<String> USER = Attribute.of("user", String.class);
  private final MovingClock clock = new MovingClock(NOON);

  private SealedText<String> text(NativeEncoder encoder) {
    return SealedText.of(USER, encoder, Duration.ofMinutes(30), clock);
  }

  private SealedText<String> reset() {
    return text(NativeEncoder.signed(() -> Fixtures.RING, "reset"));
  }

  @Test
  void bringsTheValueBackWithItsTimeUntilItsLifetimeIsOver() {
    String sealed = reset().seal("marcel");
    clock.forwardSeconds(1799);
    SealedValue.Result<String> result = reset().unseal(sealed);
    assertThat(result.value()).isEqualTo("marcel");
    assertThat(result.written()).isEqualTo(NOON);
    assertThat(result.rejection()).isNull();
    clock.forwardSeconds(1);
    assertThat(reset().unseal(sealed).rejection()).isEqualTo(RejectionReason.EXPIRED);
  }

  @Test
  void isOneWordOfBase64UrlThatHoldsOneAttributeAndNoId() {
    String sealed = reset().seal("marcel");
    assertThat(sealed).matches("[0-9A-Za-z_-]+");
    byte[] token = Base64Url.decode(sealed);
    assertThat(new String(token, 39, token.length - 71, StandardCharsets.UTF_8))
        .isEqualTo("{\"user\":\"marcel\"}");
    assertThat(TokenHeader.of(sealed).metadata().id()).isEqualTo("0".repeat(32));
    byte[] subkey = Tokens.subkey(Fixtures.secret("one"), "blob:reset", "", "");
    assertThat(Tokens.mac(subkey, Tokens.body(token)))
        .isEqualTo(java.util.Arrays.copyOfRange(token, token.length - 32, token.length));
  }

  @Test
  void isNeitherASessionNorAValueNorATextOfAnotherPurpose() {
    String sealed = reset().seal("marcel");
    NativeEncoder same = NativeEncoder.signed(() -> Fixtures.RING, "reset");
    assertThat(same.decode(sealed))
        .isEqualTo(new Decoded.Rejected(RejectionReason.BAD_SEAL, Fixtures.RING.signingKey().id()));
    SealedValue<String> value =
        SealedValue.of(USER, same, CookieOptions.named("a"), Duration.ofMinutes(30), clock);
    assertThat(value.read(name -> List.of("a=" + sealed)).rejection())
        .isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(text(NativeEncoder.signed(() -> Fixtures.RING, "invite")).unseal(sealed).rejection())
        .isEqualTo(RejectionReason.BAD_SEAL);
    String cookie = value.write("marcel").get(0).value();
    String valueText = cookie.substring(2, cookie.indexOf(';'));
    assertThat(reset().unseal(valueText).rejection()).isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void hidesTheValueWhenEncrypted() {
    SealedText<String> hidden = text(NativeEncoder.encrypted(() -> Fixtures.RING, "reset"));
    String sealed = hidden.seal("marcel");
    assertThat(hidden.unseal(sealed).value()).isEqualTo("marcel");
    assertThat(TokenHeader.of(sealed).metadata()).isNull();
  }

  @Test
  void rejectsWhateverSomebodyTypes() {
    String sealed = reset().seal("marcel");
    for (String hostile : List.of("", " ", "=", "%", sealed + "A", sealed.substring(1), "é")) {
      assertThat(reset().unseal(hostile).value()).as(hostile).isNull();
      assertThat(reset().unseal(hostile).rejection()).as(hostile).isNotNull();
    }
    assertThatThrownBy(() -> reset().seal(null)).isInstanceOf(NullPointerException.class);
    assertThat(reset().toString()).contains("user", "PT30M").doesNotContain("marcel");
  }

  @Test
  void rejectsWhatItWouldNotWriteThoughTheSealIsGood() {
    NativeEncoder writer = NativeEncoder.signed(() -> Fixtures.RING, "reset").forTexts();
    SessionSnapshot good =
        SessionSnapshot.of(Map.of("user", "marcel"))
            .withId("0".repeat(32))
            .withTimes(NOON, NOON)
            .withMaxIdle(Duration.ZERO);
    assertThat(reset().unseal(writer.encode(good)).value()).isEqualTo("marcel");
    for (SessionSnapshot odd :
        List.of(
            good.withId(Fixtures.ID),
            good.withTimes(NOON.minusMillis(1), NOON),
            good.withMaxIdle(Duration.ofSeconds(100)),
            good.withSubject(Subject.of("marcel", 0)),
            good.withKeys(List.of(ApplicationKey.of("a"))),
            good.withRemembered(true),
            good.withShared(true),
            SessionSnapshot.of(Map.of("user", "marcel", "more", 1))
                .withId("0".repeat(32))
                .withTimes(NOON, NOON)
                .withMaxIdle(Duration.ZERO))) {
      assertThat(reset().unseal(writer.encode(odd)).rejection())
          .isEqualTo(RejectionReason.BAD_PAYLOAD);
    }
  }
}
