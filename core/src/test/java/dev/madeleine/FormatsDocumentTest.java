package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.Base64Url;
import dev.madeleine.internal.Hkdf;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
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
            "madeleine", "2", "HMAC-SHA-256", "json", "session", "__Host-session", "");

    assertThat(prk).isEqualTo(hex("PRK"));
    assertThat(Hkdf.expand(prk, kid, 4)).isEqualTo(hex("key id"));
    assertThat(Hkdf.expand(prk, info, 32)).isEqualTo(hex("subkey"));
  }

  private static SessionSnapshot session() {
    return SessionSnapshot.of(Map.of())
        .withId("00112233445566778899aabbccddeeff")
        .withTimes(Instant.ofEpochMilli(1700000000123L), Instant.ofEpochMilli(1700000060456L))
        .withMaxIdle(Duration.ofMinutes(30));
  }

  @Test
  void writesTheTokensOfTheExample() throws Exception {
    SessionSnapshot full =
        session()
            .withSubject(Subject.of("marcel", 7))
            .withKeys(List.of(ApplicationKey.of("tenant:combray"), ApplicationKey.of("sid:4711")))
            .withRemembered(true);

    assertThat(token(session())).isEqualTo(values("token").get(0));
    assertThat(token(full)).isEqualTo(values("token").get(1));
    assertThat(values("header"))
        .containsExactly(
            header(values("token").get(0), 39),
            header(values("token").get(1), 69),
            header(values("token").get(2), 39));
  }

  @Test
  void readsTheDeflatedTokenOfTheExampleAndWritesOneLikeIt() throws Exception {
    byte[] token = Base64Url.decode(values("token").get(2));
    byte[] stream = HEX.parseHex(values("payload").get(0));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "marcel");
    attributes.put("text", "madeleine ".repeat(20));

    assertThat(new HmacSha256().keyed(hex("subkey")).unseal(token, 6, token.length)).isTrue();
    assertThat(Arrays.copyOfRange(token, 39, token.length - 32)).isEqualTo(stream);
    SessionSnapshot read =
        new Version2()
            .read(false, token, 6, token.length - 32, Payload.plain(JsonSerializer.PLAIN));
    assertThat(read.attributes()).isEqualTo(attributes);
    TokenBuffer written = TokenBuffer.take();
    written.write(token, 0, 39);
    int flags =
        new Payload(JsonSerializer.PLAIN, 0, 1)
            .write(SessionSnapshot.of(attributes), written, 6, 3000);
    assertThat(flags).isEqualTo(Version2.DEFLATED);
    assertThat(Deflate.inflate(written.array(), 39, written.size() - 39))
        .isEqualTo(Deflate.inflate(stream, 0, stream.length));
  }

  @Test
  void refusesThePublishedSecretOfTheExample() throws Exception {
    byte[] secret = hex("secret");

    assertThatThrownBy(() -> MasterKey.of(secret)).hasMessageContaining("published");
  }

  private static String token(SessionSnapshot session) throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "marcel");
    attributes.put("views", 1);
    Version2 version = new Version2();
    TokenBuffer token = TokenBuffer.take();
    version.writePrefix(false, ByteBuffer.wrap(hex("key id")).getInt(), token);
    version.write(
        session.withAttributes(LocatedAttributes.of(attributes), null, null),
        Payload.plain(JsonSerializer.PLAIN),
        token,
        3000);
    token.skip(32);
    new HmacSha256().keyed(hex("subkey")).seal(token.array(), 6, token.size());
    return token.toBase64Url();
  }

  private static String header(String token, int length) {
    return HEX.formatHex(Arrays.copyOf(Base64Url.decode(token), length));
  }
}
