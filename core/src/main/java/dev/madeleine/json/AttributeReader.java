package dev.madeleine.json;

import dev.madeleine.AttributeConverter;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.Input.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /**
     * The attribute holds a tag of a later release, the word of a converter that is not registered,
     * or what a converter does not take.
     */
    UNREADABLE,
    /** Nothing is wrong with it, but a converter has to build its value. */
    UNCONVERTED
  }

  private final Input in;
  private final Vocabulary vocabulary;

  /** How many sets the value at hand stands in. */
  private int sets;

  /** Whether converters build their values. */
  private boolean convert;

  /** Why the attribute at hand is unreadable, or null. */
  private @Nullable String unreadable;

  /** How many converters have had to build values of the attribute at hand. */
  private int converted;

  /** How many values of the attribute at hand could not be built, so that another stands there. */
  private int placeholders;

  /** A reader of the values of one session. */
  AttributeReader(Input in, Vocabulary vocabulary) {
    this.in = in;
    this.vocabulary = vocabulary;
  }

  /**
   * The next attribute: its value, {@link Own} if it travelled by its declaration, or a {@link
   * Mark}.
   *
   * @param name the attribute's, which may have a converter of its own
   * @param build whether converters build their values
   */
  @Nullable Object attribute(String name, boolean build) throws IOException {
    convert = build;
    unreadable = null;
    converted = 0;
    placeholders = 0;
    Kind kind = in.next();
    Object value;
    if (kind == Kind.MAP) {
      String first = in.name();
      value = TypeTag.OWN.equals(first) ? own() : root(first, name);
    } else {
      value = value(kind, true);
    }
    if (unreadable != null) {
      return Mark.UNREADABLE;
    }
    return placeholders > 0 ? Mark.UNCONVERTED : value;
  }

  /** Why the attribute that was read last is unreadable; names no value. */
  String whyUnreadable() {
    return Objects.requireNonNull(unreadable, "it is readable");
  }

  /** An attribute that is an object. */
  private @Nullable Object root(@Nullable String first, String attribute) throws IOException {
    AttributeConverter<?> own = vocabulary.converters().ofAttribute(attribute);
    if (own == null || !Converters.tag(own).equals(first)) {
      return object(first, true);
    }
    Object value = converted(own, inner());
    requireAlone();
    return value;
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
      Object value = first.equals(TypeTag.ESCAPE) ? escaped() : tagged(first);
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

  /**
   * The value inside {@code {"~tag": …}}; if this release or application does not know the tag, one
   * that equals no other.
   */
  private Object tagged(String tag) throws IOException {
    boolean known = vocabulary.tags().test(tag);
    CollectionType collection = known ? CollectionType.named(tag) : null;
    if (collection != null) {
      return collection(collection);
    }
    Object inner = inner();
    if (tag.startsWith(Converters.PREFIX)) {
      requireWord(tag);
      return converted(vocabulary.converters().tagged(tag), inner);
    }
    TypeTag<?> type = known ? TypeTag.named(tag) : null;
    if (type == null) {
      requireWord(tag);
      return unreadable("it holds a tag of a later release");
    }
    // Bytes have a tag in text alone: what has a kind of its own for them is written with it.
    boolean bytes = type.type() == byte[].class;
    if (!(inner instanceof String content) || (bytes && (in.hasBytes() || sets > 0))) {
      throw new IOException("a tag with another value");
    }
    return type.decode(content);
  }

  /** What a tag holds. Of bytes in it, the tag says whether they belong into a set. */
  private @Nullable Object inner() throws IOException {
    int around = sets;
    sets = 0;
    Object inner = value(in.next(), true);
    sets = around;
    return inner;
  }

  private static void requireWord(String tag) throws IOException {
    if (tag.equals(TypeTag.OWN) || !TypeTag.mayBeLater(tag)) {
      throw new IOException("a tag that is none");
    }
  }

  private static boolean isMap(@Nullable Object plain) {
    return plain != null && plain.getClass() == CollectionType.MAP.type();
  }

  private static boolean isList(@Nullable Object plain) {
    return plain != null && plain.getClass() == CollectionType.LIST.type();
  }

  @SuppressWarnings("unchecked") // A list or map that this reader has just built.
  private Object collection(CollectionType type) throws IOException {
    int convertedBefore = converted;
    sets += type.isSet() ? 1 : 0;
    Object inner = value(in.next(), true);
    sets -= type.isSet() ? 1 : 0;
    boolean fits = type.isMap() ? isMap(inner) : isList(inner);
    if (!fits) {
      throw new IOException("a tag with another value");
    }
    try {
      return inner instanceof Map<?, ?> map
          ? type.of((Map<String, Object>) map)
          : type.of((List<Object>) Objects.requireNonNull(inner));
    } catch (RuntimeException e) {
      if (type != CollectionType.SET || converted == convertedBefore) {
        throw new IOException("not what is written for a collection");
      }
      return unreadable("two elements of a set are equal"); // So the application's classes say.
    }
  }

  /** A value that a converter builds of its plain value. */
  private Object converted(@Nullable AttributeConverter<?> converter, @Nullable Object plain) {
    if (converter == null) {
      return unreadable("it holds the word of a converter that is not registered");
    }
    converted++;
    if (!convert || unreadable != null) {
      return placeholder();
    }
    String why = "null";
    try {
      Object value = plain == null ? null : converter.fromPlain(plain);
      if (value != null) {
        return value;
      }
    } catch (Exception e) { // Kotlin's functions also throw what they do not declare.
      why = e.getClass().getSimpleName(); // The message may quote the value.
    }
    return unreadable(
        "the converter \"%s\" cannot read a %s: %s"
            .formatted(converter.word(), converter.type().getTypeName(), why));
  }

  private Object unreadable(String why) {
    unreadable = unreadable == null ? why : unreadable;
    return placeholder();
  }

  /** A value in place of one that cannot be built; equals no other. */
  private Object placeholder() {
    placeholders++;
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
