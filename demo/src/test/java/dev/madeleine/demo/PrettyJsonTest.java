package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.demo.PrettyJson.Piece;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {
  private static String text(String json) {
    return PrettyJson.of(json).stream().map(Piece::text).collect(Collectors.joining());
  }

  @Test
  void indents() {
    assertThat(text("{\"views\":1,\"cart\":[\"tea\",{\"~decimal\":\"19.90\"}],\"none\":{}}"))
        .isEqualTo(
            """
            {
              "views": 1,
              "cart": [
                "tea",
                {
                  "~decimal": "19.90"
                }
              ],
              "none": {}
            }""");
  }

  @Test
  void knowsWhatAPieceIs() {
    assertThat(PrettyJson.of("{\"a\":\"b\",\"c\":true}"))
        .contains(
            new Piece("key", "\"a\""), new Piece("text", "\"b\""), new Piece("value", "true"));
  }

  @Test
  void whatIsNoJsonStaysAsItIs() {
    assertThat(text("{\"views\":")).isEqualTo("{\"views\":");
  }
}
