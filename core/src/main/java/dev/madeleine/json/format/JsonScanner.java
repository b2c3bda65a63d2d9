package dev.madeleine.json.format;

import dev.madeleine.internal.Pool;
import dev.madeleine.json.format.Members.Spelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Checks a JSON text (RFC 8259) from the first byte to the last, and notes where the members of its
 * object lie: grammar, UTF-8 (RFC 3629), numbers, names, and the limits of {@link JsonRules}. What
 * it has let pass, {@link JsonInput} reads without looking again.
 */
public final class JsonScanner {
  private static final byte[] NONE = new byte[0];
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** What stands for the end of the text: a byte that no text has outside of a string. */
  private static final int END = -1;

  /** Digits that a 64-bit integer can have whatever they are. */
  private static final int SURE_DIGITS = 18;

  private static final String LARGEST = "9223372036854775807";
  private static final String SMALLEST = "9223372036854775808";

  /** A fraction whose digits and exponent are together below this is a finite double. */
  private static final int SURELY_FINITE = 300;

  private static final Pool<JsonScanner> SPARES = new Pool<>(JsonScanner::new);

  private final NameSet seen = new NameSet();
  private final Members.Collector members = new Members.Collector();
  private byte[] bytes = NONE;
  private int end;
  private JsonRules rules = new JsonRules(0, 0, 0, 0, JsonRules.Numbers.JAVA, false);

  private int names;
  private int values;
  private int objects;

  /** Whether an object of the member at hand begins with a name that begins with a tilde. */
  private boolean marked;

  // The name that was scanned last.
  private int nameEnd;
  private Spelling spelling = Spelling.ASCII;

  /** Whether any name so far has escapes. */
  private boolean escapes;

  private JsonScanner() {}

  /**
   * The members of the object in these bytes.
   *
   * @throws IOException if they are not one object by these rules; the message quotes nothing of
   *     them
   */
  public static Members scan(byte[] bytes, int offset, int length, JsonRules rules)
      throws IOException {
    JsonScanner scanner = SPARES.take();
    Members members = scanner.root(bytes, offset, offset + length, rules);
    scanner.bytes = NONE;
    SPARES.give(scanner); // After an exception another one is made.
    return members;
  }

  // Each of these begins where its part begins, and returns where it ends.

  private Members root(byte[] text, int start, int textEnd, JsonRules newRules) throws IOException {
    bytes = text;
    end = textEnd;
    rules = newRules;
    names = 0;
    values = 1;
    objects = 0;
    escapes = false;
    seen.clear();
    int at = expect('{', rules.spaceInFront() ? space(start) : start);
    at = space(at);
    if (byteAt(at) == '}') {
      at++;
    } else {
      at = member(at);
      while (byteAt(at) == ',') {
        at = member(space(at + 1));
      }
      at = expect('}', at);
    }
    if (space(at) != end) {
      throw new IOException("something follows the object");
    }
    return members.of(text, start, textEnd);
  }

  /** A name, its value, and white space behind it. */
  private int member(int start) throws IOException {
    int valueStart = name(0, 0, start);
    int to = nameEnd;
    Spelling spelled = spelling;
    int namesBefore = names;
    int valuesBefore = values;
    marked = false;
    int valueEnd = value(2, valueStart);
    members.add(
        start,
        start + 1,
        to,
        spelled,
        valueStart,
        valueEnd,
        names - namesBefore,
        values - valuesBefore,
        marked);
    return space(valueEnd);
  }

  private int value(int depth, int start) throws IOException {
    if (++values > rules.maxValues()) {
      throw new IOException("too many values");
    }
    return switch (byteAt(start)) {
      case '"' -> string(start + 1);
      case '{' -> object(depth, start + 1);
      case '[' -> array(depth, start + 1);
      case 't' -> literal(TRUE, start);
      case 'f' -> literal(FALSE, start);
      case 'n' -> literal(NULL, start);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(start);
      default -> throw new IOException("not a value");
    };
  }

  /** What follows the bracket. */
  private int object(int depth, int start) throws IOException {
    requireDepth(depth);
    int at = space(start);
    if (byteAt(at) == '}') {
      return at + 1;
    }
    int object = ++objects;
    int first = seen.open();
    int valueStart = name(object, first, at);
    marked |= isTilde(at + 1);
    at = space(value(depth + 1, valueStart));
    while (byteAt(at) == ',') {
      at = space(value(depth + 1, name(object, first, space(at + 1))));
    }
    seen.close(first);
    return expect('}', at);
  }

  /** What follows the bracket. */
  private int array(int depth, int start) throws IOException {
    requireDepth(depth);
    int at = space(start);
    if (byteAt(at) == ']') {
      return at + 1;
    }
    at = space(value(depth + 1, at));
    while (byteAt(at) == ',') {
      at = space(value(depth + 1, space(at + 1)));
    }
    return expect(']', at);
  }

  private void requireDepth(int depth) throws IOException {
    if (depth > rules.maxDepth()) {
      throw new IOException("nested too deep");
    }
  }

  /** A name, the colon, and white space behind it. */
  private int name(int object, int first, int start) throws IOException {
    int from = expect('"', start);
    int at = from;
    long hash = 0;
    long word = Words.at(bytes, at);
    long stops = Words.stops(word);
    while (stops == 0) {
      hash = hash(hash, word);
      at += Long.BYTES;
      word = Words.at(bytes, at);
      stops = Words.stops(word);
    }
    int before = Words.before(stops);
    at += before;
    if (byteAt(at) == '"') {
      hash = hash(hash, Words.first(word, before));
      spelling = Spelling.ASCII;
      if (at - from > rules.maxName()) {
        throw new IOException("a name too long");
      }
    } else {
      at = string(at) - 1;
      hash = unusualName(from, at);
    }
    nameEnd = at;
    if (++names > rules.maxNames()) {
      throw new IOException("a name too many");
    }
    if (seen.addOrFind(bytes, first, object, hash, from, at, escapes)) {
      throw new IOException("a name twice");
    }
    return space(expect(':', space(at + 1)));
  }

  /** The hash of a name that is not ASCII, or has escapes. */
  private long unusualName(int start, int nameEnd) throws IOException {
    boolean escaped = false;
    for (int i = start; i < nameEnd; i++) {
      escaped |= bytes[i] == '\\';
    }
    spelling = escaped ? Spelling.ESCAPED : Spelling.UTF_8;
    escapes |= escaped;
    String name = JsonStrings.text(bytes, start, nameEnd);
    if (name.length() > rules.maxName()) {
      throw new IOException("a name too long");
    }
    if (hasLoneSurrogate(name)) {
      throw new IOException("a name with half a character");
    }
    byte[] plain = name.getBytes(StandardCharsets.UTF_8);
    long hash = 0;
    int from = 0;
    for (; plain.length - from >= Long.BYTES; from += Long.BYTES) {
      hash = hash(hash, Words.at(plain, from));
    }
    return hash(hash, Words.at(plain, from));
  }

  private static long hash(long hash, long word) {
    return Words.mix(hash ^ word);
  }

  /**
   * Whether UTF-8 cannot hold this name: half a character (a lone surrogate). In a value such a
   * character is escaped, in a name it would be lost.
   */
  public static boolean hasLoneSurrogate(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name that was scanned last, which begins here, begins with a tilde. */
  private boolean isTilde(int nameStart) {
    return spelling == Spelling.ESCAPED
        ? JsonStrings.text(bytes, nameStart, nameEnd).startsWith("~")
        : nameEnd > nameStart && bytes[nameStart] == '~';
  }

  /** What follows the opening quote. */
  private int string(int start) throws IOException {
    int at = start;
    while (true) {
      long stops = Words.stops(Words.at(bytes, at));
      if (stops == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Words.before(stops);
      int stop = at < end ? bytes[at] & 0xff : 0;
      if (stop == '"') {
        return at + 1;
      } else if (stop == '\\') {
        at = escape(at + 1);
      } else if (stop < ' ') {
        throw new IOException("a control character in a string, or no end of it");
      } else {
        at = manyBytes(at);
      }
    }
  }

  /** What follows the backslash. */
  private int escape(int start) throws IOException {
    int at = start + 1;
    switch (byteAt(start)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {}
      case 'u' -> {
        int last = at + 4;
        for (; at < last; at++) {
          if (!isHex(byteAt(at))) {
            throw new IOException("not four hex digits");
          }
        }
      }
      default -> throw new IOException("not an escape");
    }
    return at;
  }

  private static boolean isHex(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Characters of two to four bytes, up to the next one of one byte. */
  private int manyBytes(int start) throws IOException {
    int at = start;
    while (at < end && bytes[at] < 0) {
      int head = bytes[at] & 0xff;
      int more;
      int lowest = 0x80;
      int highest = 0xbf;
      if (head >= 0xc2 && head <= 0xdf) {
        more = 1;
      } else if (head >= 0xe0 && head <= 0xef) {
        more = 2;
        lowest = head == 0xe0 ? 0xa0 : lowest; // No overlong form.
        highest = head == 0xed ? 0x9f : highest; // No surrogate.
      } else if (head >= 0xf0 && head <= 0xf4) {
        more = 3;
        lowest = head == 0xf0 ? 0x90 : lowest;
        highest = head == 0xf4 ? 0x8f : highest; // Nothing beyond U+10FFFF.
      } else {
        throw new IOException("not UTF-8");
      }
      int second = end - at > more ? bytes[at + 1] & 0xff : 0;
      boolean good = second >= lowest && second <= highest;
      for (int i = 2; good && i <= more; i++) {
        good = (bytes[at + i] & 0xc0) == 0x80;
      }
      if (!good) {
        throw new IOException("not UTF-8");
      }
      at += more + 1;
    }
    return at;
  }

  private int number(int start) throws IOException {
    boolean negative = byteAt(start) == '-';
    int first = negative ? start + 1 : start;
    int at = byteAt(first) == '0' ? first + 1 : digits(first);
    int after = byteAt(at);
    if (after == '.' || after == 'e' || after == 'E') {
      at = fraction(start, first, at);
    } else if (rules.numbers() == JsonRules.Numbers.JAVA) {
      requireLong(first, at, negative);
    } else if (at - first > JsonRules.MAX_NUMBER) {
      throw new IOException("a number too long");
    }
    if (isDigit(byteAt(at))) {
      throw new IOException("a number with a zero in front");
    }
    return at;
  }

  private void requireLong(int first, int at, boolean negative) throws IOException {
    if (at - first > SURE_DIGITS) {
      String limit = negative ? SMALLEST : LARGEST;
      if (at - first > limit.length() || ascii(first, at).compareTo(limit) > 0) {
        throw new IOException("an integer beyond 64 bits");
      }
    } else if (negative && bytes[first] == '0') {
      throw new IOException("-0, which is a fraction to others");
    }
  }

  /** A number whose integer ends here, before a point or an exponent. */
  private int fraction(int start, int first, int pointOrExponent) throws IOException {
    int at = pointOrExponent;
    int digits = at - first;
    int whole = digits;
    if (byteAt(at) == '.') {
      at = digits(at + 1);
      digits = at - first - 1;
    }
    int exponent = 0;
    if (byteAt(at) == 'e' || byteAt(at) == 'E') {
      boolean signed = byteAt(at + 1) == '+' || byteAt(at + 1) == '-';
      int from = at + (signed ? 2 : 1);
      at = digits(from);
      digits += at - from;
      exponent = at - from > 3 ? SURELY_FINITE : Integer.parseInt(ascii(from, at), 10);
    }
    boolean java = rules.numbers() == JsonRules.Numbers.JAVA;
    if ((java ? at - start : digits) > JsonRules.MAX_NUMBER) {
      throw new IOException("a number too long");
    }
    if (whole + exponent >= SURELY_FINITE
        && !Double.isFinite(Double.parseDouble(ascii(start, at)))) {
      throw new IOException("a number beyond a double");
    }
    return at;
  }

  private String ascii(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** One digit or more. */
  private int digits(int start) throws IOException {
    int at = start;
    while (isDigit(byteAt(at))) {
      at++;
    }
    if (at == start) {
      throw new IOException("not a digit");
    }
    return at;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private int literal(byte[] word, int start) throws IOException {
    int at = start;
    for (byte letter : word) {
      at = expect((char) letter, at);
    }
    return at;
  }

  private int expect(char c, int at) throws IOException {
    if (byteAt(at) != c) {
      throw new IOException("not what the grammar expects");
    }
    return at + 1;
  }

  /** White space, if there is some. */
  private int space(int start) {
    int at = start;
    int c = byteAt(at);
    while (c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      c = byteAt(++at);
    }
    return at;
  }

  /** The byte at this place, or {@link #END}. */
  private int byteAt(int at) {
    return at < end ? bytes[at] : END;
  }
}
