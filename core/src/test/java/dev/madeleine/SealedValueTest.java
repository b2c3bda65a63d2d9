package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SealedValueTest {
  record Theme(String colour, int size) {}

  private static final String NAME = "__Host-remember";
  private static final Attribute<String> USER = Attribute.of("user", String.class);
  private static final Duration DAYS = Duration.ofDays(30);

  private final MovingClock clock = new MovingClock(NOON);
  private final AtomicReference<KeyRing> keys = new AtomicReference<>(Fixtures.RING);

  private NativeEncoder encoder() {
    return NativeEncoder.signed(keys::get, "remember");
  }

  private <T> SealedValue<T> value(Attribute<T> attribute) {
    return SealedValue.of(attribute, encoder(), CookieOptions.named(NAME), DAYS, clock);
  }

  private static Function<String, List<String>> cookie(String... lines) {
    return name -> name.equals("Cookie") ? List.of(lines) : null;
  }

  /** The pair that a browser sends back. */
  private static String pair(List<HttpHeader> headers) {
    String line = headers.get(0).value();
    return line.substring(0, line.indexOf(';'));
  }

  private static <T> void assertRejected(
      SealedValue<T> value, String pair, RejectionReason reason) {
    assertThat(value.read(cookie(pair)))
        .isEqualTo(new SealedValue.Result<T>(null, null, reason, false))
        .hasToString("Result[" + reason + "]");
  }

  @Test
  void writesOneCookieWithMaxAgeThatNobodyCaches() {
    List<HttpHeader> headers = value(USER).write("marcel");
    byte[] payload = Tokens.bytes(pair(headers).substring(NAME.length() + 1));
    assertThat(
            new String(payload, 39, payload.length - 71, java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"user\":\"marcel\"}");
    assertThat(headers)
        .containsExactly(
            new HttpHeader(
                "Set-Cookie",
                pair(headers)
                    + "; Path=/; Max-Age=2592000; Expires=Tue, 01 Jul 2025 12:00:00 GMT; Secure;"
                    + " HttpOnly; SameSite=Lax"),
            new HttpHeader("Cache-Control", "no-store"));
    assertThat(value(USER).vary()).isEqualTo(new HttpHeader("Vary", "Cookie"));
  }

  @Test
  void expiresTheSameCookie() {
    assertThat(value(USER).expire())
        .containsExactly(
            new HttpHeader("Set-Cookie", CookieOptions.named(NAME).expire()),
            new HttpHeader("Cache-Control", "no-store"));
  }

  @Test
  void bringsBackTextAndWhateverTheSerializerCarries() {
    SealedValue.Result<String> user = value(USER).read(cookie(pair(value(USER).write("zoé;\n"))));
    assertThat(user).isEqualTo(new SealedValue.Result<>("zoé;\n", NOON, null, false));
    Attribute<Theme> theme = Attribute.of("theme", Theme.class);
    assertThat(value(theme).read(cookie(pair(value(theme).write(new Theme("red", 5))))).value())
        .isEqualTo(new Theme("red", 5));
    Attribute<List<Long>> list = Attribute.of("seen", new TypeToken<List<Long>>() {});
    assertThat(value(list).read(cookie(pair(value(list).write(List.of(5L))))).value())
        .isEqualTo(List.of(5L));
  }

  @Test
  void nothingCameIsNoRejection() {
    SealedValue.Result<String> nothing = new SealedValue.Result<>(null, null, null, false);
    assertThat(value(USER).read(name -> null)).isEqualTo(nothing);
    assertThat(value(USER).read(cookie("other=1; __Host-Remember=x"))).isEqualTo(nothing);
    assertThat(value(USER).read(cookie(NAME + "="))).isEqualTo(nothing);
  }

  @Test
  void isOverWhenItsLifetimeHasPassedAndNotBeforeItWasWritten() {
    SealedValue<String> value = value(USER);
    String pair = pair(value.write("marcel"));
    clock.forward(DAYS.minusSeconds(1));
    assertThat(value.read(cookie(pair)).value()).isEqualTo("marcel");
    clock.forwardSeconds(1);
    assertRejected(value, pair, RejectionReason.EXPIRED);
    clock.set(NOON.minusSeconds(31));
    assertRejected(value, pair, RejectionReason.NOT_YET_VALID);
    clock.set(NOON.minusSeconds(30));
    assertThat(value.read(cookie(pair)).value()).isEqualTo("marcel");
  }

  @Test
  void aSessionIsNoValueAndAValueIsNoSession() { // CVE-2023-48309
    NativeEncoder encoder = NativeEncoder.signed(keys::get, "session");
    CookieOptions options = CookieOptions.named("session").withSecure(false);
    SealedValue<String> value = SealedValue.of(USER, encoder, options, DAYS, clock);
    Sessions sessions =
        Sessions.builder(encoder)
            .cookie(options)
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(event -> {})
            .build();
    Session session = sessions.load(name -> null);
    session.put("user", "marcel");
    String ofSession = pair(sessions.save(session).subList(1, 2));
    assertRejected(value, ofSession, RejectionReason.BAD_SEAL);
    Session other = sessions.load(cookie(pair(value.write("marcel"))));
    assertThat(other.isNew()).isTrue();
    assertThat(other.rejection()).isEqualTo(RejectionReason.BAD_SEAL);
  }

  @Test
  void aValueIsBoundToItsCookiePurposeAndSerializer() {
    for (String taken : List.of("value:remember", "blob:remember")) {
      assertThatThrownBy(() -> NativeEncoder.signed(keys::get, taken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("value:");
    }
    String token = pair(value(USER).write("marcel")).substring(NAME.length() + 1);
    CookieOptions elsewhere = CookieOptions.named("__Host-other");
    assertRejected(
        SealedValue.of(USER, encoder(), elsewhere, DAYS, clock),
        "__Host-other=" + token,
        RejectionReason.BAD_SEAL);
    for (NativeEncoder other :
        List.of(NativeEncoder.signed(keys::get, "preference"), encoder().withAudience("shop"))) {
      assertRejected(
          SealedValue.of(USER, other, CookieOptions.named(NAME), DAYS, clock),
          NAME + "=" + token,
          RejectionReason.BAD_SEAL);
    }
  }

  @Test
  void everyBitOfItIsSealed() {
    SealedValue<String> value = value(USER);
    byte[] token = Tokens.bytes(pair(value.write("marcel")).substring(NAME.length() + 1));
    for (int bit = 0; bit < 8 * token.length; bit++) {
      byte[] flipped = token.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      SealedValue.Result<String> result = value.read(cookie(NAME + "=" + Tokens.text(flipped)));
      assertThat(result.value()).as("bit %s", bit).isNull();
      assertThat(result.rejection()).isNotNull();
    }
    for (int length = 1; length < token.length; length++) {
      String cut = NAME + "=" + Tokens.text(Arrays.copyOf(token, length));
      assertThat(value.read(cookie(cut)).rejection()).isNotNull();
    }
  }

  @Test
  void ofTwoValidOnesTheLaterCounts() {
    SealedValue<String> value = value(USER);
    String one = pair(value.write("marcel"));
    clock.forward(Duration.ofSeconds(1));
    String two = pair(value.write("albertine"));
    clock.set(NOON);
    assertThat(value.read(cookie(one + "; " + one)).value()).isEqualTo("marcel");
    assertThat(value.read(cookie(NAME + "=forged; " + one)).value()).isEqualTo("marcel");
    assertThat(value.read(cookie(one + "; " + two)).value()).isEqualTo("albertine");
    assertThat(value.read(cookie(two + "; " + one)).value()).isEqualTo("albertine");
  }

  @Test
  void anOldKeyMakesItDueForWriting() {
    SealedValue<String> value = value(USER);
    String pair = pair(value.write("marcel"));
    keys.set(KeyRing.signingWith(Fixtures.OLD_KEY).alsoAccepting(Fixtures.KEY));
    assertThat(value.read(cookie(pair)))
        .isEqualTo(new SealedValue.Result<>("marcel", NOON, null, true))
        .hasToString("Result[a value]");
    assertThat(value.read(cookie(pair(value.write("marcel")))).reissueDue()).isFalse();
    clock.forward(Duration.ofDays(20));
    SealedValue.Result<String> old = value.read(cookie(pair));
    List<HttpHeader> again = value.reissue(old);
    assertThat(again.get(0).value())
        .contains("; Max-Age=864000; Expires=Tue, 01 Jul 2025 12:00:00 GMT;"); // what is left.
    assertThat(value.read(cookie(pair(again))))
        .isEqualTo(new SealedValue.Result<>("marcel", NOON, null, false));
    clock.forward(Duration.ofDays(10));
    assertRejected(value, pair(again), RejectionReason.EXPIRED);
    assertThat(value.reissue(old)).isEqualTo(value.expire());
    assertThatThrownBy(() -> value.reissue(value.read(name -> null)))
        .isInstanceOf(IllegalArgumentException.class);
    clock.set(NOON);
    keys.set(KeyRing.signingWith(Fixtures.OLD_KEY));
    assertRejected(value, pair, RejectionReason.UNKNOWN_KEY);
  }

  @Test
  void aStoredFormThatDoesNotFitIsRejected() {
    String text = pair(value(Attribute.of("v", String.class)).write("red"));
    assertRejected(value(Attribute.of("v", Theme.class)), text, RejectionReason.BAD_PAYLOAD);
    assertRejected(value(Attribute.of("other", String.class)), text, RejectionReason.BAD_PAYLOAD);
  }

  @Test
  void refusesWhatDoesNotComeBackOrFitAndKeepsItSecret() {
    Attribute<Object> any = Attribute.of("any", Object.class);
    assertThatThrownBy(() -> value(any).write(new AtomicReference<>("hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"any\"")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> value(USER).write("hunter2".repeat(600)))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContaining("user")
        .hasMessageNotContaining("hunter2");
    assertThat(value(USER).toString()).contains(NAME, "user", "PT720H").doesNotContain("hunter2");
  }

  @Test
  void refusesALifetimeThatATokenCannotHold() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(401))) {
      assertThatThrownBy(
              () -> SealedValue.of(USER, encoder(), CookieOptions.named(NAME), wrong, clock))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.toString());
    }
  }

  @Test
  void aStrangersSerializerThatBringsBackAnotherTypeIsNoValue() {
    Serializer stranger =
        new Serializer() {
          @Override
          public String name() {
            return "list";
          }

          @Override
          public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
            out.write(1);
          }

          @Override
          public LocatedAttributes read(byte[] bytes, int offset, int length) {
            return LocatedAttributes.of(Map.of("user", new ArrayList<>()));
          }

          @Override
          public void check(String attribute, Object value) {}
        };
    SealedValue<String> value =
        SealedValue.of(
            USER, encoder().withSerializer(stranger), CookieOptions.named(NAME), DAYS, clock);
    assertRejected(value, pair(value.write("marcel")), RejectionReason.BAD_PAYLOAD);
  }
}
