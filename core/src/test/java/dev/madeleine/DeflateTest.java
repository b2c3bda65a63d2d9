package dev.madeleine;

import static dev.madeleine.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.madeleine.json.JsonSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Compression within its limits. */
final class DeflateTest {
  private static final byte[] TEXT = text(3000);

  /** Something like the JSON of a session, of this length. */
  private static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append("{\"item").append(i).append("\":").append(random.nextInt(100_000)).append("},");
    }
    return utf8(text.substring(0, length));
  }

  /** Raw deflate by the JDK alone, whatever the limits. */
  static byte[] raw(byte[] bytes) {
    return raw(bytes, new Deflater(Deflater.BEST_COMPRESSION, true));
  }

  private static byte[] raw(byte[] bytes, Deflater deflater) {
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length + 100];
    int size = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, size);
  }

  private static byte[] inflated(byte[] bytes) throws DataFormatException {
    byte[] around = new byte[bytes.length + 20];
    Arrays.fill(around, (byte) 0x55);
    System.arraycopy(bytes, 0, around, 7, bytes.length);
    return Deflate.inflate(around, 7, bytes.length);
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> inflated(bytes)).isInstanceOf(DataFormatException.class);
  }

  @Test
  void bringsTextBackAtEveryLength() throws DataFormatException {
    for (int length = 0; length <= Deflate.MAX; length += length < 300 ? 1 : 97) {
      byte[] text = text(length);
      byte[] deflated = Deflate.deflate(text, 0, length);
      if (deflated != null) {
        assertThat(deflated).hasSizeLessThan(length);
        assertThat(inflated(deflated)).as("%s bytes", length).isEqualTo(text);
      } else {
        assertThat(length).isLessThan(60);
      }
    }
  }

  @Test
  void whatItWritesItReadsHoweverRepetitive() throws DataFormatException {
    for (String word : new String[] {"x", "ab", "madeleine ", "\0", "{\"a\":1},"}) {
      for (int length = 40; length <= Deflate.MAX; length += length < 300 ? 1 : 211) {
        byte[] text = utf8(word.repeat(length).substring(0, length));
        byte[] deflated = Deflate.deflate(text, 0, length);
        assertThat(deflated).as("%s times %s", length, word).isNotNull();
        assertThat(length).isLessThanOrEqualTo(Deflate.RATIO * deflated.length);
        assertThat(inflated(deflated)).isEqualTo(text);
      }
    }
    byte[] most = new byte[Deflate.MAX];
    assertThat(Deflate.deflate(most, 0, most.length)).hasSizeLessThan(1000);
  }

  @Test
  void refusesToMakeBytesMore() {
    byte[] random = new byte[2000];
    new Random(1).nextBytes(random);
    assertThat(Deflate.deflate(random, 0, random.length)).isNull();
    assertThat(Deflate.deflate(random, 5, 0)).isNull();
    assertThat(Deflate.deflate(utf8("{}"), 0, 2)).isNull();
  }

  @Test
  void compressesTheMiddleOfAnArray() throws DataFormatException {
    byte[] deflated = Deflate.deflate(TEXT, 100, 1000);
    assertThat(inflated(deflated)).isEqualTo(Arrays.copyOfRange(TEXT, 100, 1100));
  }

  @Test
  void writesAndReads16KibAndNoMore() throws DataFormatException {
    byte[] most = text(Deflate.MAX);
    assertThat(inflated(raw(most))).isEqualTo(most);
    byte[] more = text(Deflate.MAX + 1);
    assertThat(Deflate.deflate(more, 0, more.length)).isNull();
    assertRefused(raw(more));
  }

  @Test
  void oneByteStandsForAHundredAndNoMore() throws DataFormatException {
    int refused = 0;
    for (int length = 300; length < 4000; length++) {
      byte[] zeros = new byte[length];
      byte[] deflated = raw(zeros);
      if (length <= 100 * deflated.length) {
        assertThat(inflated(deflated)).isEqualTo(zeros);
      } else {
        refused++;
        assertRefused(deflated);
      }
    }
    assertThat(refused).isBetween(1000, 3500);
  }

  @Test
  void refusesABombBeforeItGrows() {
    byte[] bomb = raw(new byte[3 << 20]);
    assertThat(bomb).hasSizeLessThan(3100);
    assertRefused(bomb);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
    try {
      Deflate.inflate(bomb, 0, bomb.length);
    } catch (DataFormatException e) {
      assertThat(e).isNotNull();
    }
    long allocated = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(allocated).isLessThan(5 * Deflate.MAX);
  }

  @Test
  void refusesEveryTruncationAndExtension() {
    byte[] deflated = raw(TEXT);
    for (int length = 0; length < deflated.length; length++) {
      assertRefused(Arrays.copyOf(deflated, length));
    }
    assertRefused(Arrays.copyOf(deflated, deflated.length + 1));
    assertRefused(Arrays.copyOf(deflated, deflated.length + 1000));
    assertRefused(Tokens.concat(deflated, deflated));
    assertRefused(Tokens.concat(new byte[] {0}, deflated));
  }

  @Test
  void refusesAStreamThatHoldsNothing() {
    assertRefused(raw(new byte[0]));
    assertRefused(new byte[] {1, 0, 0, -1, -1}); // One stored block of no bytes.
    assertRefused(new byte[0]);
  }

  @Test
  void readsAStoredBlock() throws DataFormatException {
    assertThat(inflated(new byte[] {1, 2, 0, -3, -1, '{', '}'})).isEqualTo(utf8("{}"));
  }

  @Test
  void refusesOtherFramings() throws IOException {
    assertRefused(raw(TEXT, new Deflater(Deflater.DEFAULT_COMPRESSION, false)));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(TEXT);
    }
    assertRefused(gzip.toByteArray());
  }

  @Test
  void refusesAPresetDictionary() {
    Deflater withDictionary = new Deflater(Deflater.BEST_COMPRESSION, true);
    withDictionary.setDictionary(TEXT);
    assertRefused(raw(TEXT, withDictionary));
    Deflater zlib = new Deflater(Deflater.BEST_COMPRESSION, false);
    zlib.setDictionary(TEXT);
    assertRefused(raw(TEXT, zlib));
  }

  @Test
  void readsOrRefusesWhateverTheBytes() {
    Random random = new Random(1951);
    byte[] deflated = raw(TEXT);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = deflated.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        changed[random.nextInt(i % 2 == 0 ? 40 : changed.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(inflated(changed)).hasSizeBetween(1, Deflate.MAX);
      } catch (DataFormatException e) {
        assertThat(e).isNotNull(); // That is how it refuses.
      }
    }
  }

  /** The table behind the default threshold; RATIONALE quotes it. */
  @Test
  void savesAThirdFrom512BytesOn() {
    for (int lines = 0; lines <= 16; lines = lines == 0 ? 1 : 2 * lines) {
      byte[] json = cart(lines);
      byte[] deflated = Deflate.deflate(json, 0, json.length);
      assertThat(deflated).isNotNull();
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 300; i++) {
        long start = System.nanoTime();
        byte[] again = Deflate.deflate(json, 0, json.length);
        best = Math.min(best, System.nanoTime() - start);
        assertThat(again).isEqualTo(deflated);
      }
      System.out.printf(
          "deflate: %,d bytes of JSON become %,d, %d characters fewer, in %.1f µs%n",
          json.length, deflated.length, (json.length - deflated.length) * 4 / 3, best / 1000.0);
      if (json.length >= 512) {
        assertThat(3 * deflated.length).isLessThan(2 * json.length);
      }
    }
  }

  /** A login with a cart of this many lines. */
  private static byte[] cart(int lines) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "ada.k.lovelace@example.org");
    attributes.put("roles", List.of("editor", "reviewer"));
    attributes.put("csrf", "kJx0Vb3nQm7TzR5sYw2LhPcA9fUdGe1oXtNqZ6vM4iB");
    List<Object> cart = new ArrayList<>();
    for (int i = 1; i <= lines; i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("sku", "book-" + (9000 + 37 * i));
      line.put("title", "Volume " + i);
      line.put("cents", 1295 + 50 * i);
      cart.add(line);
    }
    attributes.put("cart", cart);
    return JsonSerializer.PLAIN.toBytes(attributes);
  }
}
