package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.Attribute;
import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.RejectionReason;
import dev.madeleine.Serializer;
import dev.madeleine.Session;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Sessions;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What CBOR brings back, what it looks like, and what it refuses to write. */
final class CborTest {
  @SuppressWarnings("ArrayRecordComponent") // A byte array in a declared type is what is tested.
  record Order(String item, int count, byte[] proof) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Order that
          && item.equals(that.item)
          && count == that.count
          && Arrays.equals(proof, that.proof);
    }

    @Override
    public int hashCode() {
      return Objects.hash(item, count);
    }
  }

  private static final JsonSerializer CBOR = Cbor.serializer();
  private static final Attribute<Order> ORDER = Attribute.of("order", Order.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(RANDOM));

  private static String hex(Serializer serializer, Map<String, Object> attributes) {
    return HexFormat.of().formatHex(serializer.toBytes(attributes));
  }

  private static String wire(Object value) {
    String hex = hex(CBOR, Map.of("a", value));
    assertThat(hex).startsWith("a16161");
    return hex.substring(6);
  }

  // ---- on the wire: the examples of RFC 8949, appendix A, where it has them ----

  @Test
  void writesTheShortestCbor() {
    assertThat(wire(0)).isEqualTo("00");
    assertThat(wire(23)).isEqualTo("17");
    assertThat(wire(24)).isEqualTo("1818");
    assertThat(wire(-1)).isEqualTo("20");
    assertThat(wire(1000)).isEqualTo("1903e8");
    assertThat(wire(-1000)).isEqualTo("3903e7");
    assertThat(wire(1_000_000)).isEqualTo("1a000f4240");
    assertThat(wire(1_000_000_000_000L)).isEqualTo("1b000000e8d4a51000");
    assertThat(wire(Long.MIN_VALUE)).isEqualTo("3b7fffffffffffffff");
    assertThat(wire(1.1)).isEqualTo("fb3ff199999999999a");
    assertThat(wire(-0.0)).isEqualTo("fb8000000000000000");
    assertThat(wire(true)).isEqualTo("f5");
    assertThat(wire("")).isEqualTo("60");
    assertThat(wire("\u6c34")).isEqualTo("63e6b0b4");
    assertThat(wire("\ud800\udd51")).isEqualTo("64f0908591");
    assertThat(wire(List.of(1, List.of(2, 3)))).isEqualTo("8201820203");
    assertThat(wire(Map.of("b", List.of()))).isEqualTo("a1616280");
    assertThat(wire(Arrays.asList(null, false))).isEqualTo("82f6f4");
    assertThat(hex(CBOR, Map.of())).isEqualTo("a0");
  }

  @Test
  void writesTheExamplesOfTheFormatsDocument() throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "marcel");
    attributes.put("views", 1);
    assertThat(Files.readString(Path.of("../docs/formats.md")))
        .contains(
            "`%s`, %s bytes; JSON takes %s."
                .formatted(
                    hex(CBOR, attributes),
                    CBOR.toBytes(attributes).length,
                    JsonSerializer.PLAIN.toBytes(attributes).length))
        .contains("`" + wire(5L).replaceAll("(..)(..)(.{10})(..)(..)", "$1 $2 $3 $4 $5") + "`");
  }

  @Test
  void carriesByteArraysAsTheyAre() throws IOException {
    assertThat(wire(new byte[] {1, 2, 3, 4})).isEqualTo("4401020304");
    assertThat(wire(new byte[0])).isEqualTo("40");
    byte[] large = new byte[60_000];
    RANDOM.nextBytes(large);
    byte[] bytes = CBOR.toBytes(Map.of("a", large, "b", List.of(new byte[300])));
    assertThat(CBOR.fromBytes(bytes).get("a")).isEqualTo(large);
    assertThat((byte[]) ((List<?>) CBOR.fromBytes(bytes).get("b")).get(0)).hasSize(300);
    assertThatThrownBy(() -> CBOR.check("a", Set.of(new byte[1])))
        .hasMessageContaining("by identity");
  }

  @Test
  void tagsAreThoseOfJson() {
    assertThat(wire(5L)).isEqualTo("a1657e6c6f6e676135");
    assertThat(wire(Set.of(1))).isEqualTo("a1647e7365748101");
    assertThat(wire(Map.of("~a", 1))).isEqualTo("a1617ea1627e6101");
    assertThat(
            hex(CBOR.withAttributes(ORDER), Map.of("order", new Order("tea", 2, new byte[] {1}))))
        .isEqualTo(
            "a1656f72646572a1647e6f776ea3646974656d6374656165636f756e74026570726f6f66624151");
  }

  @Test
  void isCalledCborHoweverItIsMade() { // The name is part of the key derivation.
    assertThat(CBOR.name()).isEqualTo("cbor");
    assertThat(CBOR.withAttributes(ORDER).withStrictReading().name()).isEqualTo("cbor");
    assertThat(CBOR.withAttributes(ORDER).withStrictReading())
        .hasToString("cbor with declared attributes, strict");
    assertThat(CBOR.withAttributes()).isSameAs(CBOR);
  }

  // ---- what comes back equal, and what is refused ----

  @Test
  void bringsBackWhatJsonBringsBackExceptHalfCharacters() throws IOException {
    Random random = new Random(8949);
    int accepted = 0;
    for (int i = 0; i < 3_000; i++) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      for (int n = random.nextInt(5); n >= 0; n--) {
        attributes.put(text(random, 150), value(random, 0));
      }
      boolean json = takes(JsonSerializer.PLAIN, attributes);
      boolean cbor = takes(CBOR, attributes);
      if (cbor != json) {
        assertThat(String.valueOf(attributes)).as("round %s", i).matches("(?s).*[\ud800-\udfff].*");
        assertThat(cbor).isFalse();
      }
      if (cbor) {
        accepted++;
        byte[] bytes = CBOR.toBytes(attributes);
        Map<String, Object> back;
        try {
          back = CBOR.fromBytes(bytes);
        } catch (IOException e) {
          fail(
              "round " + i + ": wrote what it does not read: " + HexFormat.of().formatHex(bytes),
              e);
          return;
        }
        assertThat(back.keySet()).containsExactlyElementsOf(attributes.keySet());
        assertThat(back).usingRecursiveComparison().isEqualTo(attributes);
        assertThat(CBOR.toBytes(back)).isEqualTo(bytes);
      }
    }
    assertThat(accepted).isGreaterThan(700);
  }

  private static boolean takes(Serializer serializer, Map<String, Object> attributes) {
    try {
      attributes.forEach(serializer::check);
      serializer.toBytes(attributes);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 5 ? 12 : 15)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextInt(300) - 150;
      case 2 -> random.nextLong();
      case 3 -> (long) random.nextInt(70_000);
      case 4 -> Double.longBitsToDouble(random.nextLong());
      case 5 -> random.nextBoolean();
      case 6 -> (char) random.nextInt();
      case 7 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(9));
      case 8 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 9 -> new UUID(random.nextLong(), random.nextLong());
      case 10 -> {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 11 -> text(random, 400);
      case 12 -> {
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(30); n > 0; n--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
      case 13 -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(30); n > 0; n--) {
          map.put(text(random, 40), value(random, depth + 2));
        }
        yield map;
      }
      default -> new LinkedHashSet<>(List.of(text(random, 9), random.nextInt()));
    };
  }

  /** Text of one to four bytes a character, with half a character now and then. */
  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(5);
    for (int length = random.nextInt(longest); length > 0; length--) {
      switch (kind) {
        case 0 -> text.append((char) (0x80 + random.nextInt(0x780)));
        case 1 -> text.append((char) (0x800 + random.nextInt(0xc000)));
        case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x10000));
        default -> text.append((char) (0x20 + random.nextInt(0x60)));
      }
    }
    if (random.nextInt(100) == 0) {
      text.append((char) (0xd800 + random.nextInt(0x800)));
    }
    return text.toString();
  }

  @Test
  void longTextsAreOnePieceAndComeBack() throws IOException {
    for (int length : new int[] {1000, 1001, 3995, 3996, 3997, 4000, 7991, 8000, 16_000}) {
      for (String text :
          List.of("x".repeat(length), "\u00e9".repeat(length), "\ud83c\udf6a".repeat(length))) {
        for (String shifted : List.of(text, "x" + text)) {
          byte[] bytes = CBOR.toBytes(Map.of("a", shifted));
          assertThat(bytes[3] & 0xff).as("one piece").isEqualTo(0x79);
          assertThat(CBOR.fromBytes(bytes)).isEqualTo(Map.of("a", shifted));
        }
      }
    }
  }

  @Test
  void refusesHalfACharacterAndNamesTheAttribute() {
    for (Object value :
        new Object[] {
          "hunter2\ud800",
          "\udc00x",
          '\ud800',
          List.of("\ud83c "),
          "hunter2".repeat(1000) + "\ud800"
        }) {
      assertThatThrownBy(() -> CBOR.check("odd", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"odd\"")
          .hasMessageContaining("lone surrogate")
          .hasMessageNotContaining("hunter2")
          .hasNoCause();
    }
  }

  @Test
  void refusesACollectionWhoseSizeIsWrong() {
    for (int wrong : new int[] {1, 3}) {
      List<Integer> list =
          new AbstractList<>() {
            @Override
            public Integer get(int index) {
              return index;
            }

            @Override
            public int size() {
              return wrong;
            }

            @Override
            public java.util.Iterator<Integer> iterator() {
              return List.of(7, 8).iterator();
            }
          };
      assertThatThrownBy(() -> CBOR.toBytes(Map.of("odd", Collections.unmodifiableList(list))))
          .as("it may be in the middle of a change")
          .isInstanceOf(ConcurrentModificationException.class)
          .hasMessageContaining("\"odd\"")
          .hasMessageContaining("size()");
    }
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> CBOR.check("odd", odd)).hasMessageContaining("finite");
      assertThatThrownBy(() -> CBOR.check("odd", (float) odd)).hasMessageContaining("finite");
    }
  }

  // ---- in a session ----

  @Test
  void travelsInSignedAndEncryptedTokensThatAreShorterThanThoseOfJson() {
    SessionSnapshot session =
        SessionSnapshot.of(Map.of("user", "marcel", "cart", List.of(1, 2, 3), "csrf", new byte[32]))
            .withId("00112233445566778899aabbccddeeff")
            .withTimes(Instant.EPOCH, Instant.EPOCH)
            .withMaxIdle(Duration.ZERO);
    for (NativeEncoder json :
        List.of(
            NativeEncoder.signed(() -> KEYS, "session"),
            NativeEncoder.encrypted(() -> KEYS, "session", RANDOM))) {
      NativeEncoder cbor = json.withSerializer(CBOR);
      String token = cbor.encode(session);
      assertThat(token.length()).isLessThan(json.encode(session).length());
      assertThat(cbor.decode(token))
          .isInstanceOfSatisfying(
              Decoded.Accepted.class,
              accepted ->
                  assertThat(accepted.snapshot().attributes().get("csrf")).isEqualTo(new byte[32]));
      assertThat(json.decode(token))
          .isEqualTo(
              new Decoded.Rejected(
                  RejectionReason.BAD_SEAL, KEYS.signingKey().id())); // Another key.
    }
  }

  @Test
  void attributesAreDeclaredOnTheSerializerThatIsThere() {
    NativeEncoder cbor = NativeEncoder.signed(() -> KEYS, "session").withSerializer(CBOR);
    Sessions sessions = Sessions.builder(cbor).attributes(ORDER).build();
    assertThat(sessions.transport().encoder().serializer().name()).isEqualTo("cbor");
    Session session = sessions.load(name -> null);
    session.put(ORDER, new Order("tea", 2, new byte[3]));
    session.put("raw", new byte[] {1});
    String line = sessions.save(session).get(1).value();
    Session next = sessions.load(name -> List.of(line.substring(0, line.indexOf(';'))));
    assertThat(next.get(ORDER)).isEqualTo(new Order("tea", 2, new byte[3]));
    assertThat(next.get("raw")).isEqualTo(new byte[] {1});
    assertThat(next.isChanged()).isFalse();
  }

  @Test
  void saysWhichArtifactIsMissing() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Class<?> type :
        List.of(
            Cbor.class,
            JsonSerializer.class,
            JsonFactory.class,
            ObjectMapper.class,
            com.fasterxml.jackson.annotation.JsonProperty.class)) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader without =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Method serializer = without.loadClass(Cbor.class.getName()).getMethod("serializer");
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> serializer.invoke(null))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("com.fasterxml.jackson.dataformat:jackson-dataformat-cbor")
            .hasMessageContaining("add it");
      }
      Class<?> encrypted = without.loadClass(Encrypted.class.getName());
      assertThat(encrypted.getMethods()).as("the rest of the module works").isNotEmpty();
    }
  }
}
