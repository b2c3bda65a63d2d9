package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.Base64Url;
import dev.madeleine.internal.Hkdf;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of docs/formats.md, computed step by step. */
class FormatsDocumentTest {
  private static final HexFormat HEX = HexFormat.of();

  private static List<String> values(String field) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/formats.md"))) {
      if (line.matches(field + " +[0-9A-Za-z_-]{8,}.*")) {
        values.add(line.substring(field.length()).strip().split(" {2,}", -1)[0]);
      }
    }
    return values;
  }

  private static byte[] hex(String field) throws IOException {
    return HEX.parseHex(values(field).get(0));
  }

  @Test
  void derivesTheKeysOfTheExample() throws Exception {
    byte[] prk = Hkdf.extract("madeleine/v1".getBytes(StandardCharsets.US_ASCII), hex("secret"));
    byte[] kid = "kid".getBytes(StandardCharsets.US_ASCII);
    byte[] info =
        Hkdf.lengthPrefixed(
            "madeleine", "1", "HMAC-SHA-256", "json", "session", "__Host-session", "");

    assertThat(prk).isEqualTo(hex("PRK"));
    assertThat(Hkdf.expand(prk, kid, 4)).isEqualTo(hex("key id"));
    assertThat(Hkdf.expand(prk, info, 32)).isEqualTo(hex("subkey"));
  }

  @Test
  void writesTheTokensOfTheExample() throws Exception {
    SessionSnapshot session =
        SessionSnapshot.of(Map.of())
            .withId("00112233445566778899aabbccddeeff")
            .withTimes(Instant.ofEpochSecond(1700000000), Instant.ofEpochSecond(1700000060))
            .withMaxIdle(Duration.ofMinutes(30));
    SessionSnapshot remembered = session.withSubject(Subject.of("marcel", 7)).withRemembered(true);

    assertThat(token(session)).isEqualTo(values("token").get(0));
    assertThat(token(remembered)).isEqualTo(values("token").get(1));
    assertThat(values("header"))
        .containsExactly(
            header(values("token").get(0), 33),
            header(values("token").get(1), 45),
            header(values("token").get(2), 33));
  }

  @Test
  void readsTheDeflatedTokenOfTheExampleAndWritesOneLikeIt() throws Exception {
    byte[] token = Base64Url.decode(values("token").get(2));
    byte[] stream = HEX.parseHex(values("payload").get(0));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "marcel");
    attributes.put("text", "madeleine ".repeat(20));

    assertThat(new HmacSha256().keyed(hex("subkey")).unseal(token, 33, token.length)).isTrue();
    assertThat(Arrays.copyOfRange(token, 33, token.length - 32)).isEqualTo(stream);
    SessionSnapshot read = Payload.plain(JsonSerializer.PLAIN).read(token, 33, token.length - 32);
    assertThat(read.attributes()).isEqualTo(attributes);
    TokenBuffer written = new TokenBuffer();
    written.write(token, 0, 33);
    new Payload(JsonSerializer.PLAIN, 0, 1).write(SessionSnapshot.of(attributes), written, 3000);
    assertThat(Deflate.inflate(written.array(), 33, written.size() - 33))
        .isEqualTo(Deflate.inflate(stream, 0, stream.length));
  }

  @Test
  void refusesThePublishedSecretOfTheExample() throws Exception {
    byte[] secret = hex("secret");

    assertThatThrownBy(() -> MasterKey.of(secret)).hasMessageContaining("published");
  }

  private static String token(SessionSnapshot session) throws IOException {
    TokenBuffer token = new TokenBuffer();
    int header = Header.write(session, Header.readInt(hex("key id"), 0), token);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "marcel");
    attributes.put("views", 1);
    JsonSerializer.PLAIN.write(attributes, token);
    token.skip(32);
    new HmacSha256().keyed(hex("subkey")).seal(token.array(), header, token.size());
    return token.toBase64Url();
  }

  private static String header(String token, int length) {
    return HEX.formatHex(Arrays.copyOf(Base64Url.decode(token), length));
  }
}
