package dev.madeleine;

import dev.madeleine.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Whom a session belongs to, as far as the sealed header tells: enough to revoke all sessions of
 * one user, too little to name the user.
 *
 * @param hash the first 8 bytes of SHA-256 over a fixed prefix and the subject's name, 16
 *     lower-case hex digits. It hides a name from a glance, not from somebody who guesses names
 * @param generation the user's generation when the session was made: a number the application
 *     raises to end all older sessions of that user, 0 when it keeps none
 */
public record Subject(String hash, int generation) {
  private static final String PREFIX = "madeleine/subject:";
  private static final int HASH_BYTES = 8;

  /** Checks the form of the hash. */
  public Subject {
    if (!SessionSnapshot.isHex(hash, 2 * HASH_BYTES)) {
      throw new IllegalArgumentException(
          "a subject's hash is 16 lower-case hex digits; use Subject.of(name, generation)");
    }
  }

  /**
   * The subject with this name, for example a user's primary key or login name.
   *
   * @param name any text that names one user for good; it does not travel
   * @param generation see {@link #generation()}
   * @throws IllegalArgumentException if the name is empty
   */
  public static Subject of(String name, int generation) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the name of a subject is empty, so everybody without a name would be the same user");
    }
    byte[] digest = Sha256.of((PREFIX + name).getBytes(StandardCharsets.UTF_8));
    return new Subject(HexFormat.of().formatHex(digest, 0, HASH_BYTES), generation);
  }
}
