package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.Vector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptJsonTest {
  private static final Serializer JSON = new JavaScriptJson(Set.of("constructor"));

  private static String written(Map<String, Object> attributes) {
    return new String(JSON.toBytes(attributes), StandardCharsets.UTF_8);
  }

  private static String written(Object value) {
    return written(Collections.singletonMap("a", value));
  }

  private static Map<String, Object> read(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return JSON.read(bytes, 0, bytes.length).asMap();
  }

  private static Object value(String json) throws IOException {
    return read("{\"a\":" + json + "}").get("a");
  }

  @Test
  void writesArrayIndicesFirstAndAscending() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name :
        List.of("b", "10", "01", "2", "4294967294", "-1", "1.5", "4294967295", "0", "a", "")) {
      attributes.put(name, 1);
    }

    assertThat(written(attributes))
        .isEqualTo(
            "{\"0\":1,\"2\":1,\"10\":1,\"4294967294\":1,"
                + "\"b\":1,\"01\":1,\"-1\":1,\"1.5\":1,\"4294967295\":1,\"a\":1,\"\":1}");
    assertThat(written(Map.of("m", attributes))).startsWith("{\"m\":{\"0\":1,\"2\":1,\"10\":1,");
  }

  @Test
  void escapesWhatJavaScriptEscapesAndNothingElse() { // rule 2
    assertThat(written("\"\\/\b\t\n\f\r\0\u000b\u001f"))
        .isEqualTo("{\"a\":\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u000b\\u001f\"}");
    String raw = "<>&'\u007f\u0080\u009f\u00a0\u2028\u2029\ufeff\uffff😀";
    assertThat(written(raw)).isEqualTo("{\"a\":\"" + raw + "\"}");
    assertThat(written("\ud83d")).isEqualTo("{\"a\":\"\\ud83d\"}");
    assertThat(written("\ude00\ud83d\ud83d\ude00\ude00"))
        .isEqualTo("{\"a\":\"\\ude00\\ud83d😀\\ude00\"}");
  }

  @Test
  void writesNumbersAsJavaScriptDoes() { // rule 3; EcmaNumberTest has more
    assertThat(
            written(
                Arrays.asList(
                    0, -7, 1.5, Double.MIN_VALUE, 1e300, 1763600000000L, true, false, null)))
        .isEqualTo("{\"a\":[0,-7,1.5,5e-324,1e+300,1763600000000,true,false,null]}");
  }

  static Stream<Object> valuesThatComeBack() {
    return Stream.of(
        "",
        "zoé \ud800",
        0,
        Integer.MIN_VALUE,
        1L << 31,
        -(1L << 53),
        1234567890123456800L,
        0.1,
        -1e-300,
        0x1p63,
        1e300,
        true,
        List.of(),
        Map.of(),
        Map.of("~uuid", "00000000-0000-0000-0000-000000000000"),
        Map.of("__proto__", List.of(Map.of("toJSON", "x"))),
        new ArrayList<>(Arrays.asList(1, null, "2")));
  }

  @ParameterizedTest
  @MethodSource("valuesThatComeBack")
  void bringsBackWhatItTakes(Object value) throws IOException {
    JSON.check("a", value);
    assertThat(JSON.fromBytes(JSON.toBytes(Map.of("a", value))).get("a"))
        .isEqualTo(value)
        .satisfies(back -> assertThat(back instanceof Number).isEqualTo(value instanceof Number));
  }

  static Stream<Object> valuesThatWouldNotComeBack() {
    IdentityHashMap<Object, Object> twice = new IdentityHashMap<>();
    twice.put(new String("a"), 1);
    twice.put(new String("a"), 2);
    return Stream.of(
        7L,
        3.0,
        -0.0,
        1e10,
        9.0e18,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        1.5f,
        (short) 1,
        (byte) 1,
        'c',
        BigDecimal.ONE,
        Instant.EPOCH,
        UUID.fromString("00000000-0000-0000-0000-000000000000"),
        Set.of(1),
        new byte[1],
        new int[1],
        Thread.State.NEW,
        twice,
        Collections.unmodifiableMap(twice),
        List.of(Map.of("x", 7L)));
  }

  @ParameterizedTest
  @MethodSource("valuesThatWouldNotComeBack")
  void refusesWhatWouldNotComeBackNamingAttributeAndType(Object value) {
    assertThatThrownBy(() -> JSON.check("price", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attribute \"price\" holds a ")
        .hasMessageContaining(" that would not come back as it is: ");
  }

  @Test
  void refusesNamesThatAreNone() {
    for (Object value :
        List.of(Map.of(1, 2), Map.of(List.of(), 2), Collections.singletonMap(null, 1))) {
      assertThatThrownBy(() -> JSON.check("price", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("attribute \"price\": ")
          .hasMessageEndingWith("the keys of a map must be strings");
    }
    for (Object value : List.of(Map.of("x\ud83d", 2), Map.of("\ude00\ud83d", 2))) {
      assertThatThrownBy(() -> JSON.check("price", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attribute \"price\": a name with half a character (a lone surrogate)");
    }
  }

  @Test
  void saysWhatToDoAndNeverTheValue() {
    assertThatThrownBy(() -> JSON.check("price", 4711.0))
        .hasMessage(
            "attribute \"price\" holds a java.lang.Double that would not come back as it is: it is a"
                + " whole number, which would come back as an Integer or Long, as JavaScript has one"
                + " type of number; put an Integer, a Long or a String");
    assertThatThrownBy(() -> JSON.check("when\n", Instant.EPOCH))
        .hasMessageStartingWith("attribute \"when?\" holds a java.time.Instant ")
        .hasMessageNotContaining("1970");
  }

  @Test
  void refusesNamesThatTheOtherSideDrops() {
    assertThatThrownBy(() -> JSON.check("constructor", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"constructor\" has a name that the other side drops");
    assertThatCode(() -> JSON.check("a", Map.of("constructor", 1))).doesNotThrowAnyException();
  }

  @Test
  void dropsThoseNamesWhenItReadsAndSaysWhich() throws IOException {
    byte[] json = "{\"a\":1,\"constructor\":{}}".getBytes(StandardCharsets.UTF_8);

    LocatedAttributes located = JSON.read(json, 0, json.length);
    assertThat(located.asMap()).isEqualTo(Map.of("a", 1));
    assertThat(located.unreadable()).containsExactly("constructor");
  }

  @Test
  void readsNumbersAsTheyWouldBeWrittenAgain() throws IOException {
    assertThat(value("1.0")).isEqualTo(1);
    assertThat(value("1e2")).isEqualTo(100);
    assertThat(value("-0")).isEqualTo(0);
    assertThat(value("9007199254740993")).isEqualTo(9007199254740992L);
    assertThat(value("9223372036854775808")).isEqualTo(0x1p63);
    assertThat(value("123456789012345678901234567890")).isEqualTo(1.2345678901234568E29);
    assertThat(value("0.1e-999999999")).isEqualTo(0);
  }

  @Test
  void interpretsNoTags() throws IOException {
    assertThat(read("{\"~uuid\":\"x\",\"a\":{\"~long\":\"5\"}}"))
        .isEqualTo(Map.of("~uuid", "x", "a", Map.of("~long", "5")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "true",
        "[]",
        "\"a\"",
        " {}",
        "\ufeff{}",
        "{} x",
        "{}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":-Infinity}",
        "{\"a\":1e400}",
        "{\"a\":123456789012345678901234567890123}",
        "{\"a\":True}",
        "{\"a\":undefined}",
        "{\"a\":'x'}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\ud8\"}",
        "{\"\\ud83d\":1}",
        "{\"x\\ude00\":1}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}",
        "{\"a\":1/*x*/}",
        "{\"a\":\u00a01}"
      })
  void refusesWhatIsNoJsonObject(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b2261223a22c0af227d", // overlong
        "7b2261223a22e080af227d",
        "7b2261223a22eda080227d", // a surrogate
        "7b2261223a22e282227d", // cut short
        "7b2261223a2280227d",
        "7b2261223a22e9227d", // Latin-1
        "7b22f0222231227d",
        "7b002200610022003a0031007d00", // UTF-16
        "7b0000002200000061000000220000003a000000310000007d000000", // UTF-32
        "0000007b0000007d"
      })
  void refusesWhatIsNotUtf8(String hex) {
    assertThatThrownBy(() -> JSON.fromBytes(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IOException.class);
  }

  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  @Test
  void readsAndWritesUpToTheSameLimits() throws IOException {
    assertThat(written(read(nested(64)))).isEqualTo(nested(64));
    assertThatThrownBy(() -> read(nested(65))).isInstanceOf(IOException.class);
    Object deep = List.of();
    for (int level = 2; level < 64; level++) {
      deep = List.of(deep);
    }
    JSON.check("a", deep);
    Object deeper = List.of(deep);
    assertThatThrownBy(() -> JSON.check("a", deeper)).hasMessageContaining("deeper than 64 levels");

    String longest = "é".repeat(128);
    assertThat(read(written(Map.of(longest, 1)))).containsOnlyKeys(longest);
    assertThatThrownBy(() -> read("{\"" + longest + "x\":1}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> JSON.check(longest + "x", 1)).hasMessageContaining("129 characters");

    Map<String, Object> names = new LinkedHashMap<>();
    for (int i = 0; i < 512; i++) {
      names.put("n" + i, i);
    }
    assertThat(read(written(names))).isEqualTo(names);
    names.put("n512", 512);
    assertThatThrownBy(() -> written(names)).hasMessageContaining("more than 512 names");
    String tooMany = "{\"x\":0," + names(512) + "}";
    assertThatThrownBy(() -> read(tooMany)).isInstanceOf(IOException.class);

    List<Object> values = new ArrayList<>(Collections.nCopies(998, 1));
    assertThat(read(written(values))).isEqualTo(Map.of("a", values));
    values.add(1);
    assertThatThrownBy(() -> written(values)).hasMessageContaining("more than 1000 values");
    assertThatThrownBy(() -> value(values.toString())).isInstanceOf(IOException.class);
  }

  private static String names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("\"n" + i + "\":0");
    }
    return String.join(",", names);
  }

  static final class Basket extends ArrayList<String> {
    private static final long serialVersionUID = 1;
    String owner = "";
  }

  @Test
  @SuppressWarnings("JdkObsolete") // Applications hold them.
  void classesOfCollectionsThatWouldBeLostAreRefused() {
    for (Collection<?> list :
        List.of(new Basket(), new LinkedList<>(List.of("hunter2")), new Vector<>())) {
      assertThatThrownBy(() -> JSON.check("a", Map.of("b", list)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("attribute \"a\" holds a " + list.getClass().getTypeName())
          .hasMessageContaining("put a copy, new ArrayList<>(value)")
          .hasMessageNotContaining("hunter2");
      JSON.check("a", Map.of("b", new ArrayList<>(list)));
    }
    Map<String, Object> sorted = new TreeMap<>(Map.of("b", 1));
    assertThatThrownBy(() -> JSON.check("a", sorted))
        .hasMessageContaining("put a copy, new LinkedHashMap<>(value)");
    JSON.check("a", new LinkedHashMap<>(sorted));
    JSON.check("a", Collections.unmodifiableMap(sorted));
  }

  @Test
  void refusesAListThatContainsItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> JSON.check("a", list)).hasMessageContaining("contains itself");
  }

  @Test
  void bringsRandomSessionsBack() throws IOException { // fixed seed
    RandomSessions sessions = new RandomSessions(66);
    for (int i = 0; i < 3000; i++) {
      Map<String, Object> session = sessions.next();
      byte[] bytes = JSON.toBytes(session);
      assertThat(JSON.fromBytes(bytes)).isEqualTo(session);
      assertThat(JSON.toBytes(JSON.fromBytes(bytes))).isEqualTo(bytes);
    }
  }
}
