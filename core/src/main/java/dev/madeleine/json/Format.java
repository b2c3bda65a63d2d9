package dev.madeleine.json;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How attributes become bytes, with the limits of {@link JsonSerializer}. */
interface Format {
  /** Name of the serializer. */
  String name();

  /**
   * Whether every value of this class can be written, so that none needs a try. Text escapes any
   * string; another format may hold strict UTF-8 only. A double may be infinite.
   */
  boolean writesAll(Class<?> type);

  /**
   * Whether all values are to be built when the attributes are read, as something could still be
   * wrong in them.
   */
  boolean readsAtOnce();

  /** Checks a session as a whole, and finds its attributes. */
  Members locate(byte[] bytes, int offset, int length) throws IOException;

  /** The attributes of a session as {@link AttributeReader#attribute} gives them, in order. */
  List<@Nullable Object> readAll(Members members, Predicate<String> tags) throws IOException;

  /** One attribute of a session, as {@link AttributeReader#attribute} gives it. */
  @Nullable Object read(Members members, int member, Predicate<String> tags) throws IOException;

  /** Writes a whole session. */
  void write(Map<String, Object> attributes, DeclaredTypes declared, TokenBuffer out);

  /** One attribute as it lies in a session. */
  EncodedAttribute encode(String name, Object value, DeclaredTypes declared);

  /** A whole session of these attributes. */
  byte[] join(List<EncodedAttribute> parts);
}
