package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonLimitsTest {
  @Test
  void aNameHasAtMost128Characters() {
    assertThat(JsonLimits.isName("")).isTrue();
    assertThat(JsonLimits.isName("n".repeat(128))).isTrue();
    assertThat(JsonLimits.isName("n".repeat(129))).isFalse();
    assertThat(JsonLimits.isName("🍪".repeat(64))).isTrue();
    assertThat(JsonLimits.isName("🍪".repeat(64) + "n")).isFalse();
  }

  @Test
  void aNameHasNoHalfOfAPair() { // R22: no reader gives it back
    for (String half :
        List.of(
            "\ud83c",
            "\udf6a",
            "a\ud83c",
            "\ud83ca",
            "\udf6a\ud83c",
            "\ud83c\ud83c\udf6a",
            "\ud83c\udf6a\udf6a")) {
      assertThat(JsonLimits.isName(half)).isFalse();
      assertThat(JsonLimits.hasLoneSurrogate(half)).isTrue();
    }
    for (String whole : List.of("", "a", "🍪", "🍪🍪", "a🍪b", "\ud7ff\ue000\uffff")) {
      assertThat(JsonLimits.isName(whole)).isTrue();
      assertThat(JsonLimits.hasLoneSurrogate(whole)).isFalse();
    }
  }
}
