package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignSecretsTest {
  private static final String GOOD = "6TzQ1vJpXeY9wG2rKs4h";

  @Test
  void takesTextAsUtf8AndBytesAsTheyAre() {
    ForeignSecrets secrets =
        ForeignSecrets.signingWith("ключ").alsoAccepting(new byte[] {-1, 0}).alsoAccepting("");

    assertThat(secrets.each(byte[]::clone))
        .containsExactly(
            "ключ".getBytes(StandardCharsets.UTF_8), new byte[] {-1, 0}, new byte[] {});
  }

  @Test
  void replacesHalfACharacterAsNodeDoes() {
    assertThat(ForeignSecrets.signingWith("a\ud800b").each(byte[]::clone))
        .containsExactly("a\ufffdb".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void doesNotChangeWhenTheCallersArrayDoes() {
    byte[] secret = GOOD.getBytes(StandardCharsets.UTF_8);
    ForeignSecrets secrets = ForeignSecrets.signingWith(secret).alsoAccepting(secret);
    Arrays.fill(secret, (byte) 0);

    assertThat(secrets.each(bytes -> new String(bytes, StandardCharsets.UTF_8)))
        .isEqualTo(List.of(GOOD, GOOD));
  }

  @Test
  void namesWeakSecretsByTheirPositionAndNeverByTheirText() {
    ForeignSecrets secrets =
        ForeignSecrets.signingWith(GOOD).alsoAccepting("keyboard cat", "hunter2");

    assertThat(secrets.weakness())
        .isEqualTo(
            "secret 2 of 3 is published in documentation, so anybody can forge sessions with it;"
                + " secret 3 of 3 is short, 7 of at least 16 random bytes, so it can be guessed");
  }

  @Test
  void hasNothingToSayOfGoodSecrets() {
    assertThat(ForeignSecrets.signingWith(GOOD).weakness()).isNull();
  }

  @Test
  void everyEncoderPassesTheWeaknessOn() {
    ForeignSecrets weak = ForeignSecrets.signingWith("keyboard cat");
    List<SessionEncoder> encoders =
        List.of(CookieSession.encoder(weak), ConnectCookieSession.encoder(weak));

    for (SessionEncoder encoder : encoders) {
      assertThat(encoder.weakness()).startsWith("secret 1 of 1 is published").doesNotContain("cat");
      assertThat(encoder.withName("other").withLimit(100).weakness()).isEqualTo(encoder.weakness());
    }
    assertThat(CookieSession.encoder(ForeignSecrets.signingWith(GOOD)).weakness()).isNull();
  }

  @Test
  void showsTheirNumberOnly() {
    assertThat(ForeignSecrets.signingWith("hunter2")).hasToString("ForeignSecrets[1]");
  }
}
