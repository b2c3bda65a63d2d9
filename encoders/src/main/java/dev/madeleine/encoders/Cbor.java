package dev.madeleine.encoders;

import dev.madeleine.json.JsonSerializer;

/**
 * Attributes as CBOR (RFC 8949): shorter than JSON, byte arrays above all, with the same types,
 * limits and refusals.
 *
 * <pre>{@code
 * NativeEncoder encoder = NativeEncoder.signed(() -> keys, "session").withSerializer(Cbor.serializer());
 * Sessions sessions = Sessions.builder(encoder).attributes(CART).build();
 * }</pre>
 */
public final class Cbor {
  private Cbor() {}

  /**
   * A serializer named {@code cbor} without declared attributes. Unlike JSON it refuses text with
   * half a character (a lone surrogate), which no UTF-8 can hold.
   *
   * @throws IllegalStateException if jackson-dataformat-cbor is missing
   */
  public static JsonSerializer serializer() {
    try {
      return CborFormat.serializer();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "CBOR needs com.fasterxml.jackson.dataformat:jackson-dataformat-cbor, which is optional:"
              + " add it to the dependencies, in the version of jackson-databind"
              + " (on the module path also --add-modules com.fasterxml.jackson.dataformat.cbor)",
          e);
    }
  }
}
