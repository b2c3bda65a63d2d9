package dev.madeleine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.Input;
import dev.madeleine.json.format.JacksonFormat;
import dev.madeleine.json.format.Layout;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of Jackson's binary formats. */
final class BinaryFormat implements Format {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(JsonLimits.MAX_DEPTH)
          .maxNameLength(4 * JsonLimits.MAX_NAME) // Counted in bytes here and there.
          .build();

  private final String name;
  private final JsonFactory factory;
  private final Layout layout;

  BinaryFormat(JacksonFormat format) {
    name = format.name();
    layout = format.layout();
    factory =
        format
            .factory()
            .rebuild()
            .streamReadConstraints(LIMITS)
            .recyclerPool(new JsonBuffers())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Its table of names would grow with names that are never seen again.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean writesAll(Class<?> type) {
    return false;
  }

  @Override
  public Members locate(byte[] bytes, int offset, int length) throws IOException {
    return layout.locate(bytes, offset, length);
  }

  @Override
  public List<@Nullable Object> readAll(Members members, Vocabulary vocabulary, boolean convert)
      throws IOException {
    List<@Nullable Object> all = new ArrayList<>(members.count());
    Set<String> names = new HashSet<>();
    try (JacksonInput in = input(members, members.start(), members.end())) {
      AttributeReader reader = new AttributeReader(in, vocabulary);
      if (in.next() != Input.Kind.MAP) {
        throw new IOException("not a map");
      }
      for (String attribute = in.name(); attribute != null; attribute = in.name()) {
        if (!names.add(attribute)) {
          throw new IOException("a name twice");
        }
        all.add(reader.attribute(attribute, convert));
      }
      in.requireEnd();
    }
    return all;
  }

  @Override
  public Input input(Members members, int member) throws IOException {
    return input(members, members.valueStart(member), members.end(member));
  }

  private JacksonInput input(Members members, int start, int end) throws IOException {
    return new JacksonInput(factory.createParser(members.bytes(), start, end - start));
  }

  @Override
  public void write(Map<String, Object> attributes, Vocabulary vocabulary, TokenBuffer out) {
    // A generator may remember what it wrote, so none is used again.
    try (JsonGenerator generator = factory.createGenerator(out)) {
      new AttributeWriter(new JacksonOutput(generator, out), vocabulary).write(attributes);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
  }

  @Override
  public EncodedAttribute encode(String attribute, Object value, Vocabulary vocabulary) {
    TokenBuffer out = TokenBuffer.take();
    try (JsonGenerator generator = factory.createGenerator(out)) {
      AttributeWriter writer = new AttributeWriter(new JacksonOutput(generator, out), vocabulary);
      generator.writeStartObject(null, 1);
      writer.write(attribute, value);
      generator.writeEndObject();
      generator.flush();
      byte[] bytes = out.copyFrom(layout.headLength(1));
      out.release();
      return new EncodedAttribute(bytes, 0, bytes.length, 1, writer.names(), writer.values());
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
  }

  @Override
  public byte[] join(List<EncodedAttribute> parts) {
    int count = 0;
    int length = 0;
    for (EncodedAttribute part : parts) {
      count += part.attributes();
      length += part.length();
    }
    int at = layout.headLength(count);
    byte[] bytes = new byte[at + length];
    layout.writeHead(count, bytes);
    for (EncodedAttribute part : parts) {
      at = part.copyTo(bytes, at);
    }
    return bytes;
  }
}
