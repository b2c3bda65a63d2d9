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

/**
 * Reads one session over jackson-core: any white space, any escapes and any fraction; apart from
 * these, nothing that {@link OracleWriter} does not write.
 */
final class OracleReader {
  private final JsonParser json;
  private int keys;
  private int values;

  /** How many sets the value at hand stands in. */
  private int sets;

  /** Whether the attribute at hand holds a tag of a later release, or travels by a declaration. */
  private boolean unreadable;

  OracleReader(JsonParser json) {
    this.json = json;
  }

  LocatedAttributes read() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    values++;
    Map<String, Object> attributes = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    for (String name = nextName(); name != null; name = nextName()) {
      unreadable = false;
      JsonToken token = json.nextToken();
      Object value = token == JsonToken.START_OBJECT ? stored() : value(token, true);
      add(attributes, name, value);
      if (unreadable) {
        left.add(name);
      }
    }
    if (json.nextToken() != null) {
      throw new IOException("something follows the object");
    }
    attributes.keySet().removeAll(left);
    return LocatedAttributes.of(attributes, left);
  }

  /** The attribute whose object begins here. */
  private Object stored() throws IOException {
    count();
    String first = nextName();
    if (!TypeTag.OWN.equals(first)) {
      return object(first, true);
    }
    Object plain = value(json.nextToken(), false);
    requireAlone();
    unreadable = true;
    return plain;
  }

  /** The value that begins with this token, on which the parser stands. */
  private Object value(JsonToken token, boolean tagged) throws IOException {
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
    if (number == 0 && json.getTextLength() > 1) {
      throw new IOException("-0, which is a fraction to others");
    }
    return number;
  }

  private Double fraction() throws IOException {
    if (json.getTextLength() > 32) {
      throw new IOException("a number too long");
    }
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new IOException("a number beyond a double");
    }
    return number;
  }

  private List<Object> list(boolean tagged) throws IOException {
    List<Object> list = new ArrayList<>();
    JsonToken token = json.nextToken();
    while (token != JsonToken.END_ARRAY) {
      list.add(value(token, tagged));
      token = json.nextToken();
    }
    return list;
  }

  private Object object(String first, boolean tagged) throws IOException {
    if (tagged && first != null && !first.isEmpty() && first.charAt(0) == TypeTag.MARK) {
      CollectionType collection = CollectionType.named(first);
      Object value;
      if (first.equals(TypeTag.ESCAPE)) {
        value = escaped();
      } else {
        value = collection == null ? tagged(first) : collection(collection);
      }
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

  /** The collection whose elements or entries a tag holds; it says itself which are its own. */
  @SuppressWarnings("unchecked") // A list or map that this reader has just built.
  private Object collection(CollectionType type) throws IOException {
    sets += type.isSet() ? 1 : 0;
    Object plain = value(json.nextToken(), true);
    sets -= type.isSet() ? 1 : 0;
    boolean isMap = plain != null && plain.getClass() == LinkedHashMap.class;
    boolean isList = plain != null && plain.getClass() == ArrayList.class;
    if (type == CollectionType.SET && isList) {
      return set((List<Object>) plain);
    }
    if (type.isMap() ? !isMap : !isList) {
      throw new IOException("a tag with another value");
    }
    return isMap ? type.of((Map<String, Object>) plain) : type.of((List<Object>) plain);
  }

  private static Set<Object> set(List<Object> list) throws IOException {
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
    TypeTag<?> type = TypeTag.named(tag);
    if (type == null) {
      return later(tag);
    }
    boolean bytesInSet = type.type() == byte[].class && sets > 0;
    if (!(inner instanceof String content) || bytesInSet) {
      throw new IOException("a tag with another value");
    }
    return type.decode(content);
  }

  private Object later(String tag) throws IOException {
    if (tag.equals(TypeTag.OWN) || !TypeTag.mayBeLater(tag)) {
      throw new IOException("a tag that is none");
    }
    unreadable = true;
    return new Object();
  }

  private Map<String, Object> map(String first, boolean tagged) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = first; name != null; name = nextName()) {
      add(map, name, value(json.nextToken(), tagged));
    }
    return map;
  }

  private String nextName() throws IOException {
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

  private static void add(Map<String, Object> map, String name, Object value) throws IOException {
    int size = map.size();
    map.put(name, value);
    if (map.size() == size) {
      throw new IOException("a name twice");
    }
  }
}
