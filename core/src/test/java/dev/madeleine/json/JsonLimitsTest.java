package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonLimitsTest {
  @Test
  void aNameHasAtMost128Characters() {
    assertThat(JsonLimits.refusal("")).isNull();
    assertThat(JsonLimits.refusal("n".repeat(128))).isNull();
    assertThat(JsonLimits.refusal("n".repeat(129))).isNotNull();
    assertThat(JsonLimits.refusal("🍪".repeat(64))).isNull();
    assertThat(JsonLimits.refusal("🍪".repeat(64) + "n")).isNotNull();
  }

  @Test
  void aNameHasNoHalfOfAPair() { // no reader gives it back
    for (String half :
        List.of(
            "\ud83c",
            "\udf6a",
            "a\ud83c",
            "\ud83ca",
            "\udf6a\ud83c",
            "\ud83c\ud83c\udf6a",
            "\ud83c\udf6a\udf6a")) {
      assertThat(JsonLimits.refusal(half)).isNotNull();
      assertThat(JsonLimits.refusal(half)).contains("lone surrogate");
    }
    for (String whole : List.of("", "a", "🍪", "🍪🍪", "a🍪b", "\ud7ff\ue000\uffff")) {
      assertThat(JsonLimits.refusal(whole)).isNull();
    }
  }
}
