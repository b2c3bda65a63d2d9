package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.JsonSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Version2Test {
  private static final Version2 VERSION = new Version2();
  private static final Payload JSON = Payload.plain(JsonSerializer.PLAIN);
  private static final Instant CREATED = Instant.ofEpochMilli(0x010203040506L);
  private static final SessionSnapshot SESSION =
      Fixtures.session(Map.of())
          .withTimes(CREATED, CREATED.plusMillis(0x0003040506L))
          .withMaxIdle(Duration.ofSeconds(0x00080910));

  /** Prefix, metadata and the empty session's payload, in a form. */
  private static byte[] written(SessionSnapshot session, boolean encrypted) {
    TokenBuffer out = TokenBuffer.take();
    VERSION.writePrefix(encrypted, 0xfedcba98, out);
    VERSION.write(session, JSON, out, 3000);
    return Arrays.copyOf(out.array(), out.size());
  }

  private static String hex(SessionSnapshot session) {
    return HexFormat.of().formatHex(written(session, false));
  }

  private static SessionSnapshot read(byte[] token, boolean encrypted) throws Exception {
    return VERSION.read(encrypted, token, 6, token.length, JSON);
  }

  @Test
  void hasTheFieldsAsTheyAreDrawn() {
    assertThat(hex(SESSION))
        .isEqualTo(
            "02" // version
                + "00" // form
                + "fedcba98" // key id
                + "0000" // flags
                + Fixtures.ID // session id
                + "010203040506" // created
                + "0003040506" // refreshed - created
                + "00080910" // max idle
                + "7b7d"); // {}
    assertThat(HexFormat.of().formatHex(written(SESSION, true))).startsWith("0201fedcba98");
  }

  @Test
  void aSubjectAddsTwelveBytesAndAFlag() {
    Subject subject = new Subject("0011223344556677", 0x01020304);
    assertThat(hex(SESSION.withSubject(subject)))
        .startsWith("0200fedcba98" + "0001")
        .endsWith("00080910" + "0011223344556677" + "01020304" + "7b7d")
        .hasSize(2 * (51 + 2));
  }

  @Test
  void eachKeyAddsNineBytesInAscendingOrder() {
    ApplicationKey large = new ApplicationKey("ff0102030405060708");
    ApplicationKey small = new ApplicationKey("7f0102030405060708");
    assertThat(hex(SESSION.withKeys(List.of(large, small, large))))
        .startsWith("0200fedcba98" + "0200")
        .endsWith("00080910" + "7f0102030405060708" + "ff0102030405060708" + "7b7d")
        .hasSize(2 * (57 + 2));
  }

  @Test
  void rememberedAndSharedAreFlagsWithoutMoreBytes() {
    assertThat(hex(SESSION.withRemembered(true))).startsWith("0200fedcba98" + "0004").hasSize(82);
    assertThat(hex(SESSION.withShared(true))).startsWith("0200fedcba98" + "0010").hasSize(82);
  }

  @Test
  void payloadOfASignedTokenBeginsAtAWholeGroupOfBase64Characters() {
    for (Subject subject : new Subject[] {null, Subject.of("zoé", 0)}) {
      for (int keys = 0; keys <= 4; keys++) {
        SessionSnapshot session = SESSION.withSubject(subject).withKeys(keys(keys));
        assertThat((written(session, false).length - 2) % 3).isZero();
      }
    }
  }

  private static List<ApplicationKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> ApplicationKey.of("key " + i)).toList();
  }

  @Test
  void readsWhatItWroteInEveryCombination() throws Exception {
    for (Subject subject : new Subject[] {null, Subject.of("zoé", 7), Subject.of("x", -1)}) {
      for (int keys = 0; keys <= 4; keys++) {
        for (int bits = 0; bits < 8; bits++) {
          boolean encrypted = (bits & 1) != 0;
          SessionSnapshot session =
              SESSION
                  .withSubject(subject)
                  .withKeys(keys(keys))
                  .withRemembered((bits & 2) != 0)
                  .withShared((bits & 4) != 0);
          byte[] token = written(session, encrypted);
          SessionSnapshot back = read(token, encrypted);
          assertThat(back.id()).isEqualTo(session.id());
          assertThat(back.created()).isEqualTo(session.created());
          assertThat(back.refreshed()).isEqualTo(session.refreshed());
          assertThat(back.maxIdle()).isEqualTo(session.maxIdle());
          assertThat(back.subject()).isEqualTo(subject);
          assertThat(back.keys()).isEqualTo(session.keys());
          assertThat(back.remembered()).isEqualTo(session.remembered());
          assertThat(back.shared()).isEqualTo(session.shared());
          assertThat(written(back, encrypted)).as("one text per token").isEqualTo(token);
        }
      }
    }
  }

  @Test
  void knowsOneVersionAndTwoForms() {
    for (int version = 0; version < 256; version++) {
      byte[] token = {(byte) version, 0};
      assertThat(TokenVersion.of(token))
          .as("%s", version)
          .isEqualTo(version == 2 ? TokenVersion.WRITTEN : null);
    }
    for (int form = 0; form < 256; form++) {
      byte[] token = {2, (byte) form};
      assertThat(VERSION.hasForm(false, token)).as("signed %s", form).isEqualTo(form == 0);
      assertThat(VERSION.hasForm(true, token)).as("encrypted %s", form).isEqualTo(form == 1);
    }
  }

  @Test
  void everyFlagThatHasNoMeaningIsUnknown() throws Exception {
    for (int flags = 0; flags < 0x10000; flags++) {
      boolean known = (flags & ~0x071f) == 0 && (flags & 0x0700) <= 0x0400;
      assertThat(Version2.isKnown(flags, true)).as("%04x", flags).isEqualTo(known);
      assertThat(Version2.isKnown(flags, false))
          .as("%04x", flags)
          .isEqualTo(known && (flags & 8) == 0);
    }
    byte[] token = written(SESSION, false);
    token[6] = 0x08;
    assertThat(read(token, false)).isNull();
    token[6] = 0;
    token[7] = 0x08;
    assertThat(read(token, false)).as("padded and signed").isNull();
    token[7] = 0x20;
    assertThat(read(token, true)).isNull();
  }

  @Test
  void refusesKeysOutOfOrderOrTwice() throws Exception {
    SessionSnapshot session = SESSION.withKeys(keys(3));
    byte[] token = written(session, false);
    assertThat(read(token, false).keys()).hasSize(3);
    byte[] swapped = token.clone();
    System.arraycopy(token, 39, swapped, 48, 9);
    System.arraycopy(token, 48, swapped, 39, 9);
    assertThatThrownBy(() -> read(swapped, false)).isInstanceOf(DataFormatException.class);
    byte[] twice = token.clone();
    System.arraycopy(token, 39, twice, 48, 9);
    assertThatThrownBy(() -> read(twice, false)).isInstanceOf(DataFormatException.class);
  }

  @Test
  void refusesMetadataThatIsCutShort() {
    byte[] token = written(SESSION.withKeys(keys(4)).withSubject(Subject.of("zoé", 1)), false);
    for (int length = 39; length < 6 + 33 + 12 + 36; length++) {
      int end = length;
      assertThatThrownBy(() -> VERSION.read(false, token, 6, end, JSON))
          .isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void dropsFractionsOfMilliseconds() throws Exception {
    Instant created = Fixtures.NOON.plusNanos(999_999_999);
    SessionSnapshot back = read(written(SESSION.withTimes(created, created), false), false);
    assertThat(back.created()).isEqualTo(Fixtures.NOON.plusMillis(999));
    assertThat(back.refreshed()).isEqualTo(Fixtures.NOON.plusMillis(999));
  }

  @Test
  void fieldsReachTheirLargestValues() throws Exception {
    Instant created = Instant.ofEpochMilli((1L << 48) - 1);
    Duration longest = Duration.ofDays(400);
    SessionSnapshot extreme =
        SESSION.withTimes(created, created.plus(longest)).withMaxIdle(longest);
    SessionSnapshot back = read(written(extreme, false), false);
    assertThat(back.created()).isEqualTo(created);
    assertThat(back.refreshed()).isEqualTo(created.plus(longest));
    assertThat(back.maxIdle()).isEqualTo(longest);
    byte[] token = written(SESSION, false);
    Arrays.fill(token, 24, 39, (byte) 0xff);
    SessionSnapshot most = read(token, false);
    assertThat(most.created()).isEqualTo(created);
    assertThat(most.refreshed()).isEqualTo(created.plusMillis((1L << 40) - 1));
    assertThat(most.maxIdle()).isEqualTo(Duration.ofSeconds((1L << 32) - 1));
  }

  @Test
  void refusesTimesThatDoNotFit() {
    Instant created = Instant.ofEpochMilli(1L << 48);
    assertRefused(SESSION.withTimes(created, created), "created");
    assertRefused(SESSION.withTimes(Instant.ofEpochMilli(-1), Fixtures.NOON), "created");
    Instant noon = Fixtures.NOON;
    assertRefused(SESSION.withTimes(noon, noon.minusMillis(1)), "refreshed - created");
    Instant late = noon.plus(Duration.ofDays(400)).plusMillis(1);
    assertRefused(SESSION.withTimes(noon, late), "refreshed - created");
    assertRefused(SESSION.withMaxIdle(Duration.ofDays(400).plusSeconds(1)), "max idle");
    assertRefused(SESSION.withMaxIdle(Duration.ofSeconds(-1)), "max idle");
    assertRefused(SESSION.withMaxIdle(Duration.ofSeconds(Long.MAX_VALUE)), "max idle");
  }

  @Test
  void neverSealsAShortIdleTimeoutAsNoTimeout() { // fail closed; 0 in the metadata means never
    assertRefused(SESSION.withMaxIdle(Duration.ofMillis(500)), "max idle");
    assertRefused(SESSION.withMaxIdle(Duration.ofNanos(1)), "max idle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "000102030405060708090a0b0c0d0e0",
        "000102030405060708090a0b0c0d0e0f0",
        "000102030405060708090A0B0C0D0E0F",
        "g00102030405060708090a0b0c0d0e0f",
        "00010203-0405-0607-0809-0a0b0c0d"
      })
  void refusesIdsOfAnotherForm(String id) {
    assertRefused(SESSION.withId(id), "32 lower-case hex digits");
  }

  @Test
  void refusesAPictureWithoutIdOrTimesOrIdleTimeout() {
    SessionSnapshot bare = SessionSnapshot.of(Map.of());
    Instant noon = Fixtures.NOON;
    assertRefused(bare, "SessionSnapshot.withId");
    assertRefused(bare.withId(Fixtures.ID), "SessionSnapshot.withTimes");
    assertRefused(bare.withId(Fixtures.ID).withTimes(noon, noon), "SessionSnapshot.withMaxIdle");
  }

  private static void assertRefused(SessionSnapshot session, String message) {
    assertThatThrownBy(() -> VERSION.write(session, JSON, TokenBuffer.take(), 3000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
