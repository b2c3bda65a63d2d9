package dev.madeleine.encoders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.madeleine.Attribute;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Payloads that somebody with a key could have sealed: the payload vectors of bad-inputs.json,
 * where they say something about CBOR, and what only CBOR can get wrong. In diagnostic notation
 * (RFC 8949 section 8).
 */
final class CborFormatTest {
  private static final JsonSerializer CBOR = Cbor.serializer();

  private static Map<String, Object> read(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return CBOR.fromBytes(bytes);
  }

  private static void assertRefused(String description, String hex) {
    assertThatThrownBy(() -> read(hex)).as(description).isInstanceOf(IOException.class);
    byte[] bytes = HexFormat.of().parseHex(hex);
    JsonSerializer declaring = CBOR.withAttributes(Attribute.of("x", List.class));
    assertThatThrownBy(() -> declaring.read(bytes, 0, bytes.length))
        .as("%s, also where an attribute may be unreadable", description)
        .isInstanceOf(IOException.class);
  }

  /** {"a": …}. */
  private static void assertRefusedValue(String description, String hex) {
    assertRefused(description, "a16161" + hex);
    assertRefused(description + " in an array", "a1616181" + hex);
    assertRefused(description + " in a map", "a16161a16162" + hex);
    assertRefused(description + " under a declaration", "a16161a1647e6f776e" + hex);
  }

  private static String head(int major, int argument) {
    return "%02x%04x".formatted(major << 5 | 25, argument);
  }

  private static String name(int length) {
    return "78%02x".formatted(length) + "6b".repeat(length);
  }

  @Test
  void refusesEqualNames() {
    assertRefused("{a:1, a:1}", "a2616101616101");
    assertRefused("{x: {a:1, a:2}}", "a16178a2616101616102");
    assertRefused("{x: {~: {~a:1, ~a:2}}}", "a16178a1617ea2627e6101627e6102");
    assertRefused("two empty names", "a260016001");
  }

  @Test
  void namesThatOnlyLookAlikeAreDifferent() throws IOException {
    assertThat(read("a262c3a9016365cc8102")).hasSize(2);
    assertThat(read("a2614101616102")).hasSize(2);
  }

  @Test
  void hasTheLimitsOfJson() throws IOException {
    assertThat(read("a16161" + "81".repeat(14) + "80")).hasSize(1);
    assertRefused("17 levels", "a16161" + "81".repeat(15) + "80");
    assertRefused("18 levels of both", "a16161" + "81a16161".repeat(8) + "80");
    assertRefused("levels without end", "a16161" + "81".repeat(100_000));
    assertThat(read("a1" + name(128) + "01")).hasSize(1);
    assertRefused("a name of 129", "a1" + name(129) + "01");
    assertRefused("a name of 129 within", "a16161a1" + name(129) + "01");
    assertThat(read("a16161" + head(4, 998) + "01".repeat(998))).hasSize(1);
    assertRefused("1,001 values", "a16161" + head(4, 999) + "01".repeat(999));
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 513; i++) {
      names
          .append("63")
          .append(HexFormat.of().formatHex("%03d".formatted(i).getBytes(UTF_8)))
          .append("01");
    }
    assertThat(read(head(5, 512) + names.substring(0, 512 * 10))).hasSize(512);
    assertRefused("513 names", head(5, 513) + names);
  }

  @Test
  void numbersComeBackInTheSmallestOfThreeTypes() throws IOException {
    assertThat(read("a161611a7fffffff")).containsEntry("a", Integer.MAX_VALUE);
    assertThat(read("a161613a7fffffff")).containsEntry("a", Integer.MIN_VALUE);
    assertThat(read("a161611a80000000")).containsEntry("a", 2147483648L);
    assertThat(read("a161613a80000000")).containsEntry("a", -2147483649L);
    assertThat(read("a161611b0020000000000001")).containsEntry("a", 9007199254740993L);
    assertThat(read("a161611b7fffffffffffffff")).containsEntry("a", Long.MAX_VALUE);
    assertThat(read("a161613b7fffffffffffffff")).containsEntry("a", Long.MIN_VALUE);
    assertThat(read("a16161fb7fefffffffffffff")).containsEntry("a", Double.MAX_VALUE);
    assertThat(read("a16161fb0000000000000001")).containsEntry("a", Double.MIN_VALUE);
    assertThat(read("a16161fb8000000000000000")).containsEntry("a", -0.0);
    assertThat(read("a16161fb4000000000000000")).containsEntry("a", 2.0);
  }

  @ParameterizedTest
  @CsvSource({
    "2^63, 1b8000000000000000",
    "2^64-1, 1bffffffffffffffff",
    "-2^63-1, 3b8000000000000000",
    "-2^64, 3bffffffffffffffff",
    "a bignum, c249010000000000000000",
    "a short bignum, c24101",
    "a negative bignum, c34101",
    "a bignum of nothing, c240",
    "a decimal fraction, c48221196ab3",
    "a bigfloat, c5822003",
    "NaN, fb7ff8000000000000",
    "NaN with a payload, fb7ff0000000000001",
    "Infinity, fb7ff0000000000000",
    "-Infinity, fbfff0000000000000",
    "a half float, f93c00",
    "half NaN, f97e00",
    "half Infinity, f97c00",
    "a single float, fa47c35000",
    "single NaN, fa7fc00000",
    "undefined, f7",
    "simple value 0, e0",
    "simple value 19, f3",
    "simple value 24, f818",
    "simple value 32, f820",
    "true in two bytes, f815",
    "simple value 255, f8ff",
    "a reserved head, fc",
    "a date as text, c0743230313330332d",
    "seconds since 1970, c11a514b67b0",
    "base64 to come, d64401020304",
    "an embedded item, d818456449455446",
    "self-described, d9d9f701",
    "a string reference, d81900",
    "a namespace of string references, d9010080",
    "an array of indefinite length, 9fff",
    "a map of indefinite length, bfff",
    "bytes of indefinite length, 5f42010243030405ff",
    "a break alone, ff",
    "reserved 28 of integers, 1c",
    "an integer of indefinite length, 1f",
    "reserved 29 of text, 7d",
    "reserved 30 of arrays, 9e",
    "0 in two bytes, 1800",
    "23 in two bytes, 1817",
    "255 in three bytes, 1900ff",
    "65535 in five bytes, 1a0000ffff",
    "2^32-1 in nine bytes, 1b00000000ffffffff",
    "-1 in two bytes, 3800",
    "text with a long head, 780161",
    "bytes with a long head, 580101",
    "an array with a long head, 980101",
    "a map with a long head, b801616101",
    "text in pieces, 7f6161627879ff",
    "text in one piece, 7f6161ff",
    "text in no piece, 7fff",
    "text in pieces of bytes, 7f4161ff",
    "text in pieces without an end, 7f6161",
    "a character in two pieces, 7f61c361a9ff"
  })
  void refusesWhatIsNotWrittenHere(String description, String hex) {
    assertRefusedValue(description, hex);
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 01",
    "negative, 20",
    "bytes, 4161",
    "text in pieces, 7f6161ff",
    "array, 80",
    "map, a0",
    "true, f5",
    "null, f6",
    "undefined, f7",
    "float, fb3ff0000000000000",
    "tagged text, d9d9f76161",
    "string reference, d81900"
  })
  void refusesNamesThatAreNotText(String description, String hex) {
    assertRefused(description, "a1" + hex + "01");
    assertRefused(description + " within", "a16161a1" + hex + "01");
    assertRefused(description + " of a declared map", "a16161a1647e6f776ea1" + hex + "01");
  }

  @ParameterizedTest
  @CsvSource({
    "overlong, c0af",
    "overlong, e080af",
    "overlong, f08080af",
    "a surrogate, eda080",
    "two surrogates, eda0bcedbdaa",
    "truncated, e282",
    "a continuation, 80",
    "beyond Unicode, f4908080",
    "five bytes, f888808080",
    "no lead, ff",
    "a broken continuation, c328",
    "CTL a lead before ASCII, c361"
  })
  void refusesTextThatIsNotUtf8(String description, String hex) {
    String text = "%02x".formatted(0x60 + hex.length() / 2) + hex;
    assertRefusedValue(description, text);
    assertRefusedValue(
        description + " behind ASCII",
        "%02x".formatted(0x66 + hex.length() / 2) + "616263646566" + hex);
    assertRefused(description + " in a name", "a1" + text + "01");
    assertRefused(description + " in a name within", "a16161a1" + text + "01");
  }

  @Test
  void keepsWhatUtf8MayHold() throws IOException { // a control character is text here
    assertThat(read("a1616164f09f8daa")).containsEntry("a", "\ud83c\udf6a");
    assertThat(read("a1616163efbfbd")).containsEntry("a", "\ufffd");
    assertThat(read("a161616378000a")).containsEntry("a", "x\0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, ''",
    "text, 6161",
    "true, f5",
    "an array, 80",
    "null, f6",
    "bytes, 41a0",
    "a map of indefinite length, bfff",
    "a self-described map, d9d9f7a0",
    "two maps, a0a0",
    "NUL behind, a000",
    "a break behind, a0ff",
    "a name without a value, a16161",
    "a pair too few, a2616101",
    "a pair too many, a1616101616202",
    "text beyond the end, a161616561",
    "an array beyond the end, a161618201",
    "lengths of 2^31, a161617a80000000",
    "lengths of 2^63, a161617b8000000000000000",
    "maps of 2^32, bb0000000100000000",
    "JSON, 7b7d",
    "JSON with an attribute, 7b2261223a317d"
  })
  void refusesEverythingThatIsNotOneMap(String description, String hex) {
    assertRefused(description, hex);
  }

  @Test
  void tagsOfTheListHaveTheRulesOfJson() throws IOException {
    assertThat(read("a16161a1657e6c6f6e676135")).containsEntry("a", 5L);
    for (String odd :
        List.of(
            "a1657e6c6f6e6705", // {"~long": 5}
            "a1657e6c6f6e674135", // {"~long": h'35'}
            "a1647e466f6f6161", // {"~Foo": "a"}
            "a2657e6c6f6e676135616201", // {"~long": "5", "b": 1}
            "a1617e80", // {"~": []}
            "a1647e736574820101", // {"~set": [1, 1]}
            "81a1647e6f776e01")) { // [{"~own": 1}]
      assertRefused(odd, "a16161" + odd);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{~bytes: AQID}, a1667e62797465736441514944",
    "{~bytes: h'01'}, a1667e62797465734101",
    "{~long: 5000000000}, a1657e6c6f6e676a35303030303030303030",
    "{~long: 05}, a1657e6c6f6e67623035",
    "{~float: 1}, a1667e666c6f61746131",
    "{~: {}}, a1617ea0",
    "{~: {a: 1}}, a1617ea1616101",
    "{~set: [h'01']}, a1647e736574814101",
    "{~set: [[h'01']]}, a1647e73657481814101",
    "{~own: h'01'}, a1647e6f776e4101",
    "{~own: [h'01']}, a1647e6f776e814101"
  })
  void refusesASecondFormOfAValue(String description, String hex) {
    byte[] bytes = HexFormat.of().parseHex("a16161" + hex);
    assertThatThrownBy(() -> CBOR.read(bytes, 0, bytes.length))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @Test
  void aTagOfALaterReleaseMakesItsAttributeUnreadableAlone() throws IOException {
    for (String later :
        List.of(
            "a1667e6d6f6e65796135", // {"~money": "5"}
            "a1667e6d6f6e65794105", // {"~money": h'05'}
            "81a1667e6d6f6e6579a1616101", // [{"~money": {"a": 1}}]
            "a1617ea1627e61a1667e6d6f6e657980", // {"~": {"~a": {"~money": []}}}
            "a1647e73657482a1667e6d6f6e6579f6a1667e6d6f6e6579f6")) { // In a set, twice.
      byte[] bytes = HexFormat.of().parseHex("a2616202" + "6161" + later);
      LocatedAttributes located = CBOR.read(bytes, 0, bytes.length);
      assertThat(located.asMap()).isEqualTo(Map.of("b", 2));
      assertThat(located.unreadable()).containsExactly("a");
      assertThatThrownBy(() -> CBOR.withStrictReading().read(bytes, 0, bytes.length))
          .isInstanceOf(IOException.class);
    }
    for (String broken :
        List.of(
            "a2667e6d6f6e65790161620f", // {"~money": 1, "b": 15}
            "a1667e6d6f6e65791801", // {"~money": 1}, longer than it need be
            "a1667e6d6f6e6579fb7ff0000000000000", // {"~money": Infinity}
            "a1667e6d6f6e6579a2616101616102", // {"~money": {"a": 1, "a": 2}}
            "a1667e6d6f6e6579" + "81".repeat(14) + "80")) { // 17 levels
      assertRefused(broken, "a16161" + broken);
    }
  }

  @Test
  void namesOfClassesAreOrdinaryText() throws IOException {
    assertThat(read("a16640636c61737363612e42")).isEqualTo(Map.of("@class", "a.B"));
  }

  @Test
  void everythingThatPassesIsReadAsItStands() { // The parser never sees what it could bend.
    Random random = new Random(7049);
    CBORFactory factory = new CBORFactory();
    byte[] plain =
        CBOR.toBytes(
            Map.of(
                "a", List.of("x\u00e9", 1, -5000, 1.5, true), "b", Map.of("c", new byte[] {1, 2})));
    byte[] tags =
        CBOR.toBytes(
            Map.of(
                "a", List.of(5L, 0.5f, 'c', Map.of("~", 1)), "b", Set.of(5L, 1), "c", Locale.ROOT));
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = i % 2 == 0 ? plain : tags;
      byte[] changed = Arrays.copyOf(bytes, bytes.length + random.nextInt(2));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        CborFormat.locate(changed, 0, changed.length);
      } catch (IOException e) {
        continue;
      }
      passed++;
      try (CBORParser parser = factory.createParser(changed)) {
        int depth = 0;
        do {
          parser.nextToken();
          assertThat(parser.currentToken()).as(HexFormat.of().formatHex(changed)).isNotNull();
          depth += parser.currentToken().isStructStart() ? 1 : 0;
          depth -= parser.currentToken().isStructEnd() ? 1 : 0;
          parser.getText();
        } while (depth > 0);
        assertThat(parser.nextToken()).isNull();
      } catch (IOException e) {
        throw new AssertionError(HexFormat.of().formatHex(changed), e);
      }
      try {
        byte[] again = CBOR.toBytes(CBOR.fromBytes(changed));
        assertThat(again).as(HexFormat.of().formatHex(changed)).isEqualTo(changed);
      } catch (IOException | RuntimeException e) {
        assertThat(e).isNotNull(); // Equal names, a number that is not finite, an odd tag.
      }
    }
    assertThat(passed).isGreaterThan(5000);
  }
}
