package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.utf8;
import static dev.madeleine.Scene.NAME;
import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.internal.Sha256;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * The collected bad inputs, bad-inputs.json. Rejecting means: no session, no exception, one event
 * with a reason, no change of the cookie, nothing of the value logged.
 */
final class BadInputsTest {
  private record Vector(String name, String stage, String expected, String input) {
    boolean accepted() {
      return expected.equals("accept");
    }
  }

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final List<Vector> VECTORS = vectors();
  private static final NativeEncoder ENCODER =
      NativeEncoder.signed(() -> Fixtures.RING, "session").withName(NAME);
  private static final byte[] HEADER = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
  private static final byte[] DEFLATED = Tokens.header(2, 2, NOON.getEpochSecond(), 0, 1800);
  private static final byte[] SUBKEY = Tokens.subkey(Fixtures.secret("one"), "session", NAME, "");
  private static final String VALID = valid();

  /** Recipes for encrypted formats, which the BadInputsTest of the encoders follows. */
  private static final Set<String> ENCRYPTED =
      Set.of(
          "nonce that lost a byte",
          "nonce of zeros, properly sealed",
          "tag without a ciphertext",
          "tag cut by 4 bytes",
          "nonces of two nodes",
          "encrypted token presented as a signed one",
          "length of a secret beside text of the sender");

  // ---- stage payload ----

  @TestFactory
  Stream<DynamicTest> payloads() {
    return stage("payload").map(vector -> dynamicTest(vector.name, () -> payload(vector)));
  }

  private static void payload(Vector vector) throws IOException {
    byte[] payload = Base64.getDecoder().decode(vector.input);
    if (vector.accepted()) {
      Map<String, Object> attributes = JsonSerializer.PLAIN.fromBytes(payload);
      assertMeaning(vector.name, attributes);
    } else {
      assertThatThrownBy(() -> JsonSerializer.PLAIN.read(payload, 0, payload.length))
          .isInstanceOfAny(IOException.class, RuntimeException.class);
    }
    String token = Tokens.sealed(NAME, HEADER, payload);
    if (token.length() > 4096) { // the serializer takes it, a signed cookie has no room for it
      assertThat(List.of("186 names of one String.hashCode in 3.9 KB", "513 names"))
          .contains(vector.name);
      assertRejected(token, RejectionReason.TOO_LONG);
    } else if (vector.accepted()) {
      Decoded decoded = ENCODER.decode(token);
      assertThat(decoded).isInstanceOf(Accepted.class);
      SessionSnapshot session = ((Accepted) decoded).snapshot();
      assertMeaning(vector.name, session.attributes());
      assertThat(session.id()).isEqualTo(Fixtures.ID);
      assertThat(session.created()).isEqualTo(NOON);
      assertThat(Scene.create().request(NAME + "=" + token).isNew()).isFalse();
    } else {
      assertRejected(token, RejectionReason.BAD_PAYLOAD);
    }
  }

  /** Asserts what the note of an accepted vector asks for. */
  private static void assertMeaning(String name, Map<String, Object> attributes) {
    assertClosedTypes(attributes);
    Object a = attributes.get("a");
    switch (name) {
      case "1e-999999, which becomes zero" -> assertThat(a).isEqualTo(0.0);
      case "2^63-1" -> assertThat(a).isEqualTo(Long.MAX_VALUE);
      case "-2^63" -> assertThat(a).isEqualTo(Long.MIN_VALUE);
      case "2^53+1, which stays exact" -> assertThat(a).isEqualTo(9007199254740993L);
      case "greatest double" -> assertThat(a).isEqualTo(Double.MAX_VALUE);
      case "smallest double" -> assertThat(a).isEqualTo(Double.MIN_VALUE);
      case "names that Unicode normalization would make equal", "names that differ in case" ->
          assertThat(attributes).hasSize(2).containsValues(1, 2);
      case "half of a surrogate pair, escaped: user text cut in the middle of an emoji" ->
          assertThat(a).isEqualTo("\ud800");
      case "character beyond U+FFFF, not escaped" -> assertThat(a).isEqualTo("🍪");
      case "U+FFFD, which stays" -> assertThat(a).isEqualTo("\ufffd");
      case "16 levels" -> assertThat(a).isInstanceOf(List.class);
      case "186 names of one String.hashCode in 3.9 KB" -> assertThat(attributes).hasSize(186);
      case "name @class, which stays plain text" ->
          assertThat(attributes)
              .isEqualTo(Map.of("@class", "javax.script.ScriptEngineManager", "a", 1));
      case "class name and value in a list, which stays a list" ->
          assertThat(a)
              .isEqualTo(
                  List.of(
                      "com.sun.rowset.JdbcRowSetImpl",
                      Map.of("dataSourceName", "ldap://127.0.0.1/x")));
      case "names constructor and prototype" ->
          assertThat(attributes)
              .isEqualTo(Map.of("constructor", Map.of("prototype", Map.of("admin", true))));
      case "base64 of a serialized Java object, which stays a string" ->
          assertThat(a).isInstanceOf(String.class);
      case "attribute exp, which moves no expiry" ->
          assertThat(attributes).isEqualTo(Map.of("exp", 9999999999L));
      case "attribute iat" -> assertThat(attributes).isEqualTo(Map.of("iat", 0));
      case "attributes named like metadata" ->
          assertThat(attributes).hasSize(6).containsEntry("alg", "none").containsEntry("gen", 0);
      default -> throw new AssertionError("what is " + name + " to mean?");
    }
  }

  private static void assertClosedTypes(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(BadInputsTest::assertClosedTypes);
    } else if (value instanceof List<?> list) {
      list.forEach(BadInputsTest::assertClosedTypes);
    } else if (value != null) {
      assertThat(value)
          .isInstanceOfAny(String.class, Integer.class, Long.class, Double.class, Boolean.class);
    }
  }

  // ---- stage envelope ----

  @TestFactory
  Stream<DynamicTest> envelopes() {
    return stage("envelope")
        .map(
            vector ->
                dynamicTest(
                    vector.name,
                    () -> {
                      assertThat(vector.expected).isEqualTo("reject");
                      assertRejected(vector.input, RejectionReason.MALFORMED);
                    }));
  }

  // ---- recipes ----

  @TestFactory
  Stream<DynamicTest> recipes() {
    Map<String, Executable> recipes = recipeTests();
    return Stream.concat(stage("envelope-recipe"), stage("payload-recipe"))
        .filter(vector -> !ENCRYPTED.contains(vector.name))
        .map(
            vector -> {
              Executable test =
                  recipes.getOrDefault(
                      vector.name,
                      () -> {
                        throw new AssertionError("nobody follows the recipe " + vector.name);
                      });
              return dynamicTest(vector.name, test);
            });
  }

  @Test
  void everyRecipeIsFollowedHereOrByTheEncoders() {
    Set<String> recipes = new TreeSet<>();
    Stream.concat(stage("envelope-recipe"), stage("payload-recipe"))
        .forEach(vector -> recipes.add(vector.name));
    Set<String> answered = new TreeSet<>(recipeTests().keySet());
    assertThat(answered).doesNotContainAnyElementsOf(ENCRYPTED);
    answered.addAll(ENCRYPTED);
    assertThat(answered).isEqualTo(recipes);
  }

  private static Map<String, Executable> recipeTests() {
    byte[] token = Tokens.bytes(VALID);
    byte[] body = Tokens.body(token);
    Map<String, Executable> recipes = new LinkedHashMap<>();
    recipes.put(
        "VALID with == behind it", () -> assertRejected(VALID + "==", RejectionReason.MALFORMED));
    // In a Cookie line white space around the value is no part of it.
    recipes.put(
        "VALID after a space",
        () -> assertThat(reason(" " + VALID)).isEqualTo(RejectionReason.MALFORMED));
    recipes.put(
        "VALID with - and _ replaced by + and /",
        () -> assertRejected(VALID.replace('-', '+').replace('_', '/'), RejectionReason.MALFORMED));
    recipes.put(
        "VALID with its last character replaced by another one that decodes to the same bytes",
        BadInputsTest::sameBytesAnotherText);
    recipes.put("VALID in upper case", () -> assertNeverAccepted(VALID.toUpperCase(Locale.ROOT)));
    recipes.put("tag removed", () -> assertNeverAccepted(Tokens.text(body)));
    recipes.put(
        "tag with a zero byte more",
        () ->
            assertRejected(
                Tokens.text(Arrays.copyOf(token, token.length + 1)), RejectionReason.BAD_SEAL));
    recipes.put(
        "payload removed, header and tag kept",
        () ->
            assertRejected(
                Tokens.text(Tokens.concat(Arrays.copyOf(token, Tokens.HEADER), tag(token))),
                RejectionReason.BAD_SEAL));
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    recipes.put(
        "tag of 0xFF bytes only",
        () -> assertRejected(Tokens.text(Tokens.concat(body, ones)), RejectionReason.BAD_SEAL));
    recipes.put(
        "tag replaced by the MAC of nothing",
        () -> assertForged(body, Tokens.mac(SUBKEY, new byte[0])));
    recipes.put(
        "tag replaced by the SHA-256 of the body, without a key",
        () -> assertForged(body, Sha256.of(body)));
    recipes.put(
        "tag replaced by the SHA-256 of a guessed key and the body",
        () -> assertForged(body, Sha256.of(Tokens.concat(utf8("keyboard cat"), body))));
    recipes.put(
        "zero bytes only, same length",
        () -> assertRejected(Tokens.text(new byte[token.length]), RejectionReason.UNKNOWN_VERSION));
    recipes.put("random bytes, same length", () -> randomBytes(token.length));
    byte[] strange = Tokens.subkey(Fixtures.secret("three"), "session", NAME, "");
    recipes.put(
        "token of a key that is not in the ring, with the id of one that is",
        () -> assertForged(body, Tokens.mac(strange, body)));
    recipes.put(
        "token of a key that is not in the ring",
        () -> assertRejected(strangers(), RejectionReason.UNKNOWN_KEY));
    recipes.put(
        "ring without keys",
        () ->
            assertThatThrownBy(() -> KeyRing.parse(""))
                .isInstanceOf(IllegalArgumentException.class));
    recipes.put(
        "MAC made with the master secret instead of the derived key",
        () -> assertForged(body, Tokens.mac(Fixtures.secret("one"), body)));
    recipes.put(
        "MAC made with the subkey of a cipher",
        () ->
            assertForged(
                body,
                Tokens.mac(
                    Tokens.subkey(
                        Fixtures.secret("one"), "XAES-256-GCM", "json", "session", NAME, ""),
                    body)));
    recipes.put(
        "key with a zero byte more, which is the same key to plain HMAC",
        BadInputsTest::keyWithAZeroByteMore);
    recipes.put("token of the cookie a presented as b", () -> assertMoved("a", "b"));
    recipes.put(
        "token of the cookie __Host-sid presented as sid", () -> assertMoved("__Host-sid", "sid"));
    recipes.put(
        "token of one tenant presented to another, same master secret",
        () ->
            assertRejected(
                ENCODER.withAudience("tenant A").encode(session()), RejectionReason.BAD_SEAL));
    recipes.put(
        "version of an older format, everything else kept",
        () -> assertRejected(withByte(token, 0, 0), RejectionReason.UNKNOWN_VERSION));
    recipes.put("reserved flags set", () -> reservedFlags(token));
    recipes.put(
        "header longer than the token",
        () ->
            assertRejected(
                Tokens.sealed(
                    NAME, Tokens.header(2, 1, NOON.getEpochSecond(), 0, 1800), new byte[0]),
                RejectionReason.BAD_PAYLOAD));
    recipes.put(
        "4,096 random characters of base64url", () -> assertNeverAccepted(randomText(4096)));
    recipes.put(
        "value of 8,000 characters",
        () -> assertRejected(randomText(8000), RejectionReason.TOO_LONG));
    recipes.put(
        "value of 64 KiB", () -> assertRejected(randomText(64 << 10), RejectionReason.TOO_LONG));
    recipes.put(
        "value of 16 MiB",
        () -> assertThat(reason("A".repeat(16 << 20))).isEqualTo(RejectionReason.TOO_LONG));
    recipes.put(
        "value and signature in two cookies, as keygrip writes them",
        BadInputsTest::valueAndSignature);
    recipes.put(
        "token whose flag for compression was cleared", BadInputsTest::compressionBitCleared);
    byte[] stream = DeflateTest.raw(utf8("{\"a\":\"" + "madeleine ".repeat(40) + "\"}"));
    assertThat(ENCODER.valid(Tokens.sealed(NAME, DEFLATED, stream))).isTrue();
    recipes.put(
        "deflate stream cut short",
        () -> {
          for (int length = 0; length < stream.length; length++) {
            assertBadPayload(DEFLATED, Arrays.copyOf(stream, length));
          }
        });
    recipes.put("compressed twice", () -> assertBadPayload(DEFLATED, DeflateTest.raw(stream)));
    recipes.put("bomb: inflated only behind a good seal", BadInputsTest::bomb);
    return recipes;
  }

  private static void sameBytesAnotherText() {
    int others = 0;
    for (String last : List.of(ALPHABET.split(""))) {
      String text = VALID.substring(0, VALID.length() - 1) + last;
      if (!text.equals(VALID) && Arrays.equals(Tokens.bytes(text), Tokens.bytes(VALID))) {
        others++;
        assertRejected(text, RejectionReason.MALFORMED);
      }
    }
    assertThat(others).isIn(3, 15);
  }

  private static void randomBytes(int length) {
    for (int seed = 0; seed < 2000; seed++) {
      byte[] bytes = new byte[length];
      new Random(seed).nextBytes(bytes);
      assertThat(ENCODER.valid(Tokens.text(bytes))).isFalse();
      bytes[0] = 2;
      bytes[1] = 0;
      System.arraycopy(Tokens.keyId(Fixtures.secret("one")), 0, bytes, 2, 4);
      assertThat(reason(Tokens.text(bytes))).isEqualTo(RejectionReason.BAD_SEAL);
    }
  }

  private static void keyWithAZeroByteMore() {
    MasterKey longer = MasterKey.of(Arrays.copyOf(Fixtures.secret("one"), 33));
    NativeEncoder other =
        NativeEncoder.signed(() -> KeyRing.signingWith(longer), "session").withName(NAME);
    assertRejected(other.encode(session()), RejectionReason.UNKNOWN_KEY);
    byte[] body = Tokens.body(Tokens.bytes(VALID));
    byte[] subkey = Tokens.subkey(Arrays.copyOf(Fixtures.secret("one"), 33), "session", NAME, "");
    assertForged(body, Tokens.mac(subkey, body));
  }

  private static void reservedFlags(byte[] token) {
    for (int bit = 0; bit < 8; bit++) {
      assertRejected(withByte(token, 1, 1 << bit), RejectionReason.UNKNOWN_VERSION);
      assertRejected(withByte(token, 6, 1 << bit), RejectionReason.BAD_SEAL);
    }
    for (int flag : new int[] {0x08, 0x20, 0x40, 0x80, 0x500, 0x600, 0x700, 0x800, 0x8000}) {
      byte[] header = Tokens.header(2, flag, NOON.getEpochSecond(), 0, 1800);
      assertRejected(Tokens.sealed(NAME, header, utf8("{}")), RejectionReason.UNKNOWN_VERSION);
    }
  }

  private static void compressionBitCleared() {
    SessionSnapshot session = Fixtures.session(Map.of("a", "madeleine ".repeat(40)));
    byte[] token = Tokens.bytes(ENCODER.withCompression(0).encode(session));
    assertThat(token[7]).isEqualTo((byte) 2);
    assertRejected(withByte(token, 7, 0), RejectionReason.BAD_SEAL);
    token[7] = 0; // And with a good seal: compressed bytes are no JSON.
    byte[] body = Tokens.body(token);
    assertRejected(
        Tokens.text(Tokens.concat(body, Tokens.mac(SUBKEY, body))), RejectionReason.BAD_PAYLOAD);
    token = Tokens.bytes(ENCODER.encode(session));
    assertRejected(withByte(token, 7, 2), RejectionReason.BAD_SEAL);
  }

  /** A bomb that is forged is not inflated; one with a good seal no further than the limits. */
  private static void bomb() {
    byte[] bomb = DeflateTest.raw(new byte[2_900_000]);
    assertBadPayload(DEFLATED, bomb);
    String sealed = Tokens.sealed(NAME, DEFLATED, bomb);
    assertThat(sealed).hasSizeBetween(3700, 4096);
    byte[] forged = Tokens.bytes(sealed);
    forged[forged.length - 1] ^= 1;
    assertRejected(Tokens.text(forged), RejectionReason.BAD_SEAL);
    assertThat(allocatedFor(Tokens.text(forged)))
        .isLessThan(allocatedFor(VALID) + 4L * forged.length)
        .isLessThan(allocatedFor(sealed) - Deflate.MAX);
  }

  private static long allocatedFor(String text) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
      Decoded decoded = ENCODER.decode(text);
      long after = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(decoded).isNotNull();
      least = Math.min(least, after - before);
    }
    return least;
  }

  private static void assertBadPayload(byte[] header, byte[] payload) {
    assertRejected(Tokens.sealed(NAME, header, payload), RejectionReason.BAD_PAYLOAD);
  }

  private static void assertMoved(String from, String to) {
    String token = ENCODER.withName(from).encode(session());
    Scene scene = Scene.with(builder -> builder.cookie(CookieOptions.named(to)));
    Session session = scene.request(to + "=" + token);
    assertThat(session.isNew()).isTrue();
    assertThat(scene.reasons()).containsExactly(RejectionReason.BAD_SEAL);
    Scene home = Scene.with(builder -> builder.cookie(CookieOptions.named(from)));
    assertThat(home.request(from + "=" + token).isNew()).isFalse();
  }

  private static void valueAndSignature() {
    Scene scene = Scene.create();
    String json = Tokens.text(utf8("{\"admin\":true}"));
    Session session = scene.request(NAME + "=" + json + "; " + NAME + ".sig=" + "A".repeat(27));
    assertThat(session.isNew()).isTrue();
    assertThat(scene.respond(session)).containsExactly(VARY);
    assertThat(scene.reasons()).containsExactly(RejectionReason.MALFORMED);
  }

  @Test
  void everyNameStandsForOneVectorOfAKnownStage() {
    assertThat(VECTORS).extracting(Vector::name).doesNotHaveDuplicates();
    assertThat(VECTORS)
        .extracting(Vector::stage)
        .containsOnly("payload", "envelope", "envelope-recipe", "payload-recipe");
  }

  // ---- tools ----

  private static RejectionReason reason(String text) {
    Decoded decoded = ENCODER.decode(text);
    assertThat(decoded).isInstanceOf(Rejected.class);
    return ((Rejected) decoded).reason();
  }

  private static void assertForged(byte[] body, byte[] tag) {
    assertRejected(Tokens.text(Tokens.concat(body, tag)), RejectionReason.BAD_SEAL);
  }

  private static void assertNeverAccepted(String text) {
    assertRejected(text, reason(text));
  }

  /** Rejected by the encoder for this reason, and as a cookie with all that rejecting means. */
  private static void assertRejected(String text, RejectionReason reason) {
    assertThat(reason(text)).isEqualTo(reason);
    try (LogCapture log = new LogCapture()) {
      List<SessionEvent> events = new ArrayList<>();
      Sessions sessions =
          Sessions.builder(Fixtures.RING)
              .policy(SessionPolicy.defaults().withClock(new MovingClock(NOON)))
              .listener(
                  event -> {
                    events.add(event);
                    System.getLogger("dev.madeleine.test")
                        .log(System.Logger.Level.INFO, event.toString());
                  })
              .build();
      Session session = sessions.load(name -> List.of("a=b; " + NAME + "=" + text, "c=d"));
      assertThat(session.isNew()).isTrue();
      assertThat(session.isEmpty()).isTrue();
      assertThat(sessions.save(session)).containsExactly(new HttpHeader("Vary", "Cookie"));
      assertThat(events).hasSize(1);
      assertThat(events.get(0))
          .isInstanceOfSatisfying(
              SessionEvent.Rejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
      assertThat(log.lines()).hasSize(2);
      for (int i = 0; i + 12 <= text.length() && i < 5000; i++) {
        assertThat(log.lines().get(1)).doesNotContain(text.substring(i, i + 12));
      }
    }
  }

  private static SessionSnapshot session() {
    return Fixtures.session(Map.of("user", "zoé"));
  }

  private static String strangers() {
    KeyRing ring = KeyRing.signingWith(Fixtures.STRANGE_KEY);
    return NativeEncoder.signed(() -> ring, "session").withName(NAME).encode(session());
  }

  private static byte[] tag(byte[] token) {
    return Arrays.copyOfRange(token, token.length - 32, token.length);
  }

  private static String withByte(byte[] token, int at, int value) {
    byte[] changed = token.clone();
    changed[at] = (byte) value;
    return Tokens.text(changed);
  }

  private static String randomText(int length) {
    byte[] bytes = new byte[length * 3 / 4];
    new Random(length).nextBytes(bytes);
    return Tokens.text(bytes);
  }

  /** A token that has both characters in which the alphabets differ, and spare bits at its end. */
  private static String valid() {
    for (int i = 0; i < 1000; i++) {
      String token = ENCODER.encode(Fixtures.session(Map.of("user", "zoé", "i", 1000 + i)));
      if (token.contains("-") && token.contains("_") && token.length() % 4 != 0) {
        return token;
      }
    }
    throw new AssertionError("no such token");
  }

  private static Stream<Vector> stage(String stage) {
    return VECTORS.stream().filter(vector -> vector.stage.equals(stage));
  }

  private static List<Vector> vectors() {
    try (InputStream in = BadInputsTest.class.getResourceAsStream("/bad-inputs.json")) {
      List<Vector> vectors = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(in).get("vectors")) {
        vectors.add(
            new Vector(
                node.get("name").asText(),
                node.get("stage").asText(),
                node.get("expected").asText(),
                node.path("input").asText()));
      }
      return vectors;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
