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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final List<Object> EDGES =
      TypeTagTest.edges().values().stream().flatMap(List::stream).toList();

  /** Tags whose text only Java can judge. */
  private static final Pattern UNCHECKED = Pattern.compile("~(locale|uri|zone|zoneddatetime)\\b");

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
      } else if (answer.has("result")) {
        assertThat(answer.get("result").get("attributes").asText()).containsPattern(UNCHECKED);
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

  /** Texts that are nearly right. */
  private String changedJson() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    while (attributes.size() < 3) {
      attributes.put("a" + attributes.size(), value(0));
      attributes.put("s" + attributes.size(), set());
    }
    attributes.put("m", Map.of("~", List.of(0, 10, "e", true, Map.of())));
    StringBuilder json = new StringBuilder(json(attributes));
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      int at = random.nextInt(json.length());
      char c = "{}[]\":,~0123456789-+eE.aZ_/TtuZ".charAt(random.nextInt(31));
      switch (random.nextInt(3)) {
        case 0 -> json.setCharAt(at, c);
        case 1 -> json.insert(at, c);
        default -> json.deleteCharAt(at);
      }
    }
    return json.toString();
  }

  private static String attributes(String... values) {
    StringBuilder json = new StringBuilder();
    for (String value : values) {
      json.append(json.isEmpty() ? "{" : ",").append("\"a").append(json.length()).append("\":");
      json.append(value);
    }
    return json + "}";
  }

  /** Texts at the limits, and where the document has to be read closely. */
  private static List<String> closeJson() {
    List<String> texts = new ArrayList<>();
    for (int depth = 13; depth < 18; depth++) {
      texts.add(attributes("[".repeat(depth) + "]".repeat(depth)));
      texts.add(attributes("[".repeat(depth) + "{\"~long\":\"5\"}" + "]".repeat(depth)));
      texts.add(attributes("[".repeat(depth) + "{\"~set\":[]}" + "]".repeat(depth)));
      texts.add(attributes("{\"~later\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }
    for (int count = 505; count < 516; count++) {
      String members =
          IntStream.range(0, count)
              .mapToObj(i -> "\"" + i + "\":1")
              .collect(Collectors.joining(",", "{", "}"));
      texts.add(members);
      texts.add(attributes(members));
      texts.add(attributes("{\"~later\":" + members + "}"));
    }
    for (int count = 993; count < 1003; count++) {
      String list = "[" + "1,".repeat(count) + "1]";
      texts.add(attributes(list));
      texts.add(attributes("1", "{\"~later\":" + list + "}"));
    }
    for (int length = 126; length < 131; length++) {
      for (String character : List.of("x", "é", "\\u0041", "😀")) {
        texts.add("{\"" + character.repeat(length) + "\":1}");
        texts.add("{\"" + character.repeat(length / 2) + "\":1}");
      }
      texts.add(attributes("{\"~" + "x".repeat(length) + "\":1}"));
    }
    for (int length = 28; length < 36; length++) {
      texts.add(attributes("0." + "1".repeat(length)));
      texts.add(attributes("-0." + "0".repeat(length)));
      texts.add(attributes("1." + "0".repeat(length) + "E0"));
      texts.add(attributes("1E" + "0".repeat(length)));
      texts.add(attributes("1".repeat(length)));
      texts.add(attributes("{\"~" + "x".repeat(length) + "\":1}"));
    }
    for (String value :
        """
        9223372036854775807
        9223372036854775808
        -9223372036854775808
        -9223372036854775809
        -0
        -0.0
        0e0
        -0e-5
        1E400
        1E-400
        1.7976931348623157E308
        1.7976931348623159E308
        01
        1.
        .5
        +1
        1e
        NaN
        "\\u0000\\b\\f\\/"
        "\\uD83C"
        "\\uD83C\\uDF6A"
        "\\udf6a\\ud83c"
        "\\x41"
        {"\\ud83c":1}
        {"\\ud83c\\udf6a":1}
        {"a":1,"\\u0061":1}
        {"\\u007elong":"5"}
        {"~l\\u006fng":"\\u0035"}
        {"b":1,"~long":"5"}
        {"~long":"5","b":1}
        {"~later":1,"b":1}
        {"~later":1,"~b":1}
        {"~later":null}
        {"~later":{"~long":5}}
        {"~later":{"~long":"05"}}
        {"~later":{"~Long":"05"}}
        {"~later":{"~own":5}}
        {"~later":{"~later":5}}
        {"~later":{"~":{"a":1}}}
        {"~later":{"~":{"~a":1}}}
        {"~later":{"~set":[1,1]}}
        {"~later":{"~set":[{"~bytes":""}]}}
        {"~later":[{"~long":"5","b":1}]}
        {"~later":{"a":1,"a":1}}
        {"~later":-0}
        {"~later":1E999}
        {"~later":99999999999999999999}
        {"~later":"\\ud83c"}
        {"~later":{"\\ud83c":1}}
        {"~0":1}
        {"~-":1}
        {"~a-":1}
        {"~a0-b":1}
        {"~a_b":1}
        {"~aB":1}
        {"~é":1}
        {"~ ":1}
        {"~~":1}
        {"~":1}
        {"~":{}}
        {"~":[]}
        {"~":null}
        {"~":{"a":1,"~b":1}}
        {"~":{"~b":1,"a":1}}
        {"~":{"~b":1},"c":1}
        {"~":{"~":{"~b":1}}}
        {"~":{"~":1}}
        {"~":{"~later":{"~later":1}}}
        {"~":{"~long":{"~long":"05"}}}
        {"~own":5}
        {"~own":{"~long":5}}
        {"~own":{"a":{"~long":5,"b":1}}}
        {"~own":5,"a":1}
        [{"~own":5}]
        {"~own":{"~own":5}}
        {"~":{"~own":5}}
        {"~set":[{"~own":5}]}
        {"~set":{}}
        {"~set":"a"}
        {"~set":[1,1]}
        {"~set":[1,1.0]}
        {"~set":[1.5,1.50]}
        {"~set":[0.0,-0.0]}
        {"~set":[null,null]}
        {"~set":[null,false,"null"]}
        {"~set":["a","\\u0061"]}
        {"~set":[1,{"~long":"1"},{"~short":"1"}]}
        {"~set":[[1,2],[2,1]]}
        {"~set":[[],{}]}
        {"~set":[[],{"~set":[]}]}
        {"~set":[{"~set":[1,2]},{"~set":[2,1]}]}
        {"~set":[{"a":1,"b":2},{"b":2,"a":1}]}
        {"~set":[{"a":[{"~set":[1,2]}]},{"a":[{"~set":[2,1]}]}]}
        {"~set":[{"~":{"~a":1}},{"~":{"~a":1}}]}
        {"~set":[{"~":{"~a":1}},{"a":1}]}
        {"~set":[{"~decimal":"1.0"},{"~decimal":"1.00"}]}
        {"~set":[{"~bytes":"AQ"}]}
        {"~set":[[{"~bytes":"AQ"}]]}
        {"~set":[{"a":{"~bytes":"AQ"}}]}
        {"~set":[{"~later":{"~bytes":"AQ"}}]}
        {"~set":[{"~later":1}]}
        {"~set":[{"~later":1},{"~later":1}]}
        {"~set":[{"~later":1},{"~later":2}]}
        {"~set":[{"~later":1},1,1]}
        {"~set":[[{"~later":1}],[{"~later":1}]]}
        {"~set":[{"a":{"~later":1}},{"a":{"~later":1}}]}
        {"~set":[{"~":{"~a":{"~later":1}}},{"~":{"~a":{"~later":1}}}]}
        {"~set":[{"~set":[{"~later":1}]},{"~set":[{"~later":1}]}]}
        {"~set":[{"~later":[1,1]}]}
        {"~set":[{"~later":{"~set":[1,1]}}]}
        {"~set":[{"~later":1},{"~bytes":"AQ"}]}
        {"~set":[{"~set":[{"~bytes":"AQ"}]}]}
        {"~bytes":"AQI"}
        {"~bytes":"AQI="}
        {"~bytes":"AQJ"}
        {"~bytes":"A"}
        {"~bytes":"+_"}
        {"~float":"1.0E-5"}
        {"~float":"16777216"}
        {"~float":"1.6777216E7"}
        {"~float":"NaN"}
        {"~float":"-0.0"}
        {"~char":""}
        {"~char":"😀"}
        {"~char":"\\ud83c"}
        {"~duration":"PT1H"}
        {"~duration":"PT60M"}
        {"~duration":"PT24H"}
        {"~duration":"P1D"}
        {"~duration":"PT-1H1M"}
        {"~duration":"PT-1H-1M"}
        {"~duration":"PT-0.5S"}
        {"~duration":"PT-59M-59.999999999S"}
        {"~duration":"PT0.000000001S"}
        {"~duration":"PT0.0S"}
        {"~duration":"PT-0S"}
        {"~duration":"-PT1S"}
        {"~duration":"PT2562047788015215H30M7.999999999S"}
        {"~duration":"PT2562047788015215H30M8S"}
        {"~duration":"PT-2562047788015215H-30M-8S"}
        {"~duration":"PT-2562047788015215H-30M-8.1S"}
        {"~duration":"PT-2562047788015215H-30M-7.999999999S"}
        {"~period":"P1Y12M400D"}
        {"~period":"P-1Y1M"}
        {"~period":"P1W"}
        {"~period":"P2147483648D"}
        {"~period":"P-2147483648D"}
        {"~period":"P0Y"}
        {"~date":"+10000-01-01"}
        {"~date":"+09999-01-01"}
        {"~date":"-0000-01-01"}
        {"~date":"-0001-02-29"}
        {"~date":"-0004-02-29"}
        {"~date":"1900-02-29"}
        {"~date":"+999999999-12-31"}
        {"~date":"+1000000000-01-01"}
        {"~date":"-999999999-01-01"}
        {"~date":"2026-04-31"}
        {"~instant":"+1000000000-12-31T23:59:59.999999999Z"}
        {"~instant":"+1000000001-01-01T00:00:00Z"}
        {"~instant":"-1000000000-01-01T00:00:00Z"}
        {"~instant":"2026-01-01T00:00Z"}
        {"~instant":"2026-01-01T24:00:00Z"}
        {"~instant":"2026-01-01T23:59:60Z"}
        {"~instant":"2026-01-01T00:00:00.000Z"}
        {"~instant":"2026-01-01T00:00:00.100Z"}
        {"~instant":"2026-01-01T00:00:00.1Z"}
        {"~instant":"2026-01-01T00:00:00+00:00"}
        {"~time":"12:30:00"}
        {"~time":"12:30:00.000000001"}
        {"~time":"24:00"}
        {"~offsettime":"12:30+18:00"}
        {"~offsettime":"12:30-18:00"}
        {"~offsettime":"12:30+18:00:01"}
        {"~offsettime":"12:30+00:00"}
        {"~offsettime":"12:30+00:00:01"}
        {"~offsettime":"12:30-00:00"}
        {"~offsettime":"12:30+01"}
        {"~offsettime":"12:30+01:00:00"}
        {"~year":"-999999999"}
        {"~year":"1000000000"}
        {"~year":"0"}
        {"~yearmonth":"0000-01"}
        {"~yearmonth":"-0001-01"}
        {"~yearmonth":"-10000-01"}
        {"~yearmonth":"-999999999-01"}
        {"~yearmonth":"+10000-01"}
        {"~yearmonth":"10000-01"}
        {"~yearmonth":"2026-13"}
        {"~monthday":"--02-30"}
        {"~utildate":"9223372036854775807"}
        {"~utildate":"9223372036854775808"}
        {"~uuid":"1B4E28BA-2FA1-11D2-883F-0016D3CCA427"}
        {"~decimal":"-0"}
        {"~decimal":"0E+64"}
        {"~decimal":"0E+65"}
        {"~decimal":"0E-64"}
        {"~decimal":"0.000000"}
        {"~decimal":"0E-7"}
        {"~decimal":"1.0E-7"}
        {"~decimal":"10E-7"}
        {"~decimal":"1.2E+1"}
        {"~decimal":"0.0E+1"}
        {"~integer":"-0"}
        """
            .lines()
            .toList()) {
      texts.add(attributes(value));
      texts.add(attributes("[" + value + "]"));
      texts.add(attributes("1", " " + value + "\t\n\r ", "{\"b\":" + value + "}"));
    }
    texts.addAll(
        List.of(
            "", " ", "{", "{}", " {} ", "{}{}", "{},", "{} x", "[]", "null", "\"\"", "\ufeff{}"));
    texts.addAll(List.of("{\"a\":1,}", "{,}", "{\"a\":[1,]}", "{\"a\":'b'}", "{a:1}", "{}\f"));
    texts.addAll(
        List.of("{\"a\":\"\t\"}", "{\"a\":\"\u007f\u2028\"}", "{\"a\":1}//", "{\"a\":1;}"));
    return texts;
  }

  @Test
  void judgesJsonAsWeDo() throws Exception {
    List<byte[]> texts = new ArrayList<>();
    closeJson().forEach(text -> texts.add(Fixtures.utf8(text)));
    for (String hex : List.of("c080", "ff", "eda0bd", "f4908080", "c3", "e282", "80", "efbbbf")) {
      texts.add(HEX.parseHex("7b2261223a22" + hex + "227d"));
    }
    for (int i = 0; i < 20_000; i++) {
      texts.add(Fixtures.utf8(changedJson()));
    }
    List<JsonNode> answers = NodeFormat.ask(texts.stream().map(text -> call(text)).toList());
    int accepted = 0;
    for (int i = 0; i < texts.size(); i++) {
      String json = new String(texts.get(i), StandardCharsets.UTF_8);
      String ours = canonical(texts.get(i));
      JsonNode answer = answers.get(i);
      if (ours != null && answer.has("result")) {
        accepted++;
      } else if (UNCHECKED.matcher(json).find()) {
        continue;
      }
      if (json.contains("~own")) { // It knows no declared types, so it leaves them as they stand.
        assertThat(answer.has("result")).as("%s", json).isEqualTo(ours != null);
      } else {
        assertThat(answer.path("result").asText(null)).as("%s", json).isEqualTo(ours);
      }
    }
    assertThat(accepted).isBetween(8000, 16_000);
  }

  private static ObjectNode call(byte[] json) {
    return JSON.createObjectNode().put("op", "json").put("json", HEX.formatHex(json));
  }

  /** The text of the attributes that can be read, or null if the whole is refused. */
  private static String canonical(byte[] json) {
    try {
      return json(JsonSerializer.PLAIN.read(json, 0, json.length).asMap());
    } catch (IOException | RuntimeException e) {
      return null;
    }
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
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Map<String, Object> attribute = new LinkedHashMap<>();
      attribute.put(name(), value(2));
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
      attributes.add(json(attribute));
      String kind = i % 2 == 0 ? "Value" : "Text";
      calls.add(one.call("decode" + kind).put("text", single(one, i).encode(snapshot)));
      ObjectNode call = one.call("encode" + kind);
      call.putObject("value")
          .put("created", snapshot.created().toEpochMilli())
          .put("attribute", attributes.get(i));
      calls.add(call);
    }
    List<JsonNode> answers = NodeFormat.ask(calls);
    for (int i = 0; i < SESSIONS; i++) {
      Case one = cases.get(i);
      JsonNode read = answers.get(2 * i).path("result");
      assertThat(read.path("attribute").asText()).isEqualTo(attributes.get(i));
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
      HeaderLines lines = new HeaderLines();
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
    for (int i = 0; i < 10 * SESSIONS; i++) {
      List<String> pairs = new ArrayList<>();
      for (int write = 1 + random.nextInt(2); write > 0; write--) {
        byte[] bytes = new byte[4000 + random.nextInt(5000)];
        random.nextBytes(bytes);
        HeaderLines lines = new HeaderLines();
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
    assertThat(joined).isBetween(SESSIONS, 20 * SESSIONS);
  }
}
