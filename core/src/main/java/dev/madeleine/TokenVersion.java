package dev.madeleine;

import dev.madeleine.internal.TokenBuffer;
import java.io.IOException;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One version of the native token: how its bytes lie around nonce, payload and tag.
 *
 * <p>A token begins with a prefix in clear, which names version, form and key; a sealer
 * authenticates it as it is. What follows the nonce, metadata and payload, an encrypting sealer
 * hides. A later version is one more class, named in {@link #of}.
 */
interface TokenVersion {
  /** No token of any version has fewer bytes. */
  int SHORTEST = 64;

  /** The version that is written. */
  TokenVersion WRITTEN = new Version2();

  /** The version of this token, or null if this release does not know it. */
  static @Nullable TokenVersion of(byte[] token) {
    return token[0] == Version2.NUMBER ? WRITTEN : null;
  }

  /** The version's word in the key derivation. */
  String name();

  /** Bytes of the prefix. */
  int prefixLength();

  /** Fewest bytes of metadata and payload. */
  int minLength();

  /** Writes the prefix. */
  void writePrefix(boolean encrypted, int keyId, TokenBuffer out);

  /** Whether the prefix says what the sealer is: one that encrypts, or one that does not. */
  boolean hasForm(boolean encrypted, byte[] token);

  /** The id of the key that the prefix names. */
  int keyId(byte[] token);

  /**
   * Writes metadata and payload.
   *
   * @param end where they have to end so that the token still fits
   * @throws IllegalArgumentException if the snapshot lacks id or times, or one does not fit
   */
  void write(SessionSnapshot session, Payload payload, TokenBuffer out, int end);

  /**
   * Reads metadata and payload of an authentic token.
   *
   * @param start where the metadata begins
   * @param end where the payload, or its padding, ends
   * @return null if there is a flag that this release does not know
   */
  @Nullable SessionSnapshot read(
      boolean encrypted, byte[] token, int start, int end, Payload payload)
      throws IOException, DataFormatException;
}
