package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.madeleine.Attribute;
import dev.madeleine.Fixtures;
import dev.madeleine.TypeToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Own classes in attributes whose type the application declared. */
final class DeclaredTypesTest {
  record Item(String name, int count) {}

  record Cart(List<Item> items, Map<String, Item> byName, Item favourite) {}

  record Numbers(
      long id,
      Long boxed,
      int i,
      short s,
      byte b,
      char c,
      float f,
      double d,
      boolean flag,
      BigDecimal price,
      BigInteger large) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      ZonedDateTime zoned,
      Duration duration,
      Period period,
      Year year,
      YearMonth month,
      DayOfWeek day,
      ZoneId zone,
      UUID uuid,
      URI uri,
      Locale locale,
      List<Instant> more,
      Map<String, Duration> named) {}

  record Holder(Object any) {}

  record Chain(Chain next) {}

  record Secret(String text) {
    Secret {
      if (text.contains("refused")) {
        throw new IllegalArgumentException("refusing " + text);
      }
    }
  }

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green with a body";
      }
    }
  }

  /** A bean with equals. */
  public static final class Address {
    private String street = "";
    private Colour colour = Colour.RED;

    public String getStreet() {
      return street;
    }

    public void setStreet(String street) {
      this.street = street;
    }

    public Colour getColour() {
      return colour;
    }

    public void setColour(Colour colour) {
      this.colour = colour;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Address address
          && street.equals(address.street)
          && colour == address.colour;
    }

    @Override
    public int hashCode() {
      return Objects.hash(street, colour);
    }
  }

  /** A bean without equals, compared by what it says. */
  public static final class Plain {
    private List<String> words = new ArrayList<>();

    public List<String> getWords() {
      return words;
    }

    public void setWords(List<String> words) {
      this.words = words;
    }
  }

  /** A bean that forgets. */
  public static final class Forgetful {
    private String kept = "";
    private transient String lost = "";

    public Forgetful() {}

    Forgetful(String kept, String lost) {
      this.kept = kept;
      this.lost = lost;
    }

    public String getKept() {
      return kept;
    }

    public void setKept(String kept) {
      this.kept = kept;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Forgetful that && kept.equals(that.kept) && lost.equals(that.lost);
    }

    @Override
    public int hashCode() {
      return Objects.hash(kept, lost);
    }
  }

  private static byte[] write(JsonSerializer json, Object value) {
    return json.toBytes(Map.of("x", value));
  }

  /** Puts a value as a session does, sends it, and reads it with a serializer of its own. */
  private static <T> Object trip(Attribute<T> attribute, T value) throws IOException {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(attribute);
    json.check("x", value);
    byte[] bytes = write(json, value);
    return JsonSerializer.PLAIN
        .withAttributes(attribute)
        .withStrictReading()
        .read(bytes, 0, bytes.length)
        .value("x");
  }

  private static <T> String wire(Attribute<T> attribute, T value) {
    return new String(
        write(JsonSerializer.PLAIN.withAttributes(attribute), value), StandardCharsets.UTF_8);
  }

  private static <T> void assertComesBack(Class<T> type, T value) throws IOException {
    assertThat(trip(Attribute.of("x", type), value)).isEqualTo(value).hasSameClassAs(value);
  }

  private static <T> void assertComesBack(TypeToken<T> type, T value) throws IOException {
    assertThat(trip(Attribute.of("x", type), value)).isEqualTo(value);
  }

  private static <T> void assertRefused(Attribute<T> attribute, T value, String... parts) {
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withAttributes(attribute).check("x", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attribute \"x\"")
        .hasMessageNotContaining("hunter2")
        .hasNoCause()
        .satisfies(e -> List.of(parts).forEach(part -> assertThat(e).hasMessageContaining(part)));
  }

  private static Object read(Attribute<?> attribute, String json) throws IOException {
    byte[] bytes = Fixtures.utf8(json);
    return JsonSerializer.PLAIN
        .withAttributes(attribute)
        .withStrictReading()
        .read(bytes, 0, bytes.length)
        .value("x");
  }

  // ---- what comes back ----

  @Test
  void recordsComeBack() throws IOException {
    Item tea = new Item("tea", 2);
    assertComesBack(Item.class, tea);
    assertComesBack(Cart.class, new Cart(List.of(tea, tea), Map.of("tea", tea), null));
    assertThat(wire(Attribute.of("x", Item.class), tea))
        .isEqualTo("{\"x\":{\"~own\":{\"name\":\"tea\",\"count\":2}}}");
  }

  @Test
  void numbersOfAllKindsComeBackInRecords() throws IOException {
    assertComesBack(
        Numbers.class,
        new Numbers(
            5,
            6L,
            7,
            (short) 8,
            (byte) 9,
            'c',
            0.1f,
            0.1,
            true,
            new BigDecimal("1.50"),
            BigInteger.TEN.pow(40)));
    assertComesBack(
        Numbers.class,
        new Numbers(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Integer.MIN_VALUE,
            Short.MIN_VALUE,
            Byte.MIN_VALUE,
            '\0',
            Float.MIN_VALUE,
            Double.MAX_VALUE,
            false,
            new BigDecimal("1E+64"),
            BigInteger.ZERO));
    assertComesBack(
        Numbers.class,
        new Numbers(0, null, 0, (short) 0, (byte) 0, '\ud800', -0f, -0.0, false, null, null));
    assertComesBack(
        Numbers.class,
        new Numbers(
            Integer.MAX_VALUE + 1L,
            0L,
            0,
            (short) 0,
            (byte) 0,
            '"',
            Float.MAX_VALUE,
            1e21,
            false,
            null,
            null));
  }

  @Test
  void timesComeBackInRecords() throws IOException {
    ZonedDateTime twice =
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
            .withLaterOffsetAtOverlap();
    Times times =
        new Times(
            Instant.MAX,
            LocalDate.MIN,
            LocalTime.MAX,
            twice,
            Duration.ofNanos(-1),
            Period.ofWeeks(2),
            Year.of(-5),
            YearMonth.of(2025, 6),
            DayOfWeek.FRIDAY,
            ZoneId.of("UTC+01:00"),
            new UUID(1, 2),
            URI.create("urn:a"),
            Locale.GERMANY,
            List.of(Instant.EPOCH, Fixtures.NOON.plusNanos(1)),
            Map.of("short", Duration.ofMillis(1)));
    assertComesBack(Times.class, times);
  }

  @Test
  void beansComeBack() throws IOException {
    Address address = new Address();
    address.setStreet("rue Saint-Lazare");
    address.setColour(Colour.GREEN);
    assertComesBack(Address.class, address);
    Plain plain = new Plain();
    plain.getWords().add("a");
    Object back = trip(Attribute.of("x", Plain.class), plain);
    assertThat(((Plain) back).getWords()).containsExactly("a");
  }

  @Test
  void enumsComeBack() throws IOException {
    assertComesBack(Colour.class, Colour.RED);
    assertComesBack(TimeUnit.class, TimeUnit.DAYS);
    assertThat(trip(Attribute.of("x", Colour.class), Colour.GREEN)).isSameAs(Colour.GREEN);
    assertThat(wire(Attribute.of("x", Colour.class), Colour.GREEN))
        .isEqualTo("{\"x\":{\"~own\":\"GREEN\"}}");
  }

  @Test
  void genericTypesComeBackWithTheirElements() throws IOException {
    assertComesBack(new TypeToken<List<Item>>() {}, List.of(new Item("a", 1), new Item("b", 2)));
    assertComesBack(
        new TypeToken<Map<String, List<Item>>>() {}, Map.of("k", List.of(new Item("a", 1))));
    assertComesBack(new TypeToken<List<Long>>() {}, List.of(5L, Long.MAX_VALUE, -1L));
    assertComesBack(new TypeToken<List<Float>>() {}, List.of(0.1f, -0f, Float.MIN_VALUE, 1e10f));
    assertComesBack(new TypeToken<List<Double>>() {}, List.of(1.0, -0.0, 0.1));
    assertComesBack(new TypeToken<Map<String, Long>>() {}, Map.of("~long", 5L, "~", 6L));
    assertComesBack(new TypeToken<Map<Integer, String>>() {}, Map.of(1, "a", -5, "b"));
    assertComesBack(new TypeToken<Map<Colour, Instant>>() {}, Map.of(Colour.RED, Fixtures.NOON));
    assertComesBack(new TypeToken<Set<Colour>>() {}, EnumSet.allOf(Colour.class));
    assertComesBack(
        new TypeToken<EnumMap<Colour, Long>>() {}, new EnumMap<>(Map.of(Colour.RED, 5L)));
    assertComesBack(
        new TypeToken<List<List<Instant>>>() {}, List.of(List.of(Instant.MIN), List.of()));
    assertComesBack(new TypeToken<List<String>>() {}, Arrays.asList("a", null, "\ud800"));
    assertComesBack(new TypeToken<List<BigDecimal>>() {}, List.of(new BigDecimal("1.50")));
  }

  @Test
  void mapsWithTildesNeedNoEscapeUnderADeclaration() throws IOException {
    TypeToken<Map<String, String>> type = new TypeToken<>() {};
    assertThat(wire(Attribute.of("x", type), Map.of("~long", "5")))
        .isEqualTo("{\"x\":{\"~own\":{\"~long\":\"5\"}}}");
    assertComesBack(type, Map.of("~long", "5"));
    assertComesBack(type, Map.of("~", "~"));
  }

  @Test
  void typesOfTheListTravelByTheirTagsThoughDeclared() throws IOException {
    assertThat(wire(Attribute.of("x", Long.class), 5L)).isEqualTo("{\"x\":{\"~long\":\"5\"}}");
    assertComesBack(Long.class, 5L);
    assertComesBack(Instant.class, Fixtures.NOON);
    assertComesBack(String.class, "a");
    assertThat(trip(Attribute.of("x", byte[].class), new byte[] {1, 2}))
        .isEqualTo(new byte[] {1, 2});
    assertThat(trip(Attribute.of("x", List.class), List.of(1, 5L))).isEqualTo(List.of(1, 5L));
    assertThat(trip(Attribute.of("x", Map.class), Map.of("~long", "5")))
        .isEqualTo(Map.of("~long", "5"));
    assertThat(trip(Attribute.of("x", Object.class), Set.of(5L))).isEqualTo(Set.of(5L));
  }

  @Test
  void aDeclarationSaysNothingAboutOtherAttributes() throws IOException {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(Attribute.of("cart", Item.class));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("cart", new Item("tea", 1));
    attributes.put("x", Map.of("name", "tea", "count", 5L));
    byte[] bytes = json.toBytes(attributes);
    assertThat(json.fromBytes(bytes)).isEqualTo(attributes);
    assertThatThrownBy(() -> json.check("x", new Item("tea", 1))).hasMessageContaining("Item");
  }

  @Test
  void closedHierarchiesByNameComeBack() throws IOException {
    assertComesBack(Animal.class, new Cat("Minou"));
    assertThat(wire(Attribute.of("x", Animal.class), new Cat("Minou")))
        .isEqualTo("{\"x\":{\"~own\":{\"kind\":\"cat\",\"name\":\"Minou\"}}}");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
  interface Animal {}

  record Cat(String name) implements Animal {}

  // ---- what comes back equal or is refused ----

  /** Sends a value through the wire; it is refused, or comes back with its elements' classes. */
  private static <T> void assertEqualOrRefused(Attribute<T> attribute, T value) {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(attribute);
    try {
      json.check("x", value);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThatCode(() -> assertThat(trip(attribute, value)).isEqualTo(value))
        .doesNotThrowAnyException();
  }

  @Test
  void aLongWhoseDeclarationDoesNotSaySoComesBackAsALongOrIsRefused() {
    assertEqualOrRefused(Attribute.of("x", Holder.class), new Holder(5L));
    assertEqualOrRefused(Attribute.of("x", Number.class), 5L);
    assertEqualOrRefused(Attribute.of("x", new TypeToken<List<Object>>() {}), List.of(5L));
    assertEqualOrRefused(
        Attribute.of("x", new TypeToken<Map<String, Object>>() {}), Map.of("a", 5L));
    assertEqualOrRefused(Attribute.of("x", new TypeToken<List<Number>>() {}), List.of(1, 5L));
  }

  @Test
  void whatADeclarationDoesNotSayComesBackEqualOrIsRefused() {
    for (Object any :
        List.of(
            "a",
            1,
            1.5,
            true,
            List.of(1),
            Map.of("a", 1),
            Long.MAX_VALUE,
            0.1f,
            'c',
            (short) 1,
            (byte) 1,
            Fixtures.NOON,
            new UUID(1, 2),
            BigDecimal.ONE,
            BigInteger.ONE,
            Colour.RED,
            new Item("a", 1),
            Set.of(1),
            new byte[] {1},
            new String[] {"a"},
            new ArrayList<>(List.of(1.5f)))) {
      assertEqualOrRefused(Attribute.of("x", Holder.class), new Holder(any));
      if (!any.getClass().isArray()) { // A map with an array equals no other.
        assertEqualOrRefused(
            Attribute.of("x", new TypeToken<Map<String, Object>>() {}), Map.of("a", any));
      }
    }
  }

  @Test
  void refusesAValueOfAnotherType() {
    JsonSerializer json =
        JsonSerializer.PLAIN.withAttributes(
            Attribute.of("x", Item.class), Attribute.of("n", Long.class));
    assertThatThrownBy(() -> json.check("x", "hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared as")
        .hasMessageContaining("Item")
        .hasMessageContaining("java.lang.String")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> json.check("n", 5)).hasMessageContaining("java.lang.Integer");
    assertThatThrownBy(() -> json.toBytes(Map.of("x", "hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void refusesElementsOfAnotherType() {
    assertRefused(
        (Attribute) Attribute.of("x", new TypeToken<List<Integer>>() {}),
        List.of("5"),
        "not of the declared type");
    assertRefused(
        (Attribute) Attribute.of("x", new TypeToken<List<Item>>() {}),
        List.of(Map.of("name", "hunter2", "count", 1)),
        "not of the declared type at []");
  }

  @Test
  void refusesABeanThatForgets() {
    assertRefused(
        Attribute.of("x", Forgetful.class),
        new Forgetful("a", "hunter2"),
        "Forgetful",
        "comes back different");
    assertThatCode(() -> assertComesBack(Forgetful.class, new Forgetful("a", "")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatJacksonCannotWriteOrRead() {
    assertRefused(
        Attribute.of("x", Object[].class), new Object[] {new Object()}, "cannot be written");
    assertRefused(Attribute.of("x", Runnable.class), () -> {}, "Runnable");
  }

  /** A bean whose getter fails with a message that quotes a value. */
  public static final class Failing {
    private final List<String> none = List.of();

    public String getText() {
      if (none.isEmpty()) {
        throw new IllegalStateException("hunter2");
      }
      return "";
    }
  }

  /** A bean whose setter fails with a message that quotes a value. */
  public static final class Picky {
    private String text = "";

    public String getText() {
      return text;
    }

    public void setText(String newText) {
      if (newText.equals("hunter2")) {
        throw new IllegalStateException("no " + newText + " here");
      }
      text = newText;
    }

    static Picky of(String text) {
      Picky picky = new Picky();
      picky.text = text;
      return picky;
    }
  }

  @Test
  void repeatsNoValueFromSomebodyElsesMessage() { // CVE-2025-49128
    assertRefused(Attribute.of("x", Failing.class), new Failing(), "Failing", "text");
    assertRefused(Attribute.of("x", Picky.class), Picky.of("hunter2"), "Picky", "text");
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    for (double odd :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertRefused(
          Attribute.of("x", Numbers.class),
          new Numbers(0, null, 0, (short) 0, (byte) 0, 'c', 0f, odd, false, null, null));
      assertRefused(
          Attribute.of("x", Numbers.class),
          new Numbers(0, null, 0, (short) 0, (byte) 0, 'c', (float) odd, 0, false, null, null));
      assertRefused(Attribute.of("x", new TypeToken<List<Double>>() {}), List.of(odd));
    }
  }

  @Test
  void refusesNumbersThatAreTooLong() {
    for (BigDecimal odd : List.of(new BigDecimal("1E+65"), new BigDecimal("9".repeat(65)))) {
      assertRefused(
          Attribute.of("x", Numbers.class),
          new Numbers(0, null, 0, (short) 0, (byte) 0, 'c', 0f, 0, false, odd, null));
    }
  }

  /** A bean that may point to itself. */
  public static final class Node {
    private Node next;

    public Node getNext() {
      return next;
    }

    public void setNext(Node next) {
      this.next = next;
    }
  }

  @Test
  void refusesCyclesAndDepth() {
    Node node = new Node();
    node.setNext(node);
    assertRefused(Attribute.of("x", Node.class), node, "Node");
    Chain chain = null;
    for (int i = 0; i < 14; i++) {
      chain = new Chain(chain);
    }
    Chain deepest = chain;
    assertThatCode(() -> assertComesBack(Chain.class, deepest)).doesNotThrowAnyException();
    assertRefused(Attribute.of("x", Chain.class), new Chain(deepest), "deeper than 16");
  }

  @Test
  void hasTheOtherLimitsToo() {
    TypeToken<List<Integer>> list = new TypeToken<>() {};
    assertThatCode(() -> assertComesBack(list, Collections.nCopies(997, 5)))
        .doesNotThrowAnyException();
    assertRefused(Attribute.of("x", list), Collections.nCopies(998, 5), "values");
    TypeToken<Map<String, Integer>> map = new TypeToken<>() {};
    assertThatCode(() -> assertComesBack(map, Map.of("k".repeat(128), 1)))
        .doesNotThrowAnyException();
    assertRefused(Attribute.of("x", map), Map.of("k".repeat(129), 1), "129");
  }

  @Test
  void refusesTwoDeclarationsOfOneName() {
    assertThatThrownBy(
            () ->
                JsonSerializer.PLAIN.withAttributes(
                    Attribute.of("x", Item.class), Attribute.of("x", Long.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"x\" is declared twice");
  }

  // ---- no cookie names a class ----

  static final AtomicInteger TRAPS = new AtomicInteger();

  /** A class that tells when it is made. */
  public static class Trap {
    public Trap() {
      TRAPS.incrementAndGet();
    }
  }

  /** A class that tells when it is initialised. */
  public static class StaticTrap {
    static {
      TRAPS.incrementAndGet();
    }
  }

  record ByClass(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object value) {}

  record ByMinimalClass(@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS) Object value) {}

  @Test
  void noKeyOfAMapIsReadAsAClass() {
    String json = "{\"x\":{\"" + getClass().getName() + "$StaticTrap\":1}}";
    Attribute<?> byClass = Attribute.of("x", new TypeToken<Map<Class<?>, Integer>>() {});
    assertThatThrownBy(() -> read(byClass, json))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
    assertThat(TRAPS).as("classes that a payload brought to life").hasValue(0);
  }

  record ByClassInProperty(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class") Base value) {}

  record ByClassInArray(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.WRAPPER_ARRAY)
          Base value) {}

  record ByClassInObject(
      @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.WRAPPER_OBJECT)
          Object value) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Base {}

  /** A subclass that an annotation of Jackson would let a text name. */
  public static class Sub implements Base {
    public Sub() {
      TRAPS.incrementAndGet();
    }
  }

  @Test
  void jacksonsPolymorphicAnnotationsDoNotLetACookieNameAClass() {
    String here = getClass().getName();
    for (Class<?> type :
        List.of(
            ByClass.class,
            ByMinimalClass.class,
            ByClassInProperty.class,
            ByClassInArray.class,
            ByClassInObject.class)) {
      for (String trap : List.of("$Trap", "$StaticTrap", "$Sub")) {
        String name = here + trap;
        for (String value :
            List.of(
                "{\"@class\":\"" + name + "\"}",
                "{\"@c\":\"" + name + "\"}",
                "{\"@c\":\"." + trap + "\"}",
                "[\"" + name + "\",{}]",
                "{\"" + name + "\":{}}")) {
          String json = "{\"x\":{\"value\":" + value + "}}";
          assertThatThrownBy(() -> read(Attribute.of("x", type), json))
              .as(json)
              .isInstanceOfAny(IOException.class, RuntimeException.class);
        }
      }
    }
    for (String value : List.of("{\"@class\":\"" + here + "$Sub\"}", "[\"" + here + "$Sub\",{}]")) {
      assertThatThrownBy(() -> read(Attribute.of("x", Base.class), "{\"x\":" + value + "}"))
          .isInstanceOfAny(IOException.class, RuntimeException.class);
    }
    assertThat(TRAPS).as("classes that a payload brought to life").hasValue(0);
  }

  @Test
  void aValueThatOnlyAClassNameCouldBringBackIsRefusedWhenItIsPut() {
    assertEqualOrRefused(Attribute.of("x", ByClass.class), new ByClass(new Item("a", 1)));
    assertRefused(Attribute.of("x", ByClass.class), new ByClass(new Item("a", 1)));
    assertRefused(Attribute.of("x", Base.class), new Sub());
    TRAPS.set(0);
  }

  @Test
  void aDeclaredClassIsNotReadFromACookie() { // a cookie never names a class
    String json = "{\"x\":\"" + getClass().getName() + "$StaticTrap\"}";
    assertThatThrownBy(() -> read(Attribute.of("x", Class.class), json))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
    assertRefused(Attribute.of("x", Class.class), String.class);
  }

  @Test
  void aPayloadThatDoesNotFitTheDeclarationIsRefused() {
    for (String value :
        List.of(
            "5",
            "\"a\"",
            "[]",
            "{\"name\":5,\"count\":\"a\"}",
            "{\"name\":\"a\",\"count\":1.5e300}",
            "[1]")) {
      assertThatThrownBy(() -> read(Attribute.of("x", Item.class), "{\"x\":" + value + "}"))
          .as(value)
          .isInstanceOfAny(IOException.class, RuntimeException.class);
    }
    assertThatThrownBy(
            () -> read(Attribute.of("x", Secret.class), "{\"x\":{\"text\":\"refused\"}}"))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
    assertThatThrownBy(() -> read(Attribute.of("x", Colour.class), "{\"x\":\"BLUE\"}"))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
    assertThatThrownBy(() -> read(Attribute.of("x", new TypeToken<List<UUID>>() {}), "{\"x\":[5]}"))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }
}
