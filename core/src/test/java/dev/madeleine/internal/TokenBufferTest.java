package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TokenBufferTest {
  private static final byte[] SECRET = "x".repeat(700).getBytes(StandardCharsets.US_ASCII);

  @Test
  void writesTheLastBytesOfANumber() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.writeLong(0x0102030405060708L, 3);
    buffer.writeLong(-1, 8);

    assertThat(Arrays.copyOf(buffer.array(), buffer.size()))
        .containsExactly(6, 7, 8, -1, -1, -1, -1, -1, -1, -1, -1);
    assertThat(buffer.array()[11]).isZero();
  }

  @Test
  void encodesALittleInAnArrayMuchTooLarge() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.skip(8000);
    buffer.truncate(0);
    buffer.write(SECRET, 0, 4);

    assertThat(buffer.toBase64Url()).isEqualTo("eHh4eA");
  }

  @Test
  void keepsNothingOfASessionForTheNext() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.write(SECRET, 0, SECRET.length);
    buffer.release();

    assertThat(buffer.size()).isZero();
    assertThat(buffer.array()).containsOnly(0);
  }

  @Test
  void whatWasForgottenIsNotInTheText() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.write(SECRET, 0, SECRET.length);
    buffer.truncate(1);

    assertThat(buffer.toBase64Url()).isEqualTo("eA");
  }

  @Test
  void encodesAFullArray() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.write(SECRET, 0, buffer.array().length);

    assertThat(Base64Url.decode(buffer.toBase64Url())).isEqualTo(Arrays.copyOf(SECRET, 512));
  }

  @Test
  void encodesNoMoreThanWasWritten() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.write(new byte[] {1, 2, 3, 4, 5}, 0, 5);
    buffer.truncate(4);

    assertThat(buffer.toBase64Url()).isEqualTo("AQIDBA");
  }
}
