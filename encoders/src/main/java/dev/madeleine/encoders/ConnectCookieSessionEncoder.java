package dev.madeleine.encoders;

import dev.madeleine.CheckReturnValue;
import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.RejectionReason;
import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTooLargeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of {@link ConnectCookieSession}. */
final class ConnectCookieSessionEncoder implements SessionEncoder {
  static final Serializer JSON = new JavaScriptJson(Set.of());
  private static final String SEPARATOR = "--";

  /** What the package makes of no session at all. */
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final Keygrip keygrip;
  private final CookieLimit limit;
  private final Serializer json;

  /**
   * Makes an encoder.
   *
   * @param keygrip SHA-1 and hex
   */
  ConnectCookieSessionEncoder(Keygrip keygrip, CookieLimit limit, Serializer json) {
    this.keygrip = keygrip;
    this.limit = limit;
    this.json = Objects.requireNonNull(json, "json");
  }

  @Override
  @CheckReturnValue
  public SessionEncoder withName(String name) {
    return new ConnectCookieSessionEncoder(keygrip, limit.named(name), json);
  }

  @Override
  @CheckReturnValue
  public SessionEncoder withLimit(int length) {
    return new ConnectCookieSessionEncoder(keygrip, limit.within(length), json);
  }

  @Override
  public String encode(SessionSnapshot session) {
    String base64 = Base64Text.encode(json.toBytes(session.attributes()));
    String text = uriComponent(base64 + SEPARATOR + keygrip.sign(base64));
    return SessionTooLargeException.requireFits(text, limit.length(0), session, json);
  }

  @Override
  public Decoded decode(String text) {
    if (text.length() > limit.length(0)) {
      return new Rejected(RejectionReason.TOO_LONG);
    }
    String raw = raw(text);
    int separator = raw.indexOf(SEPARATOR);
    if (separator < 0 || !(text.equals(raw) || text.equals(uriComponent(raw)))) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    String base64 = raw.substring(0, separator);
    int secret = keygrip.index(base64, raw.substring(separator + SEPARATOR.length()));
    if (secret < 0) {
      return new Rejected(RejectionReason.BAD_SEAL);
    }
    // Authentic from here on.
    byte[] bytes = Base64Text.decode(base64);
    if (bytes == null) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    try {
      LocatedAttributes attributes =
          Arrays.equals(bytes, NULL)
              ? LocatedAttributes.of(Map.of())
              : json.read(bytes, 0, bytes.length);
      return new Accepted(SessionSnapshot.of(attributes), secret > 0);
    } catch (IOException | RuntimeException e) {
      // The cause is not kept: a parser's message may quote the payload.
      return new Rejected(RejectionReason.BAD_PAYLOAD);
    }
  }

  /** What {@code encodeURIComponent} makes of base64 and hex. */
  private static String uriComponent(String raw) {
    return raw.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
  }

  private static String raw(String text) {
    return text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
  }

  @Override
  public Serializer serializer() {
    return json;
  }

  @Override
  public String format() {
    return "connect-cookie-session";
  }

  @Override
  public @Nullable String weakness() {
    return keygrip.weakness();
  }

  @Override
  public String toString() {
    return format() + " (signed, readable), " + keygrip;
  }
}
