package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.madeleine.LocatedAttributes;
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
 * Reads what {@link JsonWriter} wrote, with the same limits. Of JSON text it takes any white space,
 * any escapes and any fraction; apart from these, nothing that the writer does not write. One
 * reader reads one session. Depth is limited by the parser.
 */
final class JsonReader {
  private final JsonParser json;
  private final boolean text;
  private final Predicate<String> tags;
  private final DeclaredTypes declared;
  private final boolean strict;
  private int keys;
  private int values;

  /** How many sets the value at hand stands in. */
  private int sets;

  /** Whether the attribute at hand holds a tag of a later release. */
  private boolean later;

  /** Stands for a value that does not fit its declaration, or holds a tag of a later release. */
  private static final Object UNREADABLE = new Object();

  /** The stored form of an attribute that travelled by its declaration. */
  private record Own(@Nullable Object plain) {}

  /**
   * A reader of one session.
   *
   * @param text whether the parser reads JSON text
   * @param tags the tags that this release knows
   * @param strict whether one attribute that is unreadable refuses the whole session
   */
  JsonReader(
      JsonParser json,
      boolean text,
      Predicate<String> tags,
      DeclaredTypes declared,
      boolean strict) {
    this.json = json;
    this.text = text;
    this.tags = tags;
    this.declared = declared;
    this.strict = strict;
  }

  LocatedAttributes read() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    values++;
    Map<String, Object> attributes = new LinkedHashMap<>();
    boolean readable = true;
    for (String name = nextName(); name != null; name = nextName()) {
      JsonToken token = json.nextToken();
      later = false;
      Object value = token == JsonToken.START_OBJECT ? stored() : value(token, true);
      if (later) {
        value = UNREADABLE;
        readable = false;
      } else if (value instanceof Own || declared.knows(name)) {
        value = declared(name, value);
        readable &= !UNREADABLE.equals(value);
      }
      add(attributes, name, value);
    }
    if (json.nextToken() != null) {
      throw new IOException("something follows the object");
    }
    return readable ? LocatedAttributes.of(attributes) : withoutUnreadable(attributes);
  }

  private static LocatedAttributes withoutUnreadable(Map<String, Object> attributes) {
    List<String> names = new ArrayList<>(attributes.keySet());
    attributes.values().removeIf(UNREADABLE::equals);
    names.removeAll(attributes.keySet());
    return LocatedAttributes.of(attributes, names);
  }

  /** The attribute whose object begins here, an {@link Own} if it travelled by its declaration. */
  private @Nullable Object stored() throws IOException {
    count();
    String first = nextName();
    if (!TypeTag.OWN.equals(first)) {
      return object(first, true);
    }
    Own own = new Own(value(json.nextToken(), false));
    requireAlone();
    return own;
  }

  /** The value of a declared attribute, {@link #UNREADABLE} if it does not fit. */
  private @Nullable Object declared(String name, @Nullable Object stored) {
    try {
      return stored instanceof Own own
          ? declared.fromPlain(name, own.plain)
          : declared.fit(name, stored);
    } catch (IllegalArgumentException e) {
      if (strict) {
        throw e;
      }
      return UNREADABLE;
    }
  }

  /** The value that begins with this token, on which the parser stands. */
  private @Nullable Object value(@Nullable JsonToken token, boolean tagged) throws IOException {
    count();
    if (token == null) {
      throw new IOException("the text ends in the middle");
    }
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case START_ARRAY -> list(tagged);
      case START_OBJECT -> object(nextName(), tagged);
      case VALUE_EMBEDDED_OBJECT -> bytes(tagged);
      default -> throw new IOException("not a value");
    };
  }

  private Object integer() throws IOException {
    return switch (json.getNumberType()) {
      case INT -> small(json.getIntValue());
      case LONG -> json.getLongValue();
      default -> throw new IOException("an integer beyond 64 bits");
    };
  }

  private Integer small(int number) throws IOException {
    if (number == 0 && text && json.getTextLength() > 1) {
      throw new IOException("-0, which is a fraction to others");
    }
    return number;
  }

  private Double fraction() throws IOException {
    if (text && json.getTextLength() > JsonLimits.MAX_NUMBER) {
      throw new IOException("a number too long");
    }
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new IOException("a number beyond a double");
    }
    return number;
  }

  private byte[] bytes(boolean tagged) throws IOException {
    if (!tagged || sets > 0) {
      throw new IOException("bytes in a declared value, or in a set, which finds them by identity");
    }
    return json.getBinaryValue();
  }

  private List<@Nullable Object> list(boolean tagged) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    JsonToken token = json.nextToken();
    while (token != JsonToken.END_ARRAY) {
      list.add(value(token, tagged));
      token = json.nextToken();
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
    if (nextName() != null) {
      throw new IOException("a tag with company");
    }
  }

  private void count() throws IOException {
    if (++values > JsonLimits.MAX_VALUES) {
      throw new IOException("too many values");
    }
  }

  /** The map inside {@code {"~": …}}, which would look like a tag without. */
  private Map<String, Object> escaped() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an escaped map");
    }
    count();
    String first = nextName();
    if (first == null || !first.startsWith(TypeTag.ESCAPE)) {
      throw new IOException("a map that needs no escape");
    }
    return map(first, true);
  }

  private Set<Object> set() throws IOException {
    sets++;
    if (!(value(json.nextToken(), true) instanceof List<?> list)) {
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
    Object inner = value(json.nextToken(), true);
    sets = around;
    TypeTag<?> type = tags.test(tag) ? TypeTag.named(tag) : null;
    if (type == null) {
      return later(tag);
    }
    boolean bytes = type.type() == byte[].class;
    if (!(inner instanceof String content) || (bytes && !(text && sets == 0))) {
      throw new IOException("a tag with another value");
    }
    return type.decode(content);
  }

  private Object later(String tag) throws IOException {
    if (strict || tag.equals(TypeTag.OWN) || !TypeTag.mayBeLater(tag)) {
      throw new IOException("a tag that is none, or of a later release");
    }
    later = true;
    return new Object();
  }

  private Map<String, Object> map(@Nullable String first, boolean tagged) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = first; name != null; name = nextName()) {
      add(map, name, value(json.nextToken(), tagged));
    }
    return map;
  }

  private @Nullable String nextName() throws IOException {
    String name = json.nextFieldName();
    if (name == null) {
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not a name");
      }
      return null;
    }
    if (JsonLimits.refusal(name) != null || ++keys > JsonLimits.MAX_KEYS) {
      throw new IOException("a name too long, with half a character, or one too many");
    }
    return name;
  }

  @SuppressWarnings("NullAway") // JSON null is a value.
  private static void add(Map<String, Object> map, String name, @Nullable Object value)
      throws IOException {
    int size = map.size();
    map.put(name, value);
    if (map.size() == size) {
      throw new IOException("a name twice");
    }
  }
}
