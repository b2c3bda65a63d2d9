package dev.madeleine.cli;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A serializer that writes the same bytes whatever the session holds: to seal what no serializer
 * writes.
 */
final class GivenPayload implements Serializer {
  private final Serializer replaced;
  private final byte[] payload;

  /**
   * Makes one.
   *
   * @param replaced whose name it has, and which reads
   */
  GivenPayload(Serializer replaced, byte[] payload) {
    this.replaced = replaced;
    this.payload = payload.clone();
  }

  @Override
  public String name() {
    return replaced.name();
  }

  @Override
  public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
    out.write(payload);
  }

  @Override
  public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
    return replaced.read(bytes, offset, length);
  }
}
