package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.Sealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tokens of docs/formats/vectors.json under Bouncy Castle's ciphers. */
final class FormatVectorsTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("7645eec69a1fb3c684f919247a0586016157570a67182225adc3306d10d19701");
  private static final String JSON =
      "{\"user\":\"marcel\",\"text\":\"%s\"}".formatted("madeleine ".repeat(6));

  static Stream<JsonNode> tokens() throws IOException {
    JsonNode vectors =
        new ObjectMapper().readTree(Path.of("../docs/formats/vectors.json").toFile());
    return StreamSupport.stream(vectors.get("tokens").spliterator(), false)
        .filter(token -> token.get("algorithm").asText().matches("XChaCha20.*|.*SIV"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void opensEveryToken(JsonNode vector) {
    SecureRandom random = new SecureRandom();
    Sealer sealer =
        vector.get("algorithm").asText().startsWith("X")
            ? BouncyCastleAead.xChaCha20Poly1305(random)
            : BouncyCastleAead.aesGcmSiv(random);
    byte[] subkey = EncryptedTest.subkey(SECRET, sealer.algorithm(), "session", "__Host-session");
    byte[] token = Fixtures.bytes(vector.get("token").asText());

    assertThat(sealer.keyed(subkey).unseal(token, 6, token.length)).isTrue();

    int start = 6 + sealer.nonceLength();
    int flags = Integer.parseInt(vector.get("flags").asText(), 16);
    assertThat(HexFormat.of().formatHex(token, start, start + 18))
        .isEqualTo(vector.get("flags").asText() + "00112233445566778899aabbccddeeff");
    int payload = start + 33 + (flags & 1) * 12 + (flags >> 8) * 9;
    byte[] rest = Arrays.copyOfRange(token, payload, token.length - sealer.tagLength());
    if ((flags & 2) == 0) {
      assertThat(new String(rest, StandardCharsets.UTF_8)).startsWith(JSON);
    }
    if ((flags & 8) != 0) {
      assertThat((token.length - sealer.tagLength() - start) % 64).isZero();
    }
  }

  @Test
  void thereIsOneForEachCombination() throws IOException {
    assertThat(tokens()).hasSize(2 * 96);
  }
}
