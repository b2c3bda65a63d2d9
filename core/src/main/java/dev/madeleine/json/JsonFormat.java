package dev.madeleine.json;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.JsonInput;
import dev.madeleine.json.format.JsonRules;
import dev.madeleine.json.format.JsonScanner;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text in UTF-8 (RFC 8259), by a reader and a writer of our own (see RATIONALE). */
final class JsonFormat implements Format {
  static final JsonFormat TEXT = new JsonFormat();

  private static final JsonRules RULES =
      new JsonRules(
          JsonLimits.MAX_DEPTH,
          JsonLimits.MAX_NAME,
          JsonLimits.MAX_KEYS,
          JsonLimits.MAX_VALUES,
          JsonRules.Numbers.JAVA,
          true);

  private JsonFormat() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public boolean writesAll(Class<?> type) {
    return TypeTag.isPlain(type) && type != Double.class;
  }

  @Override
  public Members locate(byte[] bytes, int offset, int length) throws IOException {
    return JsonScanner.scan(bytes, offset, length, RULES);
  }

  @Override
  public @Nullable List<@Nullable Object> readAll(
      Members members, Vocabulary vocabulary, boolean convert) {
    return null;
  }

  @Override
  public Input input(Members members, int member) {
    return new JsonInput(members.bytes(), members.valueStart(member));
  }

  @Override
  public void write(Map<String, Object> attributes, Vocabulary vocabulary, TokenBuffer out) {
    try {
      new AttributeWriter(new JsonOutput(out), vocabulary).write(attributes);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
  }

  @Override
  public EncodedAttribute encode(String name, Object value, Vocabulary vocabulary) {
    TokenBuffer out = TokenBuffer.take();
    AttributeWriter writer = new AttributeWriter(new JsonOutput(out), vocabulary);
    try {
      writer.write(name, value);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
    byte[] bytes = out.copyFrom(0);
    out.release();
    return new EncodedAttribute(bytes, 0, bytes.length, 1, writer.names(), writer.values());
  }

  @Override
  public byte[] join(List<EncodedAttribute> parts) {
    int length = 1 + Math.max(1, parts.size()); // The brackets, and the commas between.
    for (EncodedAttribute part : parts) {
      length += part.length();
    }
    byte[] text = new byte[length];
    int at = 0;
    text[at++] = '{';
    for (EncodedAttribute part : parts) {
      at = part.copyTo(text, at == 1 ? at : at + 1);
      if (at < length - 1) {
        text[at] = ',';
      }
    }
    text[length - 1] = '}';
    return text;
  }
}
