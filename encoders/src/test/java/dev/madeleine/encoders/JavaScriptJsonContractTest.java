package dev.madeleine.encoders;

import dev.madeleine.Serializer;
import dev.madeleine.testkit.SerializerContract;
import java.util.Set;

final class JavaScriptJsonContractTest extends SerializerContract {
  @Override
  protected Serializer serializer() {
    return new JavaScriptJson(Set.of("constructor"));
  }
}
