package dev.madeleine.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import dev.madeleine.internal.LosslessNumber;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where jackson-databind writes a declared value: it becomes maps, lists, String, Boolean, Integer,
 * Long and finite Double. What {@link JsonLimits} does not allow, or what refers to itself, is
 * refused as soon as it is reached, by a JsonGenerationException that says why, and nothing of the
 * value.
 */
final class PlainGenerator extends GeneratorBase {
  /** The levels around a declared value: the session, and the mark of a declared attribute. */
  private static final int AROUND = 2;

  /** Why a value that fits nowhere is refused. */
  static final String TOO_LARGE = "too large";

  /** Maps and lists that have been begun. */
  private final List<Object> open = new ArrayList<>();

  /** The objects that they are of. */
  private final List<@Nullable Object> sources = new ArrayList<>();

  private String name = "";
  private @Nullable Object root;
  private int names;
  private int values;
  private int length;

  @SuppressWarnings("deprecation") // The others want a context for buffers, and there are none.
  PlainGenerator(ObjectCodec codec) {
    super(0, codec);
  }

  /** What was written. */
  @Nullable Object plain() {
    return root;
  }

  private JsonGenerationException refused(String reason) {
    return new JsonGenerationException(reason, this);
  }

  private void add(@Nullable Object value) throws IOException {
    _verifyValueWrite("");
    if (++values > JsonLimits.MAX_VALUES) {
      throw refused("more than %s values, nested ones included".formatted(JsonLimits.MAX_VALUES));
    }
    Object around = open.isEmpty() ? null : open.get(open.size() - 1);
    if (around == null) {
      root = value;
    } else if (around instanceof Map<?, ?> map) {
      cast(map).put(name, value);
    } else {
      cast((List<?>) around).add(value);
    }
  }

  @SuppressWarnings("unchecked") // It was begun here.
  private static Map<String, @Nullable Object> cast(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  @SuppressWarnings("unchecked") // It was begun here.
  private static List<@Nullable Object> cast(List<?> list) {
    return (List<@Nullable Object>) list;
  }

  @SuppressWarnings("ReferenceEquality") // This very object, whatever it equals.
  private void begin(Object plain, @Nullable Object source) throws IOException {
    for (Object outer : sources) {
      if (outer != null && outer == source) {
        throw refused("refers to itself");
      }
    }
    if (open.size() + AROUND >= JsonLimits.MAX_DEPTH) {
      throw refused("nested deeper than %s levels".formatted(JsonLimits.MAX_DEPTH));
    }
    add(plain);
    open.add(plain);
    sources.add(source);
  }

  private void end() {
    _writeContext = _writeContext.getParent();
    open.remove(open.size() - 1);
    sources.remove(sources.size() - 1);
  }

  /** Text of this length is about to be written. */
  private void require(long more) throws IOException {
    if (more > JsonLimits.MAX_BYTES - length) {
      throw refused(TOO_LARGE);
    }
    length += (int) more;
  }

  @Override
  protected void _verifyValueWrite(String kind) throws IOException {
    if (_writeContext.writeValue() == JsonWriteContext.STATUS_EXPECT_NAME) {
      throw refused("a value without a name");
    }
  }

  @Override
  public void writeStartObject() throws IOException {
    writeStartObject(null);
  }

  @Override
  public void writeStartObject(@Nullable Object source) throws IOException {
    begin(new LinkedHashMap<>(), source);
    _writeContext = _writeContext.createChildObjectContext(source);
  }

  @Override
  public void writeEndObject() {
    end();
  }

  @Override
  public void writeStartArray() throws IOException {
    writeStartArray(null);
  }

  @Override
  public void writeStartArray(@Nullable Object source) throws IOException {
    begin(new ArrayList<>(), source);
    _writeContext = _writeContext.createChildArrayContext(source);
  }

  @Override
  public void writeStartArray(@Nullable Object source, int size) throws IOException {
    writeStartArray(source);
  }

  @Override
  public void writeEndArray() {
    end();
  }

  @Override
  public void writeFieldName(String newName) throws IOException {
    if (_writeContext.writeFieldName(newName) == JsonWriteContext.STATUS_EXPECT_VALUE) {
      throw refused("a name without a value");
    }
    if (++names > JsonLimits.MAX_KEYS) {
      throw refused("more than %s names".formatted(JsonLimits.MAX_KEYS));
    }
    require(newName.length());
    name = newName;
  }

  @Override
  public void writeString(String text) throws IOException {
    require(text.length());
    add(text);
  }

  @Override
  public void writeString(char[] text, int offset, int count) throws IOException {
    require(count);
    add(new String(text, offset, count));
  }

  @Override
  public void writeUTF8String(byte[] text, int offset, int count) throws IOException {
    require(count);
    add(new String(text, offset, count, StandardCharsets.UTF_8));
  }

  @Override
  public void writeRawUTF8String(byte[] text, int offset, int count) throws IOException {
    throw noRaw();
  }

  @Override
  public void writeRaw(String text) throws IOException {
    throw noRaw();
  }

  @Override
  public void writeRaw(String text, int offset, int count) throws IOException {
    throw noRaw();
  }

  @Override
  public void writeRaw(char[] text, int offset, int count) throws IOException {
    throw noRaw();
  }

  @Override
  public void writeRaw(char c) throws IOException {
    throw noRaw();
  }

  private JsonGenerationException noRaw() {
    return refused("raw JSON, which nobody checks");
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] bytes, int offset, int count)
      throws IOException {
    require((count + 2L) / 3 * 4);
    byte[] part = new byte[count];
    System.arraycopy(bytes, offset, part, 0, count);
    add(variant.encode(part));
  }

  @Override
  public void writeNumber(int number) throws IOException {
    add(number);
  }

  @Override
  public void writeNumber(long number) throws IOException {
    if (number == (int) number) {
      add((int) number);
    } else {
      add(number);
    }
  }

  @Override
  public void writeNumber(float number) throws IOException {
    other(number, Double.class);
  }

  @Override
  public void writeNumber(double number) throws IOException {
    if (!Double.isFinite(number)) {
      throw notANumber();
    }
    add(number);
  }

  @Override
  public void writeNumber(@Nullable BigInteger number) throws IOException {
    if (number == null) {
      writeNull();
    } else {
      other(number, Long.class);
    }
  }

  @Override
  public void writeNumber(@Nullable BigDecimal number) throws IOException {
    if (number == null) {
      writeNull();
    } else {
      other(number, number.scale() > 0 ? Double.class : Long.class);
    }
  }

  @Override
  public void writeNumber(String number) throws IOException {
    require(number.length());
    if (number.length() > JsonLimits.MAX_NAME) {
      throw notANumber();
    }
    try {
      writeNumber(new BigDecimal(number));
    } catch (NumberFormatException e) {
      throw notANumber();
    }
  }

  private void other(Number number, Class<? extends Number> type) throws IOException {
    Number converted = LosslessNumber.of(number, type);
    if (converted instanceof Long integer) {
      writeNumber(integer.longValue());
    } else if (converted != null) {
      add(converted);
    } else {
      throw notANumber();
    }
  }

  private JsonGenerationException notANumber() {
    return refused("not a finite number, or one that neither 64 bits nor a double hold");
  }

  @Override
  public void writeBoolean(boolean truth) throws IOException {
    add(truth);
  }

  @Override
  public void writeNull() throws IOException {
    add(null);
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}
}
