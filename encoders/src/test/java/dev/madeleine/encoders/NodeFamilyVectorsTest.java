package dev.madeleine.encoders;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real packages made, in both directions: node-family.json. */
class NodeFamilyVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAIR = "cookie-session";
  private static final String CONNECT = "connect-cookie-session";
  private static final String KEYGRIP = "keygrip";

  /** Systems whose formats are no part of this module, and why. */
  private static final Map<String, String> FOR_OTHERS =
      Map.of(
          "cookies", "attributes of Set-Cookie, which SessionTransport and CookieOptions write",
          "cookie-signature", "a format of its own",
          "express-session", "ids of sessions that lie in a store",
          "cookie-parser", "single values",
          "express.res.cookie+cookie-parser", "single values",
          "connect-cookie-session@1a669e4 (unreleased AES)", "never released");

  /**
   * What cookie-session reads but never writes, and the reader here rejects: base64 without
   * padding, bytes that are not UTF-8, JSON that is no object. The others it rejects too.
   */
  private static final Map<String, RejectionReason> REJECTED =
      Map.of(
          "decode-json-array", RejectionReason.BAD_PAYLOAD,
          "decode-json-true", RejectionReason.BAD_PAYLOAD,
          "decode-utf8-latin1", RejectionReason.BAD_PAYLOAD,
          "decode-b64-nopad", RejectionReason.MALFORMED,
          "decode-b64-garbage", RejectionReason.MALFORMED,
          "decode-b64-not-json", RejectionReason.BAD_PAYLOAD,
          "decode-sig-std-alphabet", RejectionReason.BAD_SEAL,
          "rotation-unknown-key", RejectionReason.BAD_SEAL,
          "destroy", RejectionReason.BAD_PAYLOAD);

  private static List<JsonNode> vectors() throws IOException {
    try (InputStream file = NodeFamilyVectorsTest.class.getResourceAsStream("node-family.json")) {
      List<JsonNode> vectors = new ArrayList<>();
      JSON.readTree(requireNonNull(file)).forEach(vectors::add);
      return vectors;
    }
  }

  private static Stream<JsonNode> vectors(String system) throws IOException {
    return vectors().stream().filter(vector -> system.equals(vector.get("system").asText()));
  }

  private static DynamicTest test(JsonNode vector, String kind, Checked check) {
    return DynamicTest.dynamicTest(
        vector.get("system").asText() + " " + vector.get("label").asText() + ": " + kind,
        () -> check.run(vector));
  }

  private interface Checked {
    void run(JsonNode vector) throws Exception;
  }

  private static ForeignSecrets secrets(JsonNode vector) {
    List<byte[]> keys =
        StreamSupport.stream(vector.get("keysHex").spliterator(), false)
            .map(key -> HexFormat.of().parseHex(key.asText()))
            .toList();
    return ForeignSecrets.signingWithWeak(keys.get(0))
        .alsoAcceptingWeak(keys.subList(1, keys.size()).toArray(byte[][]::new));
  }

  private static Keygrip keygrip(JsonNode vector) {
    Keygrip keygrip =
        Keygrip.of(secrets(vector)).withDigest(Digest.named(vector.get("algorithm").asText()));
    return vector.get("encoding").asText().equals("hex") ? keygrip.withHex() : keygrip;
  }

  private static SessionEncoder encoder(JsonNode vector) {
    return CookieSession.encoder(keygrip(vector))
        .withName(vector.get("name").asText())
        .withLimit(8000); // Some were made without looking at what a browser stores.
  }

  /** The text that the transport would find in the request. */
  private static String text(JsonNode vector) {
    String name = vector.get("name").asText();
    Matcher request =
        Pattern.compile("session=([^;\"]*); session\\.sig=([^;\"]*)")
            .matcher(vector.path("requestCookie").asText());
    if (request.matches()) {
      return request.group(1) + "." + request.group(2);
    }
    JsonNode cookies = vector.get("cookies");
    return cookies.get(name).asText() + "." + cookies.get(name + ".sig").asText();
  }

  private static Map<String, Object> attributes(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Accepted.class);
    return ((Accepted) decoded).snapshot().attributes();
  }

  private static void assertSame(
      SessionEncoder encoder, Map<String, Object> read, JsonNode expected) throws IOException {
    String json = new String(encoder.serializer().toBytes(read), StandardCharsets.UTF_8);
    assertThat(JSON.readTree(json)).isEqualTo(expected);
  }

  @TestFactory
  Stream<DynamicTest> readsWhatCookieSessionWrote() throws IOException {
    return vectors(PAIR)
        .filter(vector -> !REJECTED.containsKey(vector.get("label").asText()))
        .map(
            each ->
                test(
                    each,
                    "them to us",
                    vector -> {
                      Decoded decoded = encoder(vector).decode(text(vector));
                      Map<String, Object> read = attributes(decoded);
                      JsonNode theirs = vector.get("readBack").get("s");
                      if (!theirs.isEmpty() || vector.path("payload").isObject()) {
                        assertSame(encoder(vector), read, theirs);
                      }
                      boolean old = vector.path("signedWithIndex").asInt(0) > 0;
                      old |= vector.get("label").asText().startsWith("decode-oldkey");
                      assertThat(((Accepted) decoded).byOldKey()).isEqualTo(old);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rejectsWhatCookieSessionNeverWrites() throws IOException {
    return vectors(PAIR)
        .filter(vector -> REJECTED.containsKey(vector.get("label").asText()))
        .map(
            each ->
                test(
                    each,
                    "rejected",
                    vector ->
                        assertThat(encoder(vector).decode(text(vector)))
                            .isEqualTo(new Rejected(REJECTED.get(vector.get("label").asText())))));
  }

  @TestFactory
  Stream<DynamicTest> writesWhatCookieSessionReads() throws IOException {
    return vectors(PAIR)
        .filter(vector -> vector.path("json").isTextual() && !vector.path("negative").asBoolean())
        .map(
            each ->
                test(
                    each,
                    "us to them",
                    vector -> {
                      SessionEncoder encoder = encoder(vector);
                      SessionSnapshot read =
                          SessionSnapshot.of(attributes(encoder.decode(text(vector))));
                      assertThat(encoder.serializer().toBytes(read.attributes()))
                          .isEqualTo(vector.get("json").asText().getBytes(StandardCharsets.UTF_8));
                      // What an older secret had signed, the real package signs anew.
                      JsonNode anew = vector.get("readBackSetCookie");
                      String name = vector.get("name").asText();
                      String signature =
                          anew.isEmpty()
                              ? vector.get("cookies").get(name + ".sig").asText()
                              : anew.get(0).asText().replaceAll("^[^=]*=|;.*", "");
                      assertThat(encoder.encode(read))
                          .isEqualTo(vector.get("cookies").get(name).asText() + "." + signature);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> signsAsKeygripDoes() throws IOException {
    return vectors(KEYGRIP)
        .map(
            each ->
                test(
                    each,
                    "both directions",
                    vector -> {
                      Keygrip keygrip = keygrip(vector);
                      String text = vector.get("signedData").asText();
                      assertThat(keygrip.sign(text))
                          .isEqualTo(vector.get("cookies").get("sig").asText());
                      JsonNode all = vector.get("allKeys");
                      for (int i = 0; i < all.size(); i++) {
                        assertThat(keygrip.index(text, all.get(i).asText())).isEqualTo(i);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> readsAndWritesWhatConnectCookieSessionDoes() throws IOException {
    return vectors(CONNECT)
        .filter(vector -> !vector.get("label").asText().startsWith("trailing-third-part"))
        .map(
            each ->
                test(
                    each,
                    "both directions",
                    vector -> {
                      SessionEncoder encoder = ConnectCookieSession.encoder(secrets(vector));
                      JsonNode cookies = vector.get("cookies");
                      String encoded =
                          cookies.get("connect.sid (url-encoded on the wire)").asText();
                      Map<String, Object> read = attributes(encoder.decode(encoded));
                      assertThat(attributes(encoder.decode(cookies.get("connect.sid").asText())))
                          .isEqualTo(read);
                      if (vector.get("readBack").isNull()) {
                        assertThat(read).isEmpty();
                      } else {
                        assertSame(encoder, read, vector.get("readBack"));
                        assertThat(encoder.encode(SessionSnapshot.of(read))).isEqualTo(encoded);
                      }
                    }));
  }

  @Test
  void rejectsAThirdPartThatConnectCookieSessionIgnores() throws IOException {
    JsonNode vector =
        vectors(CONNECT)
            .filter(each -> each.get("label").asText().startsWith("trailing-third-part"))
            .findFirst()
            .orElseThrow();
    SessionEncoder encoder = ConnectCookieSession.encoder(secrets(vector));
    String text = vector.get("cookies").get("connect.sid").asText();

    assertThat(encoder.decode(text)).isEqualTo(new Rejected(RejectionReason.BAD_SEAL));
    assertThat(encoder.valid(text.replace("--junk", ""))).isTrue();
  }

  @Test
  void everyVectorIsRunHereOrForAnotherSystem() throws IOException {
    Set<String> systems = new TreeSet<>();
    vectors().forEach(vector -> systems.add(vector.get("system").asText()));
    systems.removeAll(Set.of(PAIR, CONNECT, KEYGRIP));
    assertThat(systems).isEqualTo(new TreeSet<>(FOR_OTHERS.keySet()));
    FOR_OTHERS.forEach(
        (system, why) -> System.out.println("not for this module: " + system + ": " + why));
  }
}
