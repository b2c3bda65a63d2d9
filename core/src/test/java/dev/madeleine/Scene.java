package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One server with its clock and its events, and one browser that keeps one cookie. */
final class Scene {
  static final String NAME = "__Host-session";
  static final String FLAGS = "; Path=/; Secure; HttpOnly; SameSite=Lax";
  static final String VARY = "Vary: Cookie";
  static final String NO_STORE = "Cache-Control: no-store";
  static final String EXPIRE =
      "Set-Cookie: __Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT;"
          + " Secure; HttpOnly; SameSite=Lax";

  final MovingClock clock = new MovingClock(Fixtures.NOON);

  /** What went wrong. */
  final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  /** What went well: sessions accepted and issued. */
  final List<SessionEvent> successes = new CopyOnWriteArrayList<>();

  final AtomicReference<KeyRing> keys = new AtomicReference<>(Fixtures.RING);
  final Sessions sessions;

  /** The value of the cookie that the browser holds, or null. */
  @Nullable String cookie;

  private Scene(UnaryOperator<SessionPolicy> policy, UnaryOperator<SessionsBuilder> settings) {
    this(policy, settings, JsonSerializer.PLAIN);
  }

  private Scene(
      UnaryOperator<SessionPolicy> policy,
      UnaryOperator<SessionsBuilder> settings,
      Serializer serializer) {
    SessionsBuilder builder =
        Sessions.builder(NativeEncoder.signed(keys::get, "session").withSerializer(serializer))
            .policy(policy.apply(SessionPolicy.defaults().withClock(clock)))
            .listener(this::heard)
            .random(Fixtures.counting());
    sessions = settings.apply(builder).build();
  }

  static Scene create() {
    return withPolicy(policy -> policy);
  }

  static Scene withPolicy(UnaryOperator<SessionPolicy> policy) {
    return new Scene(policy, builder -> builder);
  }

  static Scene with(UnaryOperator<SessionsBuilder> settings) {
    return new Scene(policy -> policy, settings);
  }

  /** A server of a release that has this serializer. */
  static Scene serializing(Serializer serializer) {
    return new Scene(policy -> policy, builder -> builder, serializer);
  }

  /** A server that remembers so much of what was revoked. */
  static Scene revocable(int limit) {
    return withPolicy(policy -> policy.withRevocationInMemory(limit));
  }

  /** A server whose sessions are revoked by this hook. */
  static Scene revokedBy(Revocation hook) {
    return withPolicy(policy -> policy.withRevocation(hook));
  }

  /** The next request of the browser. */
  Session request() {
    return cookie == null ? request(new String[0]) : request(NAME + "=" + cookie);
  }

  /** A request with these Cookie lines. */
  Session request(String... cookieLines) {
    return sessions.load(name -> name.equals("Cookie") ? List.of(cookieLines) : null);
  }

  /** Ends the request; returns the lines of the response, and the browser takes its cookie. */
  List<String> respond(Session session) {
    List<String> lines = new ArrayList<>();
    for (HttpHeader header : sessions.save(session)) {
      lines.add(header.name() + ": " + header.value());
      if (header.name().equals("Set-Cookie")) {
        String pair = header.value().substring(0, header.value().indexOf(';'));
        String value = pair.substring(pair.indexOf('=') + 1);
        cookie = value.isEmpty() ? null : value;
      }
    }
    return lines;
  }

  /** A browser that holds a session with these names and values. */
  Scene signedIn(Object... namesAndValues) {
    Session session = request();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      session.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    respond(session);
    return this;
  }

  /** What the browser's cookie says. */
  SessionSnapshot sealed() {
    return sealed(cookie);
  }

  SessionSnapshot sealed(@Nullable String value) {
    Decoded decoded = sessions.transport().encoder().decode(String.valueOf(value));
    if (decoded instanceof Decoded.Accepted accepted) {
      return accepted.snapshot();
    }
    throw new AssertionError("the browser's cookie is " + decoded);
  }

  /** The line that stores this session, made by an encoder of its own. */
  String storing(SessionSnapshot session) {
    NativeEncoder encoder = NativeEncoder.signed(keys::get, "session").withName(NAME);
    return "Set-Cookie: " + NAME + "=" + encoder.encode(session) + FLAGS;
  }

  Scene later(long seconds) {
    clock.forward(Duration.ofSeconds(seconds));
    return this;
  }

  List<RejectionReason> reasons() {
    List<RejectionReason> reasons = new ArrayList<>();
    for (SessionEvent event : events) {
      if (event instanceof SessionEvent.Rejected rejected) {
        reasons.add(rejected.reason());
      }
    }
    return reasons;
  }

  private void heard(SessionEvent event) {
    (event.isRoutine() ? successes : events).add(event);
  }
}
