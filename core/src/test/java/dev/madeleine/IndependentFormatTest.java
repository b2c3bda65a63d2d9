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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
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

  private final Random random = new Random(20_260_101);
  private final RandomAttributes attributes = new RandomAttributes(random);

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

  static String json(Map<String, ?> attributes) {
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
      keys.add(ApplicationKey.of(attributes.text()));
    }
    return SessionSnapshot.of(attributes.next())
        .withId(HEX.formatHex(id))
        .withTimes(created, created.plusMillis(random.nextLong(most.toMillis() + 1)))
        .withMaxIdle(Duration.ofSeconds(random.nextLong(most.toSeconds() + 1)))
        .withSubject(
            random.nextBoolean() ? Subject.of("s" + random.nextInt(), random.nextInt()) : null)
        .withKeys(new ArrayList<>(keys))
        .withRemembered(random.nextBoolean())
        .withShared(random.nextBoolean());
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

  @Test
  void padsToTheLastByteThatFits() throws Exception {
    List<String> texts = new ArrayList<>();
    List<ObjectNode> calls = new ArrayList<>();
    for (int length = 2000; length < 2992; length += length < 2980 ? 20 : 1) {
      SessionSnapshot session = Fixtures.session(Map.of("a", "x".repeat(length - 8)));
      Case one = new Case(session, ENCRYPTED, "session", "s", "", 0, false, 1024);
      String text = one.encoder().withLimit(4096).encode(session);
      ObjectNode call = one.encode();
      byte[] nonce = Arrays.copyOfRange(Base64Url.decode(text), 6, 6 + NONCE);
      call.withObject("/options").put("limit", 4096).put("nonce", HEX.formatHex(nonce));
      texts.add(text);
      calls.add(call);
    }
    assertThat(NodeFormat.ask(calls))
        .extracting(answer -> answer.path("result").asText())
        .isEqualTo(texts);
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
    for (int i = 0; i < 5 * SESSIONS; i++) {
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
      } else if (answer.has("result")) {
        assertThat(answer.get("result").get("attributes").asText())
            .containsPattern(IndependentJsonTest.UNCHECKED);
      } else {
        assertThat(decoded).as("%s", answer).isInstanceOf(Rejected.class);
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

  // ---- the envelope, at its limits ----

  private static byte[] deflated(byte[] bytes, int piece) {
    Deflater deflater = new Deflater(9, true);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(stream, deflater, true)) {
      for (int at = 0; at < bytes.length; at += piece) {
        out.write(bytes, at, Math.min(piece, bytes.length - at));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    deflater.end();
    return stream.toByteArray();
  }

  private static byte[] jsonOf(int length) {
    return Fixtures.utf8("{\"a\":\"" + "x".repeat(length - 8) + "\"}");
  }

  /** Flags, and zeros to the end of the metadata. */
  private static byte[] metadata(int flags, int length) {
    byte[] metadata = new byte[Math.max(2, length)];
    metadata[0] = (byte) (flags >> 8);
    metadata[1] = (byte) flags;
    return Arrays.copyOf(metadata, length);
  }

  private static List<byte[]> envelopes() {
    List<byte[]> all = new ArrayList<>();
    byte[] json = Fixtures.utf8("{\"a\":1}");
    for (int flags = 0; flags < 0x10000; flags += flags < 0x900 ? 1 : 0x100) {
      all.add(Tokens.concat(metadata(flags, 33), json));
    }
    for (int length = 0; length < 90; length++) {
      for (int flags : new int[] {0, 1, 8, 0x100, 0x401}) {
        all.add(metadata(flags, length));
      }
    }
    for (int field : new int[] {2, 18, 24, 29}) {
      byte[] most = metadata(0, 33);
      Arrays.fill(most, field, field == 29 ? 33 : field + 5, (byte) 0xff);
      all.add(Tokens.concat(most, json));
    }
    byte[] most = metadata(1, 45);
    Arrays.fill(most, 18, 45, (byte) 0xff);
    all.add(Tokens.concat(most, json));
    for (String keys : List.of("0102", "0201", "0101", "00ff", "7f80", "807f", "ff01")) {
      byte[] two = metadata(0x200, 33 + 18);
      two[33] = HEX.parseHex(keys)[0];
      two[42] = HEX.parseHex(keys)[1];
      all.add(Tokens.concat(two, json));
    }
    for (String padding : List.of("", "80", "8000", "00", "8080", "800001", "81", "0080", "7f")) {
      for (byte[] payload : List.of(json, new byte[0], new byte[5])) {
        byte[] padded = Tokens.concat(payload, HEX.parseHex(padding));
        all.add(Tokens.concat(metadata(8, 33), padded));
        all.add(Tokens.concat(metadata(0x0a, 33), padded));
        all.add(Tokens.concat(metadata(0, 33), padded));
      }
    }
    return all;
  }

  private static List<byte[]> streams() {
    List<byte[]> all = new ArrayList<>();
    for (int length = 1500; length < 4000; length += 7) { // 100 times its own length is among them
      all.add(deflated(jsonOf(length), Integer.MAX_VALUE));
    }
    byte[] whole = deflated(jsonOf(2000), Integer.MAX_VALUE);
    for (int length = 1; length < 300; length++) {
      byte[] longer = deflated(jsonOf(100 * (whole.length + 10) + length - 150), Integer.MAX_VALUE);
      all.add(longer);
    }
    for (int length = 16_380; length < 16_390; length++) {
      all.add(deflated(jsonOf(length), 256));
    }
    byte[] stream = deflated(Fixtures.utf8("{\"a\":\"madeleine madeleine\"}"), 9);
    for (int length = 0; length < stream.length; length++) {
      all.add(Arrays.copyOf(stream, length));
    }
    for (String end : List.of("00", "0300", "010000ffff", "ff")) {
      all.add(Tokens.concat(stream, HEX.parseHex(end)));
      all.add(HEX.parseHex(end));
    }
    for (int bit = 0; bit < 8 * stream.length; bit++) {
      byte[] changed = stream.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      all.add(changed);
    }
    return all.stream().map(bytes -> Tokens.concat(metadata(2, 33), bytes)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void judgesEnvelopesAsWeDo(String algorithm) throws Exception {
    Case one = new Case(SessionSnapshot.EMPTY, algorithm, "session", "s", "", 0, false, 0);
    List<byte[]> plaintexts = new ArrayList<>(envelopes());
    plaintexts.addAll(streams());
    for (int length : new int[] {16_384, 16_385, 40_000, 49_000}) {
      plaintexts.add(Tokens.concat(metadata(0, 33), jsonOf(length)));
    }
    List<ObjectNode> calls = new ArrayList<>();
    for (byte[] plaintext : plaintexts) {
      calls.add(one.call("seal").put("plaintext", HEX.formatHex(plaintext)));
    }
    List<String> texts =
        NodeFormat.ask(calls).stream().map(answer -> answer.get("result").asText()).toList();
    List<JsonNode> answers = NodeFormat.ask(texts.stream().map(one::decode).toList());
    int accepted = 0;
    for (int i = 0; i < texts.size(); i++) {
      Decoded decoded = one.encoder().decode(texts.get(i));
      JsonNode answer = answers.get(i);
      if (decoded instanceof Accepted read && answer.has("result")) {
        accepted++;
        assertSame(answer.get("result"), read.snapshot());
      } else {
        assertThat(decoded).as("%s", answer).isInstanceOf(Rejected.class);
        assertThat(answer.has("rejected")).as("%s", decoded).isTrue();
      }
    }
    assertThat(accepted).isBetween(200, texts.size() / 2);
  }

  // ---- single values, texts, several cookies ----

  private static final String NO_ID = "0".repeat(32);

  @ParameterizedTest
  @ValueSource(strings = {SIGNED, ENCRYPTED})
  void sharesSingleValuesAndTexts(String algorithm) throws Exception {
    List<Case> cases = new ArrayList<>();
    List<ObjectNode> calls = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Map<String, Object> attribute = new LinkedHashMap<>();
      attribute.put(attributes.name(), attributes.value(2));
      Case drawn = next(algorithm);
      SessionSnapshot snapshot =
          SessionSnapshot.of(attribute)
              .withId(NO_ID)
              .withTimes(drawn.session.created(), drawn.session.created())
              .withMaxIdle(Duration.ZERO);
      Case one =
          new Case(
              snapshot,
              algorithm,
              drawn.purpose,
              drawn.cookie,
              drawn.audience,
              drawn.key,
              drawn.deflated,
              drawn.multiple);
      cases.add(one);
      values.add(json(attribute));
      String kind = i % 2 == 0 ? "Value" : "Text";
      calls.add(one.call("decode" + kind).put("text", single(one, i).encode(snapshot)));
      ObjectNode call = one.call("encode" + kind);
      call.putObject("value")
          .put("created", snapshot.created().toEpochMilli())
          .put("attribute", values.get(i));
      calls.add(call);
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      Case one = cases.get(i);
      JsonNode read = answers.get(2 * i).path("result");
      assertThat(read.path("attribute").asText()).isEqualTo(values.get(i));
      assertThat(read.path("created").asLong()).isEqualTo(one.session.created().toEpochMilli());
      String text = answers.get(2 * i + 1).get("result").asText();
      Decoded decoded = single(one, i).decode(text);
      assertThat(decoded).isInstanceOf(Accepted.class);
      assertThat(described(((Accepted) decoded).snapshot())).isEqualTo(described(one.session));
      assertThat(one.encoder().decode(text)).isInstanceOf(Rejected.class);
    }
  }

  private static NativeEncoder single(Case one, int i) {
    return i % 2 == 0 ? one.encoder().forValues() : one.encoder().forTexts();
  }

  @Test
  void sharesTheValueOfACookie() throws Exception {
    Case one = new Case(SessionSnapshot.EMPTY, SIGNED, "remember", "__Host-r", "", 0, false, 0);
    SealedValue<String> value =
        SealedValue.of(
            Attribute.of("user", String.class),
            one.encoder().withLimit(4096),
            CookieOptions.named("__Host-r"),
            Duration.ofDays(1),
            new MovingClock(Fixtures.NOON));
    String header = value.write("zoé").get(0).value();
    String text = header.substring("__Host-r=".length(), header.indexOf(';'));
    ObjectNode encode = one.call("encodeValue");
    encode
        .putObject("value")
        .put("created", Fixtures.NOON.toEpochMilli())
        .put("attribute", "{\"user\":\"zoé\"}");
    List<JsonNode> answers =
        NodeFormat.ask(List.of(one.call("decodeValue").put("text", text), encode));
    assertThat(answers.get(0).get("result").get("attribute").asText())
        .isEqualTo("{\"user\":\"zoé\"}");
    assertThat(answers.get(1).get("result").asText()).isEqualTo(text);
    assertThat(value.read(name -> List.of("__Host-r=" + text)).value()).isEqualTo("zoé");
  }

  @Test
  void splitsAndJoinsAsWeDo() throws Exception {
    List<ObjectNode> calls = new ArrayList<>();
    List<List<HttpHeader>> written = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      String name = "s".repeat(1 + random.nextInt(60));
      byte[] bytes = new byte[random.nextInt(i % 3 == 0 ? 48_000 : 6000)];
      random.nextBytes(bytes);
      String text = (random.nextInt(8) == 0 ? "~" : "") + Tokens.text(bytes);
      HeaderLines lines = new HeaderLines(Fixtures.NOON);
      chunks(name).store(text, null, RequestHeaders.NONE, lines);
      names.add(name);
      texts.add(text);
      written.add(lines.headers());
      calls.add(
          JSON.createObjectNode()
              .put("op", "split")
              .put("name", name)
              .put("text", text)
              .put("limit", LIMIT));
      ObjectNode join = JSON.createObjectNode().put("op", "join").put("name", name);
      ArrayNode cookies = join.putArray("cookies");
      for (HttpHeader header : lines.headers()) {
        String[] pair = header.value().split("; ", 2)[0].split("=", 2);
        cookies.addArray().add(pair[0]).add(pair[1]);
      }
      calls.add(join);
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      List<String> pairs = new ArrayList<>();
      answers
          .get(2 * i)
          .get("result")
          .forEach(p -> pairs.add(p.get(0).asText() + "=" + p.get(1).asText()));
      assertThat(written.get(i))
          .extracting(header -> header.value().split("; ", 2)[0])
          .isEqualTo(pairs);
      assertThat(answers.get(2 * i + 1).get("result"))
          .extracting(JsonNode::asText)
          .containsExactly(texts.get(i));
      String line = String.join("; ", pairs);
      RequestHeaders request =
          new RequestHeaders(header -> header.equals("Cookie") ? List.of(line) : null);
      assertThat(chunks(names.get(i)).read(request).texts()).containsExactly(texts.get(i));
    }
  }

  private static CookieChunks chunks(String name) {
    return new CookieChunks(CookieOptions.named(name), LIMIT);
  }

  /** Cookies that are missing, doubled, exchanged or of another write. */
  @Test
  void joinsBrokenCookiesAsWeDo() throws Exception {
    List<ObjectNode> calls = new ArrayList<>();
    List<RequestHeaders> requests = new ArrayList<>();
    for (int i = 0; i < 2 * SESSIONS; i++) {
      List<String> pairs = new ArrayList<>();
      for (int write = 1 + random.nextInt(2); write > 0; write--) {
        byte[] bytes = new byte[4000 + random.nextInt(5000)];
        random.nextBytes(bytes);
        HeaderLines lines = new HeaderLines(Fixtures.NOON);
        chunks("s").store(Tokens.text(bytes), null, RequestHeaders.NONE, lines);
        lines.headers().forEach(header -> pairs.add(header.value().split("; ", 2)[0]));
      }
      int at = random.nextInt(pairs.size());
      switch (random.nextInt(6)) {
        case 0 -> pairs.remove(at);
        case 1 -> pairs.set(at, changed(pairs.get(at)).replace(" ", ""));
        case 2 -> pairs.set(at, pairs.get(at).replaceFirst("=~[0-9]*", "=~" + random.nextInt(20)));
        case 3 -> pairs.add(pairs.get(at).replaceFirst("=.*", "=~1.AAAAAAAA.x"));
        case 4 -> pairs.add(0, "s.7=x");
        default -> Collections.shuffle(pairs, random);
      }
      ObjectNode join = JSON.createObjectNode().put("op", "join").put("name", "s");
      ArrayNode cookies = join.putArray("cookies");
      for (String pair : pairs) {
        String[] parts = pair.split("=", 2);
        cookies.addArray().add(parts[0]).add(parts.length > 1 ? parts[1] : "");
      }
      calls.add(join);
      String line = String.join("; ", pairs);
      requests.add(new RequestHeaders(header -> header.equals("Cookie") ? List.of(line) : null));
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    int joined = 0;
    for (int i = 0; i < requests.size(); i++) {
      Place.Found found = chunks("s").read(requests.get(i));
      List<String> texts = new ArrayList<>();
      answers.get(i).path("result").forEach(text -> texts.add(text.asText()));
      joined += texts.size();
      assertThat(found.texts()) // What is no part is a text to us, which no encoder reads.
          .filteredOn(text -> !text.startsWith("~"))
          .isEqualTo(texts);
    }
    assertThat(joined).isBetween(SESSIONS, 4 * SESSIONS);
  }
}
