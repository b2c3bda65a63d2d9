package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import dev.madeleine.testkit.SerializerContract;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class ConvertingSerializerContractTest extends SerializerContract {
  record Money(BigDecimal amount, String currency) {
    static Money of(List<Object> plain) {
      return new Money((BigDecimal) plain.get(0), (String) plain.get(1));
    }

    List<Object> plain() {
      return List.of(amount, currency);
    }
  }

  private static final AttributeConverter<Money> MONEY =
      AttributeConverter.of("money", Money.class, Money::plain, Money::of);
  private static final JsonSerializer JSON =
      JsonSerializer.PLAIN
          .withConverters(MONEY)
          .withAttributes(
              Attribute.of(
                  "total", AttributeConverter.of("total", Money.class, Money::plain, Money::of)));

  @Override
  protected Serializer serializer() {
    return JSON;
  }

  @Override
  protected Map<String, Object> attributes() {
    Map<String, Object> attributes = super.attributes();
    Money price = new Money(new BigDecimal("5.00"), "EUR");
    attributes.put("price", price);
    attributes.put("total", price);
    attributes.put("prices", new TreeMap<>(Map.of("tea", List.of(price))));
    return attributes;
  }
}
