package dev.madeleine.json;

import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.Input.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that {@link AttributeWriter} wrote, and nothing that it does not write, apart
 * from what a format can say in several ways. The limits are those of the input.
 */
final class AttributeReader {
  /** The stored form of an attribute that travelled by its declaration. */
  record Own(@Nullable Object plain) {
    /** The class alone: the value is the session's. */
    @Override
    public String toString() {
      return "Own";
    }
  }

  /** What stands for a value. */
  enum Mark {
    /** The attribute holds a tag of a later release. */
    LATER
  }

  private final Input in;
  private final Predicate<String> tags;

  /** How many sets the value at hand stands in. */
  private int sets;

  /** Whether the attribute at hand holds a tag of a later release. */
  private boolean later;

  /**
   * A reader of the values of one session.
   *
   * @param tags the tags that this release knows
   */
  AttributeReader(Input in, Predicate<String> tags) {
    this.in = in;
    this.tags = tags;
  }

  /**
   * The next attribute: its value, {@link Own} if it travelled by its declaration, or {@link
   * Mark#LATER}.
   */
  @Nullable Object attribute() throws IOException {
    later = false;
    Kind kind = in.next();
    Object value;
    if (kind == Kind.MAP) {
      String first = in.name();
      value = TypeTag.OWN.equals(first) ? own() : object(first, true);
    } else {
      value = value(kind, true);
    }
    return later ? Mark.LATER : value;
  }

  /**
   * Whether the next attribute travels by its declaration. Goes over it, and checks that it is
   * alone.
   */
  boolean isOwn() throws IOException {
    boolean own = in.next() == Kind.MAP && TypeTag.OWN.equals(in.name());
    if (own) {
      in.skip();
      requireAlone();
    }
    return own;
  }

  private Own own() throws IOException {
    Own own = new Own(value(in.next(), false));
    requireAlone();
    return own;
  }

  /** The value on which the input stands. */
  private @Nullable Object value(Kind kind, boolean tagged) throws IOException {
    return switch (kind) {
      case TEXT -> in.text();
      case INTEGER -> integer(in.integer());
      case FRACTION -> in.fraction();
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
      case LIST -> list(tagged);
      case MAP -> object(in.name(), tagged);
      case BYTES -> bytes(tagged);
      case END -> throw new IOException("not a value");
    };
  }

  private static Object integer(long number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }

  private byte[] bytes(boolean tagged) throws IOException {
    if (!tagged || sets > 0) {
      throw new IOException("bytes in a declared value, or in a set, which finds them by identity");
    }
    return in.bytes();
  }

  private List<@Nullable Object> list(boolean tagged) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Kind kind = in.next(); kind != Kind.END; kind = in.next()) {
      list.add(value(kind, tagged));
    }
    return list;
  }

  private @Nullable Object object(@Nullable String first, boolean tagged) throws IOException {
    if (tagged && first != null && !first.isEmpty() && first.charAt(0) == TypeTag.MARK) {
      Object value =
          switch (first) {
            case TypeTag.ESCAPE -> escaped();
            case TypeTag.SET -> set();
            default -> tagged(first);
          };
      requireAlone();
      return value;
    }
    return map(first, tagged);
  }

  private void requireAlone() throws IOException {
    if (in.name() != null) {
      throw new IOException("a tag with company");
    }
  }

  /** The map inside {@code {"~": …}}, which would look like a tag without. */
  private Map<String, Object> escaped() throws IOException {
    if (in.next() != Kind.MAP) {
      throw new IOException("not an escaped map");
    }
    String first = in.name();
    if (first == null || !first.startsWith(TypeTag.ESCAPE)) {
      throw new IOException("a map that needs no escape");
    }
    return map(first, true);
  }

  private Set<Object> set() throws IOException {
    sets++;
    if (!(value(in.next(), true) instanceof List<?> list)) {
      throw new IOException("not a set");
    }
    sets--;
    Set<Object> set = new LinkedHashSet<>(list);
    if (set.size() != list.size()) {
      throw new IOException("a set with equal elements");
    }
    return set;
  }

  /** The value inside {@code {"~tag": …}}; of a later release's tag, one that equals no other. */
  private Object tagged(String tag) throws IOException {
    int around = sets;
    sets = 0; // Of bytes within a tag it is the tag that says whether they belong into a set.
    Kind kind = in.next();
    Object inner = value(kind, true);
    sets = around;
    TypeTag<?> type = tags.test(tag) ? TypeTag.named(tag) : null;
    if (type == null) {
      return later(tag);
    }
    // Bytes have a tag in text alone: what has a kind of its own for them is written with it.
    boolean bytes = type.type() == byte[].class;
    if (!(inner instanceof String content) || (bytes && (in.hasBytes() || sets > 0))) {
      throw new IOException("a tag with another value");
    }
    return type.decode(content);
  }

  private Object later(String tag) throws IOException {
    if (tag.equals(TypeTag.OWN) || !TypeTag.mayBeLater(tag)) {
      throw new IOException("a tag that is none");
    }
    later = true;
    return new Object();
  }

  @SuppressWarnings("NullAway") // Null is a value.
  private Map<String, Object> map(@Nullable String first, boolean tagged) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    int size = 0;
    for (String name = first; name != null; name = in.name()) {
      map.put(name, value(in.next(), tagged));
      if (map.size() != ++size) {
        throw new IOException("a name twice");
      }
    }
    return map;
  }
}
