package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.ApplicationKey;
import dev.madeleine.Decoded;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Serializer;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import dev.madeleine.encoders.Fixtures.CipherChoice;
import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flag of a token with every other, under every sealer and serializer. */
final class FlagCombinationsTest {
  static Stream<Arguments> writers() {
    List<Arguments> writers = new ArrayList<>();
    for (Serializer serializer : List.of(JsonSerializer.PLAIN, Cbor.serializer())) {
      writers.add(Arguments.of(null, serializer));
      for (CipherChoice cipher : CipherChoice.values()) {
        writers.add(Arguments.of(cipher, serializer));
      }
    }
    return writers.stream();
  }

  /** An encoder with the same nonce at each call, but for XAES, which keeps halves of them. */
  private static NativeEncoder encoder(CipherChoice cipher, Serializer serializer) {
    NativeEncoder encoder = Fixtures.signed();
    if (cipher != null) {
      SecureRandom fixed = new Aead.Fixed(new byte[cipher.nonceLength()]);
      boolean drawsHalves = cipher == CipherChoice.XAES_256_GCM;
      encoder = cipher.encoder("session", drawsHalves ? Fixtures.RANDOM : fixed);
    }
    return encoder.withSerializer(serializer);
  }

  private static SessionSnapshot session(
      Random random, int keys, boolean subject, boolean remembered) {
    return Fixtures.session(Map.of("text", "madeleine ".repeat(1 + random.nextInt(40))))
        .withTimes(
            Fixtures.NOON.plusMillis(random.nextInt(100_000)),
            Fixtures.NOON.plusMillis(100_000 + random.nextInt(100_000_000)))
        .withMaxIdle(Duration.ofSeconds(random.nextInt(100_000)))
        .withSubject(subject ? Subject.of("user " + random.nextInt(), random.nextInt()) : null)
        .withKeys(
            IntStream.range(0, keys)
                .mapToObj(i -> ApplicationKey.of("key " + random.nextLong()))
                .toList())
        .withRemembered(remembered);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void everyCombinationComesBackAndHasOneText(CipherChoice cipher, Serializer serializer) {
    Random random = new Random(20261130);
    NativeEncoder plain = encoder(cipher, serializer);
    List<NativeEncoder> forms = new ArrayList<>(List.of(plain, plain.withCompression(0)));
    if (cipher != null) {
      forms.add(plain.withPadding(64));
      forms.add(plain.withCompression(0).withPadding(64));
    }
    for (NativeEncoder writer : forms) {
      for (int keys = 0; keys <= 4; keys++) {
        for (int bits = 0; bits < 4; bits++) {
          SessionSnapshot sent = session(random, keys, (bits & 1) != 0, (bits & 2) != 0);
          String text = writer.encode(sent);
          Decoded decoded = plain.decode(text);
          assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
          SessionSnapshot back = ((Decoded.Accepted) decoded).snapshot();
          assertThat(back.attributes()).isEqualTo(sent.attributes());
          assertThat(back.id()).isEqualTo(sent.id());
          assertThat(back.created()).isEqualTo(sent.created());
          assertThat(back.refreshed()).isEqualTo(sent.refreshed());
          assertThat(back.maxIdle()).isEqualTo(sent.maxIdle());
          assertThat(back.subject()).isEqualTo(sent.subject());
          assertThat(back.keys()).isEqualTo(sent.keys());
          assertThat(back.remembered()).isEqualTo(sent.remembered());
          if (cipher == CipherChoice.XAES_256_GCM) {
            assertThat(writer.encode(back)).hasSameSizeAs(text);
          } else {
            assertThat(writer.encode(back)).as("one text").isEqualTo(text);
          }
          everyBitOfPrefixNonceAndMetadataRejects(plain, text, cipher, keys);
        }
      }
    }
  }

  private static void everyBitOfPrefixNonceAndMetadataRejects(
      NativeEncoder reader, String text, CipherChoice cipher, int keys) {
    byte[] token = Fixtures.bytes(text);
    int nonce = cipher == null ? 0 : cipher.nonceLength();
    int end = Math.min(token.length, 6 + nonce + 33 + 12 + 9 * keys);
    for (int bit = 0; bit < 8 * end; bit += bit < 8 * (6 + nonce + 2) ? 1 : 11) {
      byte[] changed = Arrays.copyOf(token, token.length);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(reader.valid(Fixtures.text(changed))).as("bit %s", bit).isFalse();
    }
  }
}
