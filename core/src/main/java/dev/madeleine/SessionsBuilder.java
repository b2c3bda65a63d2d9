package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts together a {@link Sessions}. Whatever is not said is a secure default. */
public final class SessionsBuilder {
  private static final int LEAST_RESPONSE = 1024;
  private static final int MOST_RESPONSE = 131_072;

  private SessionTransport writing;
  private boolean encrypted;
  private final List<SessionTransport> alsoWriting = new ArrayList<>();
  private final List<SessionTransport> reading = new ArrayList<>();
  private final List<OwnPlace> readingOwn = new ArrayList<>();
  private final List<CookieOptions> former = new ArrayList<>();
  private List<String> domains = List.of();
  private SessionPolicy policy = SessionPolicy.defaults();
  private @Nullable Consumer<SessionEvent> listener;
  private SecureRandom random = new SecureRandom();
  private int padding = 1;
  private int responseLimit;

  /**
   * A cookie in which sessions of our own encoder are read.
   *
   * @param encrypted whether they are encrypted there, null for as they are written
   */
  record OwnPlace(CookieOptions cookie, @Nullable Boolean encrypted) {}

  SessionsBuilder(SessionTransport writing) {
    if (writing.hasEnd()) {
      throw new IllegalArgumentException(
          "%s is written and has a date, from which on it would refuse what it wrote; withEnd(date) is for reading(…)"
              .formatted(writing.name()));
    }
    this.writing = own(writing);
  }

  /** A place that is ours, so that its name is one that every client and server takes. */
  private static SessionTransport own(SessionTransport place) {
    CookieOptions options = place.options();
    if (options != null) {
      options.requireToken();
    }
    return place;
  }

  /**
   * Another cookie than {@value CookieOptions#DEFAULT_NAME}.
   *
   * @throws IllegalStateException if the session travels in a header
   */
  public SessionsBuilder cookie(CookieOptions options) {
    Objects.requireNonNull(options, "options");
    writing = own(writing.withCookie(options));
    return this;
  }

  /**
   * Domains of the cookie, for an application that is served under several: a response has the one
   * that the {@code Host} of its request equals or lies below, the longest of several, and none if
   * it lies below none.
   *
   * @param names for example {@code example.com}, {@code example.org}; none for the domain of the
   *     cookie's options
   */
  public SessionsBuilder domains(String... names) {
    Arrays.asList(names).forEach(one -> Objects.requireNonNull(one, "names"));
    domains = List.of(names);
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
    Arrays.asList(older).forEach(one -> Objects.requireNonNull(one, "older"));
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
    Arrays.asList(shared).forEach(one -> Objects.requireNonNull(one, "shared"));
    alsoWriting.addAll(Arrays.asList(shared));
    return this;
  }

  /**
   * Names former cookies of the session that differ in name, path, domain or {@code Partitioned}
   * from the one that is written. To a browser these are other cookies, which it keeps beside the
   * new one: without this they are received together until the old one runs out, and after a logout
   * the old one is there again.
   *
   * <p>A former cookie is expired when the session is written next and when it ends. Under the name
   * of the cookie that is written, or under that of a place of {@link #reading}, its session is
   * read meanwhile. Leave this out again once the longest life of a session has passed.
   *
   * @param cookies name, path, domain and {@code Partitioned} as they were
   */
  public SessionsBuilder alsoExpiring(CookieOptions... cookies) {
    Arrays.asList(cookies).forEach(one -> Objects.requireNonNull(one, "cookies"));
    former.addAll(Arrays.asList(cookies));
    return this;
  }

  /**
   * Limits what the header lines of a session may take up in one response, all its cookies
   * together, so that every proxy on the way takes the response; docs/operations.md has their
   * limits. What is larger is refused as a session that does not fit its cookie is. Without this
   * there is no limit, but an event, {@link SessionEvent.ResponseHeadersLarge}.
   *
   * @param bytes of names and values with what is around them, 1,024 to 131,072
   */
  public SessionsBuilder responseLimit(int bytes) {
    if (bytes < LEAST_RESPONSE || bytes > MOST_RESPONSE) {
      throw new IllegalArgumentException(
          "%s bytes for the header lines of a session; it must be %s to %s"
              .formatted(bytes, LEAST_RESPONSE, MOST_RESPONSE));
    }
    responseLimit = bytes;
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
    Arrays.asList(declared).forEach(one -> Objects.requireNonNull(one, "declared"));
    return serializer("attributes", serializer -> serializer.withAttributes(declared));
  }

  /**
   * Registers converters of classes that a session would not carry, in addition to those that the
   * serializer knows already; see {@link AttributeConverter}. They are those of the place that is
   * written; the encoder of another place that is read has its own.
   *
   * @throws IllegalArgumentException if two are for the same class or have the same word, or one is
   *     for a class that a session carries without it
   * @throws IllegalStateException if the encoder or its serializer is an own one
   */
  public SessionsBuilder converters(AttributeConverter<?>... converters) {
    Arrays.asList(converters).forEach(one -> Objects.requireNonNull(one, "converters"));
    return serializer("converters", serializer -> serializer.withConverters(converters));
  }

  /**
   * Carries declared attributes by a mapping of the application's, for types that the ordinary one
   * does not know: {@code JacksonTypes.with(mapper)} of the encoders module has the modules of a
   * mapper. It is that of the place that is written.
   *
   * @throws IllegalStateException if the encoder or its serializer is an own one: it has its own
   *     types
   */
  public SessionsBuilder types(TypeMapping mapping) {
    Objects.requireNonNull(mapping, "mapping");
    return serializer("types", serializer -> serializer.withTypes(mapping));
  }

  private SessionsBuilder serializer(String what, UnaryOperator<JsonSerializer> change) {
    NativeEncoder mine = nativeEncoder(what);
    if (!(mine.serializer() instanceof JsonSerializer serializer)) {
      throw new IllegalStateException(
          "%s are declared in a JsonSerializer; the serializer here is %s, declare them there"
              .formatted(what, mine.serializer().getClass().getName()));
    }
    writing = writing.withEncoder(mine.withSerializer(change.apply(serializer)));
    return this;
  }

  /**
   * Names the application, where several share the keys: sessions of the others are rejected.
   *
   * @param application any text, for example {@code shop}
   * @throws IllegalArgumentException if it is empty or blank, as the value of a variable that is
   *     not set: sessions of all applications without a name would be accepted
   * @throws IllegalStateException if the encoder is an own one
   */
  public SessionsBuilder audience(String application) {
    Objects.requireNonNull(application, "application");
    if (application.isBlank()) {
      throw new IllegalArgumentException(
          "the audience is empty, so sessions of every application without one would be accepted; give the application a name, or leave the audience out");
    }
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

  /** Whether the cookie has a domain by the host of the request. */
  boolean hasDomains() {
    return !domains.isEmpty();
  }

  /** The policy so far. */
  SessionPolicy policy() {
    return policy;
  }

  /** The options of the cookie so far, or null if the session travels in a header. */
  @Nullable CookieOptions cookie() {
    return writing.options();
  }

  /** Lets the session travel in as many cookies as it needs, of at most so many bytes in all. */
  void chunked(int limit) {
    CookieOptions options = Objects.requireNonNull(writing.options(), "it travels in a header");
    writing = SessionTransport.chunked(options, writing.encoder(), limit);
  }

  /** Compresses payloads of so many bytes and more. */
  void compressed(int threshold) {
    writing = writing.withEncoder(nativeEncoder("compression").withCompression(threshold));
  }

  /** Pads what {@link #encrypted} encrypts to a multiple of so many bytes. */
  void padded(int multiple) {
    padding = multiple;
  }

  /** Also reads sessions of our own encoder here. */
  void readingOwn(OwnPlace place) {
    readingOwn.add(place);
  }

  /**
   * The finished sessions.
   *
   * @throws IllegalArgumentException if settings contradict each other: the idle timeout is longer
   *     than the absolute one, two places that are written have one name, a cookie is written and
   *     to be expired as a former one, or a domain does not go with the cookie
   */
  public Sessions build() {
    SessionTransport first = encrypted ? encrypting() : writing;
    List<SessionTransport> all = new ArrayList<>(reading);
    readingOwn.forEach(place -> all.add(place(place, first)));
    List<SessionTransport> expiring = former.stream().map(cookie -> like(first, cookie)).toList();
    Transports transports = new Transports(first, alsoWriting, all, expiring, domains);
    return new Sessions(transports, policy.requireReachable(), listener, random, responseLimit);
  }

  private SessionTransport encrypting() {
    NativeEncoder encoder = nativeEncoder("encryption").withSealer(new XaesGcm(random));
    return writing.withEncoder(padding == 1 ? encoder : encoder.withPadding(padding));
  }

  /** A place of our own encoder, in one cookie or several. */
  private SessionTransport place(OwnPlace place, SessionTransport written) {
    Boolean sealed = place.encrypted();
    SessionTransport like = sealed == null ? written : sealed ? encrypting() : writing;
    return SessionTransport.chunked(place.cookie(), like.encoder(), CookieChunks.MAX_LIMIT);
  }

  /** A place of the same kind in this cookie. */
  private static SessionTransport like(SessionTransport place, CookieOptions cookie) {
    return place.options() == null
        ? SessionTransport.cookie(cookie, place.encoder())
        : place.withCookie(cookie);
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
