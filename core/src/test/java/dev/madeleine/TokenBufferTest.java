package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBufferTest {
  @Test
  void holdsWhatWasWrittenHoweverItGrows() {
    Random random = new Random(512);
    for (int round = 0; round < 200; round++) {
      TokenBuffer buffer = new TokenBuffer();
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      while (buffer.size() < 3000) {
        byte[] bytes = new byte[random.nextInt(600)];
        random.nextBytes(bytes);
        int offset = random.nextInt(bytes.length + 1);
        buffer.write(bytes, offset, bytes.length - offset);
        expected.write(bytes, offset, bytes.length - offset);
        buffer.write(round);
        expected.write(round);
      }
      assertThat(Arrays.copyOf(buffer.array(), buffer.size())).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void skipLeavesZeroBytes() {
    TokenBuffer buffer = new TokenBuffer();
    buffer.skip(600);
    buffer.write(1);
    buffer.skip(2000);
    assertThat(buffer.size()).isEqualTo(2601);
    assertThat(buffer.array()[600]).isEqualTo((byte) 1);
    assertThat(Arrays.copyOf(buffer.array(), 600)).containsOnly(0);
    assertThat(Arrays.copyOfRange(buffer.array(), 601, 2601)).containsOnly(0);
  }

  @Test
  void growsToExactlyWhatIsNeededWhenThatIsMore() {
    TokenBuffer buffer = new TokenBuffer();
    byte[] large = new byte[5000];
    Arrays.fill(large, (byte) 3);
    buffer.write(large, 0, large.length);
    assertThat(buffer.size()).isEqualTo(5000);
    assertThat(Arrays.copyOf(buffer.array(), 5000)).containsOnly(3);
  }
}
