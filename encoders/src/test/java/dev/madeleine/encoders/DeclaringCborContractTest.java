package dev.madeleine.encoders;

import dev.madeleine.Attribute;
import dev.madeleine.Serializer;
import dev.madeleine.testkit.SerializerContract;
import java.util.List;
import java.util.Map;

final class DeclaringCborContractTest extends SerializerContract {
  record Order(String item, int count, List<Long> prices) {}

  private static final Serializer CBOR =
      Cbor.serializer().withAttributes(Attribute.of("order", Order.class));

  @Override
  protected Serializer serializer() {
    return CBOR;
  }

  @Override
  protected Map<String, Object> attributes() {
    Map<String, Object> attributes = super.attributes();
    attributes.put("order", new Order("tea", 2, List.of(5L)));
    return attributes;
  }
}
