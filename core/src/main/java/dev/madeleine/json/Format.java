package dev.madeleine.json;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  /** Checks a session as a whole, and finds its attributes. */
  Members locate(byte[] bytes, int offset, int length) throws IOException;

  /**
   * The attributes of a session as {@link AttributeReader#attribute} gives them, in order; null if
   * nothing can be wrong in them any more, so that they may be read later, one by one.
   *
   * @param convert whether converters build their values
   */
  @Nullable List<@Nullable Object> readAll(Members members, Vocabulary vocabulary, boolean convert)
      throws IOException;

  /** Reads one attribute of a session; the input stands before its value. */
  Input input(Members members, int member) throws IOException;

  /** Writes a whole session. */
  void write(Map<String, Object> attributes, Vocabulary vocabulary, TokenBuffer out);

  /** One attribute as it lies in a session. */
  EncodedAttribute encode(String name, Object value, Vocabulary vocabulary);

  /** A whole session of these attributes. */
  byte[] join(List<EncodedAttribute> parts);
}
