package dev.madeleine.encoders;

import dev.madeleine.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sessions of everything that JSON of JavaScript can carry, from a seed. */
final class RandomSessions {
  private static final String[] NAMES = {
    "user",
    "0",
    "10",
    "9",
    "4294967294",
    "4294967295",
    "01",
    "-1",
    "1.5",
    "",
    "toJSON",
    "__proto__",
    "constructor",
    "length",
    "a b",
    "a\"b",
    "a\\b",
    "ключ",
    "😀",
    "\n",
    "~uuid"
  };

  private final Random random;

  RandomSessions(long seed) {
    random = new Random(seed);
  }

  /** A session, none of whose attributes has a reserved name. */
  Map<String, Object> next() {
    Map<String, Object> session = map(4);
    session.keySet().removeAll(List.of("__proto__", "constructor"));
    return session;
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int count = random.nextInt(7); count > 0; count--) {
      map.put(random.nextInt(4) == 0 ? name() : NAMES[random.nextInt(NAMES.length)], value(depth));
    }
    return map;
  }

  /** A text without half characters. */
  private String name() {
    return new String(Utf8.bytesLikeNode(text()), StandardCharsets.UTF_8);
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextInt(200) - 100;
      case 2 -> EcmaNumber.fromJavaScript((double) (random.nextLong() >> random.nextInt(63)));
      case 3 -> EcmaNumber.fromJavaScript(number());
      case 4, 5 -> text();
      case 6 -> random.nextInt(3) == 0 ? null : (Object) random.nextBoolean();
      case 7 -> map(depth - 1);
      default -> list(depth - 1);
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      list.add(value(depth));
    }
    return list;
  }

  /** Characters of every kind: ASCII, controls, separators, letters, halves of characters. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(12); count > 0; count--) {
      switch (random.nextInt(7)) {
        case 0, 1, 2 -> text.append((char) (' ' + random.nextInt(95)));
        case 3 -> text.append((char) random.nextInt(0x100));
        case 4 -> text.append((char) (0x2020 + random.nextInt(16)));
        case 5 -> text.appendCodePoint(random.nextInt(0x110000));
        default -> text.append((char) (0xd7f0 + random.nextInt(0x830)));
      }
    }
    return text.toString();
  }

  /** A finite number: of random bits, of few digits, near a power of two or ten, or a tie. */
  double number() {
    double number =
        switch (random.nextInt(8)) {
          case 0, 1 -> Double.longBitsToDouble(random.nextLong());
          case 2 -> random.nextInt(100_000) / 1000.0;
          case 3 -> near(Math.scalb(1.0, random.nextInt(2098) - 1074));
          case 4 -> near(Math.pow(10, random.nextInt(632) - 323));
          case 5 -> Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(51)));
          case 6 -> (random.nextLong() | 1) * Math.scalb(1.0, -20 - random.nextInt(40));
          default -> (double) (random.nextLong() >> random.nextInt(63));
        };
    return Double.isFinite(number) ? number : 0.5;
  }

  private double near(double number) {
    return switch (random.nextInt(3)) {
      case 0 -> number;
      case 1 -> Math.nextUp(number);
      default -> Math.nextDown(number);
    };
  }
}
