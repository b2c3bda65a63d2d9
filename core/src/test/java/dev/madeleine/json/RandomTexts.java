package dev.madeleine.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * JSON texts from a seed, most of them nearly right: written sessions, free texts and hand-written
 * ones, with changes. Each char of a text stands for one byte.
 */
final class RandomTexts {
  private static final List<String> NUMBERS =
      List.of(
          "01",
          "1.",
          "-0",
          "+1",
          ".5",
          "-",
          "--1",
          "1e999",
          "-1e999",
          "1e",
          "1e+",
          "1E+05",
          "1e-400",
          "0e0",
          "-0e-0",
          "-0.0",
          "0.10",
          "00",
          "-01",
          "0x10",
          "1_0",
          "NaN",
          "Infinity",
          "1.2.3",
          "1e1e1",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "12345678901234567890123456789012",
          "123456789012345678901234567890123",
          "0.123456789012345678901234567890",
          "0.1234567890123456789012345678901",
          "-0.12345678901234567890123456789",
          "-0.123456789012345678901234567890",
          "1e00000000000000000000000000001",
          "1e000000000000000000000000000001",
          "1.7976931348623157e308",
          "1.7976931348623159e308",
          "2.2250738585072011e-308",
          "4.9E-324",
          "2.4e-324",
          "9007199254740993.0");

  private static final List<String> ESCAPES =
      List.of(
          "\\u0000",
          "\\ud800",
          "\\uDFFF",
          "\\uD83D\\uDE00",
          "\\ude00\\ud83d",
          "\\x",
          "\\u12",
          "\\u{61}",
          "\\U0061",
          "\\u0061",
          "\\u00e9",
          "\\u00E9",
          "\\u007e",
          "\\u0022",
          "\\\"",
          "\\\\",
          "\\/",
          "\\b\\f\\n\\r\\t",
          "\\'",
          "\\0",
          "\\",
          "\\u00g0",
          "\\u+061",
          "\\u 061");

  /** Bytes that are white space to somebody. */
  private static final List<String> SPACES =
      List.of(
          " ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "  \t ",
          "\f",
          "\u000b",
          "\u00c2\u00a0",
          "\0",
          "\u00e2\u0080\u00a8",
          "\u00ef\u00bb\u00bf",
          "\u00c2\u0085",
          "\u001c",
          "/**/",
          "//\n",
          "#\n");

  /** Characters and parts of them as bytes. */
  private static final List<String> BYTES =
      List.of(
          "\u0080",
          "\u00bf\u00bf",
          "\u00c0\u00af",
          "\u00c1\u00bf",
          "\u00c3\u00a9",
          "\u00c3",
          "\u00e0\u0080\u00af",
          "\u00e2\u0082",
          "\u00e2\u0082\u00ac",
          "\u00ed\u009f\u00bf",
          "\u00ed\u00a0\u0080",
          "\u00ed\u00bf\u00bf",
          "\u00ee\u0080\u0080",
          "\u00ef\u00bf\u00bf",
          "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
          "\u00f0\u009f\u008d\u00aa",
          "\u00f0\u009f\u008d",
          "\u00f0\u0080\u0080\u00af",
          "\u00f4\u008f\u00bf\u00bf",
          "\u00f4\u0090\u0080\u0080",
          "\u00f5\u0080\u0080\u0080",
          "\u00f8\u0088\u0080\u0080\u0080",
          "\u00fe",
          "\u00ff",
          "\u0001",
          "\u001f",
          "\u007f");

  private static final List<String> TAGS =
      List.of(
          "~",
          "~~",
          "~zz9",
          "~money",
          "~set",
          "~linkedlist",
          "~vector",
          "~stack",
          "~copyonwritelist",
          "~treeset",
          "~treemap",
          "~concurrentmap",
          "~hashtable",
          "~x-money",
          "~own",
          "~long",
          "~float",
          "~short",
          "~byte",
          "~char",
          "~decimal",
          "~integer",
          "~instant",
          "~date",
          "~bytes",
          "~uuid",
          "~locale",
          "~uri",
          "~zone",
          "~Long",
          "~1",
          "~a_b",
          "~a",
          "~abcdefghijklmnopqrstuvwxyz012345",
          "\\u007elong",
          "\\u007e",
          "~abcdefghijklmnopqrstuvwxyz0123456",
          "~\u00c3\u00a9",
          "",
          "a");

  private static final List<String> PARTS =
      List.of(
          "{}",
          "[]",
          "null",
          "true",
          "false",
          "nul",
          "tru",
          "True",
          "undefined",
          "\"\"",
          "\"a\"",
          "'a'",
          "[[]]",
          "{\"~zz9\":1}",
          "{\"~zz9\":[{\"a\":1}]}",
          "{\"~own\":{\"~long\":1}}",
          "{\"~set\":[]}",
          "{\"~linkedlist\":[1]}",
          "{\"~vector\":{}}",
          "{\"~stack\":[null,1]}",
          "{\"~set\":[{\"~copyonwritelist\":[{\"~bytes\":\"AQ\"}]}]}",
          "{\"~treeset\":[1,2]}",
          "{\"~treeset\":[2,1]}",
          "{\"~treeset\":[1,\"a\"]}",
          "{\"~treeset\":[1.5]}",
          "{\"~treeset\":[{\"~long\":\"5\"},9223372036854775807]}",
          "{\"~treeset\":[{\"~zz9\":1}]}",
          "{\"~treeset\":\"1\"}",
          "{\"~treemap\":{\"a\":null,\"b\":1}}",
          "{\"~treemap\":{\"b\":1,\"a\":1}}",
          "{\"~treemap\":{\"~\":{\"~a\":1}}}",
          "{\"~concurrentmap\":{\"a\":null}}",
          "{\"~concurrentmap\":{\"a\":{\"~zz9\":1}}}",
          "{\"~hashtable\":{\"a\":1}}",
          "{\"~hashtable\":{\"~hashtable\":{}}}",
          "{\"~hashtable\":[]}",
          "{\"~x-money\":[1,\"EUR\"]}",
          "{\"~set\":[1,1]}",
          "{\"~set\":[0,-0.0,0.0]}",
          "{\"~\":{\"~\":1}}",
          "{\"~\":{\"~zz9\":{\"~zz9\":1}}}",
          "{\"~\":{}}",
          "{\"~long\":\"5\"}",
          "{\"~long\":5}",
          "{\"~set\":[{\"~bytes\":\"AQ\"}]}",
          "{\"~set\":[{\"~zz9\":1},{\"~zz9\":1}]}",
          "{\"~long\":\"5\",\"b\":1}",
          "{\"~set\":[{\"~zz9\":{\"~bytes\":\"AQ\"}}]}",
          "{\"~bytes\":\"AQ\"}",
          "{\"~bytes\":\"AR\"}",
          "{\"~bytes\":\"AQ==\"}",
          "{\"~char\":\"\\ud800\"}");

  private static final String STRUCTURE = "{}[]\":,~\\0123456789-+eE. tfn";

  private final RandomGenerator random;
  private final RandomSessions sessions;
  private final List<byte[]> examples;

  /**
   * Texts from a source of randomness.
   *
   * @param examples texts to change, besides those that are made up
   */
  RandomTexts(RandomGenerator random, List<byte[]> examples) {
    this.random = random;
    this.sessions = new RandomSessions(random);
    this.examples = examples;
  }

  byte[] next() {
    StringBuilder text = new StringBuilder(unchanged());
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      change(text);
    }
    String changed = text.toString();
    return switch (random.nextInt(100)) {
      case 0 -> changed.getBytes(StandardCharsets.UTF_16LE);
      case 1 -> changed.getBytes(StandardCharsets.UTF_16);
      case 2 -> bytes("\u00ef\u00bb\u00bf" + changed);
      default -> bytes(changed);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String unchanged() {
    byte[] text =
        switch (random.nextInt(5)) {
          case 0 -> examples.get(random.nextInt(examples.size()));
          case 1, 2 -> written();
          default -> bytes(space() + object(3) + space());
        };
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private byte[] written() {
    byte[] text = null;
    while (text == null) {
      try {
        text = JacksonOracle.write(sessions.next());
      } catch (IllegalArgumentException e) {
        text = null; // One of those that are refused; the next one then.
      } catch (IOException e) {
        throw new AssertionError(e); // The stream is in memory.
      }
    }
    return text;
  }

  // --- free texts ---

  private String object(int depth) {
    StringBuilder text = new StringBuilder("{").append(space());
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : "," + space());
      text.append(name()).append(space()).append(':').append(space());
      text.append(value(depth - 1)).append(space());
    }
    return text.append('}').toString();
  }

  private String array(int depth) {
    StringBuilder text = new StringBuilder("[").append(space());
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : "," + space()).append(value(depth - 1)).append(space());
    }
    return text.append(']').toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 10)) {
      case 0 -> List.of("true", "false", "null").get(random.nextInt(3));
      case 1 -> String.valueOf(random.nextInt(20) - 10);
      case 2 -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case 3, 4 -> fraction();
      case 5 -> random.nextInt(4) == 0 ? oneOf(NUMBERS) : "0";
      case 6, 7 -> string();
      case 8, 9 -> random.nextInt(4) == 0 ? oneOf(PARTS) : "\"text\"";
      case 10, 11 -> object(depth);
      case 12 -> array(depth);
      default -> "{" + space() + quoted(tag()) + space() + ":" + value(depth - 1) + space() + "}";
    };
  }

  private String tag() {
    return random.nextInt(3) == 0 ? oneOf(TAGS) : "~zz" + random.nextInt(9);
  }

  /** A fraction in any layout; some are longer than the limit. */
  private String fraction() {
    String text = (random.nextBoolean() ? "-" : "") + digits(10);
    int form = random.nextInt(4);
    if (form != 0) {
      text += "." + digits(random.nextInt(6) == 0 ? 32 : 8) + random.nextInt(10);
    }
    if (form != 1) {
      text += (random.nextBoolean() ? "e" : "E") + List.of("", "+", "-").get(random.nextInt(3));
      text += random.nextInt(random.nextBoolean() ? 30 : 400);
    }
    return text;
  }

  private String digits(int most) {
    String digits = String.valueOf(random.nextLong() & Long.MAX_VALUE).repeat(2);
    String some = digits.substring(0, 1 + random.nextInt(Math.min(most, digits.length())));
    return most == 10 ? some.replaceFirst("^0+(?=.)", "") : some;
  }

  private String name() {
    return random.nextInt(3) == 0 ? string() : quoted("n" + random.nextInt(100_000));
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(6); count > 0; count--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(escaped(random.nextInt(0x10000)));
        case 1 -> text.append(random.nextInt(4) == 0 ? oneOf(ESCAPES) : "\\n");
        case 2 -> text.append(random.nextInt(4) == 0 ? oneOf(BYTES) : "\u00c3\u00a9");
        case 3 -> text.append("\u00f0\u009f\u008d\u00aa");
        case 4 -> text.append("\\ud83c\\udf6a");
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    if (random.nextInt(60) == 0) {
      text.append(escaped('n').repeat(110 + random.nextInt(20)));
    }
    return quoted(text.toString());
  }

  private String escaped(int character) {
    return (random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted(character);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private String space() {
    return random.nextInt(6) == 0 ? SPACES.get(random.nextInt(5)) : "";
  }

  private String oneOf(List<String> parts) {
    return parts.get(random.nextInt(parts.size()));
  }

  // --- changes ---

  private void change(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(16)) {
      case 0 -> flip(text);
      case 1 -> text.insert(at, STRUCTURE.charAt(random.nextInt(STRUCTURE.length())));
      case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
      case 3 -> text.insert(at, slice(text));
      case 4 -> splice(text);
      case 5 -> replaceNumber(text);
      case 6 -> text.insert(at, oneOf(ESCAPES));
      case 7 -> insertBehind(text, "{}[]:,", oneOf(SPACES));
      case 8 -> text.insert(at, oneOf(BYTES));
      case 9 -> replaceTag(text);
      case 10 -> insertBehind(text, "{", "\"a\":1,");
      case 11 -> insertBefore(text, "}", ",\"b\":1");
      case 12 -> repeatName(text);
      case 13 -> insertBehind(text, ":", oneOf(PARTS) + ",\"c" + random.nextInt(99) + "\":");
      case 14 -> insertBehind(text, "\"", random.nextBoolean() ? oneOf(ESCAPES) : oneOf(BYTES));
      default -> insertBehind(text, "[", oneOf(random.nextBoolean() ? PARTS : NUMBERS) + ",");
    }
  }

  private void flip(StringBuilder text) {
    if (!text.isEmpty()) {
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
    }
  }

  private String slice(StringBuilder text) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + random.nextInt(60)));
  }

  /** The beginning of this text and the end of another. */
  private void splice(StringBuilder text) {
    text.setLength(random.nextInt(text.length() + 1));
    String other = unchanged();
    text.append(other, random.nextInt(other.length() + 1), other.length());
  }

  private void replaceNumber(StringBuilder text) {
    int from = find(text, "0123456789");
    int to = from;
    while (from > 0 && "0123456789-+.eE".indexOf(text.charAt(from - 1)) >= 0) {
      from--;
    }
    while (to < text.length() && "0123456789-+.eE".indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    text.replace(from, to, oneOf(NUMBERS));
  }

  private void replaceTag(StringBuilder text) {
    int from = find(text, "~");
    int to = text.indexOf("\"", from);
    if (to > from) {
      text.replace(from, to, oneOf(TAGS));
    }
  }

  /** A name and a value before a name, the name once more, by an escape perhaps. */
  private void repeatName(StringBuilder text) {
    int from = find(text, ":") - 1;
    int begin = from < 2 ? -1 : text.lastIndexOf("\"", from - 1);
    if (begin >= 0 && text.charAt(from) == '"') {
      String name = text.substring(begin + 1, from);
      String again =
          name.isEmpty() || random.nextBoolean()
              ? name
              : escaped(name.charAt(0)) + name.substring(1);
      text.insert(begin, quoted(again) + ":1,");
    }
  }

  private void insertBehind(StringBuilder text, String characters, String part) {
    text.insert(Math.min(text.length(), find(text, characters) + 1), part);
  }

  private void insertBefore(StringBuilder text, String characters, String part) {
    text.insert(find(text, characters), part);
  }

  /** Where the first of these characters is from a random place on; the end if there is none. */
  private int find(StringBuilder text, String characters) {
    for (int at = random.nextInt(text.length() + 1); at < text.length(); at++) {
      if (characters.indexOf(text.charAt(at)) >= 0) {
        return at;
      }
    }
    return text.length();
  }
}
