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

  private int at;
  private int names;
  private int values;
  private int objects;

  /** Whether an object of the member at hand begins with a name that begins with a tilde. */
  private boolean marked;

  // The name that was scanned last.
  private int nameStart;
  private int nameEnd;
  private Spelling spelling = Spelling.ASCII;
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

  private Members root(byte[] text, int start, int textEnd, JsonRules newRules) throws IOException {
    bytes = text;
    at = start;
    end = textEnd;
    rules = newRules;
    names = 0;
    values = 1;
    objects = 0;
    escapes = false;
    seen.clear();
    if (rules.spaceInFront()) {
      skipSpace();
    }
    expect('{');
    if (!isEmpty('}')) {
      do {
        member();
      } while (more('}'));
    }
    skipSpace();
    if (at != end) {
      throw new IOException("something follows the object");
    }
    return members.of(text, start, textEnd);
  }

  private void member() throws IOException {
    int start = at;
    name(0, 0);
    int from = nameStart;
    int to = nameEnd;
    Spelling spelled = spelling;
    int namesBefore = names;
    int valuesBefore = values;
    marked = false;
    int valueStart = at;
    value(2);
    members.add(
        start,
        from,
        to,
        spelled,
        valueStart,
        at,
        names - namesBefore,
        values - valuesBefore,
        marked);
  }

  private void value(int depth) throws IOException {
    if (++values > rules.maxValues()) {
      throw new IOException("too many values");
    }
    switch (next()) {
      case '"' -> string();
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw new IOException("not a value");
    }
  }

  private void object(int depth) throws IOException {
    requireDepth(depth);
    at++;
    if (isEmpty('}')) {
      return;
    }
    int object = ++objects;
    int first = seen.open();
    name(object, first);
    marked |= isTilde();
    value(depth + 1);
    while (more('}')) {
      name(object, first);
      value(depth + 1);
    }
    seen.close(first);
  }

  private void array(int depth) throws IOException {
    requireDepth(depth);
    at++;
    if (isEmpty(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (more(']'));
  }

  private void requireDepth(int depth) throws IOException {
    if (depth > rules.maxDepth()) {
      throw new IOException("nested too deep");
    }
  }

  /** Whether what was opened closes at once; otherwise its first element is next. */
  private boolean isEmpty(char close) {
    skipSpace();
    if (next() != close) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether another element follows, which is next then. */
  private boolean more(char close) throws IOException {
    skipSpace();
    int found = next();
    if (found != close && found != ',') {
      throw new IOException("neither a comma nor the end of an object or array");
    }
    at++;
    if (found == ',') {
      skipSpace();
    }
    return found == ',';
  }

  /** A name and the colon behind it; the value is next. */
  private void name(int object, int first) throws IOException {
    expect('"');
    nameStart = at;
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
    if (next() == '"') {
      hash = hash(hash, Words.first(word, before));
      nameEnd = at++;
      spelling = Spelling.ASCII;
      if (nameEnd - nameStart > rules.maxName()) {
        throw new IOException("a name too long");
      }
    } else {
      hash = unusualName();
    }
    if (++names > rules.maxNames()) {
      throw new IOException("a name too many");
    }
    if (seen.addOrFind(bytes, first, object, hash, nameStart, nameEnd, escapes)) {
      throw new IOException("a name twice");
    }
    skipSpace();
    expect(':');
    skipSpace();
  }

  /** The rest of a name that is not ASCII, or has escapes; returns its hash. */
  private long unusualName() throws IOException {
    boolean escaped = restOfString();
    nameEnd = at - 1;
    spelling = escaped ? Spelling.ESCAPED : Spelling.UTF_8;
    escapes |= escaped;
    String name = JsonStrings.text(bytes, nameStart, nameEnd);
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

  /** Whether the name that was scanned last begins with a tilde. */
  private boolean isTilde() {
    return spelling == Spelling.ESCAPED
        ? JsonStrings.text(bytes, nameStart, nameEnd).startsWith("~")
        : nameEnd > nameStart && bytes[nameStart] == '~';
  }

  private void string() throws IOException {
    at++;
    restOfString();
  }

  /** Goes behind the closing quote; returns whether there was an escape. */
  private boolean restOfString() throws IOException {
    boolean escaped = false;
    while (true) {
      long stops = Words.stops(Words.at(bytes, at));
      if (stops == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Words.before(stops);
      int stop = at < end ? bytes[at] & 0xff : 0;
      if (stop == '"') {
        at++;
        return escaped;
      } else if (stop == '\\') {
        escape();
        escaped = true;
      } else if (stop < ' ') {
        throw new IOException("a control character in a string, or no end of it");
      } else {
        manyBytes(stop);
      }
    }
  }

  private void escape() throws IOException {
    at++;
    switch (next()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        for (int i = 0; i < 4; i++) {
          at++;
          if (!isHex(next())) {
            throw new IOException("not four hex digits");
          }
        }
        at++;
      }
      default -> throw new IOException("not an escape");
    }
  }

  private static boolean isHex(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Characters of two to four bytes, up to the next one of one byte. */
  private void manyBytes(int head) throws IOException {
    int first = head;
    while (first >= 0x80) {
      int more;
      int lowest = 0x80;
      int highest = 0xbf;
      if (first >= 0xc2 && first <= 0xdf) {
        more = 1;
      } else if (first >= 0xe0 && first <= 0xef) {
        more = 2;
        lowest = first == 0xe0 ? 0xa0 : lowest; // No overlong form.
        highest = first == 0xed ? 0x9f : highest; // No surrogate.
      } else if (first >= 0xf0 && first <= 0xf4) {
        more = 3;
        lowest = first == 0xf0 ? 0x90 : lowest;
        highest = first == 0xf4 ? 0x8f : highest; // Nothing beyond U+10FFFF.
      } else {
        throw new IOException("not UTF-8");
      }
      if (end - at <= more) {
        throw new IOException("not UTF-8");
      }
      int second = bytes[at + 1] & 0xff;
      boolean good = second >= lowest && second <= highest;
      for (int i = 2; i <= more; i++) {
        good &= (bytes[at + i] & 0xc0) == 0x80;
      }
      if (!good) {
        throw new IOException("not UTF-8");
      }
      at += more + 1;
      first = at < end ? bytes[at] & 0xff : 0;
    }
  }

  private void number() throws IOException {
    int start = at;
    boolean negative = next() == '-';
    if (negative) {
      at++;
    }
    int first = at;
    if (next() == '0') {
      at++;
    } else {
      digits();
    }
    int whole = at - first;
    int found = next();
    if (found == '.' || found == 'e' || found == 'E') {
      fraction(start, whole);
    } else if (rules.numbers() == JsonRules.Numbers.JAVA) {
      requireLong(first, whole, negative);
    } else if (whole > JsonRules.MAX_NUMBER) {
      throw new IOException("a number too long");
    }
    if (isDigit(next())) {
      throw new IOException("a number with a zero in front");
    }
  }

  private void requireLong(int first, int length, boolean negative) throws IOException {
    if (length > SURE_DIGITS) {
      String limit = negative ? SMALLEST : LARGEST;
      String digits = new String(bytes, first, length, StandardCharsets.ISO_8859_1);
      if (length > limit.length() || digits.compareTo(limit) > 0) {
        throw new IOException("an integer beyond 64 bits");
      }
    } else if (negative && bytes[first] == '0') {
      throw new IOException("-0, which is a fraction to others");
    }
  }

  private void fraction(int start, int whole) throws IOException {
    int digits = whole;
    if (next() == '.') {
      at++;
      digits += digits();
    }
    int exponent = 0;
    if (next() == 'e' || next() == 'E') {
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      int from = at;
      int length = digits();
      digits += length;
      exponent = length > 3 ? SURELY_FINITE : Integer.parseInt(ascii(from), 10);
    }
    boolean java = rules.numbers() == JsonRules.Numbers.JAVA;
    if ((java ? at - start : digits) > JsonRules.MAX_NUMBER) {
      throw new IOException("a number too long");
    }
    if (whole + exponent >= SURELY_FINITE && !Double.isFinite(Double.parseDouble(ascii(start)))) {
      throw new IOException("a number beyond a double");
    }
  }

  private String ascii(int from) {
    return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
  }

  /** Goes over one digit or more; returns how many. */
  private int digits() throws IOException {
    int from = at;
    while (isDigit(next())) {
      at++;
    }
    if (at == from) {
      throw new IOException("not a digit");
    }
    return at - from;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private void literal(byte[] word) throws IOException {
    for (byte letter : word) {
      expect((char) letter);
    }
  }

  private void expect(char c) throws IOException {
    if (next() != c) {
      throw new IOException("not what the grammar expects");
    }
    at++;
  }

  private void skipSpace() {
    int c = next();
    while (c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      at++;
      c = next();
    }
  }

  /** The byte that is next, or {@link #END}. */
  private int next() {
    return at < end ? bytes[at] : END;
  }
}
