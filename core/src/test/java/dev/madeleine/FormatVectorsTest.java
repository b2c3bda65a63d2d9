package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.internal.Base64Url;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One token for each combination of flags, made by another program: docs/formats/vectors.json. */
final class FormatVectorsTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("7645eec69a1fb3c684f919247a0586016157570a67182225adc3306d10d19701");
  private static final List<String> KEYS =
      List.of("tenant:combray", "sid:4711", "device:9", "role:author");

  private static JsonNode vectors() throws IOException {
    return new ObjectMapper().readTree(Path.of("../docs/formats/vectors.json").toFile());
  }

  static Stream<JsonNode> tokens() throws IOException {
    return StreamSupport.stream(vectors().get("tokens").spliterator(), false)
        .filter(token -> token.get("algorithm").asText().matches("HMAC.*|XAES.*"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void readsEveryToken(JsonNode vector) throws Exception {
    boolean encrypted = vector.get("algorithm").asText().equals("XAES-256-GCM");
    Sealer sealer = encrypted ? new XaesGcm(Fixtures.counting()) : new HmacSha256();
    byte[] subkey =
        Tokens.subkey(SECRET, sealer.algorithm(), "json", "session", "__Host-session", "");
    byte[] token = Base64Url.decode(vector.get("token").asText());

    assertThat(sealer.keyed(subkey).unseal(token, 6, token.length)).isTrue();
    SessionSnapshot session =
        new Version2()
            .read(
                encrypted,
                token,
                6 + sealer.nonceLength(),
                token.length - sealer.tagLength(),
                Payload.plain(JsonSerializer.PLAIN));

    int flags = Integer.parseInt(vector.get("flags").asText(), 16);
    assertThat(session.attributes())
        .isEqualTo(Map.of("user", "marcel", "text", "madeleine ".repeat(6)));
    assertThat(session.id()).isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(session.created().toEpochMilli()).isEqualTo(1700000000123L);
    assertThat(session.refreshed().toEpochMilli()).isEqualTo(1700000060456L);
    assertThat(session.maxIdle().toSeconds()).isEqualTo(1800);
    assertThat(session.subject()).isEqualTo((flags & 1) == 0 ? null : Subject.of("marcel", 7));
    assertThat(session.keys())
        .containsExactlyElementsOf(
            KEYS.subList(0, flags >> 8).stream().map(ApplicationKey::of).sorted().toList());
    assertThat(session.remembered()).isEqualTo((flags & 4) != 0);
    assertThat(session.shared()).isEqualTo((flags & 0x10) != 0);
  }

  @Test
  void thereIsOneForEachCombination() throws IOException {
    assertThat(tokens().map(vector -> vector.get("algorithm") + " " + vector.get("flags")))
        .doesNotHaveDuplicates()
        .hasSize(48 + 96);
  }
}
