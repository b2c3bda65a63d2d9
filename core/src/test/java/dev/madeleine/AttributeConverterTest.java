package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of classes that only the application knows, under a word of its own. */
final class AttributeConverterTest {
  record Money(BigDecimal amount, String currency) {
    static Money parse(String text) {
      String[] parts = text.split(" ", -1);
      return new Money(new BigDecimal(parts[0]), parts[1]);
    }

    String text() {
      return amount + " " + currency;
    }
  }

  /** What a framework has: no equals, no accessors for Jackson. */
  static class Principal {
    private final String name;
    private final Instant since;
    private @Nullable Object details;

    Principal(String name, Instant since) {
      this.name = name;
      this.since = since;
    }

    Map<String, Object> plain() {
      Map<String, Object> plain = new HashMap<>();
      plain.put("name", name);
      plain.put("since", since);
      if (details != null) {
        plain.put("details", details);
      }
      return plain;
    }

    static Principal of(Map<String, Object> plain) {
      Principal principal =
          new Principal(
              (String) Objects.requireNonNull(plain.get("name")),
              (Instant) Objects.requireNonNull(plain.get("since")));
      principal.details = plain.get("details");
      return principal;
    }
  }

  static final class Robot extends Principal {
    Robot(String name) {
      super(name, Fixtures.NOON);
    }
  }

  enum Colour {
    RED {
      @Override
      String hex() {
        return "f00";
      }
    };

    abstract String hex();
  }

  private static final AttributeConverter<Money> MONEY =
      AttributeConverter.of("money", Money.class, Money::text, Money::parse).withImmutableValues();
  private static final AttributeConverter<Principal> PRINCIPAL =
      AttributeConverter.of("principal", Principal.class, Principal::plain, Principal::of);
  private static final Money PRICE = new Money(new BigDecimal("5.00"), "EUR");

  private static final JsonSerializer JSON = JsonSerializer.PLAIN.withConverters(MONEY, PRINCIPAL);

  private static String json(JsonSerializer json, Object value) {
    json.check("x", value);
    return new String(json.toBytes(Map.of("x", value)), StandardCharsets.UTF_8);
  }

  private static @Nullable Object trip(JsonSerializer json, Object value) throws IOException {
    return json.fromBytes(json.toBytes(Map.of("x", value))).get("x");
  }

  private static LocatedAttributes read(JsonSerializer json, String text) throws IOException {
    byte[] bytes = Fixtures.utf8(text);
    return json.read(bytes, 0, bytes.length);
  }

  private static Sessions sessions(AttributeConverter<?>... converters) {
    return Sessions.builder(KeyRing.signingWith(MasterKey.of(Fixtures.secret("converters"))))
        .converters(converters)
        .listener(event -> {})
        .build();
  }

  private static String cookie(Sessions sessions, Session session) {
    String setCookie =
        sessions.save(session).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(HttpHeader::value)
            .findFirst()
            .orElseThrow();
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  private static Session load(Sessions sessions, String cookie) {
    return sessions.load(name -> name.equals("Cookie") ? List.of(cookie) : List.of());
  }

  // ---- on the wire ----

  @Test
  void aValueTravelsAsItsPlainValueUnderTheWord() throws IOException {
    assertThat(json(JSON, PRICE)).isEqualTo("{\"x\":{\"~x-money\":\"5.00 EUR\"}}");
    assertThat(trip(JSON, PRICE)).isEqualTo(PRICE);
    String principal = json(JSON, new Principal("zoé", Fixtures.NOON));
    assertThat(principal).contains("{\"x\":{\"~x-principal\":{", "\"since\":{\"~instant\":\"");
    assertThat(principal).doesNotContain("AttributeConverterTest");
    assertThat(
            ((Principal) Objects.requireNonNull(trip(JSON, new Principal("zoé", Fixtures.NOON))))
                .plain())
        .isEqualTo(Map.of("name", "zoé", "since", Fixtures.NOON));
  }

  @Test
  void aSessionCarriesItFromRequestToRequest() {
    Sessions sessions = sessions(MONEY);
    Session first = sessions.load(name -> List.of());
    first.put("price", PRICE);
    Session second = load(sessions, cookie(sessions, first));
    assertThat(second.get("price")).isEqualTo(PRICE);
    assertThat(second.isChanged()).isFalse();
  }

  @Test
  void itIsUsedInMapsListsSetsAndPlainValuesOfOthers() throws IOException {
    assertThat(json(JSON, List.of(1, PRICE))).isEqualTo("{\"x\":[1,{\"~x-money\":\"5.00 EUR\"}]}");
    assertThat(json(JSON, Map.of("~a", PRICE)))
        .isEqualTo("{\"x\":{\"~\":{\"~a\":{\"~x-money\":\"5.00 EUR\"}}}}");
    for (Object value : List.of(List.of(PRICE), Map.of("a", PRICE), Set.of(PRICE))) {
      JSON.check("x", value);
      assertThat(trip(JSON, value)).isEqualTo(value);
    }
    Principal principal = new Principal("zoé", Fixtures.NOON);
    principal.details = List.of(PRICE);
    JSON.check("x", principal);
    Principal back = (Principal) Objects.requireNonNull(trip(JSON, principal));
    assertThat(back.details).isEqualTo(List.of(PRICE));
  }

  @Test
  void bytesMayStandInThePlainValueOfAnElementOfASet() throws IOException {
    AttributeConverter<Money> bytes =
        AttributeConverter.of(
            "money",
            Money.class,
            money -> money.text().getBytes(StandardCharsets.UTF_8),
            plain -> Money.parse(new String(plain, StandardCharsets.UTF_8)));
    JsonSerializer json = JsonSerializer.PLAIN.withConverters(bytes);
    json.check("x", Set.of(PRICE));
    assertThat(trip(json, Set.of(PRICE))).isEqualTo(Set.of(PRICE));
  }

  @Test
  void itIsForExactlyItsClass() throws IOException {
    Robot robot = new Robot("r2");
    assertThatThrownBy(() -> JSON.check("bot", robot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"bot\"")
        .hasMessageContaining(Robot.class.getTypeName())
        .hasMessageContaining("\"principal\"")
        .hasMessageEndingWith("write .withSubclasses()");
    JsonSerializer both = JsonSerializer.PLAIN.withConverters(PRINCIPAL.withSubclasses());
    // A subclass without an equals has to come back as itself.
    assertThatThrownBy(() -> both.check("bot", robot))
        .hasMessageContaining("comes back different from the converter \"principal\"");
    AttributeConverter<Robot> own =
        AttributeConverter.of(
            "robot",
            Robot.class,
            bot -> bot.plain().get("name"),
            name -> new Robot(String.valueOf(name)));
    JsonSerializer nearest = both.withConverters(own);
    assertThat(json(nearest, robot)).isEqualTo("{\"x\":{\"~x-robot\":\"r2\"}}");
    assertThat(trip(nearest, new Principal("zoé", Fixtures.NOON)))
        .isExactlyInstanceOf(Principal.class);
    assertThat(trip(nearest, robot)).isExactlyInstanceOf(Robot.class);
  }

  record Named(String name) implements Comparable<Named> {
    @Override
    public int compareTo(Named other) {
      return name.compareTo(other.name);
    }
  }

  @Test
  void ofSeveralForSubclassesTheNearestIsUsed() {
    AttributeConverter<Object> any =
        AttributeConverter.of("any", Object.class, Object::toString, text -> PRICE);
    AttributeConverter<Comparable<?>> comparable =
        AttributeConverter.of("comparable", comparable(), Object::toString, text -> "");
    AttributeConverter<Record> record =
        AttributeConverter.of(
            "record", Record.class, named -> ((Named) named).name(), name -> new Named(name));
    AttributeConverter<?>[] all = {
      any.withSubclasses(), comparable.withSubclasses(), record.withSubclasses()
    };
    assertThat(json(JsonSerializer.PLAIN.withConverters(all), new Named("a")))
        .isEqualTo("{\"x\":{\"~x-record\":\"a\"}}");
  }

  @SuppressWarnings("unchecked") // No class literal has a wildcard.
  private static Class<Comparable<?>> comparable() {
    return (Class<Comparable<?>>) (Class<?>) Comparable.class;
  }

  @Test
  void constantsWithABodyAreOfTheirEnum() throws IOException {
    JsonSerializer json =
        JsonSerializer.PLAIN.withConverters(
            AttributeConverter.of("colour", Colour.class, Colour::name, Colour::valueOf));
    assertThat(json(json, Colour.RED)).isEqualTo("{\"x\":{\"~x-colour\":\"RED\"}}");
    assertThat(trip(json, Colour.RED)).isSameAs(Colour.RED);
  }

  // ---- one attribute alone ----

  @Test
  void anAttributeMayHaveAConverterForItselfAlone() throws IOException {
    Attribute<Money> total = Attribute.of("total", MONEY);
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(total, Attribute.of("x", MONEY));
    assertThat(json(json, PRICE)).isEqualTo("{\"x\":{\"~x-money\":\"5.00 EUR\"}}");
    assertThat(trip(json, PRICE)).isEqualTo(PRICE);
    assertThatThrownBy(() -> json.check("other", PRICE))
        .hasMessageContaining("register a converter");
    assertThatThrownBy(() -> json.check("x", List.of(PRICE)))
        .hasMessageContaining("has the converter \"money\" for")
        .hasMessageContaining(Money.class.getTypeName());
    assertThatThrownBy(() -> json.check("x", "5.00 EUR"))
        .hasMessageContaining("the value is a java.lang.String");
    assertThat(read(json, "{\"other\":{\"~x-money\":\"5.00 EUR\"}}").unreadable())
        .containsExactly("other");
    assertThat(read(json, "{\"x\":\"5.00 EUR\"}").unreadable()).isEmpty();
    LocatedAttributes plain = read(json, "{\"x\":\"5.00 EUR\"}");
    assertThat(plain.names()).isEmpty();
    assertThat(plain.unreadable()).containsExactly("x");
  }

  @Test
  void itMayBeOfAClassThatIsCarriedAnyway() throws IOException {
    AttributeConverter<String> shout =
        AttributeConverter.of("low", String.class, String::toLowerCase, String::toUpperCase);
    Attribute<String> attribute = Attribute.of("x", shout);
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(attribute);
    assertThat(json(json, "TEA")).isEqualTo("{\"x\":{\"~x-low\":\"tea\"}}");
    assertThat(trip(json, "TEA")).isEqualTo("TEA");
    assertThatThrownBy(() -> json.check("x", "tea"))
        .hasMessageContaining("comes back different from the converter \"low\"");
    assertThat(json.adopt("x", "TEA")).isEqualTo("TEA");
  }

  @Test
  void aPlainValueOfAnotherFormatBecomesTheAttributes() {
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(Attribute.of("x", MONEY));
    assertThat(json.adopt("x", "5.00 EUR")).isEqualTo(PRICE);
    assertThatThrownBy(() -> json.adopt("x", "hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"x\"", "\"money\"")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aDeclaredClassTravelsByItsConverter() throws IOException {
    JsonSerializer json =
        JsonSerializer.PLAIN.withAttributes(Attribute.of("x", Money.class)).withConverters(MONEY);
    assertThat(json(json, PRICE)).isEqualTo("{\"x\":{\"~x-money\":\"5.00 EUR\"}}");
    assertThat(trip(json, PRICE)).isEqualTo(PRICE);
    assertThat(read(json, "{\"x\":{\"~own\":{\"amount\":\"5.00\",\"currency\":\"EUR\"}}}").asMap())
        .isEqualTo(Map.of("x", PRICE));
    JsonSerializer other =
        JsonSerializer.PLAIN.withAttributes(Attribute.of("x", Size.class)).withConverters(MONEY);
    LocatedAttributes located = read(other, "{\"x\":{\"~x-money\":\"5.00 EUR\"}}");
    assertThat(located.value("x")).isNull();
    assertThat(located.unreadable()).containsExactly("x");
  }

  record Size(int width) {}

  @Test
  void singleValuesMayHaveOne() {
    KeyRing keys = KeyRing.signingWith(MasterKey.of(Fixtures.secret("converters")));
    SealedText<Money> sealed =
        SealedText.of(
            Attribute.of("price", MONEY),
            NativeEncoder.signed(() -> keys, "offer"),
            java.time.Duration.ofMinutes(5),
            java.time.InstantSource.system());
    assertThat(sealed.unseal(sealed.seal(PRICE)).value()).isEqualTo(PRICE);
  }

  // ---- unreadable, never a rejection ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~x-later\":1}",
        "{\"~x-later\":null}",
        "[[{\"~x-later\":{\"~x-money\":\"5 EUR\"}}]]",
        "{\"~set\":[{\"~x-later\":1},{\"~x-later\":1}]}",
        "{\"~concurrentmap\":{\"a\":{\"~x-later\":1}}}",
        "{\"~x-money\":null}",
        "{\"~x-money\":5}",
        "{\"~x-money\":[]}",
        "{\"~x-money\":\"\"}",
        "{\"~x-money\":\"5\"}",
        "{\"~x-money\":{\"~x-later\":1}}",
        "{\"~set\":[{\"~x-money\":\"5 EUR\"},{\"~x-money\":\"5 EUR\"}]}",
        "{\"a\":[{\"~x-money\":\"hunter2\"}],\"b\":1}"
      })
  void whatAConverterDoesNotTakeIsUnreadableAndCarriedAlong(String stored) throws IOException {
    String text = "{\"first\":1,\"x\":" + stored + ",\"last\":2}";
    LocatedAttributes located = read(JSON, text);
    assertThat(located.value("x")).isNull();
    assertThat(located.unreadable()).containsExactly("x");
    assertThat(located.names()).containsExactly("first", "last");
    assertThat(read(JSON, text).names()).containsExactly("first", "last");
    assertThat(read(JSON, text).asMap()).isEqualTo(Map.of("first", 1, "last", 2));
    assertThatThrownBy(() -> read(JSON.withStrictReading(), text)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~x-money\":\"5 EUR\",\"a\":1}",
        "{\"~x-Money\":\"5 EUR\"}",
        "{\"~x-abcdefghijklmnopqrstuvwxyzabcde\":1}",
        "{\"~x-money\":{\"~long\":5}}",
        "{\"~x-money\":{\"~own\":5}}",
        "{\"~x-later\":{\"~set\":[1,1]}}",
        "{\"~treeset\":[{\"~x-later\":1}]}",
        "{\"~treeset\":[{\"~x-money\":\"5 EUR\"}]}",
        "{\"~set\":{\"~x-money\":\"5 EUR\"}}",
        "{\"~long\":{\"~x-money\":\"5 EUR\"}}"
      })
  void theGrammarHoldsAroundItAndInIt(String stored) {
    assertThatThrownBy(() -> read(JSON, "{\"x\":" + stored + "}"))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @Test
  void aWordNobodyKnowsHereTravelsOn() throws IOException {
    Sessions knowing = sessions(MONEY);
    Session first = knowing.load(name -> List.of());
    first.put("price", Map.of("net", PRICE));
    Sessions ignorant = sessions();
    Session second = load(ignorant, cookie(knowing, first));
    assertThat(second.get("price")).isNull();
    second.put("seen", true);
    Session third = load(knowing, cookie(ignorant, second));
    assertThat(third.get("price")).isEqualTo(Map.of("net", PRICE));
    assertThat(third.get("seen")).isEqualTo(true);
  }

  @Test
  void itIsAskedWhenTheValueIsAskedFor() {
    AtomicInteger reads = new AtomicInteger();
    AttributeConverter<Money> counting =
        AttributeConverter.of(
                "money",
                Money.class,
                Money::text,
                text -> {
                  reads.incrementAndGet();
                  return Money.parse(text);
                })
            .withImmutableValues();
    Sessions sessions = sessions(counting);
    Session first = sessions.load(name -> List.of());
    first.put("price", PRICE);
    String cookie = cookie(sessions, first);
    reads.set(0);
    Session second = load(sessions, cookie);
    second.put("seen", true);
    cookie(sessions, second);
    assertThat(reads).hasValue(0);
    assertThat(second.get("price")).isSameAs(second.get("price"));
    assertThat(reads).hasValue(1);
  }

  @Test
  void onlyWhatCanChangeIsConvertedAgainAfterItWasAskedFor() {
    for (boolean immutable : new boolean[] {true, false}) {
      AtomicInteger writes = new AtomicInteger();
      AttributeConverter<Money> counting =
          AttributeConverter.of(
              "money",
              Money.class,
              money -> {
                writes.incrementAndGet();
                return money.text();
              },
              Money::parse);
      Sessions sessions = sessions(immutable ? counting.withImmutableValues() : counting);
      Session first = sessions.load(name -> List.of());
      first.put("price", PRICE);
      Session second = load(sessions, cookie(sessions, first));
      writes.set(0);
      assertThat(second.get("price")).isEqualTo(PRICE);
      for (int i = 0; i < 3; i++) {
        second.put("views", i);
        assertThat(second.isChanged()).isTrue();
      }
      if (immutable) {
        assertThat(writes).hasValue(0);
      } else {
        assertThat(writes).hasPositiveValue();
      }
    }
  }

  @Test
  void aChangeInPlaceIsFound() {
    Sessions sessions = sessions(PRINCIPAL);
    Session first = sessions.load(name -> List.of());
    first.put("principal", new Principal("zoé", Fixtures.NOON));
    Session second = load(sessions, cookie(sessions, first));
    Principal principal = (Principal) Objects.requireNonNull(second.get("principal"));
    assertThat(second.isChanged()).isFalse();
    principal.details = "changed";
    assertThat(second.isChanged()).isTrue();
    Session third = load(sessions, cookie(sessions, second));
    assertThat(((Principal) Objects.requireNonNull(third.get("principal"))).details)
        .isEqualTo("changed");
  }

  @Test
  void aSessionOfTheSamePlainValuesInAnotherOrderIsUnchanged() {
    AttributeConverter<Principal> reversed =
        AttributeConverter.of(
            "principal",
            Principal.class,
            principal -> {
              Map<String, Object> plain = new java.util.LinkedHashMap<>();
              plain.put("since", principal.since);
              plain.put("name", principal.name);
              return plain;
            },
            Principal::of);
    AttributeConverter<Principal> other =
        AttributeConverter.of(
            "principal",
            Principal.class,
            principal -> {
              Map<String, Object> plain = new java.util.LinkedHashMap<>();
              plain.put("name", principal.name);
              plain.put("since", principal.since);
              return plain;
            },
            Principal::of);
    Sessions writing = sessions(reversed);
    Session first = writing.load(name -> List.of());
    first.put("principal", new Principal("zoé", Fixtures.NOON));
    Session second = load(sessions(other), cookie(writing, first));
    assertThat(second.get("principal")).isNotNull();
    assertThat(second.isChanged()).isFalse();
  }

  // ---- refused when it is put ----

  @Test
  void aFunctionThatThrowsRefusesTheValue() {
    AttributeConverter<Money> writing =
        AttributeConverter.of(
            "money", Money.class, money -> fail(money.text()).text(), Money::parse);
    assertThatThrownBy(
            () -> JsonSerializer.PLAIN.withConverters(writing).check("cart", List.of(PRICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage(
            "attribute \"cart\": the converter \"money\" cannot write a %s: IllegalStateException",
            Money.class.getTypeName());
    AttributeConverter<Money> reading =
        AttributeConverter.of("money", Money.class, Money::text, text -> fail(text));
    assertThatThrownBy(
            () -> JsonSerializer.PLAIN.withConverters(reading).check("cart", List.of(PRICE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage(
            "attribute \"cart\" would not come back: the converter \"money\" cannot read a %s: IllegalStateException",
            Money.class.getTypeName());
  }

  private static Money fail(String value) {
    throw new IllegalStateException(value);
  }

  @Test
  @SuppressWarnings("NullAway") // That is what it is about.
  void aFunctionThatReturnsNullRefusesTheValue() {
    AttributeConverter<Money> writing =
        AttributeConverter.of("money", Money.class, money -> (String) null, Money::parse);
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(writing).check("cart", PRICE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"cart\"", "\"money\"")
        .hasMessageEndingWith("return a plain value, an empty text or map for nothing");
    AttributeConverter<Money> empty =
        AttributeConverter.of("money", Money.class, money -> Map.of(), plain -> PRICE);
    JsonSerializer.PLAIN.withConverters(empty).check("cart", PRICE);
    AttributeConverter<Money> reading =
        AttributeConverter.of("money", Money.class, Money::text, text -> null);
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(reading).check("cart", PRICE))
        .hasMessageContaining("\"cart\"")
        .hasMessageContaining("the converter \"money\" cannot read a")
        .hasMessageEndingWith(": null");
  }

  @Test
  void aPlainValueThatIsNoneIsRefused() {
    AttributeConverter<Money> wrong =
        AttributeConverter.of("money", Money.class, Money::amount, amount -> new Money(amount, ""));
    AttributeConverter<Money> odd =
        AttributeConverter.of("money", Money.class, money -> new Object[] {money}, plain -> PRICE);
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(wrong).check("cart", PRICE))
        .hasMessageContaining("\"cart\"", "\"money\"", Money.class.getTypeName())
        .hasMessageContaining("comes back different");
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(odd).check("cart", PRICE))
        .hasMessageContaining("\"cart\"")
        .hasMessageContaining("java.lang.Object[]");
  }

  @Test
  void aValueWithoutEqualsComesBackWithEqualPlainValues() {
    AttributeConverter<Principal> forgetful =
        AttributeConverter.of(
            "principal",
            Principal.class,
            Principal::plain,
            plain -> new Principal(String.valueOf(plain.get("name")), Fixtures.NOON));
    JsonSerializer json = JsonSerializer.PLAIN.withConverters(forgetful);
    json.check("x", List.of(new Principal("a", Fixtures.NOON)));
    Principal earlier = new Principal("b", Instant.EPOCH);
    for (Object value : List.of(earlier, List.of(earlier), Set.of(earlier), Map.of("a", earlier))) {
      assertThatThrownBy(() -> json.check("x", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("comes back different from the converter \"principal\"");
    }
    Principal bytes = new Principal("c", Fixtures.NOON);
    bytes.details = new byte[] {1, 2};
    JSON.check("x", new LinkedHashSet<>(List.of(bytes, new Principal("d", Instant.EPOCH))));
  }

  static final class Basket extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    private String owner = "";

    static Basket of(List<String> elements) {
      Basket basket = new Basket();
      basket.addAll(elements);
      return basket;
    }
  }

  @Test
  void anInheritedEqualsDoesNotHideWhatASubclassAdds() throws IOException {
    Basket basket = Basket.of(List.of("tea"));
    basket.owner = "zoé";
    AttributeConverter<Basket> loses =
        AttributeConverter.of(
            "basket", Basket.class, value -> new ArrayList<String>(value), Basket::of);
    // The elements are all that its plain value has, so nothing else can be compared.
    JsonSerializer.PLAIN.withConverters(loses).check("x", basket);
    AttributeConverter<Basket> keeps =
        AttributeConverter.of(
            "basket",
            Basket.class,
            value -> List.of(value.owner, new ArrayList<>(value)),
            plain -> Basket.of(AttributeConverterTest.elements(plain)));
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(keeps).check("x", basket))
        .hasMessageContaining("comes back different");
  }

  @SuppressWarnings("unchecked")
  private static List<String> elements(List<?> plain) {
    return (List<String>) Objects.requireNonNull(plain.get(1));
  }

  // ---- wrong use ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Money",
        "1a",
        "-a",
        "~money",
        "a.b",
        "a_b",
        "é",
        "a\n",
        "abcdefghijklmnopqrstuvwxyzabcde"
      })
  void aWordIsShortAndPlain(String word) {
    assertThatThrownBy(() -> AttributeConverter.of(word, Money.class, Money::text, Money::parse))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 30 lower-case letters, digits and hyphens");
    String longest = "abcdefghijklmnopqrstuvwxyz-123";
    assertThat(AttributeConverter.of(longest, Money.class, Money::text, Money::parse).word())
        .isEqualTo(longest);
  }

  @Test
  void wordsAndClassesAreRegisteredOnce() {
    AttributeConverter<Size> sameWord =
        AttributeConverter.of("money", Size.class, Size::width, Size::new);
    assertThatThrownBy(() -> JSON.withConverters(sameWord))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the word \"money\" stands for two converters")
        .hasMessageContaining(Money.class.getTypeName())
        .hasMessageContaining(Size.class.getTypeName())
        .hasMessageEndingWith("give each a word of its own");
    assertThatThrownBy(() -> JSON.withAttributes(Attribute.of("size", sameWord)))
        .hasMessageContaining("the word \"money\"");
    AttributeConverter<Money> sameClass =
        AttributeConverter.of("cash", Money.class, Money::text, Money::parse);
    assertThatThrownBy(() -> JSON.withConverters(sameClass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two converters are registered for " + Money.class.getTypeName())
        .hasMessageContaining("Attribute.of(name, converter)");
    JsonSerializer two =
        JSON.withAttributes(Attribute.of("x", sameClass), Attribute.of("y", MONEY));
    assertThat(json(two, PRICE)).isEqualTo("{\"x\":{\"~x-cash\":\"5.00 EUR\"}}");
    assertThatThrownBy(() -> two.withAttributes(Attribute.of("x", Money.class)))
        .hasMessageContaining("attribute \"x\" is declared twice");
  }

  @Test
  void classesThatNeedNoneAndThatNoValueHasAreRefused() {
    for (Class<?> type : List.of(String.class, Instant.class, ArrayList.class, TreeSet.class)) {
      assertThatThrownBy(
              () ->
                  JsonSerializer.PLAIN.withConverters(
                      AttributeConverter.of("word", type, value -> "", plain -> null)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a session carries a " + type.getTypeName() + " without it")
          .hasMessageContaining("Attribute.of(name, converter)");
    }
    AttributeConverter<Number> number =
        AttributeConverter.of("number", Number.class, Number::toString, Integer::valueOf);
    assertThatThrownBy(() -> JsonSerializer.PLAIN.withConverters(number))
        .hasMessageContaining("abstract")
        .hasMessageEndingWith("write .withSubclasses()");
    assertThat(JsonSerializer.PLAIN.withConverters(number.withSubclasses())).isNotNull();
    assertThatThrownBy(() -> AttributeConverter.of("int", int.class, value -> "", plain -> 1))
        .hasMessageContaining("wrapper class of int");
  }

  @Test
  void itShowsItsWordAndClass() {
    assertThat(MONEY).hasToString("AttributeConverter[money: " + Money.class.getTypeName() + "]");
    assertThat(JSON).hasToString("json with converters");
    assertThat(JSON.carriesOwnClasses()).isTrue();
    assertThat(JsonSerializer.PLAIN.carriesOwnClasses()).isFalse();
  }
}
