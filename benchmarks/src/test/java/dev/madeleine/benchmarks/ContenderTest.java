package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.madeleine.SessionSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderTest {
  /** What {@link java.util.Base64} takes. */
  private static final Set<Respelling> TAILS = Set.of(Respelling.SPARE_BITS, Respelling.PADDING);

  /** What decoders of Base64 take that skip what they do not know. */
  private static final Set<Respelling> ALL_BASE64 =
      EnumSet.complementOf(EnumSet.of(Respelling.PERCENT_CASE));

  /** What some take beside their own spelling. Ours and Tink's JWT refuse every other one. */
  private static final Map<Contender, Set<Respelling>> LENIENCE =
      Map.of(
          Contender.JJWT, TAILS,
          Contender.NIMBUS, ALL_BASE64,
          Contender.NIMBUS_JWE, ALL_BASE64,
          Contender.JAVA_JWT, TAILS,
          Contender.JOSE4J, ALL_BASE64,
          Contender.FUSIONAUTH, TAILS,
          Contender.TINK_MAC, TAILS,
          Contender.KTOR, Set.of(Respelling.PERCENT_CASE),
          Contender.VERTX, TAILS,
          Contender.NAIVE, TAILS);

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

  @ParameterizedTest
  @EnumSource
  void takesOnlyTheOtherSpellingsThatAreKnownOfIt(Contender contender) {
    SignedText text = contender.signingWith(secret(1));
    Set<Respelling> taken = EnumSet.noneOf(Respelling.class);
    for (int length = 0; length < 24; length++) {
      Map<String, Object> attributes = SampleSession.SMALL.attributes();
      attributes.put("filling", "x".repeat(length));
      String good =
          text.encode(
              SessionSnapshot.of(attributes)
                  .withId("7d3c0a5be19f4268a0c1d4937b52ee86")
                  .withTimes(now, now)
                  .withMaxIdle(Duration.ofMinutes(30)));
      for (Respelling respelling : Respelling.values()) {
        if (respelling.of(good).flatMap(text::attributes).filter(attributes::equals).isPresent()) {
          taken.add(respelling);
        }
      }
    }

    assertThat(taken).isEqualTo(LENIENCE.getOrDefault(contender, Set.of()));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "JJWT",
        "NIMBUS",
        "NIMBUS_JWE",
        "JAVA_JWT",
        "JOSE4J",
        "FUSIONAUTH",
        "TINK_JWT",
      })
  void jwtLibrariesRejectAnExpiredSession(Contender contender) {
    SignedText text = contender.signingWith(secret(1));
    String old = text.encode(SampleSession.SMALL.sealedAt(now.minus(Duration.ofDays(1))));

    assertThat(text.attributes(old)).isEmpty();
  }

  @Test
  void vertxRejectsASessionThatWasIdleForTooLong() {
    SignedText text = new VertxText(secret(1), Duration.ofMillis(-1));

    assertThat(text.attributes(text.encode(SampleSession.SMALL.sealedAt(now)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void knowsItsVersion(Contender contender) {
    assertThat(contender.version()).matches("\\d+\\.\\d+(\\.\\d+)?(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentHasALineForIt(Contender contender) throws IOException {
    String version =
        switch (contender) {
          case MADELEINE, MADELEINE_ENCRYPTED, MADELEINE_COMPRESSED, MADELEINE_CBOR -> "this one";
          case NAIVE -> "Jackson " + contender.version();
          default -> contender.version();
        };

    assertThat(Files.readString(Path.of("../docs/benchmarks/README.md")))
        .contains("\n| " + contender.label() + " | " + version + " | ");
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
