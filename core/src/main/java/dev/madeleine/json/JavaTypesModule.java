package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.madeleine.internal.LosslessNumber;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types of the JDK that fields of declared types may have beside those of {@link TypeTag}: numbers
 * that lose nothing, Optional, sets that keep their order, the times of {@code java.sql}.
 */
final class JavaTypesModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  JavaTypesModule() {
    super("madeleine-java-types");
    addAbstractTypeMapping(Set.class, LinkedHashSet.class);
    addNumber(Integer.class, int.class, 0);
    addNumber(Long.class, long.class, 0L);
    addNumber(Short.class, short.class, (short) 0);
    addNumber(Byte.class, byte.class, (byte) 0);
    addNumber(Float.class, float.class, 0f);
    addNumber(Double.class, double.class, 0.0);
    addOptional(
        OptionalInt.class,
        Integer.class,
        number -> number.isPresent() ? number.getAsInt() : null,
        number -> number == null ? OptionalInt.empty() : OptionalInt.of(number));
    addOptional(
        OptionalLong.class,
        Long.class,
        number -> number.isPresent() ? number.getAsLong() : null,
        number -> number == null ? OptionalLong.empty() : OptionalLong.of(number));
    addOptional(
        OptionalDouble.class,
        Double.class,
        number -> number.isPresent() ? number.getAsDouble() : null,
        number -> number == null ? OptionalDouble.empty() : OptionalDouble.of(number));
    try {
      SqlTimes.addTo(this);
    } catch (NoClassDefFoundError e) {
      // A Java runtime without the module java.sql: no application there has one of these types.
    }
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addTypeModifier(new OptionalTypes.AsReference());
    context.addSerializers(new OptionalTypes.Writers());
    context.addDeserializers(new OptionalTypes.Readers());
    context.appendAnnotationIntrospector(new ConstructorNames());
  }

  private <N extends Number> void addNumber(Class<N> type, Class<N> primitive, N zero) {
    addDeserializer(type, new NumberReader<>(type, null));
    addDeserializer(primitive, new NumberReader<>(type, zero));
  }

  /** Reads a number that is written in whatever way, if nothing is lost. */
  private static final class NumberReader<N extends Number> extends StdScalarDeserializer<N> {
    private static final long serialVersionUID = 1;

    private final Class<N> type;
    private final @Nullable N forNull;

    NumberReader(Class<N> type, @Nullable N forNull) {
      super(type);
      this.type = type;
      this.forNull = forNull;
    }

    @Override
    public N deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.currentToken().isNumeric()) {
        N number = LosslessNumber.of(json.getNumberValue(), type);
        if (number != null) {
          return number;
        }
      }
      return type.cast(context.handleUnexpectedToken(type, json));
    }

    @Override
    public @Nullable N getNullValue(DeserializationContext context) {
      return forNull;
    }
  }

  private <T, N extends Number> void addOptional(
      Class<T> type,
      Class<N> number,
      Function<T, @Nullable N> toNumber,
      Function<@Nullable N, T> fromNumber) {
    NumberReader<N> reader = new NumberReader<>(number, null);
    addSerializer(
        new StdSerializer<T>(type) {
          private static final long serialVersionUID = 1;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeObject(toNumber.apply(value));
          }

          @Override
          public boolean isEmpty(SerializerProvider provider, T value) {
            return toNumber.apply(value) == null;
          }
        });
    addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return fromNumber.apply(reader.deserialize(json, context));
          }

          @Override
          public T getNullValue(DeserializationContext context) {
            return fromNumber.apply(null);
          }
        });
  }

  /** Carries a type as its one text. */
  <T> void addText(Class<T> type, Function<T, String> toText, Function<String, T> fromText) {
    addSerializer(
        new StdSerializer<T>(type) {
          private static final long serialVersionUID = 1;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(toText.apply(value));
          }
        });
    addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1;

          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return fromText.apply(json.getText());
          }
        });
  }
}
