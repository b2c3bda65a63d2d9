package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final String KEY =
      "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e9f";
  private static final String OTHER =
      "hex:f00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e9f";

  private final Terminal terminal = new Terminal();

  private List<JsonNode> batch(List<String> lines) throws IOException {
    terminal.feed(String.join("\n", lines) + "\n", "batch");
    assertThat(terminal.code).isZero();
    assertThat(terminal.err).isEmpty();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : terminal.out.split("\n", -1)) {
      if (!line.isEmpty()) {
        answers.add(Vectors.JSON.readTree(line));
      }
    }
    assertThat(answers).hasSameSizeAs(lines);
    return answers;
  }

  private JsonNode batch(String line) throws IOException {
    return batch(List.of(line)).get(0);
  }

  private static ObjectNode request(String op, String key) {
    ObjectNode request = Vectors.JSON.createObjectNode();
    request.put("op", op).put("format", "native").put("name", "session").put("now", 1700000000);
    request.putArray("keys").add(key);
    request.putObject("options");
    return request;
  }

  private static String decoding(JsonNode encoded, ObjectNode request) {
    return request.deepCopy().put("op", "decode").set("cookies", encoded.get("cookies")).toString();
  }

  @Test
  void readsWhatItWroteInEveryWay() throws IOException {
    String json =
        "{\"b\":1,\"a\":[true,null,1.5,2.0,\"é\\u0000\"],\"big\":12345678901,\"t\":{\"~uuid\":\"00112233-4455-6677-8899-aabbccddeeff\"}}";
    for (Map<String, String> options :
        List.of(
            Map.of("sealer", "hmac-sha-256"),
            Map.of("sealer", "xaes-256-gcm", "pad", "64"),
            Map.of("sealer", "xchacha20-poly1305", "compress", "true"),
            Map.of("sealer", "aes-256-gcm-siv", "compress", "20"),
            Map.of("serializer", "cbor", "audience", "shop", "purpose", "basket"),
            Map.of("layout", "chunked"),
            Map.of("layout", "header"))) {
      ObjectNode request = request("encode", KEY);
      options.forEach(request.withObjectProperty("options")::put);
      String line =
          request
              .toString()
              .replaceFirst("}$", Matcher.quoteReplacement(",\"session\":" + json + "}"));
      JsonNode encoded = batch(line);
      JsonNode decoded = batch(decoding(encoded, request));
      assertThat(decoded.path("accepted").asBoolean()).as("%s %s", options, decoded).isTrue();
      assertThat(decoded.get("session").toString())
          .isEqualTo(Vectors.JSON.readTree(json).toString());
      assertThat(decoded.get("reissue")).isEmpty();
      assertThat(decoded.get("created").asLong()).isEqualTo(1700000000);
      assertThat(decoded.get("maxIdle").asLong()).isEqualTo(1800);
    }
  }

  @Test
  void keepsTheOrderAndTheTextOfNumbers() throws IOException {
    String request = request("encode", KEY).toString();
    String json = "{\"z\":1.0,\"a\":-0.0,\"m\":1}";
    JsonNode encoded =
        batch(request.replaceFirst("}$", Matcher.quoteReplacement(",\"session\":" + json + "}")));
    batch(decoding(encoded, request("encode", KEY)));
    assertThat(terminal.out).contains("\"session\":" + json);
  }

  @Test
  void tellsWhyASessionWouldBeWrittenAgain() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.putObject("session").put("n", 1);
    JsonNode encoded = batch(request.toString());
    ObjectNode rotated = request.deepCopy();
    rotated.putArray("keys").add(OTHER).add(KEY);
    assertThat(batch(decoding(encoded, rotated)).get("reissue").toString())
        .isEqualTo("[\"OLD_KEY\"]");
    rotated.put("now", 1700000060);
    assertThat(batch(decoding(encoded, rotated)).get("reissue").toString())
        .isEqualTo("[\"RENEWAL_DUE\",\"OLD_KEY\"]");
  }

  @Test
  void rejectsByReason() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.putObject("session").put("n", 1);
    JsonNode encoded = batch(request.toString());
    assertThat(reason(encoded, request.deepCopy().put("name", "sessiom"))).isEqualTo("ABSENT");
    ObjectNode moved = request.deepCopy();
    moved.withObjectProperty("options").put("audience", "other");
    assertThat(reason(encoded, moved)).isEqualTo("BAD_SEAL");
    assertThat(reason(encoded, request.deepCopy().put("now", 1700001860))).isEqualTo("EXPIRED");
    assertThat(reason(encoded, request.deepCopy().put("now", 1699999969)))
        .isEqualTo("NOT_YET_VALID");
    ObjectNode patient = request.deepCopy().put("now", 1700001860);
    patient.withObjectProperty("options").put("idle", 3600);
    assertThat(batch(decoding(encoded, patient)).get("accepted").asBoolean()).isTrue();
    patient.withObjectProperty("options").put("idle", 600).put("absolute", 600);
    assertThat(reason(encoded, patient)).isEqualTo("EXPIRED");
    ObjectNode other = request.deepCopy();
    other.putArray("keys").add(OTHER);
    assertThat(reason(encoded, other)).isEqualTo("UNKNOWN_KEY");
    String value = encoded.get("cookies").get("session").asText();
    for (String bad : List.of(value + ";x", " " + value, value + " ", value + "=", value + "A")) {
      ObjectNode cookies = Vectors.JSON.createObjectNode();
      cookies.putObject("cookies").put("session", bad);
      assertThat(reason(cookies, request)).isIn("MALFORMED", "BAD_SEAL");
    }
  }

  private String reason(JsonNode encoded, ObjectNode request) throws IOException {
    JsonNode answer = batch(decoding(encoded, request));
    assertThat(answer.get("accepted").asBoolean()).isFalse();
    assertThat(answer.has("session")).isFalse();
    return answer.get("reason").asText();
  }

  @Test
  void takesRandomBytesInTheOrderOfUse() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.put("format", "encrypted").putObject("session").put("n", 1);
    String id = "00112233445566778899aabbccddeeff";
    String nonce = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7";
    request.put("random", id + nonce);
    byte[] token =
        Base64.getUrlDecoder().decode(batch(request.toString()).at("/cookies/session").asText());
    assertThat(HexFormat.of().formatHex(token, 6, 30)).isEqualTo(nonce);
    request.put("random", id + "00");
    assertThat(batch(request.toString()).get("error").asText())
        .isEqualTo("random: 17 bytes, and 23 more are needed");
  }

  @Test
  void readsAWholeCookieHeader() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.putObject("session").put("n", 1);
    String value = batch(request.toString()).at("/cookies/session").asText();
    request.put("op", "decode").put("cookie", "a=b; session=" + value + "; c=d");
    assertThat(batch(request.toString()).at("/session/n").asInt()).isEqualTo(1);
  }

  @Test
  void sealsHostilePayloadsThatDecodingRejects() throws IOException {
    for (JsonNode vector : Vectors.badPayloads()) {
      ObjectNode request = request("seal", KEY);
      request.put("payload", vector.get("input").asText());
      JsonNode sealed = batch(request.toString());
      if (sealed.at("/cookies/session").asText().length() > 4096) {
        assertThat(reason(sealed, request)).isEqualTo("TOO_LONG");
        continue;
      }
      JsonNode decoded = batch(decoding(sealed, request));
      boolean accepted = vector.get("expected").asText().equals("accept");
      assertThat(decoded.get("accepted").asBoolean()).as("%s", vector).isEqualTo(accepted);
      if (!accepted) {
        assertThat(decoded.get("reason").asText()).isEqualTo("BAD_PAYLOAD");
      }
    }
  }

  @Test
  void sealsForeignPayloadsLongerThanABrowserStores() throws IOException {
    String payload = Base64.getEncoder().encodeToString(new byte[5000]);
    for (String format : List.of("cookie-session", "connect-cookie-session")) {
      ObjectNode request = request("seal", "secret of a stranger").put("format", format);
      JsonNode sealed = batch(request.put("payload", payload).toString());
      assertThat(reason(sealed, request)).isEqualTo("TOO_LONG");
    }
  }

  @Test
  void answersInAscii() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.putObject("session").put("t", "\u2028\u0085\u007fé\ud83d\ude00");
    JsonNode decoded = batch(decoding(batch(request.toString()), request));
    assertThat(decoded.at("/session/t").asText()).isEqualTo("\u2028\u0085\u007fé\ud83d\ude00");
    assertThat(terminal.out).matches("[\\x20-\\x7e]+\n");
  }

  @Test
  void takesConnectOptionsAndOneKeyAlone() throws IOException {
    ObjectNode request = request("encode", "").put("format", "connect-cookie-session");
    request.put("keys", "secret of a stranger").putObject("session").put("n", 1);
    request.withObjectProperty("options").put("algorithm", "sha1").put("encoding", "HEX");
    JsonNode encoded = batch(request.toString());
    assertThat(batch(decoding(encoded, request)).at("/session/n").asInt()).isEqualTo(1);
    request.withObjectProperty("options").put("algorithm", "sha256");
    assertThat(batch(request.toString()).get("error").asText()).startsWith("options.algorithm");
  }

  @Test
  void takesBytesWithPrefixes() throws IOException {
    ObjectNode request = request("seal", KEY);
    request.put("random", "00112233445566778899aabbccddeeff").put("payload", "e30=");
    JsonNode plain = batch(request.toString());
    request.put("random", "hex:00112233445566778899aabbccddeeff").put("payload", "hex:7b7d");
    assertThat(batch(request.toString())).isEqualTo(plain);
    request.put("random", "base64:ABEiM0RVZneImaq7zN3u/w==").put("payload", "base64:e30=");
    assertThat(batch(request.toString())).isEqualTo(plain);
  }

  @Test
  void ignoresCookiesOfOtherNames() throws IOException {
    ObjectNode request = request("encode", KEY);
    request.putObject("session").put("n", 1);
    ObjectNode encoded = (ObjectNode) batch(request.toString());
    encoded.withObjectProperty("cookies").put("session2", "a;b").put("a", "b; session=x");
    assertThat(batch(decoding(encoded, request)).get("accepted").asBoolean()).isTrue();
    encoded.withObjectProperty("cookies").put("session.1", "a;b");
    assertThat(reason(encoded, request)).isEqualTo("MALFORMED");
  }

  @Test
  void sealsPayloadsOfForeignFormats() throws IOException {
    String payload = Base64.getEncoder().encodeToString("[1,2]".getBytes(StandardCharsets.UTF_8));
    for (String format : List.of("cookie-session", "connect-cookie-session")) {
      ObjectNode request = request("seal", "secret of a stranger").put("format", format);
      JsonNode sealed = batch(request.put("payload", payload).toString());
      assertThat(reason(sealed, request)).isEqualTo("BAD_PAYLOAD");
    }
  }

  @Test
  void warnsOfPublishedSecretsAndTakesThem() throws IOException {
    ObjectNode request = request("encode", "keyboard cat").put("format", "cookie-session");
    request.putObject("session").put("n", 1);
    JsonNode encoded = batch(request.toString());
    assertThat(encoded.get("warnings").toString()).contains("published").doesNotContain("keyboard");
    assertThat(batch(decoding(encoded, request)).get("warnings")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{} {}",
        "{\"op\":\"melt\"}",
        "{\"op\":\"decode\",\"op\":\"decode\"}",
        "{\"op\":\"decode\",\"format\":\"json\",\"keys\":[\"SECRET\"],\"cookies\":{}}",
        "{\"op\":\"decode\",\"cookies\":{}}",
        "{\"op\":\"decode\",\"keys\":[],\"cookies\":{}}",
        "{\"op\":\"decode\",\"keys\":[\"SECRET\"],\"cookies\":{}}",
        "{\"op\":\"decode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"]}",
        "{\"op\":\"decode\",\"format\":\"cookie-session\",\"keys\":[\"hex:SECRET\"],\"cookies\":{}}",
        "{\"op\":\"decode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"],\"options\":{\"salt\":1},\"cookies\":{}}",
        "{\"op\":\"decode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"],\"options\":{\"encoding\":\"rot13\"},\"cookies\":{}}",
        "{\"op\":\"encode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"]}",
        "{\"op\":\"encode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"],\"session\":{\"n\":1e999}}",
        "{\"op\":\"encode\",\"format\":\"cookie-session\",\"keys\":[\"SECRET\"],\"session\":{\"constructor\":1}}",
        "{\"op\":\"encode\",\"format\":\"cookie-session\",\"name\":\"a b\",\"keys\":[\"SECRET\"],\"session\":{}}",
        "{\"op\":\"sign\",\"format\":\"keygrip\",\"keys\":[\"SECRET\"]}",
        "{\"op\":\"sign\",\"format\":\"native\",\"keys\":[\"SECRET\"],\"text\":\"\"}",
        "{\"op\":\"decode\",\"keys\":[\"SECRET\"],\"now\":\"noon\",\"cookies\":{}}"
      })
  void answersAnErrorAndGoesOn(String line) throws IOException {
    List<JsonNode> answers =
        batch(
            List.of(
                line, "{\"op\":\"sign\",\"format\":\"keygrip\",\"keys\":[\"a\"],\"text\":\"b\"}"));
    assertThat(answers.get(0).get("error").asText()).isNotEmpty().doesNotContain("SECRET");
    assertThat(answers.get(1).has("digest")).isTrue();
  }

  @Test
  void refusesALineTooLongAndASessionTooLarge() throws IOException {
    String tooLong = "{\"op\":\"" + "x".repeat(1 << 20) + "\"}";
    ObjectNode large = request("encode", KEY);
    large.putObject("session").put("text", "x".repeat(5000));
    List<JsonNode> answers = batch(List.of(tooLong, large.toString()));
    assertThat(answers.get(0).get("error").asText()).isEqualTo("line: has more than 1048576 bytes");
    assertThat(answers.get(1).get("error").asText()).contains("limit 4,096");
  }

  @Test
  void answersBeforeTheNextLineComes() throws Exception {
    PipedInputStream in = new PipedInputStream();
    StringWriter out = new StringWriter();
    try (PipedOutputStream lines = new PipedOutputStream(in)) {
      Console console =
          new Console(
              in,
              new PrintWriter(out),
              new PrintWriter(out),
              Map.of(),
              () -> Instant.EPOCH,
              new SecureRandom());
      Thread command = new Thread(() -> Madeleine.run(console, "batch"));
      command.start();
      for (int i = 1; i <= 3; i++) {
        lines.write("{\"op\":\"nothing\"}\n".getBytes(StandardCharsets.UTF_8));
        lines.flush();
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (out.toString().lines().count() < i && Instant.now().isBefore(end)) {
          Thread.sleep(5);
        }
        assertThat(out.toString().lines()).hasSize(i);
      }
    }
  }
}
