package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts together a {@link Sessions}. Whatever is not said is a secure default. */
public final class SessionsBuilder {
  private SessionTransport writing;
  private boolean encrypted;
  private final List<SessionTransport> alsoWriting = new ArrayList<>();
  private final List<SessionTransport> reading = new ArrayList<>();
  private SessionPolicy policy = SessionPolicy.defaults();
  private @Nullable Consumer<SessionEvent> listener;
  private SecureRandom random = new SecureRandom();

  SessionsBuilder(SessionTransport writing) {
    if (writing.hasEnd()) {
      throw new IllegalArgumentException(
          "%s is written and has a date, from which on it would refuse what it wrote; withEnd(date) is for reading(…)"
              .formatted(writing.name()));
    }
    this.writing = writing;
  }

  /**
   * Another cookie than {@value CookieOptions#DEFAULT_NAME}.
   *
   * @throws IllegalStateException if the session travels in a header
   */
  public SessionsBuilder cookie(CookieOptions options) {
    writing = writing.withCookie(options);
    return this;
  }

  /**
   * Encrypts the sessions that are written, with XAES-256-GCM under the same keys, in place of
   * signing them: nobody without the keys reads the attributes. Padding, compression and other
   * ciphers are chosen with an encoder; see {@link NativeEncoder#encrypted}.
   *
   * <p>Signed sessions are not read any more, unless their place is given to {@link #reading}.
   *
   * @throws IllegalStateException if the encoder is an own one, or has its sealer already
   */
  public SessionsBuilder encrypted() {
    NativeEncoder mine = nativeEncoder("encryption");
    if (!mine.isSigned()) {
      throw new IllegalStateException(
          "the encoder here is %s and has its sealer already; encrypted() is for Sessions.builder(keys)"
              .formatted(mine));
    }
    encrypted = true;
    return this;
  }

  /**
   * Also reads sessions from these places, a foreign one until its date: {@code
   * older.withEnd(date)}. A session that is read there is stored in the place that is written and
   * removed from there. The first place that has a valid session counts, the one that is written
   * before all.
   *
   * @throws IllegalArgumentException if a foreign format has no date: it would be forgotten, and
   *     read for ever
   */
  public SessionsBuilder reading(SessionTransport... older) {
    for (SessionTransport transport : older) {
      if (!transport.hasEnd() && !(transport.encoder() instanceof NativeEncoder)) {
        throw new IllegalArgumentException(
            "reading %s has no end; write .withEnd(date), the day when it may be forgotten"
                .formatted(transport.name()));
      }
      reading.add(transport);
    }
    return this;
  }

  /**
   * Also stores each session in these places, for another system that shares it. What that system
   * changes there holds when both are valid.
   */
  public SessionsBuilder alsoWriting(SessionTransport... shared) {
    alsoWriting.addAll(Arrays.asList(shared));
    return this;
  }

  /** Another policy: timeouts, revocation, clock. */
  public SessionsBuilder policy(SessionPolicy newPolicy) {
    policy = Objects.requireNonNull(newPolicy, "newPolicy");
    return this;
  }

  /**
   * Declares the attributes that hold own classes, in addition to those that the serializer knows
   * already; see {@link Attribute}. They are those of the place that is written; the encoder of
   * another place that is read declares its own.
   *
   * @throws IllegalArgumentException if two have the same name
   * @throws IllegalStateException if the encoder or its serializer is an own one: it declares its
   *     attributes itself
   */
  public SessionsBuilder attributes(Attribute<?>... declared) {
    NativeEncoder mine = nativeEncoder("attributes");
    if (!(mine.serializer() instanceof JsonSerializer serializer)) {
      throw new IllegalStateException(
          "attributes are declared in a JsonSerializer; the serializer here is %s, declare them there"
              .formatted(mine.serializer().getClass().getName()));
    }
    writing = writing.withEncoder(mine.withSerializer(serializer.withAttributes(declared)));
    return this;
  }

  /**
   * Names the application, where several share the keys: sessions of the others are rejected.
   *
   * @throws IllegalStateException if the encoder is an own one
   */
  public SessionsBuilder audience(String application) {
    writing = writing.withEncoder(nativeEncoder("audience").withAudience(application));
    return this;
  }

  /**
   * Gets every event instead of the log; {@code new SessionEventLog(…).andThen(mine)} has both.
   * Called on the request's thread; safe for several threads.
   */
  public SessionsBuilder listener(Consumer<SessionEvent> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /**
   * Another source of randomness for session ids and the nonces of {@link #encrypted}, for example
   * a predictable one in a test. An encoder that was made before has its own.
   */
  public SessionsBuilder random(SecureRandom newRandom) {
    random = Objects.requireNonNull(newRandom, "newRandom");
    return this;
  }

  /**
   * A cookie named {@code session} without {@code Secure}, for plain http where a browser does not
   * take {@code Secure} cookies. Anybody on the network can take over such a session: development
   * only.
   */
  public SessionsBuilder forPlainHttpDevelopment() {
    return cookie(CookieOptions.named("session").withSecure(false));
  }

  /** The policy so far. */
  SessionPolicy policy() {
    return policy;
  }

  /** The options of the cookie so far, or null if the session travels in a header. */
  @Nullable CookieOptions cookie() {
    return writing.options();
  }

  /** The finished sessions. */
  public Sessions build() {
    SessionTransport first = encrypted ? encrypting() : writing;
    return new Sessions(new Transports(first, alsoWriting, reading), policy, listener, random);
  }

  private SessionTransport encrypting() {
    return writing.withEncoder(nativeEncoder("encryption").withSealer(new XaesGcm(random)));
  }

  private NativeEncoder nativeEncoder(String what) {
    if (writing.encoder() instanceof NativeEncoder mine) {
      return mine;
    }
    throw new IllegalStateException(
        "%s is a setting of the native format; the encoder here is %s, set it there"
            .formatted(what, writing.encoder().getClass().getName()));
  }
}
