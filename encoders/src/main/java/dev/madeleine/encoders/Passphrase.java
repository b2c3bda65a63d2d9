package dev.madeleine.encoders;

import dev.madeleine.MasterKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A key from a passphrase, by Argon2id (RFC 9106): for somebody who must be able to type the key.
 * Random keys are better wherever a machine keeps them. Slow and large on purpose: once at the
 * start, never per request.
 *
 * <p>The key is as good as the passphrase. Whoever has one session cookie can try passphrases
 * against it for ever; six random words are a beginning.
 */
public final class Passphrase {
  /** Fewest characters of a passphrase. */
  private static final int MIN_CHARACTERS = 16;

  /** Fewest bytes of a salt (RFC 9106 section 3.1). */
  private static final int MIN_SALT = 16;

  private static final int MAX_LANES = 64;
  private static final int MAX_PASSES = 1000;
  private static final int BLOCKS_PER_LANE = 8;
  private static final int MAX_UTF8 = 3; // Bytes per char.

  /** The weakest settings that are taken, memory in KiB and passes (OWASP, Password Storage). */
  private static final int[][] WEAKEST = {{47_104, 1}, {19_456, 2}, {12_288, 3}, {9_216, 4}};

  private Passphrase() {}

  /**
   * A key by the settings that RFC 9106 section 4 recommends where memory is scarce: 64 MiB, 3
   * passes, 4 lanes. Needs {@code org.bouncycastle:bcprov-jdk18on}.
   *
   * @param passphrase at least 16 characters; the caller may wipe it
   * @param salt at least 16 random bytes that the nodes share; no secret, but another one for each
   *     installation
   * @throws IllegalArgumentException if one of them is too short, or published
   * @throws IllegalStateException if Bouncy Castle is missing; the message says what to add
   */
  public static MasterKey argon2id(char[] passphrase, byte[] salt) {
    return argon2id(passphrase, salt, 65_536, 3, 4);
  }

  /**
   * A key by settings of your own, not weaker than one of OWASP's: 46 MiB and 1 pass, 19 MiB and 2,
   * 12 MiB and 3, or 9 MiB and 4. Other settings make another key.
   *
   * @param memory in KiB
   * @param passes over the memory
   * @param lanes 1 to 64
   * @throws IllegalArgumentException if it is too weak, or the passphrase too short or published
   * @throws IllegalStateException if Bouncy Castle is missing; the message says what to add
   */
  public static MasterKey argon2id(
      char[] passphrase, byte[] salt, int memory, int passes, int lanes) {
    Objects.requireNonNull(passphrase, "passphrase");
    Objects.requireNonNull(salt, "salt");
    check(salt, memory, passes, lanes);
    byte[] bytes = utf8(passphrase);
    try {
      if (MasterKey.isPublished(bytes)) {
        throw new IllegalArgumentException(
            "this passphrase is published in documentation, so anybody can forge sessions with it");
      }
      return MasterKey.of(Argon2id.derive(bytes, salt, memory, passes, lanes));
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "Passphrase.argon2id needs org.bouncycastle:bcprov-jdk18on (tested with 1.86), which is missing or too old: add it as a dependency (on the module path, also resolve the module org.bouncycastle.provider), or use a random key, MasterKey.parse, which needs the JDK alone",
          e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void check(byte[] salt, int memory, int passes, int lanes) {
    if (salt.length < MIN_SALT) {
      throw new IllegalArgumentException(
          "a salt of %s bytes; it needs at least %s random ones".formatted(salt.length, MIN_SALT));
    }
    if (lanes < 1 || lanes > MAX_LANES || memory / BLOCKS_PER_LANE < lanes) {
      throw new IllegalArgumentException(
          "%s lanes; there must be 1 to %s, with 8 KiB each".formatted(lanes, MAX_LANES));
    }
    boolean strong = false;
    for (int[] setting : WEAKEST) {
      strong |= memory >= setting[0] && passes >= setting[1];
    }
    if (!strong || passes > MAX_PASSES) {
      throw new IllegalArgumentException(
          "%s KiB and %s passes; use 65536 and 3, at least 19456 and 2, at most %s passes"
              .formatted(memory, passes, MAX_PASSES));
    }
  }

  private static byte[] utf8(char[] passphrase) {
    int characters = Character.codePointCount(passphrase, 0, passphrase.length);
    if (characters < MIN_CHARACTERS) {
      throw new IllegalArgumentException(
          "a passphrase of %s characters; it needs at least %s, better six random words"
              .formatted(characters, MIN_CHARACTERS));
    }
    ByteBuffer encoded = ByteBuffer.allocate(MAX_UTF8 * passphrase.length);
    CoderResult result =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), encoded, true);
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    if (result.isError()) {
      throw new IllegalArgumentException("the passphrase holds half of a surrogate pair");
    }
    return bytes;
  }
}
