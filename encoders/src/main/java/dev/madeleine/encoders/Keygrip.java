package dev.madeleine.encoders;

import dev.madeleine.CheckReturnValue;
import dev.madeleine.internal.Hmac;
import dev.madeleine.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of texts as npm keygrip 1.1.0 makes and checks them, with a list of secrets that does
 * not change.
 *
 * <pre>
 * signature = base64url(HMAC(secret, utf8(text))), no padding    27, 43, 64 or 86 characters
 * signature = hex(HMAC(secret, utf8(text))), lower case          40, 64, 96 or 128 characters
 * </pre>
 *
 * <p>Two signatures are compared in the same time wherever they differ, and all secrets are always
 * tried, so the time tells neither how much of a forgery is right nor which secret made it; it
 * grows with the number of secrets and the length of the text. Safe for use by several threads.
 */
public final class Keygrip {
  private final ForeignSecrets secrets;
  private final Digest digest;
  private final boolean hex;
  private final List<Hmac> hmacs;

  private Keygrip(ForeignSecrets secrets, Digest digest, boolean hex) {
    this.secrets = secrets;
    this.digest = digest;
    this.hex = hex;
    hmacs = secrets.each(digest::hmac);
  }

  /** Signatures with keygrip's defaults, SHA-1 and base64url. */
  public static Keygrip of(ForeignSecrets secrets) {
    return new Keygrip(Objects.requireNonNull(secrets, "secrets"), Digest.SHA1, false);
  }

  /** This with another digest. */
  @CheckReturnValue
  public Keygrip withDigest(Digest newDigest) {
    return new Keygrip(secrets, Objects.requireNonNull(newDigest, "newDigest"), hex);
  }

  /** This with signatures in lower-case hex: keygrip's encoding {@code hex}. */
  @CheckReturnValue
  public Keygrip withHex() {
    return new Keygrip(secrets, digest, true);
  }

  /** The signature of a text by the signing secret. */
  public String sign(String text) {
    return signature(hmacs.get(0), Utf8.bytesLikeNode(text));
  }

  /** Whether one of the secrets made this signature of this text. */
  public boolean verify(String text, String signature) {
    return index(text, signature) >= 0;
  }

  /**
   * Which secret made this signature of this text.
   *
   * @return its position, 0 for the signing secret, or -1 if none did
   */
  public int index(String text, String signature) {
    byte[] message = Utf8.bytesLikeNode(text);
    byte[] claimed = Utf8.bytesLikeNode(signature);
    int found = -1;
    for (int i = hmacs.size() - 1; i >= 0; i--) {
      byte[] expected = signature(hmacs.get(i), message).getBytes(StandardCharsets.US_ASCII);
      found = MessageDigest.isEqual(expected, claimed) ? i : found;
    }
    return found;
  }

  private String signature(Hmac hmac, byte[] message) {
    byte[] mac = hmac.mac(message);
    return hex
        ? HexFormat.of().formatHex(mac)
        : Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /** Characters of a signature. */
  int signatureLength() {
    return hex ? 2 * digest.length() : (8 * digest.length() + 5) / 6;
  }

  /** What an operator should know of the secrets, or null. */
  @Nullable String weakness() {
    return secrets.weakness();
  }

  /** Digest, encoding and the number of secrets. */
  @Override
  public String toString() {
    return "Keygrip[HMAC-%s, %s, %s]".formatted(digest, hex ? "hex" : "base64url", secrets);
  }
}
