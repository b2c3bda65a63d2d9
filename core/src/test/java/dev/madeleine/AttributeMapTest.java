package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the attributes are encoded for comparison; what counts as a change is in SessionTest. */
final class AttributeMapTest {
  /** JSON that counts how often it writes. */
  private static final class Counting implements Serializer {
    private int writes;

    @Override
    public String name() {
      return "json";
    }

    @Override
    public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
      writes++;
      JsonSerializer.PLAIN.write(attributes, out);
    }

    @Override
    public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
      return JsonSerializer.PLAIN.read(bytes, offset, length);
    }

    @Override
    public void check(String attribute, Object value) {
      JsonSerializer.PLAIN.check(attribute, value);
    }
  }

  private final Counting serializer = new Counting();
  private final AttributeMap attributes = new AttributeMap(serializer);

  private void begin() {
    Map<String, Object> came = new LinkedHashMap<>();
    came.put("a", 1);
    came.put("list", new ArrayList<>(List.of(1)));
    attributes.begin(SessionSnapshot.of(came));
  }

  @Test
  void readingWhatCannotChangeCostsNoEncoding() {
    begin();
    assertThat(attributes.get("a")).isEqualTo(1);
    assertThat(attributes.get("nothing")).isNull();
    assertThat(attributes.names()).containsExactly("a", "list");
    assertThat(attributes.isChanged()).isFalse();
    attributes.put("nothing", null);
    assertThat(attributes.isChanged()).isFalse();
    assertThat(serializer.writes).isZero();
  }

  @Test
  void encodesOnceBeforeTheFirstPossibleChangeAndOncePerQuestion() {
    begin();
    assertThat(attributes.get("list")).isEqualTo(List.of(1));
    assertThat(attributes.get("list")).isEqualTo(List.of(1));
    assertThat(serializer.writes).isEqualTo(1);
    attributes.put("b", 2);
    attributes.put("c", 3);
    assertThat(serializer.writes).isEqualTo(1);
    assertThat(attributes.isChanged()).isTrue();
    assertThat(serializer.writes).isEqualTo(2);
  }

  @Test
  void aRemovedAttributeKeepsItsPlaceForTheCaseThatItComesBack() {
    begin();
    attributes.put("a", null);
    assertThat(attributes.names()).containsExactly("list");
    assertThat(attributes.present()).containsOnlyKeys("list");
    assertThat(attributes.isChanged()).isTrue();
    attributes.put("a", 1);
    assertThat(attributes.names()).containsExactly("a", "list");
    assertThat(attributes.isChanged()).isFalse();
  }
}
