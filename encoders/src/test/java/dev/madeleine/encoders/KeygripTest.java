package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeygripTest {
  private static final ForeignSecrets SECRETS =
      ForeignSecrets.signingWithWeak("SEKRIT2").alsoAcceptingWeak("SEKRIT1");
  private static final Keygrip KEYGRIP = Keygrip.of(SECRETS);

  @Test
  void signsWithTheFirstSecretAndItsDefaults() {
    assertThat(KEYGRIP.sign("session=e30=")).isEqualTo("M36Y4raeORsB7T-YoOxJttw_KXM");
  }

  @Test
  void signsWithOtherDigestsAndInHex() {
    assertThat(KEYGRIP.withDigest(Digest.SHA256).sign("Keyboard Cat has a hat."))
        .isEqualTo("lglsBnB7isG_dUwlD56WbA_PXLZZdA_MpHsPXhznfoc");
    assertThat(KEYGRIP.withDigest(Digest.SHA256).withHex().sign("データ=値😀"))
        .isEqualTo("b6697ad72c984c40f682545c2e0f64e1bffd53a3fb1f66ef66fabea5896a504c");
    assertThat(KEYGRIP.withDigest(Digest.SHA512).sign(""))
        .isEqualTo(
            "LmdF12bDkLHRcJHSWwRaXYo7jC3no2r0mNIDj0sRg95Ss7PVebECJdXr4Bn33JJC1flPB8DoydtTuWN75-tOLw");
  }

  @Test
  void tellsWhichSecretSigned() {
    assertThat(KEYGRIP.index("session=e30=", "M36Y4raeORsB7T-YoOxJttw_KXM")).isZero();
    assertThat(KEYGRIP.index("session=e30=", "b4ujAPEfE4btH-4FT9_A8GwiIvg")).isEqualTo(1);
    assertThat(KEYGRIP.index("session=e31=", "b4ujAPEfE4btH-4FT9_A8GwiIvg")).isEqualTo(-1);
    assertThat(KEYGRIP.verify("session=e30=", "b4ujAPEfE4btH-4FT9_A8GwiIvg")).isTrue();
    assertThat(KEYGRIP.verify("session=e30=", "")).isFalse();
  }

  @Test
  void prefersTheFirstOfTwoEqualSecrets() {
    Keygrip twice = Keygrip.of(ForeignSecrets.signingWithWeak("a").alsoAcceptingWeak("b", "a"));

    assertThat(twice.index("x", twice.sign("x"))).isZero();
  }

  @Test
  void comparesSignaturesAsTextAndNotWhatTheyDecodeTo() {
    String signature = KEYGRIP.sign("session=e30="); // The last character has two spare bits.
    assertThat(signature).endsWith("M");

    assertThat(KEYGRIP.verify("session=e30=", signature.substring(0, 26) + "N")).isFalse();
    assertThat(KEYGRIP.verify("session=e30=", signature + "=")).isFalse();
    assertThat(KEYGRIP.verify("session=e30=", signature.replace('-', '+').replace('_', '/')))
        .isFalse();
    Keygrip hex = KEYGRIP.withHex();
    assertThat(hex.verify("a", hex.sign("a").toUpperCase(Locale.ROOT))).isFalse();
  }

  @Test
  void knowsHowLongItsSignaturesAre() {
    for (Digest digest : Digest.values()) {
      Keygrip keygrip = KEYGRIP.withDigest(digest);
      assertThat(keygrip.sign("x")).hasSize(keygrip.signatureLength());
      assertThat(keygrip.withHex().sign("x")).hasSize(keygrip.withHex().signatureLength());
    }
  }

  @Test
  void showsNoSecret() {
    assertThat(KEYGRIP.withDigest(Digest.SHA256).withHex())
        .hasToString("Keygrip[HMAC-SHA256, hex, ForeignSecrets[2]]");
    assertThat(KEYGRIP).hasToString("Keygrip[HMAC-SHA1, base64url, ForeignSecrets[2]]");
  }
}
