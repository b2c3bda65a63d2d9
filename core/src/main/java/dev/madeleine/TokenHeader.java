package dev.madeleine;

import dev.madeleine.internal.Base64Url;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * What a native token claims without any key, for tools that show it. <b>Nothing of it is
 * authentic:</b> anybody can write such a text. {@link SessionEncoder#decode} tells what to
 * believe.
 *
 * <p>An encrypted token claims version, form and key id, nothing else. The bytes are drawn in
 * docs/formats.md.
 */
public final class TokenHeader {
  /**
   * What the metadata of a signed token claims.
   *
   * @param id the session's id, 32 hex digits
   * @param created when the session began, in milliseconds
   * @param refreshed when it was last sealed because somebody used it
   * @param maxIdle its own idle timeout, zero for none
   * @param subject whom it belongs to, or null
   * @param keys the keys of the application by which it can be ended
   * @param remembered whether the cookie outlives the browser's session
   * @param shared whether another system's cookie was written together with it
   * @param deflated whether the payload is compressed (raw deflate, RFC 1951)
   */
  public record Metadata(
      String id,
      Instant created,
      Instant refreshed,
      Duration maxIdle,
      @Nullable Subject subject,
      List<ApplicationKey> keys,
      boolean remembered,
      boolean shared,
      boolean deflated) {}

  private final boolean encrypted;
  private final String keyId;
  private final @Nullable Metadata metadata;
  private final int length;

  private TokenHeader(boolean encrypted, String keyId, @Nullable Metadata metadata, int length) {
    this.encrypted = encrypted;
    this.keyId = keyId;
    this.metadata = metadata;
    this.length = length;
  }

  /** What this text claims, or null if it is no token of a version that this release knows. */
  public static @Nullable TokenHeader of(String token) {
    byte[] bytes = Base64Url.decode(token);
    TokenVersion version = bytes == null ? null : TokenVersion.of(bytes);
    if (bytes == null || version == null || bytes.length < version.prefixLength()) {
      return null;
    }
    String keyId = HexFormat.of().toHexDigits(version.keyId(bytes));
    int prefix = version.prefixLength();
    if (version.hasForm(true, bytes)) {
      return new TokenHeader(true, keyId, null, prefix);
    }
    if (!version.hasForm(false, bytes) || bytes.length < prefix + version.minLength()) {
      return null;
    }
    int flags = Version2.flags(bytes, prefix);
    int length = prefix + Version2.metadataLength(flags);
    if (!Version2.isKnown(flags, false) || bytes.length < length) {
      return null;
    }
    try {
      return new TokenHeader(false, keyId, metadata(bytes, prefix, flags), length);
    } catch (DataFormatException e) {
      return null; // Its keys are not in their order, which no writer does.
    }
  }

  private static Metadata metadata(byte[] bytes, int start, int flags) throws DataFormatException {
    SessionSnapshot claimed = Version2.readMetadata(bytes, start, SessionSnapshot.EMPTY);
    return new Metadata(
        Objects.requireNonNull(claimed.id()),
        Objects.requireNonNull(claimed.created()),
        Objects.requireNonNull(claimed.refreshed()),
        Objects.requireNonNull(claimed.maxIdle()),
        claimed.subject(),
        claimed.keys(),
        claimed.remembered(),
        claimed.shared(),
        (flags & Version2.DEFLATED) != 0);
  }

  /** The version of the format, 2. */
  public int version() {
    return Version2.NUMBER;
  }

  /** Whether it is said to be encrypted: then there is no metadata to see. */
  public boolean isEncrypted() {
    return encrypted;
  }

  /** The id of the key that is said to have sealed it, 8 hex digits. */
  public String keyId() {
    return keyId;
  }

  /** What a signed token claims of its session; null of an encrypted one. */
  public @Nullable Metadata metadata() {
    return metadata;
  }

  /**
   * Bytes of prefix and metadata of a signed token, behind which its payload begins; of an
   * encrypted one those of the prefix.
   */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return "TokenHeader[version %s, %s, key %s]"
        .formatted(version(), encrypted ? "encrypted" : "signed", keyId);
  }
}
