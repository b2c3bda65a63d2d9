package dev.madeleine;

import static dev.madeleine.NodeFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.internal.Base64Url;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.TypeTagTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tokens between us and an implementation that was written from docs/formats.md alone. */
final class IndependentFormatTest {
  private static final int SESSIONS = 240;
  private static final HexFormat HEX = HexFormat.of();
  private static final String SIGNED = "HMAC-SHA-256";
  private static final String ENCRYPTED = "XAES-256-GCM";
  private static final int LIMIT = 65_536;
  private static final int NONCE = 24;
  private static final List<Object> EDGES =
      TypeTagTest.edges().values().stream().flatMap(List::stream).toList();

  private final Random random = new Random(20_260_101);

  /** A session and how it is sealed. */
  private record Case(
      SessionSnapshot session,
      String algorithm,
      String purpose,
      String cookie,
      String audience,
      int key,
      boolean deflated,
      int multiple) {

    static byte[] secret(int key) {
      return Fixtures.secret("js " + key);
    }

    /** Seals by its key, and knows all. */
    NativeEncoder encoder() {
      MasterKey[] others =
          IntStream.range(0, 3)
              .filter(k -> k != key)
              .mapToObj(k -> MasterKey.of(secret(k)))
              .toArray(MasterKey[]::new);
      KeyRing ring = KeyRing.signingWith(MasterKey.of(secret(key))).alsoAccepting(others);
      NativeEncoder encoder =
          algorithm.equals(SIGNED)
              ? NativeEncoder.signed(() -> ring, purpose)
              : NativeEncoder.encrypted(() -> ring, purpose);
      encoder = deflated ? encoder.withCompression(0) : encoder;
      encoder = multiple > 0 ? encoder.withPadding(multiple) : encoder;
      return encoder.withName(cookie).withAudience(audience).withLimit(LIMIT);
    }

    /** What the other implementation needs to know besides. */
    ObjectNode call(String operation) {
      ObjectNode call = JSON.createObjectNode().put("op", operation);
      ObjectNode options = call.putObject("options").put("algorithm", algorithm);
      options.put("purpose", purpose).put("cookie", cookie).put("audience", audience);
      options.put("limit", LIMIT).put("secret", HEX.formatHex(secret(key)));
      options.put("deflated", deflated).put("padTo", multiple);
      ArrayNode secrets = options.putArray("secrets");
      IntStream.range(0, 3).forEach(k -> secrets.add(HEX.formatHex(secret(k))));
      return call;
    }

    ObjectNode decode(String text) {
      return call("decode").put("text", text);
    }

    ObjectNode encode() {
      ObjectNode call = call("encode");
      call.set("session", described(session));
      return call;
    }
  }

  /** A session as the other implementation shows it. */
  private static ObjectNode described(SessionSnapshot session) {
    ObjectNode node = JSON.createObjectNode().put("id", session.id());
    node.put("created", session.created().toEpochMilli());
    node.put("refreshed", session.refreshed().toEpochMilli());
    node.put("maxIdle", session.maxIdle().toSeconds());
    Subject subject = session.subject();
    if (subject == null) {
      node.putNull("subject");
    } else {
      node.putObject("subject")
          .put("hash", subject.hash())
          .put("generation", Integer.toUnsignedLong(subject.generation()));
    }
    ArrayNode keys = node.putArray("keys");
    session.keys().forEach(key -> keys.add(key.hash()));
    node.put("remembered", session.remembered()).put("beside", session.shared());
    node.put("attributes", json(session.attributes()));
    ArrayNode unreadable = node.putArray("unreadable");
    session.unreadable().forEach(unreadable::add);
    return node;
  }

  private static String json(Map<String, ?> attributes) {
    return new String(
        JsonSerializer.PLAIN.toBytes(new LinkedHashMap<>(attributes)), StandardCharsets.UTF_8);
  }

  private static void assertSame(JsonNode result, SessionSnapshot session)
      throws JsonProcessingException {
    assertThat(result).isEqualTo(JSON.readTree(described(session).toString()));
  }

  // ---- random sessions ----

  private Case next(String algorithm) {
    boolean encrypted = algorithm.equals(ENCRYPTED);
    return new Case(
        session(),
        algorithm,
        one("session", "remember", "p é"),
        one("__Host-session", "s", "Authorization"),
        one("", "shop", "über"),
        random.nextInt(3),
        random.nextBoolean(),
        encrypted && random.nextBoolean() ? 2 + random.nextInt(300) : 0);
  }

  private String one(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private SessionSnapshot session() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    Instant created = Instant.ofEpochMilli(random.nextLong(1L << 42));
    Duration most = Duration.ofDays(400);
    TreeSet<ApplicationKey> keys = new TreeSet<>();
    for (int count = random.nextInt(5); keys.size() < count; ) {
      keys.add(ApplicationKey.of(text()));
    }
    return SessionSnapshot.of(attributes())
        .withId(HEX.formatHex(id))
        .withTimes(created, created.plusMillis(random.nextLong(most.toMillis() + 1)))
        .withMaxIdle(Duration.ofSeconds(random.nextLong(most.toSeconds() + 1)))
        .withSubject(
            random.nextBoolean() ? Subject.of("s" + random.nextInt(), random.nextInt()) : null)
        .withKeys(new ArrayList<>(keys))
        .withRemembered(random.nextBoolean())
        .withShared(random.nextBoolean());
  }

  private Map<String, Object> attributes() {
    return map(3);
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      map.put(
          random.nextInt(3) == 0 ? one("~", "~long", "10", "9", "__proto__") : name(),
          value(depth));
    }
    return map;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 8)) {
      case 0 -> random.nextInt(2000) - 1000;
      case 1 -> random.nextInt(2) == 0 ? random.nextInt() : random.nextLong();
      case 2 -> number();
      case 3 -> random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 4 -> text();
      case 5 -> "madeleine ".repeat(random.nextInt(200));
      case 8 -> map(depth - 1);
      case 9 -> list(depth - 1);
      case 10 -> set();
      default -> EDGES.get(random.nextInt(EDGES.size()));
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      list.add(value(depth));
    }
    return list;
  }

  private Set<Object> set() {
    Set<Object> set = new LinkedHashSet<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      Object value = value(0);
      if (!(value instanceof byte[])) {
        set.add(value);
      }
    }
    return set;
  }

  private Object number() {
    double number =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(100_000) / 1000.0;
          case 1 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.isFinite(number) ? number : 0.5;
  }

  /** Characters of every kind, halves too. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(12); count > 0; count--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x100));
        case 1 -> text.appendCodePoint(random.nextInt(0x110000));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  private String name() {
    return text().replaceAll("\\p{Cs}", "");
  }

  // ---- sessions ----

  @Test
  void readsTheExamplesOfTheDocument() throws Exception {
    assertThat(NodeFormat.check()).endsWith(" 0 failed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void readsWhatWeWrite(String algorithm) throws Exception {
    List<Case> cases = new ArrayList<>();
    List<ObjectNode> calls = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Case one = next(algorithm);
      String text = one.encoder().encode(one.session);
      cases.add(one);
      texts.add(text);
      calls.add(one.decode(text));
      ObjectNode again = one.encode();
      if (algorithm.equals(ENCRYPTED)) {
        byte[] nonce = Arrays.copyOfRange(Base64Url.decode(text), 6, 6 + NONCE);
        again.withObject("/options").put("nonce", HEX.formatHex(nonce));
      }
      calls.add(again);
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      Case one = cases.get(i);
      assertSame(answers.get(2 * i).get("result"), one.session);
      if (!one.deflated) { // One text for one session, but for what deflates it.
        assertThat(answers.get(2 * i + 1).path("result").asText()).isEqualTo(texts.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void writesWhatWeRead(String algorithm) throws Exception {
    List<Case> cases = new ArrayList<>();
    List<ObjectNode> calls = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Case one = next(algorithm);
      cases.add(one);
      calls.add(one.encode());
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    int read = 0;
    for (int i = 0; i < SESSIONS; i++) {
      Case one = cases.get(i);
      JsonNode answer = answers.get(i);
      if (answer.has("rejected")) { // More than can be deflated, or more than fits
        continue;
      }
      read++;
      Decoded decoded = one.encoder().decode(answer.get("result").asText());
      assertThat(decoded).as("%s", one).isInstanceOf(Accepted.class);
      assertThat(((Accepted) decoded).byOldKey()).isFalse();
      assertSame(JSON.readTree(described(((Accepted) decoded).snapshot()).toString()), one.session);
    }
    assertThat(read).isGreaterThan(200);
  }

  // ---- what is refused ----

  private String changed(String text) {
    int at = random.nextInt(text.length());
    char c = "AZaz09-_=+/ ~".charAt(random.nextInt(13));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + c + text.substring(at);
      case 1 -> text.substring(0, at);
      case 2 -> text.substring(0, at) + text.substring(at + 1);
      default -> text.substring(0, at) + c + text.substring(at + 1);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void refusesEveryChangedToken(String algorithm) throws Exception {
    List<ObjectNode> calls = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Case one = next(algorithm);
      String text = one.encoder().encode(one.session);
      String changed = changed(text);
      if (!changed.equals(text)) {
        assertThat(one.encoder().decode(changed)).isInstanceOf(Rejected.class);
        calls.add(one.decode(changed));
      }
    }
    assertThat(calls).hasSizeGreaterThan(200);
    assertThat(NodeFormat.ask(calls)).allMatch(answer -> answer.has("rejected"));
  }

  /** What is sealed well and is no session is refused by both, and what is one is the same. */
  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void judgesWhatIsSealedAsWeDo(String algorithm) throws Exception {
    List<Case> cases = new ArrayList<>();
    List<ObjectNode> calls = new ArrayList<>();
    for (int i = 0; i < 20 * SESSIONS; i++) {
      Case one = next(algorithm);
      cases.add(one);
      calls.add(one.call("open").put("text", one.encoder().encode(one.session)));
    }
    List<JsonNode> opened = NodeFormat.ask(calls);
    calls.clear();
    for (int i = 0; i < cases.size(); i++) {
      byte[] plaintext = changed(HEX.parseHex(opened.get(i).get("result").asText()));
      calls.add(cases.get(i).call("seal").put("plaintext", HEX.formatHex(plaintext)));
    }
    List<JsonNode> sealed = NodeFormat.ask(calls);
    List<Case> fitting = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    calls.clear();
    for (int i = 0; i < cases.size(); i++) {
      if (sealed.get(i).has("result")) {
        fitting.add(cases.get(i));
        texts.add(sealed.get(i).get("result").asText());
        calls.add(cases.get(i).decode(texts.get(texts.size() - 1)));
      }
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    int accepted = 0;
    for (int i = 0; i < texts.size(); i++) {
      Decoded decoded = fitting.get(i).encoder().decode(texts.get(i));
      JsonNode answer = answers.get(i);
      if (decoded instanceof Accepted read && answer.has("result")) {
        accepted++;
        assertSame(answer.get("result"), read.snapshot());
      } else if (decoded instanceof Accepted || answer.has("result")) {
        System.out.println("DIFF " + decoded + " " + answer + " " + opened.get(i));
      }
    }
    assertThat(accepted).isBetween(texts.size() / 20, texts.size() - texts.size() / 20);
  }

  private byte[] changed(byte[] plaintext) {
    int at = random.nextInt(random.nextBoolean() ? 33 : plaintext.length);
    byte c =
        random.nextInt(4) == 0
            ? (byte) random.nextInt(256)
            : (byte) "{}[]\":,~0123456789-+eE.aZ_/TtuZ".charAt(random.nextInt(31));
    byte[] changed = plaintext.clone();
    changed[at] = c;
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(plaintext, at);
      case 1 -> Tokens.concat(plaintext, new byte[1 + random.nextInt(3)]);
      default -> changed;
    };
  }
}
