package dev.madeleine;

import static dev.madeleine.Fixtures.KEY;
import static dev.madeleine.Fixtures.NOON;
import static dev.madeleine.Fixtures.OLD_KEY;
import static dev.madeleine.Fixtures.RING;
import static dev.madeleine.Fixtures.STRANGE_KEY;
import static dev.madeleine.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.internal.Sha256;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NativeEncoderTest {
  private static final String NAME = "__Host-session";
  private static final NativeEncoder ENCODER = encoder(RING);
  private static final byte[] SUBKEY = Tokens.subkey(Fixtures.secret("one"), "session", NAME, "");
  private static final SessionSnapshot SESSION =
      Fixtures.session(Map.of("user", "zoé")).withTimes(NOON, NOON.plusSeconds(90));
  private static final String TOKEN = ENCODER.encode(SESSION);

  private static NativeEncoder encoder(KeyRing keys) {
    return NativeEncoder.signed(() -> keys, "session").withName(NAME);
  }

  @Test
  void keepsItsDerivedKeysWhenNothingIsOther() { // other cookie options, in every response
    assertThat(ENCODER.withName(NAME)).isSameAs(ENCODER);
    assertThat(ENCODER.withLimit(4096)).isSameAs(ENCODER);
  }

  private static RejectionReason reason(String text) {
    return reason(ENCODER, text);
  }

  private static RejectionReason reason(SessionEncoder encoder, String text) {
    Decoded decoded = encoder.decode(text);
    assertThat(decoded).isInstanceOf(Rejected.class);
    return ((Rejected) decoded).reason();
  }

  private static SessionSnapshot read(SessionEncoder encoder, String text) {
    Decoded decoded = encoder.decode(text);
    assertThat(decoded).isInstanceOf(Accepted.class);
    return ((Accepted) decoded).snapshot();
  }

  // ---- the wire ----

  @Test
  void writesHeaderPayloadAndTagInOneBase64Text() {
    byte[] header = Tokens.header(NOON, NOON.plusSeconds(90), Duration.ofMinutes(30));
    assertThat(TOKEN).isEqualTo(Tokens.sealed(NAME, header, utf8("{\"user\":\"zoé\"}")));
    assertThat(Tokens.bytes(TOKEN)).hasSize(39 + "{\"user\":\"zoe\"}".length() + 1 + 32);
  }

  @Test
  void everyHeaderByteStandsWhereItIsDrawn() {
    byte[] token = Tokens.bytes(TOKEN);
    HexFormat hex = HexFormat.of();
    assertThat(token[0]).isEqualTo((byte) 2);
    assertThat(token[1]).isZero();
    assertThat(hex.formatHex(token, 2, 6)).isEqualTo(KEY.id());
    assertThat(hex.formatHex(token, 6, 8)).isEqualTo("0000");
    assertThat(hex.formatHex(token, 8, 24)).isEqualTo(Fixtures.ID);
    assertThat(Long.parseLong(hex.formatHex(token, 24, 30), 16)).isEqualTo(NOON.toEpochMilli());
    assertThat(Integer.parseInt(hex.formatHex(token, 30, 35), 16)).isEqualTo(90_000);
    assertThat(Integer.parseInt(hex.formatHex(token, 35, 39), 16)).isEqualTo(1800);
  }

  @Test
  void showsTheJsonFromCharacter52On() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      String json = "{\"text\":\"" + "x".repeat(i) + "\"}";
      attributes.put("text", "x".repeat(i));
      byte[] rest = Tokens.bytes(ENCODER.encode(Fixtures.session(attributes)).substring(52));
      assertThat(new String(Tokens.body(rest), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(json);
    }
  }

  @Test
  void showsTheJsonFromCharacter68OnWhenThereIsASubject() {
    String token = ENCODER.encode(SESSION.withSubject(Subject.of("zoé", 0)));
    byte[] rest = Tokens.bytes(token.substring(68));
    assertThat(Tokens.body(rest)).isEqualTo(utf8("{\"user\":\"zoé\"}"));
  }

  @Test
  void costs71BytesAndSubject12More() {
    assertThat(Tokens.bytes(ENCODER.encode(Fixtures.session(Map.of())))).hasSize(71 + 2);
    assertThat(
            Tokens.bytes(
                ENCODER.encode(Fixtures.session(Map.of()).withSubject(Subject.of("a", 1)))))
        .hasSize(71 + 12 + 2);
    assertThat(Tokens.bytes(ENCODER.encode(Fixtures.session(Map.of()).withRemembered(true))))
        .hasSize(71 + 2);
  }

  /**
   * Stored vectors, made by an independent implementation (Python's hmac and hashlib). The secret
   * is SHA-256 of {@code madeleine stored vector}.
   */
  private static final MasterKey VECTOR_KEY =
      MasterKey.parse("base64:bjcarb15H1mrEURITUVRm9KipwaC347ZqkPERBtTjqw=");

  private static final String VECTOR =
      "AgAkrXkCAAAAAQIDBAUGBwgJCgsMDQ4PAZcrXO4AAAABX5AAAAcIeyJ1c2VyIjoiem_DqSIsInZpZXdzIjo3LCJzaW"
          + "5jZSI6eyJ-aW5zdGFudCI6IjIwMjUtMDYtMDFUMTI6MDA6MDBaIn19WXINGs_VzCJjFjJDteMjGR_7ZaKD_TxTbm-97HTpm3E";

  private static final String VECTOR_WITH_SUBJECT =
      "AgAkrXkCAAUAAQIDBAUGBwgJCgsMDQ4PAZcrXO4AAAABX5AAAAcIAqSEQr3lv6MAAAADe326oX2kud3gKkCT0w9B8v"
          + "kZLCZOYSGzfHY2u81WeD7WrQ";

  @Test
  void writesTheStoredVectors() {
    NativeEncoder encoder = encoder(KeyRing.signingWith(VECTOR_KEY));
    assertThat(VECTOR_KEY.id()).isEqualTo("24ad7902");
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "zoé");
    attributes.put("views", 7);
    attributes.put("since", NOON);
    SessionSnapshot session = Fixtures.session(attributes).withTimes(NOON, NOON.plusSeconds(90));
    assertThat(encoder.encode(session)).isEqualTo(VECTOR);
    SessionSnapshot loggedIn =
        Fixtures.session(Map.of())
            .withTimes(NOON, NOON.plusSeconds(90))
            .withSubject(Subject.of("zoé", 3))
            .withRemembered(true);
    assertThat(encoder.encode(loggedIn)).isEqualTo(VECTOR_WITH_SUBJECT);
  }

  @Test
  void readsTheStoredVectors() {
    NativeEncoder encoder = encoder(KeyRing.signingWith(VECTOR_KEY));
    SessionSnapshot session = read(encoder, VECTOR);
    assertThat(session.attributes()).isEqualTo(Map.of("user", "zoé", "views", 7, "since", NOON));
    assertThat(session.id()).isEqualTo(Fixtures.ID);
    assertThat(session.created()).isEqualTo(NOON);
    assertThat(session.refreshed()).isEqualTo(NOON.plusSeconds(90));
    assertThat(session.maxIdle()).isEqualTo(Duration.ofMinutes(30));
    assertThat(session.subject()).isNull();
    assertThat(session.remembered()).isFalse();
    SessionSnapshot loggedIn = read(encoder, VECTOR_WITH_SUBJECT);
    assertThat(loggedIn.subject()).isEqualTo(Subject.of("zoé", 3));
    assertThat(loggedIn.remembered()).isTrue();
    assertThat(loggedIn.attributes()).isEmpty();
  }

  @Test
  void writesOneTextForOneSession() {
    assertThat(ENCODER.encode(SESSION)).isEqualTo(TOKEN);
    assertThat(encoder(KeyRing.signingWith(Fixtures.key("one"))).encode(SESSION)).isEqualTo(TOKEN);
  }

  @Test
  void attributesNamedLikeMetadataAreOnlyAttributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name :
        List.of(
            "exp",
            "iat",
            "sid",
            "id",
            "created",
            "__proto__",
            "constructor",
            "v",
            "alg",
            "\0user",
            "")) {
      attributes.put(name, "9999999999");
    }
    SessionSnapshot back = read(ENCODER, ENCODER.encode(Fixtures.session(attributes)));
    assertThat(back.attributes()).isEqualTo(attributes);
    assertThat(back.created()).isEqualTo(NOON);
    assertThat(back.id()).isEqualTo(Fixtures.ID);
  }

  // ---- forgeries ----

  @Test
  void rejectsEverySingleBitFlipWithTheReasonOfItsField() {
    for (SessionSnapshot session :
        List.of(SESSION, SESSION.withSubject(Subject.of("zoé", 1)).withRemembered(true))) {
      byte[] token = Tokens.bytes(ENCODER.encode(session));
      for (int bit = 0; bit < 8 * token.length; bit++) {
        byte[] changed = token.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        RejectionReason expected =
            bit < 16 // version and form
                ? RejectionReason.UNKNOWN_VERSION
                : bit / 8 >= 2 && bit / 8 < 6
                    ? RejectionReason.UNKNOWN_KEY
                    : RejectionReason.BAD_SEAL;
        assertThat(reason(Tokens.text(changed))).as("bit %s", bit).isEqualTo(expected);
      }
    }
  }

  @Test
  void rejectsEveryTruncationAndExtensionInBytes() {
    byte[] token = Tokens.bytes(TOKEN);
    for (int length = 1; length < token.length; length++) {
      RejectionReason expected = length < 71 ? RejectionReason.MALFORMED : RejectionReason.BAD_SEAL;
      assertThat(reason(Tokens.text(Arrays.copyOf(token, length)))).isEqualTo(expected);
    }
    for (int length = token.length + 1; length < 3072; length += 7) {
      assertThat(reason(Tokens.text(Arrays.copyOf(token, length))))
          .isEqualTo(RejectionReason.BAD_SEAL);
    }
  }

  @Test
  void rejectsTagsThatAnyoneCouldMake() {
    byte[] body = Tokens.body(Tokens.bytes(TOKEN));
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("zero", new byte[32]);
    tags.put("0xff", ones);
    tags.put("SHA-256 of the body", Sha256.of(body));
    tags.put("SHA-256 of nothing", Sha256.of(new byte[0]));
    tags.put("MAC of the empty message", Tokens.mac(SUBKEY, new byte[0]));
    tags.put(
        "MAC of the payload alone", Tokens.mac(SUBKEY, Arrays.copyOfRange(body, 39, body.length)));
    tags.put("MAC of the header alone", Tokens.mac(SUBKEY, Arrays.copyOf(body, 39)));
    tags.put("MAC with a key of zeros", Tokens.mac(new byte[32], body));
    tags.put("MAC with the key id", Tokens.mac(Arrays.copyOfRange(body, 2, 6), body));
    tags.put("MAC with the master secret", Tokens.mac(Fixtures.secret("one"), body));
    tags.put("MAC with the salt", Tokens.mac(utf8("madeleine/v1"), body));
    tags.put(
        "MAC with the extracted key",
        Tokens.mac(Tokens.mac(utf8("madeleine/v1"), Fixtures.secret("one")), body));
    tags.put("guess", Sha256.of(Tokens.concat(utf8("keyboard cat"), body)));
    tags.put("the tag of another token", tagOf(ENCODER.encode(Fixtures.session(Map.of()))));
    byte[] almost = Tokens.mac(SUBKEY, body);
    almost[31] ^= 1;
    tags.put("all but the last bit", almost);
    tags.forEach(
        (name, tag) ->
            assertThat(reason(Tokens.text(Tokens.concat(body, tag))))
                .as(name)
                .isEqualTo(RejectionReason.BAD_SEAL));
    assertThat(Tokens.text(Tokens.concat(body, Tokens.mac(SUBKEY, body)))).isEqualTo(TOKEN);
  }

  private static byte[] tagOf(String token) {
    byte[] bytes = Tokens.bytes(token);
    return Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
  }

  @Test
  void rejectsTokenMovedToAnotherCookieName() {
    for (String other :
        List.of("session", "__Host-session2", "__Host-sessio", "__host-session", "")) {
      assertThat(reason(ENCODER.withName(other), TOKEN))
          .as(other)
          .isEqualTo(RejectionReason.BAD_SEAL);
    }
    assertThat(ENCODER.withName("x").withName(NAME).valid(TOKEN)).isTrue();
  }

  @Test
  void rejectsTokenOfAnotherPurpose() { // CVE-2023-48309
    for (String other : List.of("csrf", "Session", "session ", "")) {
      NativeEncoder encoder = NativeEncoder.signed(() -> RING, other).withName(NAME);
      assertThat(reason(encoder, TOKEN)).as(other).isEqualTo(RejectionReason.BAD_SEAL);
      assertThat(reason(encoder.encode(SESSION))).as(other).isEqualTo(RejectionReason.BAD_SEAL);
    }
  }

  @Test
  void rejectsTokenOfAnotherApplication() {
    NativeEncoder shop = ENCODER.withAudience("shop");
    NativeEncoder forum = ENCODER.withAudience("forum");
    assertThat(shop.valid(shop.encode(SESSION))).isTrue();
    assertThat(reason(forum, shop.encode(SESSION))).isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(reason(shop.encode(SESSION))).isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(reason(shop, TOKEN)).isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void rejectsTokenWhosePartsOfUseWereShifted() {
    String token =
        NativeEncoder.signed(() -> RING, "session")
            .withName("ab")
            .withAudience("c")
            .encode(SESSION);
    assertThat(
            reason(
                NativeEncoder.signed(() -> RING, "session").withName("a").withAudience("bc"),
                token))
        .isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(
            reason(
                NativeEncoder.signed(() -> RING, "sessiona").withName("b").withAudience("c"),
                token))
        .isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(
            reason(
                NativeEncoder.signed(() -> RING, "session").withName("").withAudience("abc"),
                token))
        .isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void rejectsTokenOfAnotherSerializer() {
    NativeEncoder other = ENCODER.withSerializer(new Raw("json2", utf8("{}")));
    assertThat(reason(other.encode(SESSION))).isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(reason(other, TOKEN)).isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(ENCODER.valid(ENCODER.withSerializer(new Raw("json", utf8("{}"))).encode(SESSION)))
        .isTrue();
  }

  @Test
  void rejectsTokenOfAnotherAlgorithm() {
    Sealer renamed = new Renamed("HMAC-SHA-512");
    NativeEncoder other = NativeEncoder.sealed(() -> RING, "session", renamed).withName(NAME);
    assertThat(reason(other.encode(SESSION))).isEqualTo(RejectionReason.BAD_SEAL);
    assertThat(reason(other, TOKEN)).isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void bindingMakesAnotherEncoderAndKeepsTheRest() {
    NativeEncoder other =
        ENCODER.withAudience("shop").withName("a").withSerializer(new Raw("raw", new byte[0]));
    assertThat(other.serializer().name()).isEqualTo("raw");
    assertThat(other).hasToString(other.toString()).isNotSameAs(ENCODER);
    assertThat(ENCODER.serializer()).isSameAs(JsonSerializer.PLAIN);
    assertThat(ENCODER.encode(SESSION)).isEqualTo(TOKEN);
    byte[] subkey =
        Tokens.subkey(Fixtures.secret("one"), "HMAC-SHA-256", "raw", "session", "a", "shop");
    byte[] header = Tokens.header(NOON, NOON.plusSeconds(90), Duration.ofMinutes(30));
    assertThat(other.encode(SESSION)).isEqualTo(Tokens.sealed(subkey, header, new byte[0]));
  }

  // ---- versions and flags ----

  @Test
  void rejectsEveryUnknownVersionFormAndFlagEvenWhenProperlySealed() {
    for (int version = 0; version < 256; version++) {
      for (int flags : new int[] {0, 1, 2, 4, 8, 0x10, 0x20, 0x80, 0x500, 0x700, 0x800, 0x8000}) {
        boolean unknown = version != 2 || (flags & ~0x717) != 0 || (flags & 0x700) > 0x400;
        if (unknown) {
          byte[] header = Tokens.header(version, flags, NOON.getEpochSecond(), 0, 1800);
          String token = Tokens.sealed(NAME, header, utf8("{}            "));
          assertThat(reason(token))
              .as("%s, %s", version, flags)
              .isEqualTo(RejectionReason.UNKNOWN_VERSION);
        }
      }
    }
    for (int form = 1; form < 256; form++) {
      byte[] header = Tokens.header(2, 0, NOON.getEpochSecond(), 0, 1800);
      header[1] = (byte) form;
      assertThat(reason(Tokens.sealed(NAME, header, utf8("{}            "))))
          .isEqualTo(RejectionReason.UNKNOWN_VERSION);
    }
    byte[] header = Tokens.header(2, 0, NOON.getEpochSecond(), 0, 1800);
    assertThat(ENCODER.valid(Tokens.sealed(NAME, header, utf8("{}            ")))).isTrue();
  }

  @Test
  void readsNothingOfVersion1() {
    String old =
        "AQBoI05wABEiM0RVZneImaq7zN3u_wBlU_EAAAA8AAcIeyJ1c2VyIjoibWFyY2VsIiwidmlld3MiOjF94io2er8MTnYC5ihz5KydM1SbzotEPcR03bF6mlL9G-0";
    assertThat(reason(old)).isEqualTo(RejectionReason.UNKNOWN_VERSION);
  }

  @Test
  void rejectsASubjectFlagWithoutABodyForASubject() { // properly sealed
    byte[] header = Tokens.header(2, 1, NOON.getEpochSecond(), 0, 1800);
    for (int payload = 0; payload <= 12; payload++) {
      assertThat(reason(Tokens.sealed(NAME, header, new byte[payload])))
          .isEqualTo(RejectionReason.BAD_PAYLOAD);
    }
  }

  @Test
  void rejectsAnEmptyPayloadThatIsProperlySealed() {
    byte[] header = Tokens.header(2, 0, NOON.getEpochSecond(), 0, 1800);
    assertThat(reason(Tokens.sealed(NAME, header, new byte[0])))
        .isEqualTo(RejectionReason.BAD_PAYLOAD);
  }

  // ---- keys ----

  @Test
  void tellsTheKeyIdThatARejectedTokenNames() {
    String strange = encoder(KeyRing.signingWith(STRANGE_KEY)).encode(SESSION);
    assertThat(ENCODER.decode(strange))
        .isEqualTo(new Rejected(RejectionReason.UNKNOWN_KEY, STRANGE_KEY.id()));
    String moved = ENCODER.withName("x").encode(SESSION);
    assertThat(ENCODER.decode(moved)).isEqualTo(new Rejected(RejectionReason.BAD_SEAL, KEY.id()));
    byte[] header = Tokens.header(2, 0, NOON.getEpochSecond(), 0, 1800);
    assertThat(ENCODER.decode(Tokens.sealed(NAME, header, utf8("[]"))))
        .isEqualTo(new Rejected(RejectionReason.BAD_PAYLOAD, KEY.id()));
    assertThat(ENCODER.decode("AAAA")).isEqualTo(new Rejected(RejectionReason.MALFORMED, null));
  }

  @Test
  void rejectsATokenThatNamesALiveKeyButWasSealedByAnother() {
    byte[] body = Tokens.body(Tokens.bytes(TOKEN));
    byte[] strange = Tokens.subkey(Fixtures.secret("three"), "session", NAME, "");
    assertThat(reason(Tokens.text(Tokens.concat(body, Tokens.mac(strange, body)))))
        .isEqualTo(RejectionReason.BAD_SEAL);
    // And with a ring of both keys: the id decides, the other key is not tried.
    NativeEncoder both = encoder(KeyRing.signingWith(STRANGE_KEY).alsoAccepting(KEY));
    assertThat(reason(both, Tokens.text(Tokens.concat(body, Tokens.mac(strange, body)))))
        .isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void aTokenByAnOldKeyIsAcceptedAndSaysSo() {
    NativeEncoder rotated = encoder(KeyRing.signingWith(OLD_KEY).alsoAccepting(STRANGE_KEY, KEY));
    Decoded decoded = rotated.decode(TOKEN);
    assertThat(decoded).isInstanceOf(Accepted.class);
    assertThat(((Accepted) decoded).byOldKey()).isTrue();
    assertThat(((Accepted) decoded).snapshot().attributes()).isEqualTo(SESSION.attributes());
    Decoded own = rotated.decode(rotated.encode(SESSION));
    assertThat(((Accepted) own).byOldKey()).isFalse();
  }

  @Test
  void tellsARevokedKeyFromAnUnknownOne() {
    KeyRing other = KeyRing.signingWith(OLD_KEY);
    assertThat(encoder(other.revoking(KEY.id())).decode(TOKEN))
        .isEqualTo(new Rejected(RejectionReason.REVOKED_KEY, KEY.id()));
    assertThat(encoder(other.revoking(STRANGE_KEY.id())).decode(TOKEN))
        .isEqualTo(new Rejected(RejectionReason.UNKNOWN_KEY, KEY.id()));
  }

  @Test
  void tellsAKeyOfWhichNoSessionShouldBeLeft() {
    KeyRing ring = KeyRing.signingWith(OLD_KEY).alsoAccepting(STRANGE_KEY);
    Accepted late = (Accepted) encoder(ring.alsoAcceptingLate(KEY)).decode(TOKEN);
    assertThat(late.late()).isTrue();
    assertThat(late.byOldKey()).isTrue();
    Accepted inTime = (Accepted) encoder(ring.alsoAccepting(KEY)).decode(TOKEN);
    assertThat(inTime.late()).isFalse();
  }

  @Test
  void takesANewRingFromTheSupplierAtOnce() {
    AtomicReference<KeyRing> ring = new AtomicReference<>(RING);
    NativeEncoder encoder = NativeEncoder.signed(ring::get, "session").withName(NAME);
    assertThat(encoder.valid(TOKEN)).isTrue();
    ring.set(KeyRing.signingWith(OLD_KEY).alsoAccepting(KEY));
    assertThat(((Accepted) encoder.decode(TOKEN)).byOldKey()).isTrue();
    String renewed = encoder.encode(SESSION);
    assertThat(HexFormat.of().formatHex(Tokens.bytes(renewed), 2, 6)).isEqualTo(OLD_KEY.id());
    ring.set(KeyRing.signingWith(OLD_KEY));
    assertThat(reason(encoder, TOKEN)).isEqualTo(RejectionReason.UNKNOWN_KEY);
    assertThat(encoder.valid(renewed)).isTrue();
    ring.set(RING);
    assertThat(encoder.valid(TOKEN)).isTrue();
    assertThat(reason(encoder, renewed)).isEqualTo(RejectionReason.UNKNOWN_KEY);
  }

  @Test
  void derivesKeysWhenARingIsLoadedAndNotPerRequest() {
    AtomicInteger derived = new AtomicInteger();
    Sealer counting =
        new Renamed("HMAC-SHA-256") {
          @Override
          public Keyed keyed(byte[] subkey) {
            derived.incrementAndGet();
            return super.keyed(subkey);
          }
        };
    AtomicReference<KeyRing> ring = new AtomicReference<>(RING.alsoAccepting(OLD_KEY));
    NativeEncoder encoder = NativeEncoder.sealed(ring::get, "session", counting).withName(NAME);
    for (int i = 0; i < 50; i++) {
      assertThat(encoder.valid(encoder.encode(SESSION))).isTrue();
    }
    assertThat(derived).hasValue(2);
    ring.set(KeyRing.signingWith(OLD_KEY));
    for (int i = 0; i < 50; i++) {
      assertThat(encoder.valid(encoder.encode(SESSION))).isTrue();
    }
    assertThat(derived).hasValue(3);
  }

  @Test
  @DisplayName("one encoder, many threads, keys that rotate: nothing is mixed up or lost")
  void losesNothingWhileKeysRotateUnderManyThreads() throws Exception {
    KeyRing first = KeyRing.signingWith(KEY).alsoAccepting(OLD_KEY);
    KeyRing second = KeyRing.signingWith(OLD_KEY).alsoAccepting(KEY);
    AtomicReference<KeyRing> ring = new AtomicReference<>(first);
    NativeEncoder encoder = NativeEncoder.signed(ring::get, "session").withName(NAME);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        work.add(
            () -> {
              int good = 0;
              for (int i = 0; i < 1500; i++) {
                if (number == 0) {
                  ring.set(i % 2 == 0 ? second : first);
                }
                Map<String, Object> mine = Map.of("thread", number, "i", i);
                Decoded decoded = encoder.decode(encoder.encode(Fixtures.session(mine)));
                boolean same =
                    decoded instanceof Accepted accepted
                        && accepted.snapshot().attributes().equals(mine);
                good += same ? 1 : 0;
              }
              return good;
            });
      }
      for (Future<Integer> result : threads.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(1500);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // ---- what comes after the seal ----

  /** A serializer that writes fixed bytes and reads as it is told. */
  private static class Raw implements Serializer {
    private final String name;
    private final byte[] bytes;

    Raw(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
      out.write(bytes);
    }

    @Override
    public LocatedAttributes read(byte[] token, int offset, int length) throws IOException {
      return LocatedAttributes.of(
          Map.of("payload", Arrays.copyOfRange(token, offset, offset + length)));
    }
  }

  /** HMAC-SHA-256 under another name. */
  private static class Renamed implements Sealer {
    private final Sealer hmac = new HmacSha256();
    private final String algorithm;

    Renamed(String algorithm) {
      this.algorithm = algorithm;
    }

    @Override
    public String algorithm() {
      return algorithm;
    }

    @Override
    public boolean encrypts() {
      return hmac.encrypts();
    }

    @Override
    public int nonceLength() {
      return hmac.nonceLength();
    }

    @Override
    public int tagLength() {
      return hmac.tagLength();
    }

    @Override
    public Keyed keyed(byte[] subkey) {
      return hmac.keyed(subkey);
    }
  }

  @Test
  void handsTheSerializerThePayloadAndNothingElse() {
    byte[] payload = utf8("anything at all \0\u00ff");
    NativeEncoder encoder = ENCODER.withSerializer(new Raw("raw", payload));
    for (SessionSnapshot session : List.of(SESSION, SESSION.withSubject(Subject.of("zoé", 1)))) {
      SessionSnapshot back = read(encoder, encoder.encode(session));
      assertThat(back.attributes().get("payload")).isEqualTo(payload);
    }
  }

  @Test
  void aPictureThatOneSerializerReadIsWrittenAnewByAnother() {
    SessionSnapshot read = read(ENCODER, TOKEN);
    byte[] payload = utf8("other bytes");
    NativeEncoder other = ENCODER.withSerializer(new Raw("raw", payload));
    assertThat(read(other, other.encode(read)).attributes().get("payload")).isEqualTo(payload);
    assertThat(ENCODER.encode(read)).isEqualTo(TOKEN);
    NativeEncoder sameName = ENCODER.withSerializer(new Raw("json", utf8("{\"b\":2}")));
    assertThat(read(ENCODER, sameName.encode(read)).attributes()).isEqualTo(Map.of("b", 2));
  }

  @Test
  void rejectsWhateverTheSerializerThrows() {
    for (Exception hostile :
        List.of(
            new IOException("secret value"),
            new IllegalStateException("secret value"),
            new NullPointerException(),
            new ArrayIndexOutOfBoundsException(5),
            new ClassCastException())) {
      Serializer throwing =
          new Raw("json", utf8("{}")) {
            @Override
            public LocatedAttributes read(byte[] token, int offset, int length) throws IOException {
              if (hostile instanceof IOException e) {
                throw e;
              }
              throw (RuntimeException) hostile;
            }
          };
      assertThat(ENCODER.withSerializer(throwing).decode(TOKEN))
          .isEqualTo(new Rejected(RejectionReason.BAD_PAYLOAD, KEY.id()));
    }
  }

  @Test
  void rejectsASerializerThatReadsNothing() {
    Serializer empty =
        new Raw("json", utf8("{}")) {
          @Override
          @SuppressWarnings("NullAway")
          public LocatedAttributes read(byte[] token, int offset, int length) {
            return null;
          }
        };
    assertThat(reason(ENCODER.withSerializer(empty), TOKEN)).isEqualTo(RejectionReason.BAD_PAYLOAD);
  }

  @Test
  void parsesNothingBeforeTheSealIsChecked() {
    AtomicInteger reads = new AtomicInteger();
    Serializer counting =
        new Raw("json", utf8("{}")) {
          @Override
          public LocatedAttributes read(byte[] token, int offset, int length) {
            reads.incrementAndGet();
            return LocatedAttributes.of(Map.of());
          }
        };
    NativeEncoder encoder = ENCODER.withSerializer(counting);
    byte[] token = Tokens.bytes(TOKEN);
    for (int at = 0; at < token.length; at++) {
      byte[] changed = token.clone();
      changed[at] ^= 1;
      assertThat(encoder.valid(Tokens.text(changed))).isFalse();
    }
    assertThat(reads).hasValue(0);
    assertThat(encoder.valid(TOKEN)).isTrue();
    assertThat(reads).hasValue(1);
  }

  // ---- compression and padding ----

  private static final Map<String, Object> REPETITIVE = Map.of("a", "madeleine ".repeat(60));

  @Test
  void compressesOnlyWhenToldTo() {
    byte[] plain = Tokens.bytes(ENCODER.encode(Fixtures.session(REPETITIVE)));
    assertThat(plain).hasSize(71 + 608);
    assertThat(plain[7]).isZero();
    byte[] compressed =
        Tokens.bytes(ENCODER.withCompression().encode(Fixtures.session(REPETITIVE)));
    assertThat(compressed).hasSizeLessThan(71 + 60);
    assertThat(compressed[7]).isEqualTo((byte) 2);
  }

  @Test
  void leavesPayloadsOfLessThan512BytesAlone() {
    NativeEncoder compressing = ENCODER.withCompression();
    for (int length : new int[] {0, 100, 503, 504, 505}) {
      SessionSnapshot session = Fixtures.session(Map.of("a", "x".repeat(length)));
      byte flags = Tokens.bytes(compressing.encode(session))[7];
      assertThat(flags).as("%s", length).isEqualTo((byte) (length + 8 < 512 ? 0 : 2));
      assertThat(compressing.encode(session).equals(ENCODER.encode(session))).isEqualTo(flags == 0);
    }
  }

  @Test
  void everyEncoderReadsEveryForm() { // so that writing can be switched on server by server
    NativeEncoder compressing = ENCODER.withCompression(0);
    SessionSnapshot session = Fixtures.session(REPETITIVE).withSubject(Subject.of("zoé", 1));
    assertThat(read(ENCODER, compressing.encode(session)).attributes()).isEqualTo(REPETITIVE);
    assertThat(read(compressing, ENCODER.encode(session)).attributes()).isEqualTo(REPETITIVE);
    assertThat(read(ENCODER, compressing.encode(session)).subject()).isEqualTo(session.subject());
  }

  @Test
  void aSignedTokenIsNeverPadded() { // properly sealed
    byte[] padded = Tokens.header(2, 8, NOON.getEpochSecond(), 0, 1800);
    byte[] payload = Tokens.concat(utf8("{\"b\":1}"), new byte[] {-128, 0, 0});
    assertThat(reason(Tokens.sealed(NAME, padded, payload)))
        .isEqualTo(RejectionReason.UNKNOWN_VERSION);
  }

  @Test
  void aCompressedSessionThatDidNotChangeIsNotWritten() { // compared before compression
    Sessions sessions =
        Sessions.builder(ENCODER.withCompression())
            .policy(SessionPolicy.defaults().withClock(new MovingClock(NOON)))
            .build();
    String token = ENCODER.withCompression().encode(Fixtures.session(REPETITIVE));
    Session session = sessions.load(name -> List.of(NAME + "=" + token));
    assertThat(session.get("a")).isEqualTo(REPETITIVE.get("a"));
    session.put("a", "other");
    assertThat(session.isChanged()).isTrue();
    session.put("a", REPETITIVE.get("a"));
    assertThat(session.isChanged()).isFalse();
    assertThat(sessions.save(session)).containsExactly(new HttpHeader("Vary", "Cookie"));
    session.put("b", 1);
    String line =
        sessions.save(session).stream()
            .filter(h -> h.name().equals("Set-Cookie"))
            .findFirst()
            .orElseThrow()
            .value();
    assertThat(line).hasSizeLessThan(300);
  }

  @Test
  void aSessionThatFitsOnlyCompressedTravels() {
    SessionSnapshot session = Fixtures.session(Map.of("a", "madeleine ".repeat(1600)));
    assertThatThrownBy(() -> ENCODER.encode(session)).isInstanceOf(SessionTooLargeException.class);
    String token = ENCODER.withCompression().encode(session);
    assertThat(read(ENCODER, token).attributes()).isEqualTo(session.attributes());
    SessionSnapshot more = Fixtures.session(Map.of("a", "madeleine ".repeat(1640)));
    assertThatThrownBy(() -> ENCODER.withCompression().encode(more))
        .isInstanceOf(SessionTooLargeException.class);
  }

  @Test
  void refusesToPadWhatAnybodyCanRead() {
    assertThatThrownBy(() -> ENCODER.withPadding(64))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NativeEncoder.encrypted(…).withPadding(64)");
  }

  @Test
  void keepsItsOptionsWhenItIsBoundElsewhere() {
    NativeEncoder other =
        ENCODER
            .withCompression(100)
            .withAudience("shop")
            .withName("a")
            .withLimit(8000)
            .withSerializer(JsonSerializer.PLAIN);
    assertThat(other).asString().contains("json deflated from 100 bytes");
    assertThat(ENCODER).asString().contains("json,").doesNotContain("deflated");
    assertThat(ENCODER.withCompression()).asString().contains("deflated from 512 bytes");
  }

  // ---- limits ----

  @Test
  void writesAndReadsUpTo4096CharactersAndNoMore() {
    int overhead = 71 + "{\"a\":\"\"}".length();
    int fits = 4096 / 4 * 3 - overhead;
    String token = ENCODER.encode(Fixtures.session(Map.of("a", "x".repeat(fits))));
    assertThat(token).hasSize(4096);
    assertThat(ENCODER.valid(token)).isTrue();
    assertThatThrownBy(() -> ENCODER.encode(Fixtures.session(Map.of("a", "x".repeat(fits + 1)))))
        .isInstanceOfSatisfying(
            SessionTooLargeException.class,
            e -> {
              assertThat(e.size()).isEqualTo(4098);
              assertThat(e.limit()).isEqualTo(4096);
            });
    byte[] header = Tokens.header(NOON, NOON, Duration.ofMinutes(30));
    String longer = Tokens.sealed(NAME, header, utf8("{\"a\":\"" + "x".repeat(fits + 1) + "\"}"));
    assertThat(longer).hasSize(4098);
    assertThat(reason(longer)).isEqualTo(RejectionReason.TOO_LONG);
  }

  @Test
  void looksAtTheLengthBeforeAnythingElse() {
    assertThat(reason("é".repeat(4097))).isEqualTo(RejectionReason.TOO_LONG);
    assertThat(reason("é".repeat(4096))).isEqualTo(RejectionReason.MALFORMED);
  }

  @Test
  void rejects16MebibytesWithoutReadingThem() {
    String huge = "A".repeat(16 << 20);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(reason(huge)).isEqualTo(RejectionReason.TOO_LONG); // Classes are loaded.
    long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
    Decoded decoded = ENCODER.decode(huge);
    long allocated = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(decoded).isEqualTo(new Rejected(RejectionReason.TOO_LONG));
    assertThat(allocated).isLessThan(10_000);
    // Looking at every character so often would take half a minute or more.
    long start = thread.getCurrentThreadCpuTime();
    for (int i = 0; i < 20_000; i++) {
      assertThat(ENCODER.valid(huge)).isFalse();
    }
    long cpuTime = thread.getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(cpuTime)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void carriesTimesUpToTheYear10889() {
    Instant last = Instant.ofEpochMilli((1L << 48) - 1);
    SessionSnapshot back = read(ENCODER, ENCODER.encode(SESSION.withTimes(last, last)));
    assertThat(back.created()).isEqualTo(last);
  }

  // ---- words ----

  @Test
  void showsAlgorithmSerializerUseAndKeyIds() {
    assertThat(encoder(RING.alsoAccepting(OLD_KEY)).toString())
        .contains("HMAC-SHA-256", "signed, readable", "json", "session", KEY.id(), "1 older");
    assertThat(NativeEncoder.sealed(() -> RING, "session", new Encrypting()).toString())
        .contains("encrypted")
        .doesNotContain("readable");
  }

  /** Says that it encrypts; enough for a toString. */
  private static final class Encrypting extends Renamed {
    Encrypting() {
      super("ROT-13");
    }

    @Override
    public boolean encrypts() {
      return true;
    }
  }
}
