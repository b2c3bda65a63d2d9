package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTooLargeException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectCookieSessionTest {
  private static final String MAC = "04631366de8a7714bcaaab5b12bbcffb62460ba4";
  private static final String RAW = "eyJhIjoiPz8+PiJ9--" + MAC;
  private static final String ENCODED = "eyJhIjoiPz8%2BPiJ9--" + MAC;

  private final SessionEncoder encoder =
      ConnectCookieSession.encoder(ForeignSecrets.signingWithWeak("k"));

  private static String sealed(String base64) {
    return base64 + "--" + Keygrip.of(ForeignSecrets.signingWithWeak("k")).withHex().sign(base64);
  }

  @Test
  void writesWhatConnectCookieSessionWrites() {
    assertThat(encoder.encode(SessionSnapshot.of(Map.of("a", "??>>")))).isEqualTo(ENCODED);
    assertThat(encoder.encode(SessionSnapshot.of(Map.of())))
        .isEqualTo("e30%3D--9adb316e18cf8e0e00508f6517b1b244d8516365");
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, ENCODED})
  void readsTheTextEncodedAsAComponentOrNot(String text) {
    assertThat(encoder.decode(text))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().attributes()).isEqualTo(Map.of("a", "??>>"));
              assertThat(accepted.snapshot().created()).isNull();
              assertThat(accepted.byOldKey()).isFalse();
            });
  }

  @Test
  void readsNoSessionAsAnEmptyOne() { // The middleware does: data || {}
    assertThat(encoder.decode("bnVsbA==--601b59f22d8a76c158fc791ba45d1f0391d324f0"))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.snapshot().attributes()).isEmpty());
  }

  @Test
  void rejectsEveryOtherWayToEncodeTheSameText() {
    for (String text :
        new String[] {
          "eyJhIjoiPz8%2bPiJ9--" + MAC,
          "%65yJhIjoiPz8%2BPiJ9--" + MAC,
          "eyJhIjoiPz8 PiJ9--" + MAC,
          "eyJhIjoiPz8%2BPiJ9%2D%2D" + MAC,
          "e30%3D".replace("%3D", "=") + "--9adb316e18cf8e0e00508f6517b1b244d8516365%3D",
        }) {
      assertThat(encoder.valid(text)).as(text).isFalse();
    }
    assertThat(encoder.decode("e30%3D/--9adb316e18cf8e0e00508f6517b1b244d8516365"))
        .isEqualTo(new Rejected(RejectionReason.MALFORMED));
  }

  @Test
  void rejectsAThirdPartAndUpperCaseHex() {
    assertThat(encoder.decode(RAW + "--junk")).isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
    assertThat(encoder.decode(RAW.replace(MAC, MAC.toUpperCase(Locale.ROOT))))
        .isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
  }

  @Test
  void rejectsWhatItCannotDivide() {
    assertThat(encoder.decode("eyJhIjoiPz8+PiJ9" + MAC))
        .isEqualTo(new Rejected(RejectionReason.MALFORMED));
  }

  @Test
  void rejectsSignedContentThatThePackageDoesNotWrite() {
    assertThat(encoder.decode(sealed("e30"))).isEqualTo(new Rejected(RejectionReason.MALFORMED));
    assertThat(encoder.decode(sealed("W10="))).isEqualTo(new Rejected(RejectionReason.BAD_PAYLOAD));
    assertThat(encoder.decode(sealed("dHJ1ZQ==")))
        .isEqualTo(new Rejected(RejectionReason.BAD_PAYLOAD));
  }

  @Test
  void acceptsUnderEveryNameBecauseTheFormatDoesNotSignIt() {
    assertThat(encoder.withName("other").valid(ENCODED)).isTrue();
  }

  @Test
  void tellsThatAnOlderSecretSigned() {
    ForeignSecrets secrets = ForeignSecrets.signingWithWeak("new").alsoAcceptingWeak("k");

    assertThat(ConnectCookieSession.encoder(secrets).decode(ENCODED))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.byOldKey()).isTrue());
  }

  @Test
  void fillsTheCookieAndNotMore() {
    SessionEncoder bound = encoder.withName("sid");
    // 4,096 = 3 for "sid" + 4,048 of base64 + 42 + 3 left; 4,048 / 4 * 3 = 3,036 bytes of JSON.
    String text = bound.encode(SessionSnapshot.of(Map.of("a", "x".repeat(3036 - 8))));
    assertThat(text).hasSize(4090);
    assertThat(bound.valid(text)).isTrue();
    SessionSnapshot larger = SessionSnapshot.of(Map.of("a", "x".repeat(3037 - 8)));
    assertThatThrownBy(() -> bound.encode(larger)).isInstanceOf(SessionTooLargeException.class);
    assertThat(bound.withLimit(4000).decode(text))
        .isEqualTo(new Rejected(RejectionReason.TOO_LONG));
  }

  @Test
  void takesEveryNameThatTheFormatCarries() {
    encoder.serializer().check("__proto__", 1);
    String text = encoder.encode(SessionSnapshot.of(Map.of("constructor", 1)));
    assertThat(encoder.decode(text))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted ->
                assertThat(accepted.snapshot().attributes()).isEqualTo(Map.of("constructor", 1)));
  }
}
