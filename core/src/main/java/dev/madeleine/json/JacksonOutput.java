package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.internal.Utf8;
import java.io.IOException;

/** One of Jackson's binary formats. */
final class JacksonOutput implements Output {
  /** Characters that a generator writes in one piece, whatever its format. */
  private static final int SURELY_WHOLE = 1000;

  private final JsonGenerator generator;
  private final TokenBuffer out;
  private final int start;

  /**
   * An output by this generator.
   *
   * @param out where the generator writes to
   */
  JacksonOutput(JsonGenerator generator, TokenBuffer out) {
    this.generator = generator;
    this.out = out;
    start = out.size();
  }

  @Override
  public void startMap(int size) throws IOException {
    generator.writeStartObject(null, size);
  }

  @Override
  public void endMap() throws IOException {
    generator.writeEndObject();
  }

  @Override
  public void startList(int size) throws IOException {
    generator.writeStartArray(null, size);
  }

  @Override
  public void endList() throws IOException {
    generator.writeEndArray();
  }

  @Override
  public boolean name(String name) throws IOException {
    boolean good = JsonLimits.refusal(name) == null;
    if (good) {
      generator.writeFieldName(name);
    }
    return good;
  }

  /** A text, in one piece where Jackson's CBOR would cut a long one, so that it has one form. */
  @Override
  public void text(String text) throws IOException {
    if (text.length() <= SURELY_WHOLE) {
      generator.writeString(text);
      return;
    }
    byte[] utf8 = Utf8.bytes(text);
    if (utf8 == null) {
      throw new JsonGenerationException("half a character (a lone surrogate)", generator);
    }
    generator.writeUTF8String(utf8, 0, utf8.length);
  }

  @Override
  public void integer(long number) throws IOException {
    if (number == (int) number) {
      generator.writeNumber((int) number);
    } else {
      generator.writeNumber(number);
    }
  }

  @Override
  public void fraction(double number) throws IOException {
    generator.writeNumber(number);
  }

  @Override
  public void truth(boolean truth) throws IOException {
    generator.writeBoolean(truth);
  }

  @Override
  public void nothing() throws IOException {
    generator.writeNull();
  }

  @Override
  public boolean hasBytes() {
    return true;
  }

  @Override
  public void bytes(byte[] bytes) throws IOException {
    generator.writeBinary(bytes);
  }

  @Override
  public int size() {
    return out.size() - start;
  }

  @Override
  public void finish() throws IOException {
    generator.flush();
  }
}
