package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTest {
  private static final SessionSnapshot SESSION =
      Fixtures.session(Map.of())
          .withTimes(
              Instant.ofEpochSecond(0x0102030405L), Instant.ofEpochSecond(0x0102030405L + 0x0a0b0c))
          .withMaxIdle(Duration.ofSeconds(0x0d0e0f));

  private static byte[] written(SessionSnapshot session, int keyId) {
    TokenBuffer out = new TokenBuffer();
    int length = Header.write(session, keyId, out);
    assertThat(out.size()).isEqualTo(length);
    return Arrays.copyOf(out.array(), length);
  }

  private static String hex(SessionSnapshot session) {
    return HexFormat.of().formatHex(written(session, 0xfedcba98));
  }

  @Test
  void hasTheFieldsAsTheyAreDrawn() {
    assertThat(hex(SESSION))
        .isEqualTo(
            "01" // version
                + "00" // flags
                + "fedcba98" // key id
                + Fixtures.ID // session id
                + "0102030405" // created
                + "0a0b0c" // refreshed - created
                + "0d0e0f"); // max idle
  }

  @Test
  void aSubjectAddsTwelveBytesAndAFlag() {
    Subject subject = new Subject("0011223344556677", 0x01020304);
    assertThat(hex(SESSION.withSubject(subject)))
        .startsWith("01" + "01" + "fedcba98")
        .endsWith("0d0e0f" + "0011223344556677" + "01020304")
        .hasSize(2 * 45);
  }

  @Test
  void aRememberedSessionHasAFlagAndNoMoreBytes() {
    assertThat(hex(SESSION.withRemembered(true))).startsWith("0104").hasSize(2 * 33);
    Subject subject = new Subject("0011223344556677", -1);
    assertThat(hex(SESSION.withRemembered(true).withSubject(subject)))
        .startsWith("0105")
        .endsWith("ffffffff");
  }

  @Test
  void payloadOfASignedTokenBeginsAtAWholeBase64Character() {
    assertThat(written(SESSION, 1)).hasSize(Header.MIN_LENGTH);
    assertThat(Header.MIN_LENGTH % 3).isZero();
    assertThat(written(SESSION.withSubject(Subject.of("zoé", 0)), 1).length % 3).isZero();
  }

  @Test
  void readsWhatItWrote() {
    for (Subject subject : new Subject[] {null, Subject.of("zoé", 7), Subject.of("x", -1)}) {
      for (boolean remembered : new boolean[] {false, true}) {
        SessionSnapshot session = SESSION.withSubject(subject).withRemembered(remembered);
        SessionSnapshot back = Header.read(written(session, 5), SessionSnapshot.of(Map.of("a", 1)));
        assertThat(back)
            .usingRecursiveComparison()
            .isEqualTo(
                Fixtures.session(Map.of("a", 1))
                    .withTimes(session.created(), session.refreshed())
                    .withMaxIdle(session.maxIdle())
                    .withSubject(subject)
                    .withRemembered(remembered));
      }
    }
  }

  @Test
  void readsTheKeyId() {
    assertThat(Header.keyId(written(SESSION, 0xfedcba98))).isEqualTo(0xfedcba98);
    assertThat(Header.keyId(written(SESSION, 0))).isZero();
    assertThat(Header.keyId(written(SESSION, -1))).isEqualTo(-1);
  }

  @Test
  void knowsOneVersionAndFourFlags() {
    for (int version = 0; version < 256; version++) {
      for (int flags = 0; flags < 256; flags++) {
        byte[] token = new byte[100];
        token[0] = (byte) version;
        token[1] = (byte) flags;
        int expected = version != 1 || (flags & ~15) != 0 ? -1 : (flags & 1) != 0 ? 45 : 33;
        assertThat(Header.length(token))
            .as("version %s flags %s", version, flags)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void dropsFractionsOfSeconds() {
    Instant created = Fixtures.NOON.plusNanos(999_999_999);
    SessionSnapshot back =
        Header.read(written(SESSION.withTimes(created, created), 1), SessionSnapshot.of(Map.of()));
    assertThat(back.created()).isEqualTo(Fixtures.NOON);
    assertThat(back.refreshed()).isEqualTo(Fixtures.NOON);
  }

  @Test
  void fieldsReachTheirLargestValues() {
    Instant created = Instant.ofEpochSecond((1L << 40) - 1);
    Instant refreshed = created.plusSeconds((1L << 24) - 1);
    SessionSnapshot extreme =
        SESSION.withTimes(created, refreshed).withMaxIdle(Duration.ofSeconds((1L << 24) - 1));
    assertThat(hex(extreme)).endsWith("ff".repeat(11));
    SessionSnapshot back = Header.read(written(extreme, 1), SessionSnapshot.of(Map.of()));
    assertThat(back.created()).isEqualTo(created);
    assertThat(back.refreshed()).isEqualTo(refreshed);
    assertThat(back.maxIdle()).isEqualTo(Duration.ofSeconds((1L << 24) - 1));
    SessionSnapshot least = SESSION.withTimes(Instant.EPOCH, Instant.EPOCH);
    assertThat(hex(least.withMaxIdle(Duration.ZERO))).endsWith("00".repeat(11));
  }

  @Test
  void refusesTimesThatDoNotFit() {
    Instant created = Instant.ofEpochSecond(1L << 40);
    assertRefused(SESSION.withTimes(created, created), "created");
    assertRefused(SESSION.withTimes(Instant.ofEpochSecond(-1), Fixtures.NOON), "created");
    Instant noon = Fixtures.NOON;
    assertRefused(SESSION.withTimes(noon, noon.minusSeconds(1)), "refreshed - created");
    assertRefused(SESSION.withTimes(noon, noon.plusSeconds(1L << 24)), "refreshed - created");
    assertRefused(SESSION.withTimes(Instant.MAX, Instant.MAX), "created");
    assertRefused(SESSION.withMaxIdle(Duration.ofSeconds(1L << 24)), "max idle");
    assertRefused(SESSION.withMaxIdle(Duration.ofSeconds(-1)), "max idle");
    assertRefused(SESSION.withMaxIdle(Duration.ofSeconds(Long.MAX_VALUE)), "max idle");
  }

  @Test
  void neverSealsAShortIdleTimeoutAsNoTimeout() { // fail closed; 0 in the header means never
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
    assertRefused(bare, "SessionSnapshot.withTimes");
    assertRefused(bare.withTimes(noon, noon), "SessionSnapshot.withMaxIdle");
    assertRefused(bare.withTimes(noon, noon).withMaxIdle(Duration.ZERO), "SessionSnapshot.withId");
  }

  private static void assertRefused(SessionSnapshot session, String message) {
    assertThatThrownBy(() -> Header.write(session, 1, new TokenBuffer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
