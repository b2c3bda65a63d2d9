package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "cart with eight characters and more", "é", "🍪 and ſ", "\0"})
  void takesEveryTextThereAndBack(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Utf8.require(bytes, 0, bytes.length);
    assertThat(Utf8.text(bytes)).isEqualTo(text);
    assertThat(Utf8.bytes(text)).isEqualTo(bytes);
    assertThat(Utf8.bytesLikeNode(text)).isEqualTo(bytes);
  }

  /** Overlong, a surrogate, beyond U+10FFFF, cut off, a stray continuation, Latin-1. */
  @ParameterizedTest
  @ValueSource(strings = {"c0af", "e080af", "eda080", "f4908080", "e282", "80", "e9"})
  void refusesWhatIsNone(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex("6161616161616161" + hex);
    assertThat(Utf8.text(bytes)).isNull();
    assertThatThrownBy(() -> Utf8.require(bytes, 0, bytes.length))
        .isInstanceOf(IOException.class)
        .hasMessage("not UTF-8");
    Utf8.require(bytes, 0, 8); // What is wrong lies behind.
  }

  @Test
  void halfACharacterHasNoBytesOrThoseOfNode() {
    assertThat(Utf8.bytes("a\ud83c")).isNull();
    assertThat(Utf8.bytesLikeNode("a\ud83cb\udf6a"))
        .isEqualTo("a\ufffdb\ufffd".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theBytesAreAnArrayOfTheirLength() {
    assertThat(Arrays.equals(Utf8.bytes("abc"), new byte[] {'a', 'b', 'c'})).isTrue();
  }

  @Test
  void knowsAsciiWhereverTheOtherByteStands() {
    byte[] bytes = new byte[100];
    for (int offset = 0; offset < 10; offset++) {
      for (int length = 0; length <= 80; length++) {
        assertThat(Utf8.isAscii(bytes, offset, length)).isTrue();
        for (int at = 0; at < bytes.length; at++) {
          bytes[at] = (byte) 0x80;
          boolean inside = at >= offset && at < offset + length;
          assertThat(Utf8.isAscii(bytes, offset, length)).isEqualTo(!inside);
          bytes[at] = 0;
        }
      }
    }
  }
}
