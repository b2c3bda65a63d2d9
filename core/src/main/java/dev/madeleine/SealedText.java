package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * One value in a signed or encrypted text that travels in no cookie, for one purpose: a link in a
 * mail, a challenge, a form field. The text is base64url, so it needs no escaping in a URL.
 *
 * <p>It has the keys and rules of sessions, but a purpose of its own: neither a session nor a
 * single value verifies as such a text, nor the other way round. Its time of writing is sealed. Who
 * has the text can use it until its lifetime has passed, as often as they like: what must happen
 * once needs a memory on the server. Immutable.
 *
 * <pre>{@code
 * SealedText<String> reset = SealedText.of(
 *     Attribute.of("user", String.class), NativeEncoder.encrypted(() -> keys, "password-reset"),
 *     Duration.ofMinutes(30), InstantSource.system());
 * String link = "https://example.com/reset?t=" + reset.seal("marcel");
 * String user = reset.unseal(parameter).value(); // null: see rejection()
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class SealedText<T> {
  private final SingleValue<T> single;

  private SealedText(SingleValue<T> single) {
    this.single = single;
  }

  /**
   * Texts of a value of this name and type, by which it is declared.
   *
   * @param encoder signs or encrypts; texts of another purpose do not verify
   * @param lifetime from sealing to the end: whole seconds, 1 second to 400 days
   */
  public static <T> SealedText<T> of(
      Attribute<T> attribute, NativeEncoder encoder, Duration lifetime, InstantSource clock) {
    Objects.requireNonNull(attribute, "attribute");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(lifetime, "lifetime");
    Objects.requireNonNull(clock, "clock");
    return new SealedText<>(SingleValue.of(attribute, encoder.forTexts(), lifetime, clock));
  }

  /**
   * The text of a value, whose lifetime begins now.
   *
   * @return at most 4,096 characters of base64url, or as many as the encoder's limit
   * @throws IllegalArgumentException if the value would not come back equal
   * @throws SessionTooLargeException if it does not fit
   */
  public String seal(T value) {
    return single.encoder().encode(single.snapshot(value, single.policy().now()));
  }

  /** The value of a text, or the reason why there is none. Never throws, whatever the text. */
  public SealedValue.Result<T> unseal(String text) {
    Decoded decoded = single.encoder().decode(text);
    if (decoded instanceof Rejected rejected) {
      return SingleValue.none(rejected.reason());
    }
    Accepted accepted = (Accepted) decoded;
    RejectionReason refusal =
        single.policy().judge(accepted.snapshot(), RequestHeaders.NONE, single.policy().now());
    return refusal == null ? single.result(accepted) : SingleValue.none(refusal);
  }

  /** The attribute's name and type, and the format; no value. */
  @Override
  public String toString() {
    return "%s, %s, for %s"
        .formatted(single.attribute(), single.encoder(), single.policy().absolute());
  }
}
