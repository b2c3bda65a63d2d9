package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When the attributes are encoded for comparison; what counts as a change is in SessionTest. */
final class AttributeMapTest {
  private final List<String> written = new ArrayList<>();
  private final CountingSerializer serializer = new CountingSerializer(written);
  private final AttributeMap attributes = new AttributeMap(serializer);

  private void begin() {
    Map<String, Object> came = new LinkedHashMap<>();
    came.put("a", 1);
    came.put("list", new ArrayList<>(List.of(1)));
    attributes.begin(SessionSnapshot.of(came));
  }

  @Test
  void whatCannotChangeIsNotEncodedAgainAfterItWasRead() {
    Map<String, Object> received = new LinkedHashMap<>();
    received.put("id", new UUID(1, 2));
    received.put("since", Instant.EPOCH);
    received.put("zone", ZoneId.of("Europe/Paris"));
    attributes.begin(SessionSnapshot.of(received));
    received.keySet().forEach(attributes::get);
    assertThat(attributes.isHandedOut()).isFalse();
    for (int i = 0; i < 3; i++) {
      attributes.put("views", i);
      assertThat(attributes.isChanged()).isTrue();
    }
    assertThat(written).containsOnly("[views]");
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
    assertThat(written.size()).isZero();
  }

  @Test
  void aValueThatWasHandedOutIsEncodedAloneBeforeAndOncePerQuestion() {
    begin();
    assertThat(attributes.get("list")).isEqualTo(List.of(1));
    assertThat(attributes.get("list")).isEqualTo(List.of(1));
    assertThat(written).containsExactly("[list]");
    assertThat(attributes.isChanged()).isFalse();
    assertThat(attributes.isChanged()).isFalse();
    assertThat(written).containsExactly("[list]", "[list]", "[list]");
  }

  @Test
  void aValueThatCannotChangeIsEncodedWhenItIsPut() {
    begin();
    attributes.put("b", 2);
    attributes.put("a", 3);
    assertThat(written).containsExactly("[b]", "[a]", "[a]"); // What a was, too.
    assertThat(attributes.isChanged()).isTrue();
    assertThat(attributes.isChanged()).isTrue();
    assertThat(written).hasSize(3);
  }

  @Test
  void showsNothingOfWhatWasPut() {
    begin();
    attributes.put("secret", "hunter2");
    ChangedAttributes present = (ChangedAttributes) attributes.present();
    assertThat(present).hasToString("2 attributes, 0 unreadable, 1 touched");
    assertThat(present.touched().get("secret")).hasToString("Touched");
  }

  @Test
  void aRemovedAttributeKeepsItsPlaceForTheCaseThatItComesBack() {
    begin();
    attributes.put("a", null);
    assertThat(attributes.names()).containsExactly("list");
    assertThat(attributes.present().names()).containsExactly("list");
    assertThat(attributes.isChanged()).isTrue();
    attributes.put("a", 1);
    assertThat(attributes.names()).containsExactly("a", "list");
    assertThat(attributes.isChanged()).isFalse();
  }
}
