package dev.madeleine;

import dev.madeleine.internal.Base64Url;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as text that a cookie can hold, for encoders of your own: base64url without padding (RFC
 * 4648 section 5), with exactly one text for each byte string. The JDK's decoder accepts several
 * texts for the same bytes, so that whoever changes a character of a cookie may still be believed.
 */
public final class CookieText {
  private CookieText() {}

  /** The text of these bytes: four characters for three bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Objects.requireNonNull(bytes, "bytes"));
  }

  /**
   * The bytes that {@link #encode} wrote as this text, or null if it wrote none: for an empty text,
   * padding, characters of another alphabet and stray bits in the last character.
   */
  public static byte @Nullable [] decode(String text) {
    return Base64Url.decode(Objects.requireNonNull(text, "text"));
  }
}
