package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.madeleine.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a message advises is done here to the letter, and helps. */
final class RemedyTest {
  private static final Instant NOON = Fixtures.NOON;
  private static final SessionSnapshot EMPTY = SessionSnapshot.of(Map.of());

  private record Cart(List<String> items) {}

  private static NativeEncoder signed() {
    return NativeEncoder.signed(() -> Fixtures.RING, "session");
  }

  private static NativeEncoder encrypted() {
    return NativeEncoder.encrypted(() -> Fixtures.RING, "session");
  }

  private static SessionEncoder own() {
    return new SessionEncoderTest.Small();
  }

  private static SessionTransport cookie(SessionEncoder encoder) {
    return SessionTransport.cookie(CookieOptions.named("sid"), encoder);
  }

  private static Session session(SessionsBuilder builder) {
    return builder.build().load(name -> List.of());
  }

  private static void saves(SessionsBuilder builder, String name, Object value) {
    Sessions sessions = builder.build();
    Session session = sessions.load(header -> List.of());
    session.put(name, value);
    assertThat(sessions.save(session)).hasSizeGreaterThan(1);
  }

  /**
   * One message: what provokes it, the remedy that it names, and the remedy applied.
   *
   * @param named in the message, as a reader types it
   */
  private static DynamicTest remedy(
      String named, ThrowingCallable problem, ThrowingCallable applied) {
    return DynamicTest.dynamicTest(
        named,
        () -> {
          assertThatThrownBy(problem)
              .isInstanceOf(RuntimeException.class)
              .hasMessageContaining(named);
          assertThatCode(applied).doesNotThrowAnyException();
        });
  }

  private static String incompressible(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append(Tokens.text(Fixtures.secret("text " + i)));
    }
    return text.substring(0, length);
  }

  @TestFactory
  Stream<DynamicTest> valuesAndNames() {
    return Stream.of(
        remedy(
            "declare Integer",
            () -> Attribute.of("n", int.class),
            () -> assertThat(Attribute.of("n", Integer.class)).isNotNull()),
        remedy(
            "new TypeToken<List<String>>() {}",
            () -> new RawToken(),
            () -> Attribute.of("n", new TypeToken<List<String>>() {})),
        remedy(
            "ApplicationKey.of(word)",
            () -> new ApplicationKey("sid"),
            () -> ApplicationKey.of("sid")),
        remedy(
            "Subject.of(name, generation)",
            () -> new Subject("marcel", 1),
            () -> Subject.of("marcel", 1)),
        remedy(
            "SessionsBuilder.attributes(Attribute.of(\"cart\", dev.madeleine.RemedyTest.Cart.class))",
            () -> session(Sessions.builder(Fixtures.RING)).put("cart", new Cart(List.of("tea"))),
            () ->
                saves(
                    Sessions.builder(Fixtures.RING).attributes(Attribute.of("cart", Cart.class)),
                    "cart",
                    new Cart(List.of("tea")))));
  }

  /** A token that does not say its type. */
  @SuppressWarnings("rawtypes")
  private static final class RawToken extends TypeToken {}

  @TestFactory
  Stream<DynamicTest> encodersAndPlaces() {
    SessionTransport foreign = cookie(own());
    Instant date = NOON.plusSeconds(1);
    return Stream.of(
        remedy(
            "NativeEncoder.encrypted(…).withPadding(64)",
            () -> signed().withPadding(64),
            () -> encrypted().withPadding(64)),
        remedy(
            "SessionSnapshot.withId",
            () -> signed().encode(EMPTY.withTimes(NOON, NOON).withMaxIdle(Duration.ofHours(1))),
            () -> signed().encode(whole())),
        remedy(
            "SessionSnapshot.withTimes",
            () -> signed().encode(EMPTY.withId("0".repeat(31) + "1")),
            () -> signed().encode(whole())),
        remedy(
            "SessionSnapshot.withMaxIdle",
            () -> signed().encode(EMPTY.withId("0".repeat(31) + "1").withTimes(NOON, NOON)),
            () -> signed().encode(whole())),
        remedy(
            "__Host- and __Secure-",
            () -> CookieOptions.named("__sid"),
            () -> {
              CookieOptions.named("__Host-sid");
              CookieOptions.named("__Secure-sid");
            }),
        remedy(
            "X-Session",
            () -> SessionTransport.header("Cookie", signed()),
            () -> SessionTransport.header("X-Session", signed())),
        remedy(
            "withEnd(date) is for reading(…)",
            () -> Sessions.builder(cookie(signed()).withEnd(date)).build(),
            () -> Sessions.builder(Fixtures.RING).reading(cookie(signed()).withEnd(date)).build()),
        remedy(
            ".withEnd(date)",
            () -> Sessions.builder(Fixtures.RING).reading(foreign),
            () -> Sessions.builder(Fixtures.RING).reading(foreign.withEnd(date))),
        remedy(
            "encrypted() is for Sessions.builder(keys)",
            () -> Sessions.builder(encrypted()).encrypted().build(),
            () -> Sessions.builder(Fixtures.RING).encrypted().build()),
        remedy(
            "declare them there",
            () ->
                Sessions.builder(signed().withSerializer(new CountingSerializer(new ArrayList<>())))
                    .attributes(Attribute.of("cart", Cart.class))
                    .build(),
            () ->
                saves(
                    Sessions.builder(
                        signed()
                            .withSerializer(
                                JsonSerializer.PLAIN.withAttributes(
                                    Attribute.of("cart", Cart.class)))),
                    "cart",
                    new Cart(List.of("tea")))),
        remedy(
            "set it there",
            () -> Sessions.builder(own()).audience("shop").build(),
            () -> Sessions.builder(signed().withAudience("shop")).build()));
  }

  private static SessionSnapshot whole() {
    return EMPTY
        .withId("0".repeat(31) + "1")
        .withTimes(NOON, NOON)
        .withMaxIdle(Duration.ofHours(1));
  }

  @TestFactory
  Stream<DynamicTest> policyAndSessions() {
    Scene scene = Scene.create();
    Session ended = scene.request();
    ended.put("a", 1);
    ended.invalidate();
    Duration month = Duration.ofDays(30);
    return Stream.of(
        remedy(
            "session.exchange().successor()",
            () -> ended.put("a", 2),
            () -> ended.exchange().successor().put("a", 2)),
        remedy(
            "SessionPolicy.withRememberUpTo",
            () -> scene.request().remember(month),
            () ->
                Scene.withPolicy(policy -> policy.withRememberUpTo(month))
                    .request()
                    .remember(month)),
        remedy(
            "SessionPolicy.withRevocationInMemory()",
            () -> SessionPolicy.defaults().revocation().revokeAll(),
            () -> SessionPolicy.defaults().withRevocationInMemory().revocation().revokeAll()),
        remedy(
            "NativeEncoder.withCompression()",
            () -> saves(Sessions.builder(signed()), "text", "tea ".repeat(2000)),
            () -> saves(Sessions.builder(signed().withCompression()), "text", "tea ".repeat(2000))),
        remedy(
            "SessionTransport.chunked",
            () -> saves(Sessions.builder(signed()), "text", incompressible(4200)),
            () ->
                saves(
                    Sessions.builder(SessionTransport.chunked(CookieOptions.defaults(), signed())),
                    "text",
                    incompressible(4200))));
  }

  @TestFactory
  Stream<DynamicTest> settings() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String text : List.of("1800", "90s", "30m", "12h", "14d", "PT30M")) {
      tests.add(
          remedy(text, () -> TextSettings.duration("soon"), () -> TextSettings.duration(text)));
    }
    for (String value : List.of("Strict", "Lax", "None")) {
      tests.add(remedy(value, () -> set("sameSite", "strict-ish"), () -> set("sameSite", value)));
    }
    for (String value : List.of("true", "false")) {
      tests.add(remedy(value, () -> TextSettings.flag("yes"), () -> TextSettings.flag(value)));
    }
    return tests.stream();
  }

  private static void set(String name, String value) {
    Map<String, String> texts = Map.of(name, value);
    TextSettings.of(texts::get).applyTo(Sessions.builder(Fixtures.RING), "sid");
  }

  @TestFactory
  Stream<DynamicTest> rings() {
    MasterKey key = Fixtures.KEY;
    MasterKey old = Fixtures.OLD_KEY;
    return Stream.of(
        remedy(
            "leave one out",
            () -> KeyRing.signingWith(key).alsoAccepting(old, old),
            () -> KeyRing.signingWith(key).alsoAccepting(old)),
        remedy(
            "leave it out",
            () -> KeyRing.signingWith(key).alsoAccepting(old).revoking(old.id()),
            () -> KeyRing.signingWith(key).revoking(old.id())),
        remedy(
            "8 lower-case hex digits",
            () -> KeyRing.signingWith(key).revoking(old.toString()),
            () -> KeyRing.signingWith(key).revoking(old.id())));
  }

  @Test
  void aKeyIsReadFromWhatTheCommandInTheMessagePrints() throws Exception {
    boolean installed = isInstalled("openssl");
    assertThat(installed || !Boolean.getBoolean("madeleine.ci")).isTrue();
    Assumptions.assumeTrue(installed, "openssl is not installed");
    String message = message(() -> KeyRing.parse(""));
    String command = message.substring(message.indexOf("echo "));

    assertThat(KeyRing.parse(printed(command)).signingKey()).isNotNull();
  }

  @Test
  void textThatIsAKeyInHexIsAKeyOnceItIsDecoded() {
    String hex = HexFormat.of().formatHex(Fixtures.secret("twice"));
    byte[] twice = hex.getBytes(StandardCharsets.US_ASCII);

    assertThat(message(() -> MasterKey.of(twice))).contains("in hex or base64, decode them");
    assertThat(MasterKey.of(HexFormat.of().parseHex(hex))).isNotNull();
  }

  private static String message(ThrowingCallable problem) {
    @Nullable Throwable thrown = catchThrowable(problem);
    return String.valueOf(thrown == null ? null : thrown.getMessage());
  }

  private static boolean isInstalled(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static String printed(String command) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  @Test
  void aSealedValueThatDidNotComeIsWritten() {
    SealedValue<String> value =
        SealedValue.of(
            Attribute.of("theme", String.class),
            signed(),
            CookieOptions.named("theme"),
            Duration.ofDays(1),
            InstantSource.fixed(NOON));

    assertThat(message(() -> value.reissue(value.read(name -> List.of())))).endsWith("write one");
    assertThat(value.write("dark")).isNotEmpty();
  }
}
