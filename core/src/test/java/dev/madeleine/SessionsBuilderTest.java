package dev.madeleine;

import static dev.madeleine.Scene.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionsBuilderTest {
  @Test
  void plainHttpIsForDevelopmentAndWarns() {
    try (LogCapture log = new LogCapture()) {
      Sessions sessions = Sessions.builder(Fixtures.RING).forPlainHttpDevelopment().build();
      sessions.announce();
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARNING") && line.contains("development only"));
      Session session = sessions.load(name -> null);
      session.put("a", 1);
      assertThat(sessions.save(session).get(1).value())
          .matches("session=[\\w-]+; Path=/; HttpOnly; SameSite=Lax");
    }
  }

  @Test
  void everyCookieWithoutSecureWarnsAtStart() {
    try (LogCapture log = new LogCapture()) {
      SessionsBuilder builder =
          Sessions.builder(Fixtures.RING).cookie(CookieOptions.named("sid").withSecure(false));
      Sessions sessions = builder.build();
      assertThat(log.lines()).isEmpty();
      assertThat(sessions.load(name -> null).isNew()).isTrue();
      assertThat(log.lines()).filteredOn(line -> line.startsWith("WARNING")).hasSize(1);
    }
  }

  @Test
  void secureIsOnUnlessDevelopmentWasSaid() {
    Session session = Scene.create().request();
    session.put("a", 1);
    assertThat(Scene.create().sessions.save(session).get(1).value()).contains("; Secure;");
    try (LogCapture log = new LogCapture()) {
      assertThat(Sessions.of(Fixtures.RING).transport().name()).isEqualTo(NAME);
      assertThat(log.lines()).noneMatch(line -> line.startsWith("WARNING"));
    }
  }

  @Test
  void applicationsThatShareKeysDoNotShareSessions() {
    Scene shop = Scene.with(builder -> builder.audience("shop")).signedIn("a", 1);
    Scene forum = Scene.with(builder -> builder.audience("forum"));
    assertThat(shop.request().get("a")).isEqualTo(1);
    assertThat(forum.request(NAME + "=" + shop.cookie).isNew()).isTrue();
    assertThat(forum.reasons()).containsExactly(RejectionReason.BAD_SEAL);
    Scene none = Scene.create();
    assertThat(none.request(NAME + "=" + shop.cookie).isNew()).isTrue();
  }

  @Test
  void audienceAndAttributesDoNotUndoEachOther() {
    Attribute<Thread.State> state = Attribute.of("state", Thread.State.class);
    Scene one =
        Scene.with(b -> b.audience("shop").attributes(state)).signedIn("state", Thread.State.NEW);
    Scene two = Scene.with(b -> b.attributes(state).audience("shop"));
    assertThat(two.request(NAME + "=" + one.cookie).get(state)).isEqualTo(Thread.State.NEW);
  }

  @Test
  void attributesAreAddedToThoseOfTheSerializer() {
    Attribute<Thread.State> state = Attribute.of("state", Thread.State.class);
    Attribute<List<Long>> longs = Attribute.of("longs", new TypeToken<List<Long>>() {});
    JsonSerializer strict = JsonSerializer.PLAIN.withAttributes(state).withStrictReading();
    NativeEncoder encoder =
        NativeEncoder.signed(() -> Fixtures.RING, "session").withSerializer(strict);
    Sessions sessions = Sessions.builder(encoder).attributes(longs).attributes().build();
    assertThat(sessions.transport().encoder().serializer())
        .hasToString("json with declared attributes, strict");
    Session session = sessions.load(name -> null);
    session.put(state, Thread.State.NEW);
    session.put(longs, List.of(5L));
    assertThatThrownBy(() -> Sessions.builder(encoder).attributes(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"state\" is declared twice");
  }

  @Test
  void aStrangersSerializerDeclaresItsAttributesItself() {
    Serializer stranger =
        new Serializer() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public void write(Map<String, Object> attributes, OutputStream out) {}

          @Override
          public LocatedAttributes read(byte[] bytes, int offset, int length) {
            return LocatedAttributes.of(Map.of());
          }
        };
    SessionsBuilder builder =
        Sessions.builder(
            NativeEncoder.signed(() -> Fixtures.RING, "session").withSerializer(stranger));
    assertThatThrownBy(() -> builder.attributes(Attribute.of("a", String.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(stranger.getClass().getName())
        .hasMessageContaining("declare them there");
  }

  @Test
  void anOwnEncoderHasItsOwnSettings() {
    SessionsBuilder builder = Sessions.builder(new SessionEncoderTest.Small());
    assertThatThrownBy(() -> builder.audience("shop"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audience")
        .hasMessageContaining("Small");
    assertThatThrownBy(() -> builder.attributes(Attribute.of("a", String.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("attributes");
  }

  @Test
  void anotherNativeEncoderTakesTheSettings() {
    NativeEncoder encoder = NativeEncoder.signed(() -> Fixtures.RING, "tickets");
    Sessions sessions = Sessions.builder(encoder).audience("shop").build();
    String token =
        encoder.withAudience("shop").withName(NAME).encode(Fixtures.session(Map.of("a", 1)));
    assertThat(sessions.transport().encoder().valid(token)).isTrue();
    assertThat(Sessions.of(Fixtures.RING).transport().encoder().valid(token))
        .as("purpose")
        .isFalse();
  }

  @Test
  void takesIdsFromTheGivenRandomness() {
    Sessions sessions = Sessions.builder(Fixtures.RING).random(Fixtures.counting()).build();
    assertThat(sessions.load(name -> null).id()).isEqualTo(Fixtures.countedId(1));
    assertThat(sessions.load(name -> null).id()).isEqualTo(Fixtures.countedId(2));
  }

  @Test
  void refusesNothingAsAPart() {
    SessionsBuilder builder = Sessions.builder(Fixtures.RING);
    List<Runnable> calls =
        List.of(
            () -> builder.cookie(null),
            () -> builder.policy(null),
            () -> builder.listener(null),
            () -> builder.random(null),
            () -> builder.audience(null),
            () -> Sessions.builder((KeyRing) null),
            () -> Sessions.builder((SessionEncoder) null));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class);
    }
  }
}
