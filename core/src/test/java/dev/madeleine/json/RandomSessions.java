package dev.madeleine.json;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Sessions of the closed set of types from a seed, with a liking for limits; some hold what has to
 * be refused.
 */
@SuppressWarnings("JdkObsolete") // Sessions hold what applications hold.
final class RandomSessions {
  private static final List<Object> TAGGED =
      TypeTagTest.edges().values().stream().flatMap(List::stream).toList();

  private static final List<Object> NUMBERS =
      List.of(
          0,
          -1,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE + 1L,
          Integer.MIN_VALUE - 1L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          999_999_999_999_999_999L,
          0.0,
          -0.0,
          1e308,
          -1e308,
          4.9e-324,
          Double.MAX_VALUE,
          Double.MIN_NORMAL,
          0.1 + 0.2,
          1e16,
          1e7,
          1e-3,
          Math.nextDown(1e-3),
          Math.nextUp(9_007_199_254_740_992.0),
          Math.nextDown(Double.MIN_NORMAL));

  private static final List<String> NAMES =
      List.of(
          "",
          "user",
          "cart",
          "locale",
          "csrf",
          "a",
          "~",
          "~long",
          "~set",
          "~own",
          "~bytes",
          "~zz9",
          "~~",
          "__proto__",
          "10",
          "é",
          "🍪",
          "\"",
          "\\",
          "/",
          "\0",
          "\n",
          "\u007f",
          "\u2028");

  private static final List<Object> STRANGERS =
      List.of(
          new File("a"),
          new int[] {1},
          Optional.of(1),
          Thread.State.NEW,
          new Object(),
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          Float.NaN,
          new BigDecimal("1".repeat(65)),
          new BigDecimal(BigInteger.ONE, 65),
          new Locale("x", "y", "no variant"),
          Map.of(1, "a"),
          new TreeMap<>(Comparator.reverseOrder()),
          new TreeSet<>(Comparator.reverseOrder()),
          new EnumMap<>(Map.of(Thread.State.NEW, 1)),
          new ArrayDeque<>(List.of(1)),
          new ConcurrentHashMap<>(Map.of(1, "a")),
          Collections.singletonMap(null, "a"),
          new Names(List.of("a", "b", "a")),
          Collections.unmodifiableSet(new Elements<>(List.<Object>of(1, "a", 1))));

  private final RandomGenerator random;

  RandomSessions(RandomGenerator random) {
    this.random = random;
  }

  Map<String, Object> next() {
    Map<String, Object> session = map(3);
    switch (random.nextInt(40)) {
      case 0 -> session.put(name(), names(500 + random.nextInt(20)));
      case 1 -> names(505 + random.nextInt(10)).forEach(session::put);
      case 2 -> session.put(name(), values(980 + random.nextInt(30)));
      case 3, 4, 5 -> session.put(name(), nested(10 + random.nextInt(8)));
      case 6 -> session.put(name(), nested(random.nextInt(16), stranger()));
      default -> {}
    }
    return inAnotherMap(session);
  }

  private Map<String, Object> inAnotherMap(Map<String, Object> map) {
    return switch (random.nextInt(8)) {
      case 0 -> new HashMap<>(map);
      case 1 -> new LinkedHashMap<>(new TreeMap<>(map));
      case 2 -> Collections.unmodifiableMap(map);
      default -> map;
    };
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      map.put(name(), value(depth));
    }
    return map;
  }

  /** A map of a class that is kept. */
  private Map<String, Object> anotherMap(Map<String, Object> map) {
    Map<String, Object> another =
        switch (random.nextInt(3)) {
          case 0 -> new TreeMap<>();
          case 1 -> new ConcurrentHashMap<>();
          default -> new Hashtable<>();
        };
    map.forEach(
        (name, value) -> {
          if (value != null || another instanceof TreeMap) {
            another.put(name, value);
          }
        });
    return another;
  }

  /** A list of a class that is kept. */
  private List<Object> anotherList(List<Object> list) {
    List<Object> another =
        switch (random.nextInt(4)) {
          case 0 -> new LinkedList<>();
          case 1 -> new Vector<>();
          case 2 -> new Stack<>();
          default -> new CopyOnWriteArrayList<>();
        };
    another.addAll(list);
    return another;
  }

  /** Elements in their natural order; of doubles none is kept. */
  private Set<Object> sorted() {
    Set<Object> set = new TreeSet<>();
    int kind = random.nextInt(8);
    for (int count = random.nextInt(6); count > 0; count--) {
      set.add(
          switch (kind) {
            case 0 -> random.nextDouble();
            case 1, 2 -> random.nextInt(9);
            case 3, 4 -> random.nextLong() >> random.nextInt(64);
            default -> text(3);
          });
    }
    return set;
  }

  private static Map<String, Object> names(int count) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put("n" + i, i);
    }
    return map;
  }

  private List<Object> values(int count) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(
          switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> Map.of();
            default -> i;
          });
    }
    return list;
  }

  private Object nested(int levels) {
    return nested(levels, value(0));
  }

  private Object nested(int levels, Object core) {
    Object nested = core;
    for (int level = 0; level < levels; level++) {
      nested =
          switch (random.nextInt(6)) {
            case 0 -> map(name(), nested);
            case 1 -> map("~", nested);
            case 2 ->
                Collections.unmodifiableSet(new Elements<>(Collections.singletonList(nested)));
            default -> Collections.singletonList(nested);
          };
    }
    return nested;
  }

  private static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 16 : 10)) {
      case 0 -> random.nextInt(2000) - 1000;
      case 1 -> integer();
      case 2 -> fraction();
      case 3 -> random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 4 -> text(random.nextInt(12));
      case 5 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case 6 -> random.nextInt(30) == 0 ? text(random.nextInt(9000)) : text(3);
      case 7 -> tagged();
      case 10 -> inAnotherMap(map(depth - 1));
      case 11 -> list(depth - 1);
      case 12 -> set(depth - 1);
      case 13 -> map(random.nextBoolean() ? "~" : "~long", value(depth - 1));
      case 14 -> anotherList(list(depth - 1));
      case 15 -> random.nextInt(3) == 0 ? sorted() : anotherMap(map(depth - 1));
      default -> TAGGED.get(random.nextInt(TAGGED.size()));
    };
  }

  private Object integer() {
    long number = random.nextLong() >> random.nextInt(64);
    return number == (int) number && random.nextBoolean() ? (Object) (int) number : number;
  }

  private Object fraction() {
    double number =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(100_000) / 1000.0;
          case 1 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
          case 2 -> random.nextLong() * Math.pow(10, random.nextInt(30) - 25);
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.isFinite(number) ? number : 0.5;
  }

  private Object tagged() {
    return switch (random.nextInt(8)) {
      case 0 -> (char) random.nextInt(0x10000);
      case 1 -> real(Float.intBitsToFloat(random.nextInt()));
      case 2 -> new BigDecimal(new BigInteger(bytesOf(8)), random.nextInt(130) - 65);
      case 3 -> new BigInteger(bytesOf(1 + random.nextInt(26)));
      case 4 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 5 -> new UUID(random.nextLong(), random.nextLong());
      case 6 -> bytesOf(random.nextInt(40));
      default ->
          random.nextBoolean()
              ? Duration.ofMillis(random.nextLong())
              : LocalDate.ofEpochDay(random.nextInt());
    };
  }

  private static Object real(float number) {
    return Float.isFinite(number) ? number : 1.5f;
  }

  private byte[] bytesOf(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      list.add(value(depth));
    }
    return random.nextInt(4) == 0 ? Collections.unmodifiableList(list) : list;
  }

  private Set<Object> set(int depth) {
    Set<Object> set = new LinkedHashSet<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      Object value = value(depth);
      if (!(value instanceof byte[]) || random.nextInt(20) == 0) {
        set.add(value);
      }
    }
    return set;
  }

  /** A value that no session takes. */
  private Object stranger() {
    if (random.nextInt(5) == 0) {
      List<Object> circle = new ArrayList<>();
      circle.add(circle);
      return circle;
    }
    return STRANGERS.get(random.nextInt(STRANGERS.size()));
  }

  /** Characters of every kind, halves too; a long text mostly of one kind. */
  String text(int length) {
    StringBuilder text = new StringBuilder();
    int mostly = random.nextInt(8);
    while (text.length() < length) {
      int kind = length > 20 && random.nextInt(50) > 0 ? mostly : random.nextInt(8);
      switch (kind) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) random.nextInt(0x800));
        case 2 -> text.append((char) random.nextInt(0x10000));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        case 4 -> text.append((char) (0xd800 + random.nextInt(0x800)));
        case 5 -> text.append("\"\\/\b\f\n\r\t~".charAt(random.nextInt(9)));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  String name() {
    return switch (random.nextInt(24)) {
      case 0 -> "n".repeat(120 + random.nextInt(12));
      case 1 -> "é".repeat(120 + random.nextInt(9));
      case 2 -> "🍪".repeat(60 + random.nextInt(5)) + (random.nextInt(9) == 0 ? "n" : "");
      case 3 -> random.nextInt(20) == 0 ? text(4) : "half";
      case 4, 5, 6, 7 -> text(random.nextInt(12)).replaceAll("\\p{Cs}", "");
      case 8, 9, 10, 11, 12, 13 -> NAMES.get(random.nextInt(NAMES.size()));
      default -> "n" + random.nextInt(1_000_000);
    };
  }

  /** A map that lets names be equal. */
  private static final class Names extends AbstractMap<String, Object> {
    private final List<String> names;

    Names(List<String> names) {
      this.names = names;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      List<Entry<String, Object>> entries = new ArrayList<>();
      names.forEach(name -> entries.add(Map.entry(name, entries.size())));
      return new Elements<>(entries);
    }
  }

  /** A set that lets elements be equal, and never asks for a hash. */
  private static final class Elements<E> extends AbstractSet<E> {
    private final List<E> elements;

    Elements(List<E> elements) {
      this.elements = elements;
    }

    @Override
    public Iterator<E> iterator() {
      return elements.iterator();
    }

    @Override
    public int size() {
      return elements.size();
    }
  }
}
