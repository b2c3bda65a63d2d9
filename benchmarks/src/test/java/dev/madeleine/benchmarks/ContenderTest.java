package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.madeleine.SessionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderTest {
  private final Instant now = Instant.now();

  @ParameterizedTest
  @EnumSource
  void passesItsCheckWithEverySession(Contender contender) {
    for (SampleSession session : SampleSession.values()) {
      SealCheck.pass(
          contender.signingWith(secret(1)),
          contender.signingWith(secret(2)),
          session.sealedAt(now));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsAChangeOfAnyCharacter(Contender contender) {
    SignedText text = contender.signingWith(secret(1));
    String good = text.encode(SampleSession.SMALL.sealedAt(now));

    for (int i = 0; i < good.length(); i++) {
      assertThat(text.attributes(SealCheck.changed(good, i))).as("change at %d", i).isEmpty();
    }
  }

  @Test
  void jjwtRejectsAnExpiredSession() {
    SignedText text = Contender.JJWT.signingWith(secret(1));
    String old = text.encode(SampleSession.SMALL.sealedAt(now.minus(Duration.ofDays(1))));

    assertThat(text.attributes(old)).isEmpty();
  }

  @Test
  void theCheckFailsAContenderThatBelievesEverything() {
    SessionSnapshot session = SampleSession.SMALL.sealedAt(now);
    SignedText gullible =
        new SignedText() {
          @Override
          public String encode(SessionSnapshot ignored) {
            return "a text";
          }

          @Override
          public Object decode(String text) {
            return session;
          }

          @Override
          public Optional<Map<String, Object>> attributes(String text) {
            return Optional.of(session.attributes());
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> SealCheck.pass(gullible, gullible, session))
        .withMessage("takes a changed text");
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[32];
    new Random(seed).nextBytes(secret);
    return secret;
  }
}
