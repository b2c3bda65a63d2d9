package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Attribute;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.format.EncodedAttribute;
import dev.madeleine.json.format.EncodedAttributes;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One attribute of a session in CBOR is changed, the others stay byte for byte. */
final class CborChangesTest {
  private static final JsonSerializer CBOR = Cbor.serializer();

  record Size(int width) {}

  private static EncodedAttributes read(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00" + hex + "ff"); // Within others, as in a token.
    return (EncodedAttributes) CBOR.read(bytes, 1, bytes.length - 2);
  }

  private static String with(EncodedAttributes attributes, Map<String, EncodedAttribute> changes) {
    return HexFormat.of().formatHex(attributes.with(changes));
  }

  @Test
  void oneAttributeIsWrittenAndTheOthersAreCopied() throws IOException {
    EncodedAttributes session = read("a2616101616202"); // {"a": 1, "b": 2}
    assertThat(with(session, Map.of("a", session.encode("a", "x")))).isEqualTo("a261616178616202");
    assertThat(with(session, Map.of("c", session.encode("c", 3))))
        .isEqualTo("a3616101616202616303");
    assertThat(with(session, Collections.singletonMap("a", null))).isEqualTo("a1616202");
    assertThat(with(session, Map.of())).isEqualTo("a2616101616202");
  }

  @Test
  void theHeadSaysHowManyThereAre() throws IOException {
    for (int count : new int[] {0, 1, 23, 24, 25, 255, 256, 300}) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      Map<String, EncodedAttribute> changes = new LinkedHashMap<>();
      EncodedAttributes none = read("a0");
      for (int i = 0; i < count; i++) {
        attributes.put("n" + i, i);
        changes.put("n" + i, none.encode("n" + i, i));
      }
      assertThat(none.with(changes)).as("%s", count).isEqualTo(CBOR.toBytes(attributes));
    }
  }

  @Test
  void whatCannotBeReadIsCopied() throws IOException {
    byte[] written =
        CBOR.withAttributes(Attribute.of("size", Size.class)).toBytes(Map.of("size", new Size(5)));
    EncodedAttributes session = read(HexFormat.of().formatHex(written));
    assertThat(((LocatedAttributes) session).unreadable()).containsExactly("size");
    byte[] changed = session.with(Map.of("views", session.encode("views", 1)));
    assertThat(CBOR.withAttributes(Attribute.of("size", Size.class)).fromBytes(changed))
        .isEqualTo(Map.of("size", new Size(5), "views", 1));
    assertThat(session.hasValue("size")).isFalse();
    assertThat(session.isPresent("size")).isTrue();
  }

  @Test
  void theLimitsHoldForThePartsTogether() throws IOException {
    List<Integer> many = Collections.nCopies(997, 0);
    byte[] written = CBOR.toBytes(Map.of("a", many));
    EncodedAttributes session = read(HexFormat.of().formatHex(written));
    assertThat(session.with(Map.of("b", session.encode("b", 1)))).hasSizeGreaterThan(1000);
    assertThatThrownBy(() -> session.with(Map.of("b", session.encode("b", List.of(1)))))
        .hasMessageContaining("1001 values");
  }
}
