package dev.madeleine;

import dev.madeleine.json.TypeTagTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Attributes of all types, from a seed. */
@SuppressWarnings("JdkObsolete") // Applications hold them.
final class RandomAttributes {
  private static final List<String> NAMES = List.of("~", "~long", "10", "9", "__proto__");
  private static final List<Object> EDGES =
      TypeTagTest.edges().values().stream().flatMap(List::stream).toList();

  private final Random random;

  RandomAttributes(Random random) {
    this.random = random;
  }

  Map<String, Object> next() {
    return map(3);
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      map.put(
          random.nextInt(3) == 0 ? NAMES.get(random.nextInt(NAMES.size())) : name(), value(depth));
    }
    return map;
  }

  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 13 : 8)) {
      case 0 -> random.nextInt(2000) - 1000;
      case 1 -> random.nextInt(2) == 0 ? random.nextInt() : random.nextLong();
      case 2 -> number();
      case 3 -> random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 4 -> text();
      case 5 -> "madeleine ".repeat(random.nextInt(200));
      case 8 -> map(depth - 1);
      case 9 -> list(depth - 1);
      case 10 -> set();
      case 11 -> ofAnotherClass(depth - 1);
      default -> EDGES.get(random.nextInt(EDGES.size()));
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      list.add(value(depth));
    }
    return list;
  }

  /** A collection that has a tag of its own. */
  private Object ofAnotherClass(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> new LinkedList<>(list(depth));
      case 1 -> new Vector<>(list(depth));
      case 2 -> new CopyOnWriteArrayList<>(list(depth));
      case 3 -> new TreeSet<>(List.of(random.nextInt(), random.nextInt(), 5));
      case 4 -> new TreeSet<>(map(0).keySet());
      case 5 -> new TreeMap<>(map(depth));
      case 6 -> new ConcurrentHashMap<>(Map.of(name(), 1, "~" + name(), List.of()));
      default -> new TreeSet<>(List.of(random.nextLong(), (long) random.nextInt()));
    };
  }

  Set<Object> set() {
    Set<Object> set = new LinkedHashSet<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      Object value = value(0);
      if (!(value instanceof byte[])) {
        set.add(value);
      }
    }
    return set;
  }

  private Object number() {
    double number =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(100_000) / 1000.0;
          case 1 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.isFinite(number) ? number : 0.5;
  }

  /** Characters of every kind, halves too. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(12); count > 0; count--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x100));
        case 1 -> text.appendCodePoint(random.nextInt(0x110000));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  String name() {
    return text().replaceAll("\\p{Cs}", "");
  }
}
