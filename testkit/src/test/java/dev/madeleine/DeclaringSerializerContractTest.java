package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import dev.madeleine.testkit.SerializerContract;
import java.util.List;
import java.util.Map;

final class DeclaringSerializerContractTest extends SerializerContract {
  record Order(String item, int count, List<Long> prices) {}

  private static final JsonSerializer JSON =
      JsonSerializer.PLAIN.withAttributes(Attribute.of("order", Order.class));

  @Override
  protected Serializer serializer() {
    return JSON;
  }

  @Override
  protected Map<String, Object> attributes() {
    Map<String, Object> attributes = super.attributes();
    attributes.put("order", new Order("tea", 2, List.of(5L)));
    return attributes;
  }
}
