package dev.madeleine.json.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the attributes of one session lie in its bytes, which were checked as a whole. Safe for use
 * by several threads.
 */
public final class Members {
  /** How a name is written. */
  public enum Spelling {
    /** In ASCII, each byte a character. */
    ASCII(0),
    /** In UTF-8. */
    UTF_8(1),
    /** In JSON text with escapes. */
    ESCAPED(2);

    private final int code;

    Spelling(int code) {
      this.code = code;
    }

    private static Spelling of(int code) {
      return code == 0 ? ASCII : code == 1 ? UTF_8 : ESCAPED;
    }
  }

  /** Collects the members of one session, in the order in which they are found. */
  public static final class Collector {
    private int[] fields = new int[16 * FIELDS];
    private int count;

    /**
     * Adds a member.
     *
     * @param start where it begins
     * @param nameStart where the characters of its name begin
     * @param nameEnd where they end
     * @param spelling how they are written
     * @param valueStart where its value begins
     * @param end where it ends
     * @param names how many names it has, nested ones included, without its own
     * @param values how many values it has, nested ones included
     * @param marked whether an object in it begins with a name that begins with a tilde
     */
    public void add(
        int start,
        int nameStart,
        int nameEnd,
        Spelling spelling,
        int valueStart,
        int end,
        int names,
        int values,
        boolean marked) {
      int at = count * FIELDS;
      if (at == fields.length) {
        fields = Arrays.copyOf(fields, 2 * at);
      }
      fields[at + START] = start;
      fields[at + NAME_START] = nameStart;
      fields[at + NAME_END] = nameEnd;
      fields[at + VALUE_START] = valueStart;
      fields[at + END] = end;
      fields[at + COUNTS] =
          (names << NAMES_SHIFT)
              | (values << VALUES_SHIFT)
              | (spelling.code << 1)
              | (marked ? 1 : 0);
      count++;
    }

    /** The members of these bytes; this collector is empty then. */
    public Members of(byte[] bytes, int start, int end) {
      Members members = new Members(bytes, start, end, Arrays.copyOf(fields, count * FIELDS));
      count = 0;
      return members;
    }
  }

  private static final int START = 0;
  private static final int NAME_START = 1;
  private static final int NAME_END = 2;
  private static final int VALUE_START = 3;
  private static final int END = 4;
  private static final int COUNTS = 5;
  private static final int FIELDS = 6;

  private static final int VALUES_SHIFT = 3;
  private static final int NAMES_SHIFT = 17;
  private static final int MOST = (1 << (NAMES_SHIFT - VALUES_SHIFT)) - 1;

  /** Most members that are gone through to find one, however often. */
  private static final int FEW = 32;

  /** How often more of them are gone through before an index is made. */
  private static final int LOOKUPS = 8;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int[] fields;
  private volatile @Nullable Map<String, Integer> index;

  /** How often a member was looked for; it need not be exact. */
  private int lookups;

  private Members(byte[] bytes, int start, int end, int[] fields) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.fields = fields;
  }

  /** How many there are. */
  public int count() {
    return fields.length / FIELDS;
  }

  /** The bytes, of which this session is a part. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the session begins in the bytes. */
  public int start() {
    return start;
  }

  /** Where the session ends in the bytes. */
  public int end() {
    return end;
  }

  /** Where a value begins. */
  public int valueStart(int member) {
    return field(member, VALUE_START);
  }

  /** Where a member ends. */
  public int end(int member) {
    return field(member, END);
  }

  /** Whether an object in it begins with a name that begins with a tilde, so it may be a tag. */
  public boolean isMarked(int member) {
    return (field(member, COUNTS) & 1) != 0;
  }

  /**
   * Some members, one at least, as they are written one behind the other.
   *
   * @param from the first one
   * @param to the one behind the last
   */
  public EncodedAttribute encoded(int from, int to) {
    int names = 0;
    int values = 0;
    for (int member = from; member < to; member++) {
      int counts = field(member, COUNTS);
      names += (counts >>> NAMES_SHIFT) + 1;
      values += (counts >>> VALUES_SHIFT) & MOST;
    }
    int first = field(from, START);
    return new EncodedAttribute(bytes, first, end(to - 1) - first, to - from, names, values);
  }

  /** The name of a member. */
  public String name(int member) {
    int from = field(member, NAME_START);
    int to = field(member, NAME_END);
    return switch (spelling(member)) {
      case ASCII -> KnownNames.of(bytes, from, to);
      case UTF_8 -> new String(bytes, from, to - from, StandardCharsets.UTF_8);
      case ESCAPED -> JsonStrings.text(bytes, from, to);
    };
  }

  private Spelling spelling(int member) {
    return Spelling.of((field(member, COUNTS) >>> 1) & 3);
  }

  /** The member of this name, or -1. */
  public int find(String name) {
    int count = count();
    if (count > FEW && ++lookups > LOOKUPS) {
      return index().getOrDefault(name, -1);
    }
    for (int member = 0; member < count; member++) {
      if (isNamed(member, name)) {
        return member;
      }
    }
    return -1;
  }

  private boolean isNamed(int member, String name) {
    if (spelling(member) != Spelling.ASCII) {
      return name(member).equals(name);
    }
    int from = field(member, NAME_START);
    int length = field(member, NAME_END) - from;
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Integer> index() {
    Map<String, Integer> known = index;
    if (known == null) {
      known = new HashMap<>(2 * count());
      for (int member = 0; member < count(); member++) {
        known.put(name(member), member);
      }
      index = known;
    }
    return known;
  }

  private int field(int member, int field) {
    return fields[member * FIELDS + field];
  }

  /** How many there are; nothing of them. */
  @Override
  public String toString() {
    return "Members[%s]".formatted(count());
  }
}
