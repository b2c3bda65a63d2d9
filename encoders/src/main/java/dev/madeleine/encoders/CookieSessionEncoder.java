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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of {@link CookieSession}, for one cookie name, which the signature covers. */
final class CookieSessionEncoder implements SessionEncoder {
  /**
   * Names that cookie-session skips when it reads: its Session class or Object.prototype has them.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "_ctx",
          "isChanged",
          "isNew",
          "isPopulated",
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__",
          "__proto__",
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf");

  static final Serializer JSON = new JavaScriptJson(RESERVED);

  private final Keygrip keygrip;
  private final CookieLimit limit;
  private final Serializer json;
  private final int maxLength;

  CookieSessionEncoder(Keygrip keygrip, CookieLimit limit, Serializer json) {
    this.keygrip = Objects.requireNonNull(keygrip, "keygrip");
    this.limit = limit;
    this.json = Objects.requireNonNull(json, "json");
    maxLength = limit.length(1 + keygrip.signatureLength());
  }

  @Override
  @CheckReturnValue
  public SessionEncoder withName(String name) {
    return new CookieSessionEncoder(keygrip, limit.named(name), json);
  }

  @Override
  @CheckReturnValue
  public SessionEncoder withLimit(int length) {
    return new CookieSessionEncoder(keygrip, limit.within(length), json);
  }

  @Override
  public String encode(SessionSnapshot session) {
    String value = Base64Text.encode(json.toBytes(session.attributes()));
    String text = value + "." + keygrip.sign(signed(value));
    return SessionTooLargeException.requireFits(text, maxLength, session, json);
  }

  @Override
  public Decoded decode(String text) {
    if (text.length() > maxLength) {
      return new Rejected(RejectionReason.TOO_LONG);
    }
    int dot = text.lastIndexOf('.');
    if (dot < 0) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    String value = text.substring(0, dot);
    int secret = keygrip.index(signed(value), text.substring(dot + 1));
    if (secret < 0) {
      return new Rejected(RejectionReason.BAD_SEAL);
    }
    // Authentic from here on.
    byte[] bytes = Base64Text.decode(value);
    if (bytes == null) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    try {
      LocatedAttributes attributes = json.read(bytes, 0, bytes.length);
      return new Accepted(SessionSnapshot.of(attributes), secret > 0);
    } catch (IOException | RuntimeException e) {
      // The cause is not kept: a parser's message may quote the payload.
      return new Rejected(RejectionReason.BAD_PAYLOAD);
    }
  }

  private String signed(String value) {
    return limit.name() + "=" + value;
  }

  @Override
  public Serializer serializer() {
    return json;
  }

  @Override
  public String format() {
    return "cookie-session";
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
