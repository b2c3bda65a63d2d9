package dev.madeleine.encoders;

import dev.madeleine.Serializer;
import dev.madeleine.testkit.SerializerContract;

final class CborContractTest extends SerializerContract {
  private static final Serializer CBOR = Cbor.serializer();

  @Override
  protected Serializer serializer() {
    return CBOR;
  }
}
