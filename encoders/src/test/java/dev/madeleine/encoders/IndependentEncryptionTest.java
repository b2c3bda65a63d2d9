package dev.madeleine.encoders;

import static dev.madeleine.encoders.Fixtures.NAME;
import static dev.madeleine.encoders.Fixtures.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.madeleine.ApplicationKey;
import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import dev.madeleine.encoders.Fixtures.CipherChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted tokens between us and the format in JavaScript, whose library has no AES-GCM-SIV. */
class IndependentEncryptionTest {
  private static final int SESSIONS = 240;
  private static final int ROOM = 60_000;
  private static final HexFormat HEX = HexFormat.of();

  /** A session, whether it is deflated, and the multiple to which it is padded, 0 for none. */
  private record Case(
      CipherChoice cipher, SessionSnapshot session, boolean deflated, int multiple) {

    static List<Case> all(CipherChoice cipher, long seed) {
      RandomSessions sessions = new RandomSessions(seed);
      Random random = new Random(seed);
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Instant created = Instant.ofEpochMilli(random.nextLong(1L << 42));
        SessionSnapshot session =
            SessionSnapshot.of(sessions.next())
                .withId(HEX.formatHex(id))
                .withTimes(created, created.plusMillis(random.nextInt(Integer.MAX_VALUE)))
                .withMaxIdle(Duration.ofSeconds(random.nextInt(30_000_000)))
                .withSubject(random.nextBoolean() ? Subject.of("s", random.nextInt()) : null)
                .withKeys(
                    random
                        .ints(random.nextInt(5))
                        .mapToObj(word -> ApplicationKey.of("word:" + word))
                        .toList())
                .withRemembered(random.nextBoolean());
        int multiple = random.nextBoolean() ? 2 + random.nextInt(300) : 0;
        cases.add(new Case(cipher, session, random.nextBoolean(), multiple));
      }
      return cases;
    }

    NativeEncoder encoder() {
      NativeEncoder encoder = cipher.encoder().withLimit(ROOM);
      encoder = deflated ? encoder.withCompression(0) : encoder;
      return multiple > 0 ? encoder.withPadding(multiple) : encoder;
    }

    Map<String, Object> call(String operation) {
      Map<String, Object> options = new HashMap<>();
      options.put(
          "algorithm", cipher == CipherChoice.XAES_256_GCM ? "XAES-256-GCM" : "XChaCha20-Poly1305");
      options.put("cookie", NAME);
      options.put("limit", ROOM);
      options.put("secret", HEX.formatHex(SECRET));
      options.put("secrets", List.of(HEX.formatHex(SECRET)));
      options.put("deflated", deflated);
      options.put("padTo", multiple);
      Map<String, Object> call = new HashMap<>();
      call.put("op", operation);
      call.put("options", options);
      return call;
    }

    Map<String, Object> decode(String text) {
      Map<String, Object> call = call("decode");
      call.put("text", text);
      return call;
    }

    JsonNode described() {
      return IndependentEncryptionTest.described(encoder(), session);
    }
  }

  /** A session as the other implementation shows it. */
  private static JsonNode described(NativeEncoder encoder, SessionSnapshot session) {
    Map<String, Object> all = new HashMap<>();
    all.put("id", session.id());
    all.put("created", session.created().toEpochMilli());
    all.put("refreshed", session.refreshed().toEpochMilli());
    all.put("maxIdle", session.maxIdle().toSeconds());
    Subject subject = session.subject();
    all.put(
        "subject",
        subject == null
            ? null
            : Map.of(
                "hash",
                subject.hash(),
                "generation",
                Integer.toUnsignedLong(subject.generation())));
    all.put("keys", session.keys().stream().map(ApplicationKey::hash).toList());
    all.put("remembered", session.remembered());
    all.put("beside", false);
    byte[] json = encoder.serializer().toBytes(session.attributes());
    all.put("attributes", new String(json, StandardCharsets.UTF_8));
    all.put("unreadable", session.unreadable());
    try {
      return NodePeer.JSON.readTree(NodePeer.JSON.writeValueAsString(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AES_256_GCM_SIV")
  void readsWhatWeWriteAndWritesTheSame(CipherChoice cipher) throws Exception {
    List<Case> cases = Case.all(cipher, 66);
    List<Map<String, Object>> calls = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Case one : cases) {
      String text = one.encoder().encode(one.session);
      byte[] token = Base64.getUrlDecoder().decode(text);
      Map<String, Object> encode = one.call("encode");
      @SuppressWarnings("unchecked")
      Map<String, Object> options = (Map<String, Object>) encode.get("options");
      options.put("nonce", HEX.formatHex(token, 6, 6 + cipher.nonceLength()));
      encode.put("session", one.described());
      texts.add(text);
      calls.add(one.decode(text));
      calls.add(encode);
    }
    List<JsonNode> answers = NodePeer.ofTheNativeFormat().ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      Case one = cases.get(i);
      assertThat(answers.get(2 * i).get("result")).isEqualTo(one.described());
      String theirs = answers.get(2 * i + 1).get("result").asText();
      if (!one.deflated) { // Another deflate may write another stream.
        assertThat(theirs).isEqualTo(texts.get(i));
      }
      Decoded decoded = one.encoder().decode(theirs);
      assertThat(decoded).isInstanceOf(Accepted.class);
      assertThat(described(one.encoder(), ((Accepted) decoded).snapshot()))
          .isEqualTo(one.described());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AES_256_GCM_SIV")
  void refusesEveryChangedToken(CipherChoice cipher) throws Exception {
    Random random = new Random(77);
    List<Map<String, Object>> calls = new ArrayList<>();
    for (Case one : Case.all(cipher, 77)) {
      byte[] token = Base64.getUrlDecoder().decode(one.encoder().encode(one.session));
      token[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
      String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
      assertThat(one.encoder().decode(changed)).isInstanceOf(Rejected.class);
      calls.add(one.decode(changed));
    }
    assertThat(NodePeer.ofTheNativeFormat().ask(calls)).allMatch(answer -> answer.has("rejected"));
  }
}
