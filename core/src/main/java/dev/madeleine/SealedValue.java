package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value in a signed or encrypted cookie of its own, for example a remember-me token or a
 * preference.
 *
 * <p>It has the keys and rules of sessions, but a purpose of its own: a session never verifies as a
 * value, nor a value as a session or in another cookie. Its time of writing is sealed, and it
 * expires when its lifetime has passed, whatever the browser does. Immutable.
 *
 * <pre>{@code
 * SealedValue<Theme> theme = SealedValue.of(
 *     Attribute.of("theme", Theme.class), NativeEncoder.signed(() -> keys, "preference"),
 *     CookieOptions.named("__Host-theme"), Duration.ofDays(90), InstantSource.system());
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class SealedValue<T> {
  private static final HttpHeader NO_STORE = new HttpHeader("Cache-Control", "no-store");

  private final SingleValue<T> single;
  private final SessionTransport transport;

  private SealedValue(SingleValue<T> single, SessionTransport transport) {
    this.single = single;
    this.transport = transport;
  }

  /**
   * What a request brought: a value, or the reason why not, or nothing at all.
   *
   * @param value the value, or null
   * @param written when it was written, in milliseconds, or null
   * @param rejection why there is none although there was a cookie, or null; not to be shown in
   *     detail
   * @param reissueDue whether it was sealed by an older key; see {@link SealedValue#reissue}
   */
  public record Result<T>(
      @Nullable T value,
      @Nullable Instant written,
      @Nullable RejectionReason rejection,
      boolean reissueDue) {
    /** Whether there is a value, not which. */
    @Override
    public String toString() {
      return "Result[%s]".formatted(value != null ? "a value" : rejection);
    }
  }

  /**
   * A value of this name and type, by which it is declared.
   *
   * @param encoder signs or encrypts, for example {@code NativeEncoder.signed(keys, "remember")};
   *     values of another purpose do not verify
   * @param cookie where it travels; not the cookie of the session
   * @param lifetime from writing to the end, and Max-Age: whole seconds, 1 second to 400 days
   */
  public static <T> SealedValue<T> of(
      Attribute<T> attribute,
      NativeEncoder encoder,
      CookieOptions cookie,
      Duration lifetime,
      InstantSource clock) {
    Objects.requireNonNull(attribute, "attribute");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(cookie, "cookie");
    Objects.requireNonNull(lifetime, "lifetime");
    Objects.requireNonNull(clock, "clock");
    SingleValue<T> single = SingleValue.of(attribute, encoder.forValues(), lifetime, clock);
    return new SealedValue<>(
        single, SessionTransport.cookie(cookie.requireToken(), single.encoder()));
  }

  /**
   * The value that a request brings. Never throws, whatever it is.
   *
   * @param requestHeaders from a header's name to its lines in order, null or empty for none
   */
  public Result<T> read(Function<String, ? extends @Nullable List<String>> requestHeaders) {
    Finding found =
        Finding.of(
            transport, new RequestHeaders(requestHeaders), single.policy(), single.policy().now());
    if (found instanceof Finding.Valid valid) {
      return single.result(valid.accepted());
    }
    return SingleValue.none(
        found instanceof Finding.Invalid invalid ? invalid.rejected().reason() : null);
  }

  /**
   * The headers that store a value, whose lifetime begins now: {@code Set-Cookie} and {@code
   * Cache-Control: no-store}.
   *
   * @throws IllegalArgumentException if the value would not come back equal
   * @throws SessionTooLargeException if it does not fit
   */
  public List<HttpHeader> write(T value) {
    return write(value, single.policy().now(), lifetime());
  }

  /**
   * The headers that store a value again by today's key, as {@link #write}, but for what is left of
   * its lifetime.
   *
   * @throws IllegalArgumentException if it has no value
   */
  public List<HttpHeader> reissue(Result<T> result) {
    if (result.value() == null || result.written() == null) {
      throw new IllegalArgumentException(
          "the request brought no value, so there is none to seal again; write one");
    }
    Duration age = Duration.between(result.written(), single.policy().now());
    Duration left = lifetime().minus(age.isNegative() ? Duration.ZERO : age);
    return left.toSeconds() < 1 ? expire() : write(result.value(), result.written(), left);
  }

  private List<HttpHeader> write(T value, Instant written, Duration left) {
    HeaderLines lines = new HeaderLines(single.policy().now());
    transport.store(single.snapshot(value, written), left, RequestHeaders.NONE, lines);
    return withNoStore(lines);
  }

  /** The headers that make the browser forget the value. A copy of the cookie lives on. */
  public List<HttpHeader> expire() {
    HeaderLines lines = new HeaderLines(Instant.EPOCH); // It is told no age.
    transport.expire(RequestHeaders.NONE, lines);
    return withNoStore(lines);
  }

  private Duration lifetime() {
    return single.policy().absolute();
  }

  private static List<HttpHeader> withNoStore(HeaderLines cookie) {
    return List.of(cookie.headers().get(0), NO_STORE); // One cookie is one header.
  }

  /** The header of a response that depends on the value: {@code Vary: Cookie}. */
  public HttpHeader vary() {
    return new HttpHeader("Vary", transport.field());
  }

  @Override
  public String toString() {
    return "%s, %s, for %s".formatted(single.attribute(), transport, lifetime());
  }
}
