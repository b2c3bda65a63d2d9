package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StrayCharacterTest {
  @Test
  void namesThePlaceAndTheCharacter() {
    assertThat(StrayCharacter.in("\"abc\"")).isEqualTo("begins with a quotation mark");
    assertThat(StrayCharacter.in("abc\u2019")).isEqualTo("ends with a quotation mark");
    assertThat(StrayCharacter.in("\ufeffabc")).isEqualTo("begins with a byte order mark (U+FEFF)");
    assertThat(StrayCharacter.in("ab\r\nc")).isEqualTo("contains a line break");
    assertThat(StrayCharacter.in("a b")).isEqualTo("contains a space");
    assertThat(StrayCharacter.in("ab\u00a0")).isEqualTo("ends with a space (U+00A0)");
    assertThat(StrayCharacter.in("a\tb")).isEqualTo("contains a tab");
    assertThat(StrayCharacter.in("a\u200bb")).isEqualTo("contains an invisible character (U+200B)");
    assertThat(StrayCharacter.in("${KEY}")).startsWith("begins with a dollar sign");
  }

  @Test
  void findsNothingInTheAlphabetsOfKeysAndCookies() {
    assertThat(StrayCharacter.in("base64:AZaz09+/-_=.~%!#&")).isNull();
    assertThat(StrayCharacter.in("")).isNull();
  }
}
