package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.format.EncodedAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four forms of a payload, and how it is chosen between them. */
final class PayloadTest {
  private static final int PLENTY = 3000;

  /** Where the flags of the payload are. */
  private static final int FLAGS = Version2.PREFIX_LENGTH + 1;

  private static final byte[] HEADER = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
  private static final String REPETITIVE = "madeleine ".repeat(60);

  private static Payload payload(int deflateFrom, int multiple) {
    return new Payload(JsonSerializer.PLAIN, deflateFrom, multiple);
  }

  /** Header and payload of a session with this text; the padding counts from the payload on. */
  private static byte[] written(Payload payload, String text, int limit) {
    TokenBuffer token = TokenBuffer.take();
    token.write(HEADER, 0, HEADER.length);
    SessionSnapshot session = Fixtures.session(Map.of("a", text));
    int flags = payload.write(session, token, HEADER.length, HEADER.length + limit);
    token.array()[FLAGS] = (byte) flags;
    return Arrays.copyOf(token.array(), token.size());
  }

  private static byte[] payloadOf(byte[] token) {
    return Arrays.copyOfRange(token, HEADER.length, token.length);
  }

  private static SessionSnapshot read(byte[] token) throws Exception {
    return Payload.plain(JsonSerializer.PLAIN)
        .read(token, token[FLAGS], HEADER.length, token.length);
  }

  private static byte[] token(int flags, byte[] payload) {
    byte[] token = Tokens.concat(HEADER, payload);
    token[FLAGS] = (byte) flags;
    return token;
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder();
    new Random(length)
        .ints(length, 33, 127)
        .map(c -> c == '"' || c == '\\' ? '.' : c)
        .forEach(c -> text.append((char) c));
    return text.toString();
  }

  @Test
  void readsWhatItWroteInEveryForm() throws Exception {
    for (int deflateFrom : new int[] {0, 100, Integer.MAX_VALUE}) {
      for (int multiple : new int[] {1, 2, 16, 64, 1000}) {
        for (int length = 0; length < 2500; length += length < 200 ? 1 : 113) {
          for (String text : new String[] {"x".repeat(length), random(length)}) {
            byte[] token = written(payload(deflateFrom, multiple), text, PLENTY);
            assertThat(read(token).attributes()).isEqualTo(Map.of("a", text));
          }
        }
      }
    }
  }

  @Test
  void isTheSerializersBytesUnlessToldOtherwise() {
    byte[] token = written(Payload.plain(JsonSerializer.PLAIN), REPETITIVE, PLENTY);
    assertThat(token[FLAGS]).isZero();
    assertThat(payloadOf(token)).isEqualTo(utf8("{\"a\":\"" + REPETITIVE + "\"}"));
  }

  @Test
  void isRawDeflateFromTheThresholdOn() throws Exception {
    int length = "{\"a\":\"\"}".length() + REPETITIVE.length();
    byte[] token = written(payload(length, 1), REPETITIVE, PLENTY);
    assertThat(token[FLAGS]).isEqualTo((byte) 2);
    assertThat(Deflate.inflate(token, HEADER.length, token.length - HEADER.length))
        .isEqualTo(utf8("{\"a\":\"" + REPETITIVE + "\"}"));
    assertThat(written(payload(length + 1, 1), REPETITIVE, PLENTY)[FLAGS]).isZero();
  }

  @Test
  void isNotDeflatedWhenThatMakesItLonger() {
    byte[] token = written(payload(0, 1), random(10), PLENTY);
    assertThat(token[FLAGS]).isZero();
    assertThat(payloadOf(token)).isEqualTo(utf8("{\"a\":\"" + random(10) + "\"}"));
  }

  @Test
  void isNotDeflatedBeyondWhatIsInflated() { // what is written must be readable
    byte[] token = written(payload(0, 1), "x".repeat(Deflate.MAX), 60_000);
    assertThat(token[FLAGS]).isZero();
    assertThat(token).hasSize(HEADER.length + Deflate.MAX + 8);
    assertThat(written(payload(0, 1), "x".repeat(Deflate.MAX - 8), 60_000)[FLAGS])
        .isEqualTo((byte) 2);
  }

  @Test
  void isNotDeflatedWhenPaddingEatsTheGain() {
    byte[] plain = written(payload(0, 1), REPETITIVE, PLENTY);
    assertThat(plain).hasSizeLessThan(HEADER.length + 60);
    assertThat(written(payload(0, 64), REPETITIVE, PLENTY)[FLAGS]).isEqualTo((byte) (2 | 8));
    assertThat(written(payload(0, 1024), REPETITIVE, PLENTY)[FLAGS]).isEqualTo((byte) 8);
  }

  @ParameterizedTest
  @CsvSource({"0, 16", "7, 16", "8, 32", "23, 32", "24, 48"})
  void isFilledUpToTheNextMultiple(int text, int padded) { // a byte more at least
    byte[] token = written(payload(Integer.MAX_VALUE, 16), "x".repeat(text), PLENTY);
    byte[] json = utf8("{\"a\":\"" + "x".repeat(text) + "\"}");
    byte[] expected = Arrays.copyOf(json, padded);
    expected[json.length] = (byte) 0x80;
    assertThat(token[FLAGS]).isEqualTo((byte) 8);
    assertThat(payloadOf(token)).isEqualTo(expected);
  }

  @Test
  void theLastBucketIsWhatStillFits() throws Exception {
    for (int text = 0; text < 190; text++) {
      byte[] token = written(payload(Integer.MAX_VALUE, 64), "x".repeat(text), 200);
      int json = text + 8;
      assertThat(token.length - HEADER.length)
          .isEqualTo(json < 64 ? 64 : json < 128 ? 128 : json < 192 ? 192 : 200);
      assertThat(read(token).attributes()).isEqualTo(Map.of("a", "x".repeat(text)));
    }
    // Too large by a byte, which the encoder finds out.
    assertThat(written(payload(Integer.MAX_VALUE, 64), "x".repeat(192), 200))
        .hasSize(HEADER.length + 201);
  }

  @Test
  void isDeflatedWhenOnlyThatMakesItFit() {
    byte[] token = written(payload(0, 1024), random(100) + REPETITIVE + REPETITIVE, 1000);
    assertThat(token[FLAGS]).isEqualTo((byte) (2 | 8));
    assertThat(token).hasSize(HEADER.length + 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "0000000000", "7b7d", "7b7d00", "7b7d81", "7b7d8001", "7b7d7f00"})
  void rejectsPaddingOfAnotherForm(String payload) { // properly sealed
    byte[] token = token(8, java.util.HexFormat.of().parseHex(payload));
    assertThatThrownBy(() -> read(token)).isInstanceOf(DataFormatException.class);
  }

  @Test
  void takesPaddingOfAnyLength() throws Exception {
    for (int zeros = 0; zeros < 100; zeros++) {
      byte[] token =
          token(8, Tokens.concat(utf8("{}"), Arrays.copyOf(new byte[] {-128}, 1 + zeros)));
      assertThat(read(token).attributes()).isEmpty();
    }
  }

  @Test
  void stripsOnePaddingAndInflatesOnce() throws Exception {
    byte[] once = utf8("{\"a\":\"" + REPETITIVE + "\"}");
    byte[] deflated = DeflateTest.raw(once);
    byte[] padding = {-128, 0, 0};
    assertThat(read(token(2 | 8, Tokens.concat(deflated, padding))).attributes())
        .isEqualTo(Map.of("a", REPETITIVE));
    for (byte[] token :
        new byte[][] {
          token(2, DeflateTest.raw(deflated)),
          token(2, Tokens.concat(deflated, padding)),
          token(8, Tokens.concat(deflated, padding)),
          token(8, Tokens.concat(Tokens.concat(once, padding), padding)),
          token(2 | 8, DeflateTest.raw(Tokens.concat(once, padding))),
          token(2 | 8, deflated),
          token(0, deflated),
          token(2, once),
        }) {
      assertThatThrownBy(() -> read(token)).isInstanceOf(Exception.class);
    }
  }

  @Test
  void comesBackWithTheSerializersBytes() throws Exception { // a change is found by comparing these
    SessionSnapshot back = read(written(payload(0, 64), REPETITIVE, PLENTY));
    assertThat(back.isReadBy(JsonSerializer.PLAIN)).isTrue();
    assertThat(((EncodedAttributes) back.located()).with(Map.of()))
        .isEqualTo(utf8("{\"a\":\"" + REPETITIVE + "\"}"));
  }

  @Test
  void paddingCoversTheMetadataToo() {
    Payload padding = payload(Integer.MAX_VALUE, 64);
    for (int metadata : new int[] {33, 45, 54, 81}) {
      TokenBuffer token = TokenBuffer.take();
      token.skip(6 + metadata);
      padding.write(Fixtures.session(Map.of("a", "x")), token, 6, PLENTY);
      assertThat(token.size() - 6)
          .as("%s bytes of metadata", metadata)
          .isEqualTo(metadata < 54 ? 64 : metadata < 81 ? 64 : 128);
    }
  }

  @Test
  void refusesOptionsOutOfRange() {
    for (int threshold : new int[] {-1, Integer.MIN_VALUE, 16_385}) {
      assertThatThrownBy(() -> payload(threshold, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(threshold + " bytes")
          .hasMessageContaining("0 to 16384");
    }
    for (int multiple : new int[] {0, -1, Integer.MIN_VALUE, 16_385, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> payload(0, multiple))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(multiple + " bytes")
          .hasMessageContaining("1 to 16384");
    }
  }

  @Test
  void saysWhatItDoes() {
    assertThat(Payload.plain(JsonSerializer.PLAIN)).hasToString("json");
    assertThat(payload(512, 64)).hasToString("json deflated from 512 bytes padded to 64 bytes");
  }
}
