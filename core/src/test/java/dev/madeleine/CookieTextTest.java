package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CookieTextTest {
  @Test
  void bringsBytesBack() {
    byte[] bytes = Fixtures.secret("text");
    for (int length = 1; length <= bytes.length; length++) {
      byte[] some = Arrays.copyOf(bytes, length);
      assertThat(CookieText.encode(some)).matches("[0-9A-Za-z_-]+");
      assertThat(CookieText.decode(CookieText.encode(some))).isEqualTo(some);
    }
  }

  @Test
  void readsOneTextOnlyForEachByteString() {
    assertThat(CookieText.encode(new byte[] {-1})).isEqualTo("_w");
    for (String other : new String[] {"_x", "/w", "_w=", "_w==", " _w", "_w\n", "", "_"}) {
      assertThat(CookieText.decode(other)).as(other).isNull();
    }
  }
}
