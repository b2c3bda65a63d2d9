package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Fixtures;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // It is in the list.
public final class TypeTagTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Edge values of every type in the list, by tag. */
  public static Map<String, List<Object>> edges() {
    Map<String, List<Object>> edges = new LinkedHashMap<>();
    edges.put("~long", List.of(0L, 1L, -1L, (long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE));
    edges.put(
        "~float",
        List.of(
            0f,
            -0f,
            0.1f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            1e10f));
    edges.put("~short", List.of(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE));
    edges.put("~byte", List.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE));
    edges.put(
        "~char", List.of('a', '\0', '"', '\\', '~', 'é', '\u2028', '\ud800', '\udfff', '\uffff'));
    edges.put(
        "~decimal",
        List.of(
            BigDecimal.ZERO,
            new BigDecimal("0.00"),
            new BigDecimal("-0.0"),
            new BigDecimal("1E+3"),
            new BigDecimal("1000"),
            new BigDecimal("1E+64"),
            new BigDecimal("1E-64"),
            new BigDecimal(BigInteger.ONE, 64),
            new BigDecimal(BigInteger.ONE, -64),
            new BigDecimal("9".repeat(64)),
            new BigDecimal("-" + "9".repeat(63))));
    edges.put(
        "~integer",
        List.of(
            BigInteger.ZERO,
            BigInteger.TEN.negate(),
            BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
            new BigInteger("9".repeat(64)),
            new BigInteger("-" + "9".repeat(63))));
    edges.put(
        "~instant",
        List.of(
            Instant.EPOCH,
            Instant.MIN,
            Instant.MAX,
            Fixtures.NOON.plusNanos(1),
            Instant.ofEpochSecond(-1)));
    edges.put(
        "~date",
        List.of(LocalDate.MIN, LocalDate.MAX, LocalDate.of(2024, 2, 29), LocalDate.of(0, 1, 1)));
    edges.put(
        "~time",
        List.of(LocalTime.MIN, LocalTime.MAX, LocalTime.NOON, LocalTime.of(1, 2, 3, 40_000_000)));
    edges.put(
        "~datetime",
        List.of(LocalDateTime.MIN, LocalDateTime.MAX, LocalDateTime.of(2025, 6, 1, 12, 0)));
    edges.put(
        "~offsetdatetime",
        List.of(
            OffsetDateTime.MIN,
            OffsetDateTime.MAX,
            OffsetDateTime.of(2025, 6, 1, 0, 0, 0, 1, ZoneOffset.UTC)));
    edges.put(
        "~offsettime",
        List.of(
            OffsetTime.MIN,
            OffsetTime.MAX,
            OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3))));
    edges.put(
        "~zoneddatetime",
        List.of(
            ZonedDateTime.of(2025, 6, 1, 12, 0, 0, 0, BERLIN),
            // The hour that exists twice, both times.
            ZonedDateTime.ofLocal(
                LocalDateTime.of(2024, 10, 27, 2, 30), BERLIN, ZoneOffset.ofHours(1)),
            ZonedDateTime.ofLocal(
                LocalDateTime.of(2024, 10, 27, 2, 30), BERLIN, ZoneOffset.ofHours(2)),
            ZonedDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
            ZonedDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"))));
    edges.put(
        "~duration",
        List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofNanos(-1),
            Duration.ofSeconds(-1, 1),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)));
    edges.put(
        "~period",
        List.of(
            Period.ZERO,
            Period.ofWeeks(2),
            Period.of(1, 13, 40),
            Period.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1)));
    edges.put(
        "~year",
        List.of(
            Year.of(Year.MIN_VALUE),
            Year.of(-1),
            Year.of(0),
            Year.of(2025),
            Year.of(10_000),
            Year.of(Year.MAX_VALUE)));
    edges.put(
        "~yearmonth",
        List.of(
            YearMonth.of(2025, 6),
            YearMonth.of(0, 1),
            YearMonth.of(9999, 12),
            YearMonth.of(-1, 1)));
    edges.put("~monthday", List.of(MonthDay.of(2, 29), MonthDay.of(12, 31)));
    edges.put("~month", List.of((Object[]) Month.values()));
    edges.put("~weekday", List.of((Object[]) DayOfWeek.values()));
    edges.put(
        "~zone",
        List.of(
            BERLIN,
            ZoneId.of("UTC"),
            ZoneId.of("GMT+2"),
            ZoneId.of("UTC+01:00"),
            ZoneOffset.UTC,
            ZoneOffset.MIN,
            ZoneOffset.MAX,
            ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
    edges.put(
        "~utildate",
        List.of(new Date(0), new Date(-1), new Date(Long.MIN_VALUE), new Date(Long.MAX_VALUE)));
    edges.put(
        "~uuid",
        List.of(
            new UUID(0, 0),
            new UUID(-1, -1),
            UUID.fromString("1b4e28ba-2fa1-11d2-883f-0016d3cca427")));
    edges.put("~bytes", List.of(new byte[0], new byte[] {0}, new byte[] {-1, -2}, new byte[300]));
    edges.put(
        "~locale",
        List.of(
            Locale.ROOT,
            Locale.GERMANY,
            Locale.SIMPLIFIED_CHINESE,
            new Locale("iw"),
            new Locale("", "CH"),
            new Locale("ja", "JP", "JP"),
            new Locale("th", "TH", "TH"),
            Locale.forLanguageTag("zh-Hant-TW"),
            Locale.forLanguageTag("de-u-co-phonebk"),
            Locale.forLanguageTag("sl-rozaj-biske")));
    edges.put(
        "~uri",
        List.of(
            URI.create(""),
            URI.create("https://example.com/a%20b?c=d#e"),
            URI.create("mailto:a@example.com"),
            URI.create("urn:isbn:0"),
            URI.create("//host/path"),
            URI.create("http://exämple.com/é")));
    return edges;
  }

  static Stream<TypeTag<?>> all() {
    return TypeTag.ALL.stream();
  }

  private static String json(Object value) {
    return new String(JsonSerializer.PLAIN.toBytes(Map.of("x", value)), StandardCharsets.UTF_8);
  }

  private static Object read(String json) throws IOException {
    byte[] bytes = Fixtures.utf8(json);
    return JsonSerializer.PLAIN.fromBytes(bytes).get("x");
  }

  private static Object tripped(Object value) throws IOException {
    JsonSerializer.PLAIN.check("x", value);
    byte[] bytes = JsonSerializer.PLAIN.toBytes(Map.of("x", value));
    return JsonSerializer.PLAIN.fromBytes(bytes).get("x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void edgesComeBackEqualAndOfTheSameClass(TypeTag<?> tag) throws IOException {
    List<Object> edges = edges().get(tag.tag());
    assertThat(edges).as("edges of %s", tag.tag()).isNotEmpty();
    for (Object value : edges) {
      assertThat(json(value)).startsWith("{\"x\":{\"" + tag.tag() + "\":\"");
      Object back = tripped(value);
      assertThat(back).isEqualTo(value).hasSameClassAs(value);
      assertThat(tripped(new ArrayList<>(Arrays.asList(value, null, value))))
          .usingRecursiveComparison()
          .isEqualTo(new ArrayList<>(Arrays.asList(value, null, value)));
      assertThat(tag.decode(tag.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void theListIsClosed() {
    assertThat(TypeTag.ALL.stream().map(TypeTag::tag).collect(Collectors.toSet()))
        .isEqualTo(edges().keySet());
    assertThat(TypeTag.ALL).extracting(TypeTag::type).doesNotHaveDuplicates();
    assertThat(TypeTag.ALL)
        .extracting(TypeTag::tag)
        .doesNotHaveDuplicates()
        .allMatch(t -> t.matches("~[a-z]+"));
    assertThat(TypeTag.named("~object")).isNull();
    assertThat(TypeTag.named("~")).isNull();
  }

  @Test
  void anIntIsNotTaggedAndALongIsUnlessItCannotBeAnInt() {
    assertThat(json(5)).isEqualTo("{\"x\":5}");
    assertThat(json(5L)).isEqualTo("{\"x\":{\"~long\":\"5\"}}");
    assertThat(json(Integer.MAX_VALUE + 1L)).isEqualTo("{\"x\":2147483648}");
    assertThat(json(Integer.MIN_VALUE - 1L)).isEqualTo("{\"x\":-2147483649}");
    assertThat(json((long) Integer.MIN_VALUE)).contains("~long");
    assertThat(json(Long.MAX_VALUE)).isEqualTo("{\"x\":9223372036854775807}");
  }

  @Test
  void longsBeyondIntComeBackAsLongs() throws IOException {
    for (long value :
        new long[] {
          Long.MIN_VALUE, Integer.MIN_VALUE - 1L, Integer.MAX_VALUE + 1L, Long.MAX_VALUE
        }) {
      assertThat(tripped(value)).isEqualTo(value);
    }
  }

  @Test
  void aDecimalKeepsItsScale() throws IOException {
    assertThat(tripped(new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.50"));
    assertThat(tripped(new BigDecimal("1.50"))).isNotEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void refusesNumbersOfMoreThan64Characters() {
    for (Object value :
        List.of(
            new BigInteger("9".repeat(65)), new BigInteger("-" + "9".repeat(64)),
            new BigDecimal("9".repeat(65)), new BigDecimal("0." + "9".repeat(63)))) {
      assertRefused(value, "65 characters");
    }
  }

  @Test
  void refusesScalesOutside64() { // 1e100000000.toPlainString() is 100 MB
    for (BigDecimal value :
        List.of(
            new BigDecimal("1E+65"),
            new BigDecimal("1E-65"),
            new BigDecimal("1E+100000000"),
            new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE))) {
      assertRefused(value, "BigDecimal");
    }
  }

  @Test
  void fractionsAreTheShortestTextOnEveryJdk() { // Two nodes on two JDKs serve one cookie.
    assertThat(json(Float.MIN_NORMAL)).isEqualTo("{\"x\":{\"~float\":\"1.1754944E-38\"}}");
    assertThat(json(Float.valueOf("1.18846831E13"))).contains("\"1.1884683E13\"");
    assertThat(json(Double.valueOf("2.0E23"))).isEqualTo("{\"x\":2.0E23}");
    assertThat(json(0.001)).isEqualTo("{\"x\":0.001}");
    assertThat(json(-0.0)).isEqualTo("{\"x\":-0.0}");
    assertThat(json(1e7)).isEqualTo("{\"x\":1.0E7}");
    assertThat(json(Double.MIN_VALUE)).isEqualTo("{\"x\":4.9E-324}");
  }

  @Test
  void fractionsComeBackEqual() throws IOException {
    Random random = new Random(4_511_638);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(tripped(number)).isEqualTo(number);
        assertThat(read("{\"x\":" + number + "}")).as("the text of this JDK").isEqualTo(number);
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(single)) {
        assertThat(tripped(single)).isEqualTo(single);
      }
    }
  }

  @Test
  void refusesFloatsThatAreNotFinite() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertRefused(value, "finite");
    }
  }

  @Test
  void refusesValuesWhoseTextIsNotTheWholeValue() {
    assertRefused(new Locale("no", "NO", "NY"), "Locale");
    assertRefused(new Locale("x y", "Germany"), "Locale");
    assertRefused(new java.sql.Timestamp(5), "java.sql.Timestamp");
    assertRefused(new java.sql.Date(5), "java.sql.Date");
  }

  private static void assertRefused(Object value, String why) {
    assertThatThrownBy(() -> JsonSerializer.PLAIN.check("x", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"x\"")
        .hasMessageContaining(value.getClass().getName())
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "~long, +5",
    "~long, 05",
    "~long, 5L",
    "~long, -0",
    "~long, 5000000000",
    "~long, 2147483648",
    "~long, -2147483649",
    "~long, ''",
    "~long, 9223372036854775808",
    "~long, ٥",
    "~float, NaN",
    "~float, 1",
    "~float, 1.0f",
    "~float, ' 1.0'",
    "~float, 1.00",
    "~float, 1e3",
    "~float, 1.0E3",
    "~float, 0x1.0p0",
    "~float, 1.17549435E-38",
    "~float, 0.10000000149",
    "~float, 1e-50",
    "~float, Infinity",
    "~float, -Infinity",
    "~short, 32768",
    "~short, +1",
    "~byte, 128",
    "~char, ''",
    "~char, ab",
    "~char, 🍪",
    "~decimal, +1",
    "~decimal, 1e3",
    "~decimal, 1E+65",
    "~decimal, 1E-65",
    "~decimal, 01",
    "~decimal, -0",
    "~decimal, .5",
    "~decimal, 5.",
    "~decimal, 0.0000001",
    "~decimal, 1E3",
    "~decimal, ٥",
    "~decimal, ''",
    "~decimal, 1e100000000",
    "~integer, +1",
    "~integer, 00",
    "~integer, -0",
    "~integer, 1.0",
    "~integer, 0x10",
    "~instant, 2025-06-01T12:00Z",
    "~instant, 2025-06-01T14:00:00+02:00",
    "~instant, 2025-06-01",
    "~instant, 2025-06-01T24:00:00Z",
    "~instant, 2016-12-31T23:59:60Z",
    "~instant, 2025-06-01T12:00:00.5Z",
    "~instant, 2025-06-01T12:00:00.000Z",
    "~instant, 2025-06-01t12:00:00z",
    "~instant, 2025-06-01T12:00:00,500Z",
    "~date, 2025-02-29",
    "~date, 2025-6-1",
    "~date, +2025-06-01",
    "~date, 12025-06-01",
    "~date, -0000-01-01",
    "~time, 24:00",
    "~time, 12:00:00",
    "~time, 12",
    "~time, 12:00:01.10",
    "~datetime, 2025-06-01",
    "~datetime, 2025-06-01T12:00:00",
    "~datetime, 2025-06-01 12:00",
    "~offsetdatetime, 2025-06-01T12:00+00:00",
    "~offsetdatetime, 2025-06-01T12:00+01",
    "~offsetdatetime, 2025-06-01T12:00+18:01",
    "~offsettime, 12:00-00:00",
    "~offsettime, 12:00+01:00:00",
    "~zoneddatetime, 2025-06-01T12:00+02:00[+02:00]",
    "~zoneddatetime, 2025-06-01T12:00+01:00[Europe/Berlin]",
    "~zoneddatetime, 2025-06-01T12:00[Europe/Berlin]",
    "~zoneddatetime, 2024-03-31T02:30+01:00[Europe/Berlin]",
    "~duration, PT60S",
    "~duration, P1D",
    "~duration, PT0H",
    "~duration, PT0M1S",
    "~duration, PT1.50S",
    "~duration, PT1H-1M",
    "~duration, -PT1S",
    "~duration, PT+1S",
    "~duration, pt1s",
    "~period, P1W",
    "~period, P0Y",
    "~period, P1Y0M",
    "~period, -P1Y",
    "~period, p1y",
    "~year, +2025",
    "~year, 02025",
    "~year, -0",
    "~year, 1000000000",
    "~yearmonth, 2025-13",
    "~yearmonth, +10000-01",
    "~yearmonth, 10000-01",
    "~monthday, 02-29",
    "~monthday, --02-30",
    "~month, june",
    "~month, 6",
    "~weekday, Monday",
    "~zone, Mars/Olympus",
    "~zone, +2",
    "~zone, +00:00",
    "~zone, UTC+1",
    "~zone, UTC+00:00",
    "~zone, europe/paris",
    "~zone, ../../etc/passwd",
    "~utildate, 0.5",
    "~utildate, +1",
    "~utildate, -0",
    "~utildate, 9223372036854775808",
    "~utildate, ''",
    "~uuid, 1",
    "~uuid, 1-1-1-1-1",
    "~uuid, 1B4E28BA-2FA1-11D2-883F-0016D3CCA427",
    "~bytes, AQ==",
    "~bytes, AR",
    "~bytes, A",
    "~bytes, 'AQ '",
    "~bytes, +/",
    "~locale, de_DE",
    "~locale, DE-de",
    "~locale, ''",
    "~locale, i-klingon",
    "~locale, iw",
    "~locale, 'x y'",
    "~uri, 'a b'",
    "~uri, ://",
    "~java.lang.String, a",
    "~Class, java.lang.String",
    "~LONG, 5",
    "~set, a",
    "~, a"
  })
  void everyOtherTextOfATagIsRefused(String tag, String text) {
    byte[] json = Fixtures.utf8("{\"x\":{\"" + tag + "\":\"" + text + "\"}}");
    assertThatThrownBy(() -> JsonSerializer.PLAIN.read(json, 0, json.length))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aTagHoldsTextAndNothingElse(TypeTag<?> tag) {
    for (String inner :
        List.of("5", "1.0", "true", "null", "[]", "{}", "[\"5\"]", "{\"~long\":\"5\"}")) {
      assertThatThrownBy(() -> read("{\"x\":{\"" + tag.tag() + "\":" + inner + "}}"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHugeNumberCostsNothing() { // refused by its length, before any arithmetic
    String digits = "9".repeat(65_000);
    for (String tag : List.of("~integer", "~decimal")) {
      assertThatThrownBy(() -> read("{\"x\":{\"" + tag + "\":\"" + digits + "\"}}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("64");
    }
  }

  @Test
  void knowsWhatCanChangeInPlace() {
    for (Object value :
        List.of(
            "a",
            1,
            true,
            1.5,
            5L,
            'c',
            Fixtures.NOON,
            Month.MAY,
            new UUID(0, 0),
            BERLIN,
            ZoneOffset.UTC)) {
      assertThat(TypeTag.canChangeInPlace(value, null)).as(value.getClass().getName()).isFalse();
    }
    for (Object value : List.of(new Date(0), new byte[0], List.of(), Map.of(), new Object())) {
      assertThat(TypeTag.canChangeInPlace(value, null)).as(value.getClass().getName()).isTrue();
    }
  }

  @Test
  void aTypeThatNeverChangesHasNoMethodThatCouldChangeIt() {
    for (TypeTag<?> tag : TypeTag.ALL) {
      if (tag.change() == TypeTag.Change.NEVER) {
        assertThat(tag.type().isArray()).as(tag.tag()).isFalse();
        assertThat(
                Arrays.stream(tag.type().getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> method.getReturnType() == void.class))
            .as("%s is declared as Change.NEVER", tag.tag())
            .isEmpty();
      }
    }
  }
}
