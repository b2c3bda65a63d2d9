package dev.madeleine.encoders;

import static dev.madeleine.encoders.Fixtures.bytes;
import static dev.madeleine.encoders.Fixtures.reason;
import static dev.madeleine.encoders.Fixtures.text;
import static dev.madeleine.encoders.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.Decoded;
import dev.madeleine.HttpHeader;
import dev.madeleine.NativeEncoder;
import dev.madeleine.RejectionReason;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
import dev.madeleine.encoders.Fixtures.CipherChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The collected bad inputs, read where the core keeps them, for each cipher: every payload and
 * every envelope, and the recipes that need a cipher.
 */
final class BadInputsTest {
  /** Bytes before the nonce. */
  private static final int PREFIX = 6;

  private static final Path FILE = Path.of("../core/src/test/resources/bad-inputs.json");
  private static final Map<String, Object> SESSION = Map.of("user", "zoé, who likes tea");

  private static Stream<JsonNode> vectors(String stage) throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    new ObjectMapper().readTree(FILE.toFile()).get("vectors").forEach(vectors::add);
    return vectors.stream().filter(vector -> vector.get("stage").asText().equals(stage));
  }

  private static DynamicTest test(JsonNode vector, Consumer<CipherChoice> test) {
    return dynamicTest(
        vector.get("name").asText(), () -> Arrays.stream(CipherChoice.values()).forEach(test));
  }

  /**
   * Rejected for this reason, and as a cookie: a new session, one event, no change of the cookie.
   */
  private static void assertRejected(NativeEncoder encoder, String text, RejectionReason reason) {
    assertThat(reason(encoder, text)).isEqualTo(reason);
    List<SessionEvent> events = new ArrayList<>();
    Sessions sessions =
        Sessions.builder(encoder)
            .policy(SessionPolicy.defaults().withClock(() -> Fixtures.NOON))
            .listener(events::add)
            .build();
    Session session = sessions.load(name -> List.of(Fixtures.NAME + "=" + text));
    assertThat(session.isNew()).isTrue();
    assertThat(sessions.save(session)).containsExactly(new HttpHeader("Vary", "Cookie"));
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.Rejected.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @TestFactory
  Stream<DynamicTest> payloads() throws IOException {
    return vectors("payload").map(vector -> test(vector, cipher -> payload(vector, cipher)));
  }

  private static void payload(JsonNode vector, CipherChoice cipher) {
    byte[] payload = Base64.getDecoder().decode(vector.get("input").asText());
    NativeEncoder reader = cipher.encoder();
    for (NativeEncoder writer :
        List.of(reader, reader.withCompression(0), reader.withPadding(64))) {
      String text;
      try {
        text = writer.withSerializer(Fixtures.writing(payload)).encode(Fixtures.session(Map.of()));
      } catch (SessionTooLargeException e) {
        assertThat(vector.get("name").asText())
            .isIn("186 names of one String.hashCode in 3.9 KB", "513 names");
        continue;
      }
      if (vector.get("expected").asText().equals("accept")) {
        assertThat(reader.decode(text)).isInstanceOf(Decoded.Accepted.class);
      } else {
        assertRejected(reader, text, RejectionReason.BAD_PAYLOAD);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> envelopes() throws IOException {
    return vectors("envelope")
        .map(
            vector ->
                test(
                    vector,
                    cipher ->
                        assertRejected(
                            cipher.encoder(),
                            vector.get("input").asText(),
                            RejectionReason.MALFORMED)));
  }

  @TestFactory
  Stream<DynamicTest> recipes() throws IOException {
    Map<String, Consumer<CipherChoice>> recipes = recipeTests();
    return Stream.concat(vectors("envelope-recipe"), vectors("payload-recipe"))
        .filter(vector -> recipes.containsKey(vector.get("name").asText()))
        .map(vector -> test(vector, recipes.get(vector.get("name").asText())));
  }

  @Test
  void theRecipesAreThoseOfTheCollection() throws IOException {
    Set<String> known = new TreeSet<>();
    Stream.concat(vectors("envelope-recipe"), vectors("payload-recipe"))
        .forEach(vector -> known.add(vector.get("name").asText()));
    assertThat(known).containsAll(recipeTests().keySet());
    assertThat(vectors("payload")).isNotEmpty();
    assertThat(vectors("envelope")).isNotEmpty();
  }

  private static Map<String, Consumer<CipherChoice>> recipeTests() {
    Map<String, Consumer<CipherChoice>> recipes = new TreeMap<>();
    recipes.put("tag removed", cipher -> assertCut(cipher, 16));
    recipes.put("tag with a zero byte more", BadInputsTest::tagExtended);
    recipes.put("nonce that lost a byte", BadInputsTest::nonceCut);
    recipes.put("tag of 0xFF bytes only", cipher -> assertTagRejected(cipher, 0xff));
    recipes.put("zero bytes only, same length", cipher -> assertTagRejected(cipher, 0));
    recipes.put("nonce of zeros, properly sealed", BadInputsTest::nonceOfZeros);
    recipes.put("tag without a ciphertext", BadInputsTest::nothingEncrypted);
    recipes.put("tag cut by 4 bytes", cipher -> assertCut(cipher, 4));
    recipes.put("nonces of two nodes", BadInputsTest::noncesDoNotRepeat);
    recipes.put("encrypted token presented as a signed one", BadInputsTest::presentedAsSigned);
    recipes.put(
        "token whose flag for compression was cleared", BadInputsTest::compressionBitCleared);
    recipes.put("compressed twice", BadInputsTest::compressedTwice);
    recipes.put("length of a secret beside text of the sender", BadInputsTest::lengthsTellNothing);
    return recipes;
  }

  private static byte[] token(CipherChoice cipher) {
    return bytes(cipher.encoder().encode(Fixtures.session(SESSION)));
  }

  private static void assertCut(CipherChoice cipher, int bytes) {
    byte[] token = token(cipher);
    String text = text(Arrays.copyOf(token, token.length - bytes));
    assertRejected(cipher.encoder(), text, RejectionReason.BAD_SEAL);
  }

  private static void tagExtended(CipherChoice cipher) {
    byte[] token = token(cipher);
    String text = text(Arrays.copyOf(token, token.length + 1));
    assertRejected(cipher.encoder(), text, RejectionReason.BAD_SEAL);
  }

  private static void nonceCut(CipherChoice cipher) {
    byte[] token = token(cipher);
    byte[] cut = Arrays.copyOf(token, token.length - 1);
    int behind = 33 + cipher.nonceLength();
    System.arraycopy(token, behind, cut, behind - 1, token.length - behind);
    assertRejected(cipher.encoder(), text(cut), RejectionReason.BAD_SEAL);
  }

  private static void assertTagRejected(CipherChoice cipher, int value) {
    byte[] token = token(cipher);
    Arrays.fill(token, token.length - 16, token.length, (byte) value);
    assertRejected(cipher.encoder(), text(token), RejectionReason.BAD_SEAL);
  }

  private static void nonceOfZeros(CipherChoice cipher) {
    SecureRandom zeros = new Aead.Fixed(new byte[cipher.nonceLength()]);
    String text = cipher.encoder("session", zeros).encode(Fixtures.session(SESSION));
    assertThat(Arrays.copyOfRange(bytes(text), PREFIX, PREFIX + cipher.nonceLength()))
        .containsOnly(0);
    assertThat(cipher.encoder().valid(text)).isTrue();
  }

  private static void nothingEncrypted(CipherChoice cipher) {
    byte[] token = token(cipher);
    int start = PREFIX + cipher.nonceLength();
    byte[] tagOnly = Arrays.copyOf(token, start + 16);
    System.arraycopy(token, token.length - 16, tagOnly, start, 16);
    assertRejected(cipher.encoder(), text(tagOnly), RejectionReason.MALFORMED);
    for (NativeEncoder writer : List.of(cipher.encoder(), cipher.encoder().withPadding(2))) {
      NativeEncoder empty = writer.withSerializer(Fixtures.writing(new byte[0]));
      String sealed = empty.encode(Fixtures.session(Map.of()));
      assertRejected(cipher.encoder(), sealed, RejectionReason.BAD_PAYLOAD);
    }
  }

  /**
   * No cipher can make two nonces out of one random state. That of the JDK draws from the system,
   * so two nodes do not share it; where they might, after the copy of a machine, there is GCM-SIV,
   * whose key stream depends on what is sealed.
   */
  private static void noncesDoNotRepeat(CipherChoice cipher) {
    Set<String> nonces = new HashSet<>();
    NativeEncoder[] nodes = {
      cipher.encoder("session", new SecureRandom()), cipher.encoder("session", new SecureRandom())
    };
    int start = PREFIX + cipher.nonceLength();
    for (int i = 0; i < 2000; i++) {
      byte[] token = bytes(nodes[i % 2].encode(Fixtures.session(SESSION)));
      nonces.add(text(Arrays.copyOfRange(token, PREFIX, start)));
    }
    assertThat(nonces).hasSize(2000);
    if (cipher == CipherChoice.AES_256_GCM_SIV) {
      SecureRandom cloned = new Aead.Fixed(new byte[cipher.nonceLength()]);
      NativeEncoder node = cipher.encoder("session", cloned);
      byte[] one = bytes(node.encode(Fixtures.session(Map.of("a", "x".repeat(64)))));
      byte[] other = bytes(node.encode(Fixtures.session(Map.of("a", "x".repeat(63) + "y"))));
      int same = 0;
      for (int i = start; i < one.length; i++) {
        same += one[i] == other[i] ? 1 : 0;
      }
      assertThat(same).as("equal bytes of %s", one.length - start).isLessThan(10);
    }
  }

  private static void presentedAsSigned(CipherChoice cipher) {
    String text = cipher.encoder().encode(Fixtures.session(SESSION));
    assertRejected(Fixtures.signed(), text, RejectionReason.UNKNOWN_VERSION);
    String signed = Fixtures.signed().encode(Fixtures.session(SESSION));
    assertRejected(cipher.encoder(), signed, RejectionReason.UNKNOWN_VERSION);
    byte[] relabelled = bytes(text);
    relabelled[1] = 0; // the form
    assertRejected(Fixtures.signed(), text(relabelled), RejectionReason.BAD_SEAL);
  }

  private static void compressionBitCleared(CipherChoice cipher) {
    NativeEncoder encoder = cipher.encoder().withCompression(0);
    byte[] token = bytes(encoder.encode(Fixtures.session(Map.of("a", "x".repeat(99)))));
    token[PREFIX + cipher.nonceLength() + 1] ^= 2; // the flag, which is hidden
    assertRejected(encoder, text(token), RejectionReason.BAD_SEAL);
  }

  private static void compressedTwice(CipherChoice cipher) {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(0, true);
    deflater.setInput(utf8("{\"a\":\"" + "x".repeat(500) + "\"}"));
    deflater.finish();
    byte[] once = new byte[600];
    once = Arrays.copyOf(once, deflater.deflate(once));
    deflater.end();
    NativeEncoder twice =
        cipher.encoder().withCompression(0).withSerializer(Fixtures.writing(once));
    String text = twice.encode(Fixtures.session(Map.of()));
    assertRejected(cipher.encoder(), text, RejectionReason.BAD_PAYLOAD);
  }

  /** CRIME: a guess beside a secret makes a compressed token shorter, unless it is padded. */
  private static void lengthsTellNothing(CipherChoice cipher) {
    NativeEncoder plain = cipher.encoder();
    NativeEncoder compressing = plain.withCompression(0);
    Set<Integer> plainLengths = new HashSet<>();
    Set<Integer> compressedLengths = new HashSet<>();
    Set<Integer> paddedLengths = new HashSet<>();
    for (String guess : List.of("4711-0815", "9263-7450", "4711-3692")) {
      Map<String, Object> attributes = new java.util.LinkedHashMap<>();
      attributes.put("card", "4711-0815");
      attributes.put("query", "card:" + guess);
      plainLengths.add(plain.encode(Fixtures.session(attributes)).length());
      compressedLengths.add(compressing.encode(Fixtures.session(attributes)).length());
      paddedLengths.add(compressing.withPadding(64).encode(Fixtures.session(attributes)).length());
    }
    assertThat(plainLengths).hasSize(1);
    assertThat(compressedLengths).hasSizeGreaterThan(1);
    assertThat(paddedLengths).hasSize(1);
  }
}
