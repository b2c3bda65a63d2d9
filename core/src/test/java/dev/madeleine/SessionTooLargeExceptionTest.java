package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.JsonSerializer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionTooLargeExceptionTest {
  private static SessionTooLargeException of(Map<String, ?> attributes) {
    return SessionTooLargeException.of(
        SessionSnapshot.of(attributes), JsonSerializer.PLAIN, 5320, 4096);
  }

  @Test
  void namesTheLargestAttributesWithTheirSizesAndWhatToDo() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("small", "x");
    attributes.put("large", "x".repeat(3000));
    attributes.put("medium", "x".repeat(300));
    assertThat(of(attributes))
        .hasMessage(
            "session is 5,320 bytes, limit 4,096; largest attributes: large 3,012, medium 313, small 13."
                + " Keep large data in a store and its key in the session; NativeEncoder.withCompression()"
                + " and SessionTransport.chunked make room");
  }

  @Test
  void tellsSizeAndLimit() {
    assertThat(of(Map.of()).size()).isEqualTo(5320);
    assertThat(of(Map.of()).limit()).isEqualTo(4096);
  }

  @Test
  void namesFiveAtMost() {
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < 6; i++) {
      attributes.put("name" + i, "x".repeat(100 + i));
    }
    assertThat(of(attributes).getMessage())
        .contains("name5", "name4", "name3", "name2", "name1", "…")
        .doesNotContain("name0");
    attributes.remove("name0");
    assertThat(of(attributes).getMessage()).doesNotContain("…");
  }

  @Test
  void showsNoValueAndNoControlCharacter() {
    assertThat(of(Map.of("a\r\nb", "hunter2".repeat(500))).getMessage())
        .contains("a??b")
        .doesNotContain("hunter2");
  }

  @Test
  void copesWithAttributesThatAreNull() { // A picture may hold JSON's null.
    assertThat(of(Collections.singletonMap("nothing", null)).getMessage()).contains("nothing");
  }
}
