package dev.madeleine.json;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.ReferenceTypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.ReferenceTypeSerializer;
import com.fasterxml.jackson.databind.type.ReferenceType;
import com.fasterxml.jackson.databind.type.TypeBindings;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.type.TypeModifier;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Optional} for jackson-databind: its value, or null if there is none. */
final class OptionalTypes {
  private OptionalTypes() {}

  /** Lets an Optional be read and written by the type of its value. */
  static final class AsReference extends TypeModifier {
    @Override
    public JavaType modifyType(
        JavaType type, Type declared, TypeBindings bindings, TypeFactory factory) {
      return type.getRawClass() == Optional.class && !type.isReferenceType()
          ? ReferenceType.upgradeFrom(type, type.containedTypeOrUnknown(0))
          : type;
    }
  }

  /** Finds the serializer of an Optional. */
  static final class Writers extends Serializers.Base {
    @Override
    public @Nullable JsonSerializer<?> findReferenceSerializer(
        SerializationConfig config,
        ReferenceType type,
        BeanDescription description,
        @Nullable TypeSerializer contentTypes,
        @Nullable JsonSerializer<Object> content) {
      return type.getRawClass() == Optional.class ? new Writer(type, contentTypes, content) : null;
    }
  }

  /** Finds the deserializer of an Optional. */
  static final class Readers extends Deserializers.Base {
    @Override
    public @Nullable JsonDeserializer<?> findReferenceDeserializer(
        ReferenceType type,
        DeserializationConfig config,
        BeanDescription description,
        @Nullable TypeDeserializer contentTypes,
        @Nullable JsonDeserializer<?> content) {
      return type.getRawClass() == Optional.class ? new Reader(type, contentTypes, content) : null;
    }
  }

  private static final class Writer extends ReferenceTypeSerializer<Optional<?>> {
    private static final long serialVersionUID = 1;

    Writer(
        ReferenceType type,
        @Nullable TypeSerializer contentTypes,
        @Nullable JsonSerializer<Object> content) {
      super(type, false, contentTypes, content);
    }

    private Writer(
        Writer base,
        @Nullable BeanProperty property,
        @Nullable TypeSerializer contentTypes,
        @Nullable JsonSerializer<?> content,
        @Nullable NameTransformer unwrapper,
        @Nullable Object suppressed,
        boolean suppressNulls) {
      super(base, property, contentTypes, content, unwrapper, suppressed, suppressNulls);
    }

    @Override
    protected ReferenceTypeSerializer<Optional<?>> withResolved(
        @Nullable BeanProperty property,
        @Nullable TypeSerializer contentTypes,
        @Nullable JsonSerializer<?> content,
        @Nullable NameTransformer unwrapper) {
      return new Writer(
          this, property, contentTypes, content, unwrapper, _suppressableValue, _suppressNulls);
    }

    @Override
    public ReferenceTypeSerializer<Optional<?>> withContentInclusion(
        @Nullable Object suppressed, boolean suppressNulls) {
      return new Writer(
          this,
          _property,
          _valueTypeSerializer,
          _valueSerializer,
          _unwrapper,
          suppressed,
          suppressNulls);
    }

    @Override
    protected boolean _isValuePresent(Optional<?> value) {
      return value.isPresent();
    }

    @Override
    protected @Nullable Object _getReferenced(Optional<?> value) {
      return value.orElse(null);
    }

    @Override
    protected @Nullable Object _getReferencedIfPresent(Optional<?> value) {
      return value.orElse(null);
    }
  }

  private static final class Reader extends ReferenceTypeDeserializer<Optional<?>> {
    private static final long serialVersionUID = 1;

    Reader(
        JavaType type,
        @Nullable TypeDeserializer contentTypes,
        @Nullable JsonDeserializer<?> content) {
      super(type, null, contentTypes, content);
    }

    @Override
    protected ReferenceTypeDeserializer<Optional<?>> withResolved(
        @Nullable TypeDeserializer contentTypes, @Nullable JsonDeserializer<?> content) {
      return new Reader(_fullType, contentTypes, content);
    }

    @Override
    public Optional<?> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }

    @Override
    public Optional<?> referenceValue(@Nullable Object content) {
      return Optional.ofNullable(content);
    }

    @Override
    public @Nullable Object getReferenced(Optional<?> value) {
      return value.orElse(null);
    }

    @Override
    public Optional<?> updateReference(Optional<?> value, @Nullable Object content) {
      return Optional.ofNullable(content);
    }
  }
}
