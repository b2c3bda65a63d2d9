package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.madeleine.TypeMapping;
import dev.madeleine.json.format.JacksonMapping;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of declared types as plain ones and back, by jackson-databind: maps, lists, String,
 * Boolean, Integer, Long and Double. A value is written by its declared type, and no text names a
 * class.
 */
final class DeclaredMapper {
  private final ObjectMapper mapper;
  private final HiddenFields hidden;

  /** Writes hidden fields, too; made when there are any. */
  private volatile @Nullable ObjectMapper ofFields;

  /** A mapper with the modules of the application's, if it gave one. */
  DeclaredMapper(@Nullable TypeMapping mapping) {
    mapper = mapping instanceof JacksonMapping jackson ? jackson.mapper() : new JsonMapper();
    mapper.registerModule(new TypeTagModule());
    // Asked first: some of its types extend java.util.Date, which the other one has.
    mapper.registerModule(new JavaTypesModule());
    // A node of the last release reads what the next one wrote; the field it does not know is
    // skipped.
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    // A field whose type has changed is unreadable; it is not cut to size, nor read as an ordinal.
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    mapper.setConfig(
        mapper.getDeserializationConfig().without(MapperFeature.ALLOW_COERCION_OF_SCALARS));
    mapper.setPolymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build());
    hidden = HiddenFields.in(mapper);
  }

  JavaType type(Type type) {
    return mapper.constructType(type);
  }

  /** Where a value refers to itself, or null if it does not. */
  @Nullable String selfReference(Object value) {
    return SelfReference.in(value, mapper);
  }

  /** A value of this type as plain ones. */
  @Nullable Object toPlain(JavaType type, Object value) throws IOException {
    return toPlain(mapper, type, value);
  }

  private static @Nullable Object toPlain(ObjectMapper mapper, JavaType type, Object value)
      throws IOException {
    PlainGenerator plain = new PlainGenerator(mapper);
    mapper.writerFor(type).writeValue(plain, value);
    return plain.plain();
  }

  /**
   * What two values of this type, whose plain values are equal, do not have in common: class and
   * name of a field that does not travel, or null if there is none.
   */
  @Nullable String hiddenDifference(JavaType type, Object one, Object other) throws IOException {
    if (!hidden.any()) {
      return null;
    }
    ObjectMapper all = ofFields;
    if (all == null) {
      all = HiddenFields.shown(mapper);
      ofFields = all;
    }
    return HiddenFields.difference(toPlain(all, type, one), toPlain(all, type, other));
  }

  /** The value of this type that plain ones stand for. */
  @Nullable Object fromPlain(JavaType type, @Nullable Object plain) throws IOException {
    try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
      write(plain, tokens);
      try (JsonParser parser = tokens.asParserOnFirstToken()) {
        return mapper.readerFor(type).readValue(parser);
      }
    }
  }

  /** Plain values one by one: no setting of the mapper changes them. */
  private static void write(@Nullable Object plain, JsonGenerator out) throws IOException {
    if (plain instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName((String) entry.getKey());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (plain instanceof Collection<?> elements) {
      out.writeStartArray();
      for (Object element : elements) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (plain instanceof String text) {
      out.writeString(text);
    } else if (plain instanceof Integer number) {
      out.writeNumber(number);
    } else if (plain instanceof Long number) {
      out.writeNumber(number);
    } else if (plain instanceof Double number) {
      out.writeNumber(number);
    } else if (plain instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (plain == null) {
      out.writeNull();
    } else {
      writeTagged(plain, out);
    }
  }

  /** A value that travelled by a tag, before its attribute was declared with this type. */
  private static void writeTagged(Object value, JsonGenerator out) throws IOException {
    TypeTag<?> tag = TypeTag.of(value);
    if (tag == null) {
      throw new IllegalArgumentException("a value that declares its type itself");
    }
    if (value instanceof Short || value instanceof Byte) {
      out.writeNumber(((Number) value).intValue());
    } else if (value instanceof Float number) {
      out.writeNumber(Double.parseDouble(TypeTag.text(number)));
    } else {
      out.writeString(tag.encode(value));
    }
  }
}
