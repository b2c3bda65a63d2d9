package dev.madeleine;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts together a {@link Sessions}. Whatever is not said is a secure default. */
public final class SessionsBuilder {
  private SessionEncoder encoder;
  private CookieOptions cookie = CookieOptions.defaults();
  private SessionPolicy policy = SessionPolicy.defaults();
  private @Nullable Consumer<SessionEvent> listener;
  private SecureRandom random = new SecureRandom();

  SessionsBuilder(SessionEncoder encoder) {
    this.encoder = Objects.requireNonNull(encoder, "encoder");
  }

  /** Another cookie than {@value CookieOptions#DEFAULT_NAME}. */
  public SessionsBuilder cookie(CookieOptions options) {
    cookie = Objects.requireNonNull(options, "options");
    return this;
  }

  /** Another policy: timeouts, revocation, clock. */
  public SessionsBuilder policy(SessionPolicy newPolicy) {
    policy = Objects.requireNonNull(newPolicy, "newPolicy");
    return this;
  }

  /**
   * Declares the attributes that hold own classes, in addition to those that the serializer knows
   * already; see {@link Attribute}.
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
    encoder = mine.serializer(serializer.declaring(declared));
    return this;
  }

  /**
   * Names the application, where several share the keys: sessions of the others are rejected.
   *
   * @throws IllegalStateException if the encoder is an own one
   */
  public SessionsBuilder audience(String application) {
    encoder = nativeEncoder("audience").audience(application);
    return this;
  }

  /**
   * Gets every event instead of the log; {@code new EventLog(…).andThen(mine)} has both. Called on
   * the request's thread; safe for several threads.
   */
  public SessionsBuilder listener(Consumer<SessionEvent> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /** Another source of randomness for session ids, for example a predictable one in a test. */
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
    return cookie(CookieOptions.named("session").secure(false));
  }

  /**
   * The finished door. Logs one line with cookie, signing key id, timeouts and limits, and a
   * warning if the cookie is without {@code Secure}.
   */
  public Sessions build() {
    if (!cookie.isSecure()) {
      System.getLogger(Sessions.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the session cookie has no Secure attribute and travels over plain http: development only");
    }
    return new Sessions(this);
  }

  private NativeEncoder nativeEncoder(String what) {
    if (encoder instanceof NativeEncoder mine) {
      return mine;
    }
    throw new IllegalStateException(
        "%s is a setting of the native format; the encoder here is %s, set it there"
            .formatted(what, encoder.getClass().getName()));
  }

  SessionEncoder encoder() {
    return encoder;
  }

  CookieOptions cookie() {
    return cookie;
  }

  SessionPolicy policy() {
    return policy;
  }

  @Nullable Consumer<SessionEvent> listener() {
    return listener;
  }

  SecureRandom random() {
    return random;
  }
}
