package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * The closed list of {@link TypeTag}, taught to jackson-databind for the fields of declared types:
 * there a value is its text without the tag, for the field says its type.
 */
final class TypeTagModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  TypeTagModule() {
    super("madeleine");
    for (TypeTag<?> tag : TypeTag.ALL) {
      if (!Number.class.isAssignableFrom(tag.type())
          || tag.type().getName().startsWith("java.math")) {
        add(tag);
      }
    }
    addDeserializer(Class.class, new NoClass());
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
      throw JsonMappingException.from(json, "a cookie names no class");
    }
  }

  private <T> void add(TypeTag<T> tag) {
    addSerializer(
        new StdSerializer<T>(tag.type()) {
          private static final long serialVersionUID = 1;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(tag.encode(value));
          }
        });
    addDeserializer(
        tag.type(),
        new StdDeserializer<T>(tag.type()) {
          private static final long serialVersionUID = 1;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return tag.type().cast(tag.decode(json.getValueAsString("")));
          }
        });
  }
}
