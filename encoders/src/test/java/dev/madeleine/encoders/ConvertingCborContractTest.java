package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.testkit.SerializerContract;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values of converters, and collections with a tag, in CBOR. */
final class ConvertingCborContractTest extends SerializerContract {
  @SuppressWarnings("ArrayRecordComponent") // The shortest class with bytes in it.
  record Photo(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Photo photo && java.util.Arrays.equals(bytes, photo.bytes);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(bytes);
    }
  }

  private static final AtomicInteger READS = new AtomicInteger();
  private static final AttributeConverter<Photo> PHOTO =
      AttributeConverter.of("photo", Photo.class, Photo::bytes, ConvertingCborContractTest::photo);
  private static final JsonSerializer CBOR =
      Cbor.serializer()
          .withConverters(PHOTO)
          .withAttributes(
              Attribute.of(
                  "own", AttributeConverter.of("own", Photo.class, Photo::bytes, Photo::new)));

  private static Photo photo(byte[] bytes) {
    READS.incrementAndGet();
    return new Photo(bytes);
  }

  @Override
  protected JsonSerializer serializer() {
    return CBOR;
  }

  @Override
  protected Map<String, Object> attributes() {
    Map<String, Object> attributes = super.attributes();
    Photo photo = new Photo(new byte[] {1, 2});
    attributes.put("photo", photo);
    attributes.put("own", photo);
    attributes.put("album", new TreeMap<>(Map.of("a", List.of(photo))));
    attributes.put("sorted", new TreeSet<>(List.of("a", "b")));
    return attributes;
  }

  @Test
  void bytesOfAPlainValueAreBytes() {
    assertThat(HexFormat.of().formatHex(CBOR.toBytes(Map.of("x", new Photo(new byte[] {1, 2})))))
        .isEqualTo("a1" + "6178" + "a1" + "687e782d70686f746f" + "420102");
    assertThat(HexFormat.of().formatHex(CBOR.toBytes(Map.of("x", new TreeSet<>(List.of("a"))))))
        .isEqualTo("a1" + "6178" + "a1" + "687e74726565736574" + "81" + "6161");
  }

  @Test
  void anUnknownWordTravelsOn() throws IOException {
    byte[] bytes = CBOR.toBytes(attributes());
    LocatedAttributes located = Cbor.serializer().read(bytes, 0, bytes.length);
    assertThat(located.unreadable()).containsExactly("photo", "own", "album");
    assertThatThrownBy(() -> Cbor.serializer().fromBytes(bytes)).isInstanceOf(IOException.class);
  }

  @Test
  void aConverterIsAskedWhenItsValueIs() throws IOException {
    byte[] bytes = CBOR.toBytes(Map.of("x", new Photo(new byte[] {1})));
    int before = READS.get();
    LocatedAttributes located = CBOR.read(bytes, 0, bytes.length);
    assertThat(READS).hasValue(before);
    assertThat(located.value("x")).isEqualTo(new Photo(new byte[] {1}));
    assertThat(READS).hasValue(before + 1);
  }
}
