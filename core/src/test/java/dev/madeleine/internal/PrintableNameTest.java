package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableNameTest {
  @Test
  void namesAreShownWholeWithoutControlCharacters() {
    assertThat(PrintableName.of("cart")).isEqualTo("cart");
    assertThat(PrintableName.of("n".repeat(128))).isEqualTo("n".repeat(128));
    assertThat(PrintableName.of("n".repeat(129))).isEqualTo("n".repeat(128) + "…");
    assertThat(PrintableName.of("a\r\n\t\0\u001b\u007fb")).isEqualTo("a??????b");
    assertThat(PrintableName.of("a\u2028\u2029b")).isEqualTo("a??b");
    assertThat(PrintableName.of("a\ud83cb\udf6a")).isEqualTo("a?b?");
    assertThat(PrintableName.of("n".repeat(127) + "🍪")).isEqualTo("n".repeat(127) + "?…");
    assertThat(PrintableName.of("é🍪")).isEqualTo("é🍪");
  }

  @Test
  void theSecondSetOfControlCharactersIsNotShownEither() { // U+0085 breaks lines, U+009B starts an
    // escape
    assertThat(PrintableName.of("a\u0085b\u009b31mc")).isEqualTo("a?b?31mc");
  }
}
