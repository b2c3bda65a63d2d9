package dev.madeleine;

import dev.madeleine.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A word of the application's by which sessions can be ended, for example the {@code sid} of an
 * identity provider, a tenant or a device: {@link Session#login} seals it, {@link
 * Revocation#revokeKey} ends every session that has it.
 *
 * <p>The hash is not keyed: it hides a word from a glance, not from somebody who guesses words. In
 * signed tokens anybody can read it.
 *
 * @param hash the first 9 bytes of SHA-256 over {@code madeleine/key:} and the word in UTF-8, 18
 *     lower-case hex digits
 */
public record ApplicationKey(String hash) implements Comparable<ApplicationKey> {
  /** Most keys of one session. */
  public static final int MOST = 4;

  static final int BYTES = 9;
  private static final String PREFIX = "madeleine/key:";

  /** Checks the form of the hash. */
  public ApplicationKey {
    if (!SessionSnapshot.isHex(hash, 2 * BYTES)) {
      throw new IllegalArgumentException(
          "the hash of a key is 18 lower-case hex digits; use ApplicationKey.of(word)");
    }
  }

  /**
   * The key for this word.
   *
   * @param word any text; it does not travel. Words of different kinds need different beginnings,
   *     for example {@code tenant:} and {@code sid:}
   */
  public static ApplicationKey of(String word) {
    Objects.requireNonNull(word, "word");
    byte[] digest = Sha256.of((PREFIX + word).getBytes(StandardCharsets.UTF_8));
    return new ApplicationKey(HexFormat.of().formatHex(digest, 0, BYTES));
  }

  /** By the bytes of the hash, unsigned: the order in a token. */
  @Override
  public int compareTo(ApplicationKey other) {
    return hash.compareTo(other.hash);
  }
}
