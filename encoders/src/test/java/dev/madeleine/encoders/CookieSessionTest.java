package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieSessionTest {
  private static final ForeignSecrets SECRETS =
      ForeignSecrets.signingWithWeak("a").alsoAcceptingWeak("b");
  private static final SessionEncoder ENCODER = CookieSession.encoder(SECRETS);
  private static final SessionSnapshot HI = SessionSnapshot.of(Map.of("message", "hi"));
  private static final String HI_TEXT = "eyJtZXNzYWdlIjoiaGkifQ==.vdp2-kj-91tgzbWcV1QzofT3hu0";

  /** A text of this content as somebody with the secret could make it. */
  private static String sealed(String value) {
    return value + "." + Keygrip.of(SECRETS).sign("session=" + value);
  }

  private static String sealedJson(String json) {
    return sealed(Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void writesWhatCookieSessionWrites() {
    assertThat(ENCODER.encode(HI)).isEqualTo(HI_TEXT);
    assertThat(ENCODER.encode(SessionSnapshot.of(Map.of())))
        .isEqualTo("e30=.8ryvNgg8q6BXGIAl3pmG2syWtWo");
  }

  @Test
  void readsWhatCookieSessionWrote() {
    assertThat(ENCODER.decode(HI_TEXT))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().attributes()).isEqualTo(Map.of("message", "hi"));
              assertThat(accepted.snapshot().id()).isNull();
              assertThat(accepted.snapshot().created()).isNull();
              assertThat(accepted.byOldKey()).isFalse();
              assertThat(accepted.keyId()).isNull();
            });
  }

  @Test
  void tellsThatAnOlderSecretSigned() {
    assertThat(ENCODER.decode("eyJtZXNzYWdlIjoiaGkifQ==.SiRRAEncekXEzVdvey_7SkWaMM4"))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.byOldKey()).isTrue());
  }

  @Test
  void rejectsATextThatWasMovedToAnotherCookieName() {
    assertThat(ENCODER.withName("other").decode(HI_TEXT))
        .isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
    assertThat(ENCODER.withName("other").withName("session").valid(HI_TEXT)).isTrue();
  }

  @Test
  void rejectsWhatAnUnknownSecretSigned() {
    SessionEncoder other = CookieSession.encoder(ForeignSecrets.signingWithWeak("c"));
    assertThat(other.decode(HI_TEXT)).isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
    assertThat(other.decode("eyJtZXNzYWdlIjoiaGkifQ==."))
        .isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
  }

  @Test
  void rejectsAnUnsignedValue() {
    assertThat(ENCODER.decode("eyJtZXNzYWdlIjoiaGkifQ=="))
        .isEqualTo(new Rejected(RejectionReason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eyJhIjoxMn0", "eyJhIjoxMn1=", "eyJhIjoxMn0==", "e30", "!!!!", "e3 0=", "é"})
  void rejectsSignedBase64ThatCookieSessionDoesNotWrite(String value) {
    assertThat(ENCODER.decode(sealed(value))).isEqualTo(new Rejected(RejectionReason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1,2]", "true", "null", "hello", "{\"a\":1,\"a\":2}", "{}}"})
  void rejectsSignedJsonThatCookieSessionDoesNotWrite(String json) {
    assertThat(ENCODER.decode(sealedJson(json)))
        .isEqualTo(new Rejected(RejectionReason.BAD_PAYLOAD));
  }

  @Test
  void leavesOutTheNamesThatCookieSessionLeavesOut() {
    Decoded decoded =
        ENCODER.decode(sealedJson("{\"isNew\":true,\"a\":1,\"__proto__\":{\"admin\":true}}"));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().attributes()).isEqualTo(Map.of("a", 1));
              assertThat(accepted.snapshot().unreadable())
                  .containsExactlyInAnyOrder("isNew", "__proto__");
            });
    assertThatThrownBy(() -> ENCODER.serializer().check("isNew", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fillsTheCookieAndNotMore() {
    // 4,096 = 7 for "session" + 4,088 of base64 + 1; 4,088 / 4 * 3 = 3,066 bytes of JSON.
    String text = ENCODER.encode(SessionSnapshot.of(Map.of("a", "x".repeat(3066 - 8))));
    assertThat(text.lastIndexOf('.')).isEqualTo(4088);
    assertThat(ENCODER.valid(text)).isTrue();

    SessionSnapshot larger = SessionSnapshot.of(Map.of("a", "x".repeat(3067 - 8)));
    assertThatThrownBy(() -> ENCODER.encode(larger)).isInstanceOf(SessionTooLargeException.class);
    String tooLong = ENCODER.withLimit(10_000).encode(larger);
    assertThat(ENCODER.decode(tooLong)).isEqualTo(new Rejected(RejectionReason.TOO_LONG));
    assertThat(ENCODER.withLimit(10_000).withName("session").valid(tooLong)).isTrue();
  }

  @Test
  void takesDigestsAndHexFromAKeygrip() {
    SessionEncoder sha384 =
        CookieSession.encoder(
            Keygrip.of(ForeignSecrets.signingWithWeak("key1").alsoAcceptingWeak("key2"))
                .withDigest(Digest.SHA384));

    assertThat(sha384.encode(HI))
        .isEqualTo(
            "eyJtZXNzYWdlIjoiaGkifQ==.5ZgIsw3NXMSRDlJh1okFiortbFBL5VstaLSBkekPfc164Qs3ni4OxesVXFKnIizx");
  }

  @Test
  void showsWhatItIs() {
    assertThat(ENCODER.withName("s"))
        .hasToString(
            "cookie-session (signed, readable), Keygrip[HMAC-SHA1, base64url, ForeignSecrets[2]]");
    assertThat(ENCODER.format()).isEqualTo("cookie-session");
  }
}
