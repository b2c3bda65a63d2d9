package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import dev.madeleine.testkit.SerializerContract;

final class JsonSerializerContractTest extends SerializerContract {
  @Override
  protected Serializer serializer() {
    return JsonSerializer.PLAIN;
  }
}
