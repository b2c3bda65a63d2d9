package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ForeignSecretsTest {
  private static final String GOOD = "6TzQ1vJpXeY9wG2rKs4h";

  @Test
  void takesTextAsUtf8AndBytesAsTheyAre() {
    ForeignSecrets secrets =
        ForeignSecrets.signingWithWeak("ключ")
            .alsoAcceptingWeak(new byte[] {-1, 0})
            .alsoAcceptingWeak("a");

    assertThat(secrets.each(byte[]::clone))
        .containsExactly(
            "ключ".getBytes(StandardCharsets.UTF_8), new byte[] {-1, 0}, new byte[] {'a'});
  }

  @Test
  void refusesAnEmptySecretWhateverTheMethod() {
    ForeignSecrets good = ForeignSecrets.signingWith(GOOD);
    List<ThrowingCallable> ways =
        List.of(
            () -> ForeignSecrets.signingWith(""),
            () -> ForeignSecrets.signingWith(new byte[0]),
            () -> ForeignSecrets.signingWithWeak(""),
            () -> ForeignSecrets.signingWithWeak(new byte[0]),
            () -> good.alsoAccepting(GOOD, ""),
            () -> good.alsoAccepting(new byte[0]),
            () -> good.alsoAcceptingWeak(""),
            () -> good.alsoAcceptingWeak(new byte[0]));

    for (ThrowingCallable way : ways) {
      assertThatThrownBy(way)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a secret is empty");
    }
  }

  @Test
  void takesAWeakSecretByTheWordThatTheMessageNames() {
    assertThatThrownBy(() -> ForeignSecrets.signingWith("keyboard cat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("published")
        .hasMessageEndingWith("signingWithWeak")
        .hasMessageNotContaining("cat");
    assertThatThrownBy(() -> ForeignSecrets.signingWith("hunter2"))
        .hasMessageContaining("short, 7 of at least 16")
        .hasMessageEndingWith("signingWithWeak")
        .hasMessageNotContaining("hunter2");
    ForeignSecrets weak = ForeignSecrets.signingWithWeak("keyboard cat");
    assertThatThrownBy(() -> weak.alsoAccepting("hunter2"))
        .hasMessageEndingWith("alsoAcceptingWeak");

    SessionEncoder old = CookieSession.encoder(ForeignSecrets.signingWithWeak("hunter2"));
    SessionEncoder both = CookieSession.encoder(weak.alsoAcceptingWeak("hunter2"));
    assertThat(both.withName("s").valid(old.withName("s").encode(SessionSnapshot.of(Map.of()))))
        .isTrue();
  }

  @Test
  void replacesHalfACharacterAsNodeDoes() {
    assertThat(ForeignSecrets.signingWithWeak("a\ud800b").each(byte[]::clone))
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
        ForeignSecrets.signingWith(GOOD).alsoAcceptingWeak("keyboard cat", "hunter2");

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
    ForeignSecrets weak = ForeignSecrets.signingWithWeak("keyboard cat");
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
    assertThat(ForeignSecrets.signingWithWeak("hunter2")).hasToString("ForeignSecrets[1]");
  }
}
