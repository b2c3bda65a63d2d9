package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.Fixtures;
import dev.madeleine.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed list of collections: the same class comes back, or {@code put} refuses. */
@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "IdentityHashMapUsage"
}) // Applications hold them.
final class CollectionTypeTest {
  private static final JsonSerializer JSON = JsonSerializer.PLAIN;

  private static String json(Object value) {
    JSON.check("x", value);
    return new String(JSON.toBytes(Map.of("x", value)), StandardCharsets.UTF_8);
  }

  private static Object trip(JsonSerializer json, Object value) throws IOException {
    return Objects.requireNonNull(json.fromBytes(json.toBytes(Map.of("x", value))).get("x"));
  }

  private static <T> T filled(T collection, Object... elements) {
    @SuppressWarnings("unchecked")
    Collection<Object> target = (Collection<Object>) collection;
    Collections.addAll(target, elements);
    return collection;
  }

  private static <T extends Map<String, Object>> T filled(T map) {
    map.put("b", 2);
    map.put("a", 1L);
    return map;
  }

  private static SortedMap<String, Object> descending() {
    return filled(new TreeMap<>(Comparator.<String>reverseOrder()));
  }

  // ---- the same class ----

  @Test
  void theseComeBackAsTheirClass() throws IOException {
    Map<Object, String> texts = new IdentityHashMap<>();
    texts.put(filled(new ArrayList<>(), 2, 1), "[2,1]");
    texts.put(filled(new LinkedList<>(), 2, 1), "{\"~linkedlist\":[2,1]}");
    texts.put(filled(new Vector<>(), 2, 1), "{\"~vector\":[2,1]}");
    texts.put(filled(new Stack<>(), 2, 1), "{\"~stack\":[2,1]}");
    texts.put(filled(new CopyOnWriteArrayList<>(), 2, 1), "{\"~copyonwritelist\":[2,1]}");
    texts.put(filled(new LinkedHashSet<>(), 2, 1), "{\"~set\":[2,1]}");
    texts.put(filled(new TreeSet<>(), 2, 1), "{\"~treeset\":[1,2]}");
    String ascending = "{\"a\":{\"~long\":\"1\"},\"b\":2}";
    texts.put(filled(new LinkedHashMap<>()), "{\"b\":2,\"a\":{\"~long\":\"1\"}}");
    texts.put(filled(new TreeMap<>()), "{\"~treemap\":" + ascending + "}");
    texts.put(filled(new ConcurrentHashMap<>()), "{\"~concurrentmap\":" + ascending + "}");
    texts.put(filled(new Hashtable<>()), "{\"~hashtable\":" + ascending + "}");
    assertThat(texts).hasSize(CollectionType.values().length);
    for (Map.Entry<Object, String> entry : texts.entrySet()) {
      Object value = entry.getKey();
      assertThat(json(value)).isEqualTo("{\"x\":" + entry.getValue() + "}");
      assertThat(trip(JSON, value)).isExactlyInstanceOf(value.getClass()).isEqualTo(value);
      assertThat(trip(JSON, List.of(Map.of("a", value)))).isEqualTo(List.of(Map.of("a", value)));
      assertThat(JSON.canChangeInPlace("x", value)).isTrue();
      JsonSerializer declaring = JSON.withAttributes(Attribute.of("x", value.getClass()));
      assertThat(trip(declaring, value)).isExactlyInstanceOf(value.getClass()).isEqualTo(value);
    }
  }

  @Test
  void emptyOnesDoToo() throws IOException {
    for (CollectionType type : CollectionType.values()) {
      Object empty =
          type.isMap()
              ? trip(JSON, Map.of())
              : type.isSet() ? trip(JSON, Set.of()) : trip(JSON, List.of());
      String tag = type.tag();
      if (tag != null) {
        String text = "{\"x\":{\"" + tag + "\":" + (type.isMap() ? "{}" : "[]") + "}}";
        Object value = JSON.fromBytes(Fixtures.utf8(text)).get("x");
        assertThat(value).isExactlyInstanceOf(type.type()).isEqualTo(empty);
        assertThat(json(Objects.requireNonNull(value))).isEqualTo(text);
      }
    }
  }

  @Test
  void aMapWithATildeInFrontIsEscapedWithinItsTag() throws IOException {
    TreeMap<String, Object> map = new TreeMap<>(Map.of("~long", "5"));
    assertThat(json(map)).isEqualTo("{\"x\":{\"~treemap\":{\"~\":{\"~long\":\"5\"}}}}");
    assertThat(trip(JSON, map)).isExactlyInstanceOf(TreeMap.class).isEqualTo(map);
  }

  @Test
  void mapsWithoutAnOrderHaveOneText() {
    Map<String, Object> grown = new ConcurrentHashMap<>(4096);
    Map<String, Object> table = new Hashtable<>(4096);
    Map<String, Object> small = new ConcurrentHashMap<>();
    for (int i = 0; i < 40; i++) {
      grown.put("name" + i, i);
      table.put("name" + i, i);
      small.put("name" + (39 - i), 39 - i);
    }
    assertThat(json(grown)).isEqualTo(json(small));
    assertThat(json(table)).isEqualTo(json(small).replace("concurrentmap", "hashtable"));
  }

  // ---- the ordinary class ----

  static Stream<Object> ordinaryLists() {
    List<Object> list = new ArrayList<>(List.of("a", 1, 5L));
    return Stream.of(
        list,
        List.of(),
        List.of("a"),
        List.of("a", 1),
        List.of("a", 1, 5L),
        List.copyOf(list),
        List.of("a", 1, 5L).subList(0, 2),
        list.stream().toList(),
        list.stream().collect(java.util.stream.Collectors.toUnmodifiableList()),
        Arrays.asList("a", 1),
        Arrays.asList("a", 1).subList(0, 1),
        Collections.emptyList(),
        Collections.singletonList("a"),
        Collections.nCopies(3, "a"),
        Collections.unmodifiableList(list),
        Collections.unmodifiableList(new LinkedList<>(list)),
        list.subList(1, 3),
        list.subList(0, 2).subList(0, 1),
        new LinkedList<>(list).subList(1, 3));
  }

  static Stream<Object> ordinarySets() {
    Set<Object> set = new HashSet<>(List.of("a", 1, 5L));
    return Stream.of(
        set,
        Set.of(),
        Set.of("a"),
        Set.of("a", 1, 5L),
        Set.copyOf(set),
        Collections.emptySet(),
        Collections.singleton("a"),
        Collections.unmodifiableSet(set));
  }

  static Stream<Object> ordinaryMaps() {
    Map<String, Object> map = new HashMap<>(Map.of("a", 1, "b", 5L));
    return Stream.of(
        map,
        Map.of(),
        Map.of("a", 1),
        Map.of("a", 1, "b", 5L),
        Map.copyOf(map),
        Map.ofEntries(Map.entry("a", 1), Map.entry("b", 2)),
        Collections.emptyMap(),
        Collections.singletonMap("a", 1),
        Collections.unmodifiableMap(map));
  }

  @ParameterizedTest
  @MethodSource({"ordinaryLists", "ordinarySets", "ordinaryMaps"})
  void theseComeBackAsTheOrdinaryMutableClass(Object value) throws IOException {
    JSON.check("x", value);
    Class<?> ordinary =
        value instanceof List<?>
            ? ArrayList.class
            : value instanceof Set<?> ? LinkedHashSet.class : LinkedHashMap.class;
    assertThat(trip(JSON, value)).isExactlyInstanceOf(ordinary).isEqualTo(value);
    assertThat(trip(JSON, List.of(value))).isEqualTo(List.of(value));
  }

  // ---- refused ----

  static final class Basket extends ArrayList<String> {
    private static final long serialVersionUID = 1;
    String owner = "zoé";
  }

  static final class Prefs extends HashMap<String, Object> {
    private static final long serialVersionUID = 1;
  }

  static final class Tags extends LinkedHashSet<String> {
    private static final long serialVersionUID = 1;
  }

  static final class Range extends AbstractList<Integer> {
    @Override
    public Integer get(int index) {
      return Objects.checkIndex(index, 3);
    }

    @Override
    public int size() {
      return 3;
    }
  }

  enum Size {
    SMALL
  }

  static Stream<Object> strangers() {
    Map<String, Object> map = new LinkedHashMap<>(Map.of("a", 1));
    NavigableMap<String, Object> sorted = new TreeMap<>(map);
    NavigableSet<String> names = new TreeSet<>(List.of("a", "b"));
    return Stream.of(
        new Basket(),
        new Prefs(),
        new Tags(),
        new Range(),
        new ArrayList<>(List.of(1)) {
          private static final long serialVersionUID = 1;
        },
        new Properties(),
        descending(),
        new TreeMap<>(Comparator.<String>naturalOrder()),
        new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
        new TreeSet<>(Comparator.<String>reverseOrder()),
        new IdentityHashMap<>(map),
        new WeakHashMap<>(map),
        new EnumMap<>(Map.of(Size.SMALL, 1)),
        EnumSet.of(Size.SMALL),
        new ConcurrentSkipListMap<>(map),
        new ConcurrentSkipListSet<>(List.of("a")),
        new CopyOnWriteArraySet<>(List.of("a")),
        ConcurrentHashMap.newKeySet(),
        Collections.newSetFromMap(new HashMap<>()),
        Collections.synchronizedList(new ArrayList<>()),
        Collections.synchronizedSet(new HashSet<>()),
        Collections.synchronizedMap(map),
        Collections.checkedList(new ArrayList<>(), Object.class),
        Collections.checkedMap(map, String.class, Object.class),
        Collections.unmodifiableSortedMap(sorted),
        Collections.unmodifiableNavigableMap(sorted),
        Collections.unmodifiableSortedSet(names),
        Collections.unmodifiableNavigableSet(names),
        Collections.emptySortedMap(),
        Collections.emptyNavigableSet(),
        Collections.unmodifiableCollection(List.of(1)),
        map.keySet(),
        map.values(),
        sorted.headMap("b"),
        sorted.descendingMap(),
        names.descendingSet(),
        new ArrayDeque<>(List.of("a")),
        new PriorityQueue<>(List.of("a")),
        new LinkedBlockingQueue<>(List.of("a")));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void everyOtherClassIsRefusedWithWhatToDo(Object value) throws IOException {
    String copy =
        "put a copy, new %s<>(value)"
            .formatted(
                value instanceof Map<?, ?>
                    ? "LinkedHashMap"
                    : value instanceof Set<?> ? "LinkedHashSet" : "ArrayList");
    for (Object holder : List.of(value, List.of(value), Map.of("a", value))) {
      assertThatThrownBy(() -> JSON.check("basket", holder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("attribute \"basket\"")
          .hasMessageContaining(value.getClass().getTypeName())
          .hasMessageContaining(copy);
    }
    if (value instanceof EnumMap<?, ?> || value instanceof EnumSet<?>) {
      return; // What they hold is refused as well.
    }
    Collection<?> elements = value instanceof Collection<?> some ? some : List.of();
    Object copied =
        value instanceof Map<?, ?> map
            ? new LinkedHashMap<>(map)
            : value instanceof Set<?> ? new LinkedHashSet<>(elements) : new ArrayList<>(elements);
    JSON.check("basket", copied);
    assertThat(trip(JSON, copied)).isEqualTo(copied);
  }

  @Test
  void aConverterCarriesOne() throws IOException {
    AttributeConverter<Basket> converter =
        AttributeConverter.of(
            "basket",
            Basket.class,
            basket -> List.of(basket.owner, new ArrayList<>(basket)),
            plain -> {
              Basket basket = new Basket();
              basket.owner = (String) Objects.requireNonNull(plain.get(0));
              ((List<?>) Objects.requireNonNull(plain.get(1)))
                  .forEach(element -> basket.add((String) element));
              return basket;
            });
    JsonSerializer json = JSON.withConverters(converter);
    Basket basket = filled(new Basket(), "tea");
    basket.owner = "marcel";
    json.check("x", Map.of("basket", basket));
    Basket back = (Basket) trip(json, basket);
    assertThat(back).containsExactly("tea");
    assertThat(back.owner).isEqualTo("marcel");
    TreeMap<String, Object> sorted = new TreeMap<>(descending());
    assertThat(sorted.comparator()).isNotNull();
    JsonSerializer descending =
        JSON.withAttributes(
            Attribute.of(
                "x",
                AttributeConverter.of(
                    "descending",
                    TreeMap.class,
                    map -> new LinkedHashMap<>((Map<?, ?>) map),
                    plain -> {
                      TreeMap<Object, Object> map = new TreeMap<>(Collections.reverseOrder());
                      map.putAll((Map<?, ?>) plain);
                      return map;
                    })));
    descending.check("x", sorted);
    assertThat(((Map<?, ?>) trip(descending, sorted)).keySet()).hasToString("[b, a]");
  }

  public static final class DeclaredBasket extends ArrayList<String> {
    private static final long serialVersionUID = 1;
    public String owner = "";
  }

  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;
  }

  @Test
  void aDeclaredOneWithFieldsThatWouldBeLostIsRefused() throws IOException {
    JsonSerializer json = JSON.withAttributes(Attribute.of("x", DeclaredBasket.class));
    assertThatThrownBy(() -> json.check("x", filled(new DeclaredBasket(), "tea")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("comes back different");
    JsonSerializer list = JSON.withAttributes(Attribute.of("x", new TypeToken<List<String>>() {}));
    assertThatThrownBy(() -> list.check("x", filled(new DeclaredBasket(), "tea")))
        .hasMessageContaining("comes back different");
    list.check("x", List.of("tea"));
    JsonSerializer names = JSON.withAttributes(Attribute.of("x", Names.class));
    names.check("x", filled(new Names(), "tea"));
    assertThat(trip(names, filled(new Names(), "tea"))).isExactlyInstanceOf(Names.class);
  }

  @Test
  void aTreeSetHoldsWhatHasAnOrderInEveryLanguage() throws IOException {
    for (Object value :
        List.of(
            new TreeSet<>(List.of("b", "a", "é", "🍪", "\uffee")),
            new TreeSet<>(List.of(5, -7, 0)),
            new TreeSet<>(List.of(5L, -7L, 1L << 40)))) {
      JSON.check("x", value);
      assertThat(trip(JSON, value)).isExactlyInstanceOf(TreeSet.class).isEqualTo(value);
    }
    for (Collection<?> value :
        List.of(
            new TreeSet<>(List.of(Fixtures.NOON)),
            new TreeSet<>(List.of(0.5)),
            new TreeSet<>(List.of(Size.SMALL)))) {
      assertThatThrownBy(() -> JSON.check("x", value))
          .hasMessageContaining("its elements are not all of String, all of Integer or all of Long")
          .hasMessageContaining("put a copy, new LinkedHashSet<>(value)");
    }
    JSON.check("x", new LinkedHashSet<>(new TreeSet<>(List.of(Fixtures.NOON))));
  }

  // ---- reading ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~linkedlist\":{}}",
        "{\"~linkedlist\":null}",
        "{\"~linkedlist\":\"a\"}",
        "{\"~linkedlist\":{\"~vector\":[]}}",
        "{\"~linkedlist\":[],\"a\":1}",
        "{\"~treeset\":[2,1]}",
        "{\"~treeset\":[1,1]}",
        "{\"~treeset\":[null]}",
        "{\"~treeset\":[[]]}",
        "{\"~treeset\":[1,\"a\"]}",
        "{\"~treeset\":[1,{\"~long\":\"2\"}]}",
        "{\"~treeset\":[0.5]}",
        "{\"~treeset\":[{\"~later\":1}]}",
        "{\"~treeset\":[5000000000,{\"~long\":\"1\"}]}",
        "{\"~treeset\":[{\"~bytes\":\"AQ\"}]}",
        "{\"~treemap\":[]}",
        "{\"~treemap\":{\"b\":1,\"a\":2}}",
        "{\"~treemap\":{\"~a\":1}}{",
        "{\"~treemap\":{\"~a\":1,\"b\":2}}",
        "{\"~treemap\":{\"~treemap\":{}}}",
        "{\"~concurrentmap\":{\"b\":1,\"a\":2}}",
        "{\"~concurrentmap\":{\"a\":null}}",
        "{\"~hashtable\":{\"b\":1,\"a\":2}}",
        "{\"~hashtable\":{\"a\":null}}"
      })
  void whatIsNotWrittenIsNotRead(String stored) {
    byte[] bytes = Fixtures.utf8("{\"x\":" + stored + "}");
    assertThatThrownBy(() -> JSON.read(bytes, 0, bytes.length))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @Test
  void aReleaseThatDoesNotKnowOneCarriesItAlong() throws IOException {
    for (CollectionType type : CollectionType.values()) {
      String tag = type.tag();
      if (tag != null) {
        JsonSerializer older = JSON.readingTags(known -> !known.equals(tag));
        Object value = type.isMap() ? Map.of("a", 1) : List.of(1, 2);
        String text = "{\"x\":{\"" + tag + "\":" + json(value).substring(5) + "}";
        byte[] bytes = Fixtures.utf8(text);
        assertThat(older.read(bytes, 0, bytes.length).unreadable()).as(tag).containsExactly("x");
        assertThat(JSON.read(bytes, 0, bytes.length).unreadable()).isEmpty();
      }
    }
  }

  @Test
  void limitsAreToldWithoutAClassThatHasNothingToDoWithThem() {
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 512; i++) {
      many.put("n" + i, i);
    }
    assertThatThrownBy(() -> JSON.check("x", many))
        .hasMessage("attribute \"x\": the session has more than 512 names, nested ones included");
    assertThatThrownBy(() -> JSON.check("x", Map.of("n".repeat(129), 1)))
        .hasMessage("attribute \"x\" has a name of 129 characters, limit 128");
    Map<Object, @Nullable Object> keys = new HashMap<>();
    keys.put(5, "hunter2");
    assertThatThrownBy(() -> JSON.check("x", keys))
        .hasMessage(
            "attribute \"x\" has a map with a key that is a java.lang.Integer; the keys of a map must be strings, unless it is declared: declare its type where the sessions are built, SessionsBuilder.attributes(Attribute.of(\"x\", new TypeToken<Map<Integer, String>>() {}))");
    Map<Object, Object> table = new ConcurrentHashMap<>(Map.of(new BitSet(), 1));
    assertThatThrownBy(() -> JSON.check("x", table)).hasMessageContaining("a java.util.BitSet");
  }
}
