package dev.madeleine;

import dev.madeleine.internal.Base64Url;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a native token claims, for tools that show it. <b>Nothing of it is
 * authentic:</b> no key was asked, anybody can write such a text. {@link SessionEncoder#decode}
 * tells what to believe.
 *
 * <p>The header is drawn in docs/formats.md; encryption does not hide it.
 *
 * @param version of the format, 1
 * @param keyId id of the key that is said to have sealed it, 8 hex digits
 * @param id the session's id, 32 hex digits
 * @param created when the session began
 * @param refreshed when it was last sealed because somebody used it
 * @param maxIdle its own idle timeout, zero for none
 * @param subject whom it belongs to, or null
 * @param remembered whether the cookie outlives the browser's session
 * @param deflated whether the payload is compressed (raw deflate, RFC 1951)
 * @param padded whether the payload is filled up
 * @param length bytes of the header: what follows is payload and tag, or nonce, ciphertext and tag
 */
public record TokenHeader(
    int version,
    String keyId,
    String id,
    Instant created,
    Instant refreshed,
    Duration maxIdle,
    @Nullable Subject subject,
    boolean remembered,
    boolean deflated,
    boolean padded,
    int length) {
  /** The header at the beginning of this text, or null if the text is no token of version 1. */
  public static @Nullable TokenHeader of(String token) {
    byte[] bytes = Base64Url.decode(token);
    if (bytes == null || bytes.length < Header.MIN_LENGTH) {
      return null;
    }
    int length = Header.length(bytes);
    if (length < 0 || bytes.length < length) {
      return null;
    }
    SessionSnapshot claimed = Header.read(bytes, SessionSnapshot.EMPTY);
    return new TokenHeader(
        Header.VERSION,
        HexFormat.of().toHexDigits(Header.keyId(bytes)),
        Objects.requireNonNull(claimed.id()),
        Objects.requireNonNull(claimed.created()),
        Objects.requireNonNull(claimed.refreshed()),
        Objects.requireNonNull(claimed.maxIdle()),
        claimed.subject(),
        claimed.remembered(),
        Header.has(Header.DEFLATED, bytes),
        Header.has(Header.PADDED, bytes),
        length);
  }
}
