package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.madeleine.internal.LosslessNumber;
import java.io.IOException;

/**
 * The closed list of {@link TypeTag}, taught to jackson-databind for the fields and map keys of
 * declared types: there a value is its text without the tag, for the field says its type.
 */
final class TypeTagModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  private static final String NO_CLASS = "a cookie names no class";

  TypeTagModule() {
    super("madeleine");
    for (TypeTag<?> tag : TypeTag.ALL) {
      if (!Number.class.isAssignableFrom(tag.type())
          || tag.type().getName().startsWith("java.math")) {
        add(tag);
      }
    }
    addDeserializer(Class.class, new NoClass());
    addKeyDeserializer(
        Class.class,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String name, DeserializationContext context)
              throws IOException {
            throw JsonMappingException.from(context, NO_CLASS);
          }
        });
  }

  /**
   * Refuses to look up a class by a name in a cookie, which databind would do for a Class field.
   */
  @SuppressWarnings("rawtypes") // A module takes the deserializer of a class by its raw type.
  private static final class NoClass extends StdDeserializer<Class> {
    private static final long serialVersionUID = 1;

    NoClass() {
      super(Class.class);
    }

    @Override
    public Class deserialize(JsonParser json, DeserializationContext context) throws IOException {
      throw JsonMappingException.from(json, NO_CLASS);
    }
  }

  private <T> void add(TypeTag<T> tag) {
    addSerializer(
        new StdSerializer<T>(tag.type()) {
          private static final long serialVersionUID = 1;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(text(tag, value, json));
          }
        });
    addDeserializer(
        tag.type(),
        new StdDeserializer<T>(tag.type()) {
          private static final long serialVersionUID = 1;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (Number.class.isAssignableFrom(tag.type()) && json.currentToken().isNumeric()) {
              T number = LosslessNumber.of(json.getNumberValue(), tag.type());
              return number == null
                  ? tag.type().cast(context.handleUnexpectedToken(tag.type(), json))
                  : number;
            }
            return tag.type().cast(tag.decode(json.getValueAsString("")));
          }
        });
    if (tag.type() != byte[].class && tag.type() != Character.class) {
      addKey(tag);
    }
  }

  /** Lets a value of this type be the key of a map. */
  private <T> void addKey(TypeTag<T> tag) {
    addKeySerializer(
        tag.type(),
        new StdSerializer<T>(tag.type()) {
          private static final long serialVersionUID = 1;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeFieldName(text(tag, value, json));
          }
        });
    addKeyDeserializer(
        tag.type(),
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String name, DeserializationContext context) {
            return tag.decode(name);
          }
        });
  }

  private static String text(TypeTag<?> tag, Object value, JsonGenerator json) throws IOException {
    try {
      return tag.encode(value);
    } catch (IllegalArgumentException e) { // It says nothing of the value.
      throw new JsonGenerationException(
          "a %s that would not come back as it is: %s"
              .formatted(value.getClass().getTypeName(), e.getMessage()),
          json);
    }
  }
}
