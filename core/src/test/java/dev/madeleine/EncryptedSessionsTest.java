package dev.madeleine;

import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class EncryptedSessionsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final AtomicReference<KeyRing> RING = new AtomicReference<>(Fixtures.RING);
  private static final Supplier<KeyRing> KEYS = RING::get;

  /** What the bytes of a token look like as text. */
  private static String seen(String token) {
    return new String(Base64Url.decode(token), StandardCharsets.ISO_8859_1);
  }

  /** The cookie of a session with this card. */
  private static String cookie(Sessions sessions) {
    Session session = sessions.load(name -> null);
    session.put("card", "4711-0815");
    String line = sessions.save(session).get(1).value();
    assertThat(line).endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
    return line.substring(0, line.indexOf(';'));
  }

  private static Object card(Sessions sessions, String cookie) {
    return sessions.load(name -> List.of(cookie)).get("card");
  }

  private static String value(String cookie) {
    return cookie.substring(NAME.length() + 1);
  }

  @Test
  void hidesTheAttributesInACookieWithTheSecureDefaults() {
    for (Sessions sessions : List.of(Sessions.encrypted(Fixtures.RING), Sessions.encrypted(KEYS))) {
      String cookie = cookie(sessions);

      assertThat(seen(value(cookie))).doesNotContain("card").doesNotContain("4711");
      assertThat(card(sessions, cookie)).isEqualTo("4711-0815");
      assertThat(sessions.transport().encoder())
          .asString()
          .contains("XAES-256-GCM (encrypted), json, purpose session");
    }
  }

  @Test
  void signsUnlessEncryptionWasSaid() {
    for (Sessions sessions : List.of(Sessions.of(Fixtures.RING), Sessions.of(KEYS))) {
      assertThat(seen(value(cookie(sessions)))).contains("{\"card\":\"4711-0815\"}");
    }
  }

  @Test
  void allDoorsMakeTheSameFormat() {
    List<Sessions> doors =
        List.of(
            Sessions.encrypted(Fixtures.RING),
            Sessions.encrypted(KEYS),
            Sessions.builder(Fixtures.RING).encrypted().build(),
            Sessions.builder(NativeEncoder.encrypted(KEYS, "session")).build());
    for (Sessions writer : doors) {
      String cookie = cookie(writer);
      for (Sessions reader : doors) {
        assertThat(card(reader, cookie)).isEqualTo("4711-0815");
      }
    }
  }

  @Test
  void readsNoSignedSessionAndNoneOfAnotherPurpose() {
    Sessions encrypted = Sessions.encrypted(Fixtures.RING);
    Sessions tickets = Sessions.builder(NativeEncoder.encrypted(KEYS, "tickets")).build();

    assertThat(card(encrypted, cookie(Sessions.of(Fixtures.RING)))).isNull();
    assertThat(card(Sessions.of(Fixtures.RING), cookie(encrypted))).isNull();
    assertThat(card(encrypted, cookie(tickets))).isNull();
  }

  @Test
  void movesASignedSessionIntoTheEncryptedCookie() {
    SessionTransport before =
        SessionTransport.cookie(CookieOptions.defaults(), NativeEncoder.signed(KEYS, "session"));
    Sessions sessions = Sessions.builder(KEYS).encrypted().reading(before).build();
    Session session = sessions.load(name -> List.of(cookie(Sessions.of(Fixtures.RING))));

    assertThat(session.get("card")).isEqualTo("4711-0815");
    String line = sessions.save(session).get(1).value();
    assertThat(seen(value(line.substring(0, line.indexOf(';'))))).doesNotContain("4711");
  }

  @Test
  void takesTheKeysOfTheSupplierAtEachUse() {
    KeyRing both = KeyRing.signingWith(Fixtures.OLD_KEY).alsoAccepting(Fixtures.KEY);
    for (boolean encrypted : new boolean[] {true, false}) {
      AtomicReference<KeyRing> ring = new AtomicReference<>(Fixtures.RING);
      Sessions sessions = encrypted ? Sessions.encrypted(ring::get) : Sessions.of(ring::get);
      String cookie = cookie(sessions);
      ring.set(both);

      assertThat(card(sessions, cookie)).isEqualTo("4711-0815");
      assertThat(sessions.transport().encoder().keyId()).isEqualTo(Fixtures.OLD_KEY.id());
    }
  }

  @Test
  void takesTheOtherSettingsInAnyOrder() {
    Attribute<Thread.State> state = Attribute.of("state", Thread.State.class);
    Sessions one =
        Sessions.builder(KEYS)
            .encrypted()
            .audience("shop")
            .attributes(state)
            .cookie(CookieOptions.named("sid"))
            .build();
    Sessions two =
        Sessions.builder(KEYS)
            .cookie(CookieOptions.named("sid"))
            .attributes(state)
            .audience("shop")
            .encrypted()
            .build();
    Session session = one.load(name -> null);
    session.put(state, Thread.State.NEW);
    String line = one.save(session).get(1).value();
    assertThat(line).startsWith("sid=");

    assertThat(two.load(name -> List.of(line.substring(0, line.indexOf(';')))).get(state))
        .isEqualTo(Thread.State.NEW);
  }

  @Test
  void takesNoncesFromTheGivenRandomnessWheneverItIsGiven() {
    String nonce = "02".repeat(24); // The first answer was the id.
    for (Sessions sessions :
        List.of(
            Sessions.builder(KEYS).random(Fixtures.counting()).encrypted().build(),
            Sessions.builder(KEYS).encrypted().random(Fixtures.counting()).build())) {
      assertThat(HEX.formatHex(Base64Url.decode(value(cookie(sessions))))).contains(nonce);
    }
    NativeEncoder encoder = NativeEncoder.encrypted(KEYS, "session", Fixtures.counting());
    String token = encoder.encode(Fixtures.session(Map.of("a", 1)));
    assertThat(HEX.formatHex(Base64Url.decode(token))).contains("01".repeat(24));
  }

  @Test
  void hasARandomNonceUnlessASourceIsGiven() {
    NativeEncoder encoder = NativeEncoder.encrypted(KEYS, "session");
    SessionSnapshot session = Fixtures.session(Map.of("a", 1));
    String token = encoder.encode(session);

    assertThat(encoder.encode(session)).isNotEqualTo(token).hasSameSizeAs(token);
    assertThat(encoder.valid(token)).isTrue();
    assertThat(NativeEncoder.encrypted(KEYS, "session").encode(session)).isNotEqualTo(token);
  }

  @Test
  void hidesTheLengthByPadding() {
    NativeEncoder encoder = NativeEncoder.encrypted(KEYS, "session").withPadding(64);
    String shorter = encoder.encode(Fixtures.session(Map.of("a", "x")));
    String longer = encoder.encode(Fixtures.session(Map.of("a", "x".repeat(20))));

    assertThat(longer).hasSameSizeAs(shorter);
    assertThat(encoder.valid(longer)).isTrue();
  }

  @Test
  void aTokenShowsVersionFormAndKeyAndNothingElse() {
    Set<String> beginnings = new HashSet<>();
    int[] zeros = new int[60];
    int tokens = 500;
    for (int i = 0; i < tokens; i++) {
      SessionSnapshot session =
          Fixtures.session(Map.of("user", "user-" + i))
              .withId("%032x".formatted(i))
              .withTimes(Fixtures.NOON.plusMillis(i), Fixtures.NOON.plusSeconds(i))
              .withSubject(i % 2 == 0 ? null : Subject.of("user-" + i, i))
              .withKeys(i % 3 == 0 ? List.of() : List.of(ApplicationKey.of("tenant:" + i)))
              .withRemembered(i % 5 == 0)
              .withShared(i % 7 == 0);
      byte[] token = Base64Url.decode(NativeEncoder.encrypted(KEYS, "session").encode(session));
      beginnings.add(HEX.formatHex(token, 0, 6));
      for (int at = 0; at < zeros.length; at++) {
        zeros[at] += token[6 + at] == 0 ? 1 : 0;
      }
      assertThat(TokenHeader.of(Tokens.text(token)).metadata()).isNull();
    }
    assertThat(beginnings).containsExactly("0201" + Fixtures.RING.signingKey().id());
    for (int at = 0; at < zeros.length; at++) {
      // A byte of metadata in clear would be zero in most tokens; a hidden one in one of 256.
      assertThat(zeros[at]).as("zeros at byte %s", 6 + at).isLessThan(30);
    }
  }

  @Test
  void paddingHidesSubjectAndKeys() {
    NativeEncoder encoder = NativeEncoder.encrypted(KEYS, "session").withPadding(256);
    Random random = new Random(20261130);
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      List<ApplicationKey> keys = new ArrayList<>();
      for (int k = random.nextInt(5); k > 0; k--) {
        keys.add(ApplicationKey.of("key " + random.nextLong()));
      }
      SessionSnapshot session =
          Fixtures.session(Map.of("a", "x".repeat(random.nextInt(100))))
              .withSubject(random.nextBoolean() ? null : Subject.of("user " + i, i))
              .withKeys(keys)
              .withRemembered(random.nextBoolean());
      lengths.add(encoder.encode(session).length());
    }
    assertThat(lengths).hasSize(1);
  }

  @Test
  void replacesNoEncoderAndNoSealerThatSomebodyChose() {
    assertThatThrownBy(() -> Sessions.builder(new SessionEncoderTest.Small()).encrypted())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("encryption")
        .hasMessageContaining("Small");
    NativeEncoder chosen = NativeEncoder.encrypted(KEYS, "session");
    assertThatThrownBy(() -> Sessions.builder(chosen).encrypted())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("XAES-256-GCM")
        .hasMessageContaining("has its sealer already");
    Sessions twice = Sessions.builder(KEYS).encrypted().encrypted().build();
    assertThat(card(twice, cookie(twice))).isEqualTo("4711-0815");
  }

  @Test
  void refusesNothingInPlaceOfKeys() {
    List<Runnable> calls =
        List.of(
            () -> Sessions.encrypted((KeyRing) null),
            () -> Sessions.encrypted(() -> null),
            () -> NativeEncoder.encrypted(() -> null, "session"),
            () -> NativeEncoder.encrypted(KEYS, null),
            () -> NativeEncoder.encrypted(KEYS, "session", null));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class);
    }
  }
}
