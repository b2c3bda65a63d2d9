package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.madeleine.Attribute;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.TypeToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes that declared types have in applications, and what a refusal tells to write. */
final class DeclaredShapesTest {
  record Item(String name, int count) {}

  private static String wire(Attribute<?> attribute, Object value) {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(attribute);
    json.check(attribute.name(), value);
    return new String(json.toBytes(Map.of(attribute.name(), value)), StandardCharsets.UTF_8);
  }

  /** Writes a value as declared; it must come back equal, of the same class. */
  private static <T> T assertTravels(Attribute<T> attribute, T value, String plain)
      throws IOException {
    String text = wire(attribute, value);
    assertThat(text).isEqualTo("{\"x\":{\"~own\":" + plain + "}}");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Object back = JsonSerializer.PLAIN.withAttributes(attribute).fromBytes(bytes).get("x");
    assertThat(back).isEqualTo(value);
    @SuppressWarnings("unchecked") // It equals one.
    T typed = (T) back;
    return typed;
  }

  private static <T> T assertTravels(TypeToken<T> type, T value, String plain) throws IOException {
    return assertTravels(Attribute.of("x", type), value, plain);
  }

  private static String refusal(Object value, Attribute<?>... declared) {
    try {
      JsonSerializer.PLAIN.withAttributes(declared).check("x", value);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasNoCause();
      assertThat(e.getMessage())
          .doesNotContain("jackson", "hunter2", "simple type", "Exception at");
      return e.getMessage();
    }
    throw new AssertionError("not refused: " + value);
  }

  // ---- generic types ----

  @Test
  void aRefusedListSaysHowItsTypeIsDeclared() throws IOException {
    List<Item> items = List.of(new Item("hunter2", 1));
    assertThat(refusal(items))
        .contains(
            "Attribute.of(\"x\", new TypeToken<List<dev.madeleine.json.DeclaredShapesTest.Item>>() {})");
    assertTravels(
        Attribute.of("x", new TypeToken<List<dev.madeleine.json.DeclaredShapesTest.Item>>() {}),
        items,
        "[{\"name\":\"hunter2\",\"count\":1}]");
  }

  @Test
  void aRefusedMapSaysHowItsTypeIsDeclared() throws IOException {
    assertThat(refusal(Map.of(7, "a")))
        .contains("Attribute.of(\"x\", new TypeToken<Map<Integer, String>>() {})");
    assertTravels(new TypeToken<Map<Integer, String>>() {}, Map.of(7, "a"), "{\"7\":\"a\"}");
    Map<String, List<Item>> nested = Map.of("k", List.of(new Item("a", 1)));
    assertThat(refusal(nested))
        .contains(
            "new TypeToken<Map<String, List<dev.madeleine.json.DeclaredShapesTest.Item>>>() {}");
    assertTravels(
        new TypeToken<Map<String, List<dev.madeleine.json.DeclaredShapesTest.Item>>>() {},
        nested,
        "{\"k\":[{\"name\":\"a\",\"count\":1}]}");
  }

  @Test
  void aRefusedValueSaysHowItsTypeIsDeclared() throws IOException {
    assertThat(refusal(new Item("a", 1)))
        .contains("Attribute.of(\"x\", dev.madeleine.json.DeclaredShapesTest.Item.class)");
    assertTravels(
        Attribute.of("x", dev.madeleine.json.DeclaredShapesTest.Item.class),
        new Item("a", 1),
        "{\"name\":\"a\",\"count\":1}");
    assertThat(refusal(Optional.of(1L))).contains("new TypeToken<Optional<Long>>() {}");
    assertTravels(new TypeToken<Optional<Long>>() {}, Optional.of(1L), "1");
    assertThat(refusal(new long[] {5})).contains("Attribute.of(\"x\", long[].class)");
    assertTravels(Attribute.of("x", long[].class), new long[] {5}, "[5]");
  }

  @Test
  void keysOfMapsMayBeOfEveryTypeOfTheList() throws IOException {
    LocalDate day = LocalDate.of(2025, 6, 1);
    assertTravels(
        new TypeToken<Map<LocalDate, Item>>() {},
        Map.of(day, new Item("a", 1)),
        "{\"2025-06-01\":{\"name\":\"a\",\"count\":1}}");
    assertTravels(
        new TypeToken<Map<UUID, Integer>>() {},
        Map.of(new UUID(1, 2), 1),
        "{\"00000000-0000-0001-0000-000000000002\":1}");
    assertTravels(
        new TypeToken<Map<BigDecimal, Integer>>() {},
        Map.of(new BigDecimal("1.50"), 1),
        "{\"1.50\":1}");
    assertTravels(
        new TypeToken<Map<ZoneId, Integer>>() {},
        Map.of(ZoneId.of("Europe/Paris"), 1),
        "{\"Europe/Paris\":1}");
    assertTravels(new TypeToken<Map<Month, Integer>>() {}, Map.of(Month.MAY, 1), "{\"MAY\":1}");
    assertTravels(new TypeToken<Map<Long, Integer>>() {}, Map.of(5L, 1), "{\"5\":1}");
    assertTravels(
        new TypeToken<Map<Locale, Integer>>() {}, Map.of(Locale.GERMANY, 1), "{\"de-DE\":1}");
    assertTravels(
        new TypeToken<Map<URI, Integer>>() {}, Map.of(URI.create("urn:a"), 1), "{\"urn:a\":1}");
  }

  @Test
  void keysThatAreNoTextAreRefused() {
    assertThat(
            refusal(
                Map.of(new Item("hunter2", 1), 1),
                Attribute.of("x", new TypeToken<Map<Item, Integer>>() {})))
        .contains("Item", "cannot be built from text");
    Map<String, Integer> nothing = new HashMap<>();
    nothing.put(null, 1);
    assertThat(refusal(nothing, Attribute.of("x", new TypeToken<Map<String, Integer>>() {})))
        .contains("null key");
  }

  @Test
  void typesThatSayNothingOfTheirElementsLeaveItToTheTags() throws IOException {
    Map<String, Object> any = new LinkedHashMap<>();
    any.put("id", new UUID(1, 2));
    any.put("list", List.of(5L, Set.of("a")));
    for (Attribute<?> attribute :
        List.of(
            Attribute.of("x", new TypeToken<Map<String, Object>>() {}),
            Attribute.of("x", new TypeToken<Map<String, ?>>() {}))) {
      String text = wire(attribute, any);
      assertThat(text).contains("~uuid").doesNotContain("~own");
      assertThat(
              JsonSerializer.PLAIN
                  .withAttributes(attribute)
                  .fromBytes(text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Map.of("x", any));
    }
  }

  @Test
  void setsKeepTheirOrder() throws IOException {
    record Tags(Set<String> names) {}
    Set<String> names = new LinkedHashSet<>(List.of("zoé", "bob", "alice", "carol"));
    String plain = "[\"zoé\",\"bob\",\"alice\",\"carol\"]";
    assertThat(assertTravels(new TypeToken<Set<String>>() {}, names, plain))
        .containsExactlyElementsOf(names);
    Tags back =
        assertTravels(Attribute.of("x", Tags.class), new Tags(names), "{\"names\":" + plain + "}");
    assertThat(back.names()).containsExactlyElementsOf(names);
  }

  // ---- Optional ----

  record Profile(
      Optional<String> nick,
      Optional<Item> item,
      OptionalInt age,
      OptionalLong id,
      OptionalDouble score) {}

  @Test
  void optionalFieldsTravelAsTheirValues() throws IOException {
    assertTravels(
        Attribute.of("x", Profile.class),
        new Profile(
            Optional.of("zoé"),
            Optional.of(new Item("a", 1)),
            OptionalInt.of(5),
            OptionalLong.of(6),
            OptionalDouble.of(7)),
        "{\"nick\":\"zoé\",\"item\":{\"name\":\"a\",\"count\":1},\"age\":5,\"id\":6,\"score\":7.0}");
    Profile empty =
        new Profile(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty());
    assertTravels(
        Attribute.of("x", Profile.class),
        empty,
        "{\"nick\":null,\"item\":null,\"age\":null,\"id\":null,\"score\":null}");
    assertThat(
            JsonSerializer.PLAIN
                .withAttributes(Attribute.of("x", Profile.class))
                .fromBytes("{\"x\":{}}".getBytes(StandardCharsets.UTF_8)))
        .as("fields that an older release did not write")
        .isEqualTo(Map.of("x", empty));
    assertTravels(
        new TypeToken<List<Optional<Item>>>() {},
        List.of(Optional.empty(), Optional.of(new Item("a", 1))),
        "[null,{\"name\":\"a\",\"count\":1}]");
    assertTravels(
        new TypeToken<Optional<List<LocalDate>>>() {},
        Optional.of(List.of(LocalDate.EPOCH)),
        "[\"1970-01-01\"]");
    assertTravels(new TypeToken<Optional<String>>() {}, Optional.empty(), "null");
  }

  // ---- times of java.sql ----

  @Test
  void timesOfSqlTravelWithAllTheirDigitsInEveryTimeZone() throws IOException {
    Timestamp at = Timestamp.from(Instant.parse("2025-06-01T12:00:00.123456789Z"));
    assertThat(refusal(at)).contains("Attribute.of(\"x\", java.sql.Timestamp.class)");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      assertTravels(
          Attribute.of("x", java.sql.Timestamp.class), at, "\"2025-06-01T12:00:00.123456789Z\"");
      assertTravels(
          Attribute.of("x", java.sql.Date.class), new java.sql.Date(1234567), "\"1234567\"");
      assertTravels(
          Attribute.of("x", java.sql.Time.class), new java.sql.Time(1234567), "\"1234567\"");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  // ---- classes with a constructor only ----

  private static final String POINT =
      """
      public final class Point%s {
        private final int x;
        private final java.util.Optional<String> label;

        public Point%1$s(%s int x, %s java.util.Optional<String> label) {
          this.x = x;
          this.label = label;
        }

        public int getX() {
          return x;
        }

        public java.util.Optional<String> getLabel() {
          return label;
        }

        @Override
        public boolean equals(Object other) {
          return other instanceof Point%1$s p && p.x == x && p.label.equals(label);
        }

        @Override
        public int hashCode() {
          return x;
        }
      }
      """;

  private static final String FIELDS =
      """
      public final class Money {
        private final long cents;
        private final String currency;

        Money(long cents, String currency) {
          this.cents = cents;
          this.currency = currency;
        }

        public static Money of(int x, java.util.Optional<String> label) {
          return new Money(x, label.orElse("EUR"));
        }

        public long cents() {
          return cents;
        }

        @Override
        public boolean equals(Object other) {
          return other instanceof Money m && m.cents == cents && m.currency.equals(currency);
        }

        @Override
        public int hashCode() {
          return (int) cents;
        }
      }
      """;

  private static Class<?> compile(Path folder, String name, String source, String... options)
      throws Exception {
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, source);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      StringWriter out = new StringWriter();
      boolean good =
          compiler
              .getTask(out, files, null, arguments, null, files.getJavaFileObjects(file))
              .call();
      assertThat(good).as(out.toString()).isTrue();
    }
    return new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, DeclaredShapesTest.class.getClassLoader())
        .loadClass(name);
  }

  private static void assertPointTravels(Class<?> type, Object point) throws IOException {
    @SuppressWarnings("unchecked") // It is a class of whatever.
    Attribute<Object> attribute = Attribute.of("x", (Class<Object>) type);
    assertTravels(attribute, point, "{\"x\":7,\"label\":\"a\"}");
  }

  private static Object point(Class<?> type) throws ReflectiveOperationException {
    return type.getConstructor(int.class, Optional.class).newInstance(7, Optional.of("a"));
  }

  @Test
  void aClassWithAConstructorOnlySaysWhatItsParametersNeed(@TempDir Path folder) throws Exception {
    Class<?> nameless = compile(folder, "Point", POINT.formatted("", "", ""));
    assertThat(refusal(point(nameless), Attribute.of("x", nameless)))
        .isEqualTo(
            "attribute \"x\", declared as Point.class, does not come back:"
                + " Point has a constructor whose parameters have no names; make it a record,"
                + " compile it with -parameters, annotate the parameters with @JsonProperty(\"name\"),"
                + " or give it a constructor without parameters and setters");
    // What the message says to do:
    Class<?> named = compile(folder, "PointB", POINT.formatted("B", "", ""), "-parameters");
    assertPointTravels(named, point(named));
    String annotation = "@com.fasterxml.jackson.annotation.JsonProperty(\"%s\")";
    Class<?> annotated =
        compile(
            folder,
            "PointC",
            POINT.formatted("C", annotation.formatted("x"), annotation.formatted("label")));
    assertPointTravels(annotated, point(annotated));
    Class<?> record =
        compile(
            folder, "PointD", "public record PointD(int x, java.util.Optional<String> label) {}");
    assertPointTravels(record, point(record));
  }

  @Test
  void aClassWithoutGettersTravelsByItsFields(@TempDir Path folder) throws Exception {
    Class<?> money = compile(folder, "Money", FIELDS, "-parameters");
    Object value =
        money.getMethod("of", int.class, Optional.class).invoke(null, 7, Optional.of("CHF"));
    @SuppressWarnings("unchecked") // It is a class of whatever.
    Attribute<Object> attribute = Attribute.of("x", (Class<Object>) money);
    assertTravels(attribute, value, "{\"cents\":7,\"currency\":\"CHF\"}");
  }

  /** A class with one value and no way to tell what the text of it is. */
  public static final class Single {
    private final String text;

    @JsonCreator
    public Single(@JsonProperty("text") String text) {
      this.text = text;
    }

    public String getText() {
      return text;
    }
  }

  @Test
  void aConstructorOfOneParameterIsNoTextForm() throws IOException {
    String text = wire(Attribute.of("x", Single.class), new Single("a"));
    assertThat(text).isEqualTo("{\"x\":{\"~own\":{\"text\":\"a\"}}}");
  }

  // ---- one of several classes ----

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Disc.class, name = "disc"),
    @JsonSubTypes.Type(value = Box.class, name = "box")
  })
  sealed interface Figure permits Disc, Box {}

  record Disc(double radius) implements Figure {}

  record Box(int side) implements Figure {}

  @Test
  void elementsOfSeveralClassesTravelUnderWordsOfTheApplication() throws IOException {
    List<Shape> shapes = List.of(new Circle(1.5), new Square(2));
    assertThat(refusal(shapes))
        .contains("new TypeToken<List<dev.madeleine.json.DeclaredShapesTest.Shape>>() {}");
    assertThat(refusal(shapes, Attribute.of("x", new TypeToken<List<Shape>>() {})))
        .contains("Shape at [] is abstract")
        .contains("register an AttributeConverter for it")
        .contains("@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) and @JsonSubTypes");
    // What the message says to do:
    assertTravels(
        new TypeToken<List<Figure>>() {},
        List.of(new Disc(1.5), new Box(2)),
        "[{\"@type\":\"disc\",\"radius\":1.5},{\"@type\":\"box\",\"side\":2}]");
    assertTravels(
        new TypeToken<Map<String, Figure>>() {},
        Map.of("a", new Box(2)),
        "{\"a\":{\"@type\":\"box\",\"side\":2}}");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  record Named(int side) implements ByClass {}

  @Test
  void classNamesAsWordsAreRefused() {
    assertThat(refusal(List.of(new Named(1)), Attribute.of("x", new TypeToken<List<ByClass>>() {})))
        .contains("@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)");
  }

  // ---- what cannot travel ----

  /** Refers to what it belongs to. */
  public static final class Order {
    private Customer customer = new Customer();

    public Customer getCustomer() {
      return customer;
    }

    public void setCustomer(Customer newCustomer) {
      customer = newCustomer;
    }
  }

  /** Has what refers to it. */
  public static final class Customer {
    private List<Order> orders = new ArrayList<>();

    public List<Order> getOrders() {
      return orders;
    }

    public void setOrders(List<Order> newOrders) {
      orders = newOrders;
    }
  }

  @Test
  void aCycleSaysWhereItIs() {
    Customer customer = new Customer();
    Order order = new Order();
    order.setCustomer(customer);
    customer.getOrders().add(order);
    assertThat(refusal(customer, Attribute.of("x", Customer.class)))
        .contains("refers to itself at orders[].customer");
  }

  @Test
  void whatCannotBeWrittenSaysWhere() {
    record Holder(List<Object> things) {}
    assertThat(refusal(new Holder(List.of(new Object())), Attribute.of("x", Holder.class)))
        .contains("java.lang.Object has nothing that could be written at things[]");
    assertThat(refusal(new Holder(List.of(Double.NaN)), Attribute.of("x", Holder.class)))
        .contains("not a finite number")
        .contains("at things[]");
    assertThatThrownBy(() -> wire(Attribute.of("x", Item.class), "hunter2"))
        .hasMessage(
            "attribute \"x\" is declared as dev.madeleine.json.DeclaredShapesTest.Item.class, the value is a java.lang.String");
  }

  /** A bean as many applications have it, without an equals. */
  public static final class Line {
    private String cake = "";

    public String getCake() {
      return cake;
    }

    public void setCake(String cake) {
      this.cake = cake;
    }
  }

  record Bought(String name, List<Line> lines) {}

  private static Line line(String cake) {
    Line line = new Line();
    line.setCake(cake);
    return line;
  }

  @Test
  void beansWithoutEqualsTravelInListsMapsAndRecords() throws IOException {
    JsonSerializer json =
        JsonSerializer.PLAIN.withAttributes(
            Attribute.of("list", new TypeToken<List<Line>>() {}),
            Attribute.of("map", new TypeToken<Map<String, Line>>() {}),
            Attribute.of("bought", Bought.class));
    Map<String, Object> session =
        Map.of(
            "list", new ArrayList<>(List.of(line("tea"))),
            "map", new HashMap<>(Map.of("a", line("tea"))),
            "bought", new Bought("o", List.of(line("tea"))));

    session.forEach(json::check);

    byte[] bytes = json.toBytes(session);
    LocatedAttributes back = json.read(bytes, 0, bytes.length);
    assertThat(((Bought) back.value("bought")).lines().get(0).getCake()).isEqualTo("tea");
  }
}
