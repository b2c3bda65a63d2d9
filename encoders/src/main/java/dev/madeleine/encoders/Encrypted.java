package dev.madeleine.encoders;

import dev.madeleine.KeyRing;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Sealer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The native format under ciphers that the JDK lacks, by Bouncy Castle. Take {@link
 * NativeEncoder#encrypted} unless you have a reason: these are for machines without AES
 * instructions, and for those who do not trust their source of randomness.
 *
 * <pre>{@code
 * NativeEncoder encoder = Encrypted.xChaCha20Poly1305(() -> keys, "session", new SecureRandom());
 * Sessions sessions = Sessions.builder(encoder).build();
 * }</pre>
 */
public final class Encrypted {
  private Encrypted() {}

  /**
   * The native format under XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with random 24-byte
   * nonces, good for 2<sup>80</sup> tokens per key: for machines without AES instructions. Needs
   * {@code org.bouncycastle:bcprov-jdk18on}.
   *
   * @param keys asked at each use; an answer that is another object than the last replaces all keys
   * @param purpose what the tokens are for, for example {@code session}; tokens of another purpose
   *     do not open
   * @param random where nonces come from
   * @throws IllegalStateException if Bouncy Castle is missing; the message says what to add
   */
  public static NativeEncoder xChaCha20Poly1305(
      Supplier<KeyRing> keys, String purpose, SecureRandom random) {
    check(keys, purpose, random);
    return NativeEncoder.sealed(
        keys,
        purpose,
        linked("xChaCha20Poly1305", () -> BouncyCastleAead.xChaCha20Poly1305(random)));
  }

  /**
   * The native format under AES-256-GCM-SIV (RFC 8452) with random 12-byte nonces, good for
   * 2<sup>32</sup> tokens per key. A nonce that comes twice, as after the copy of a virtual machine
   * with its random state, tells only whether two tokens hold the same. Needs {@code
   * org.bouncycastle:bcprov-jdk18on}. See {@link #xChaCha20Poly1305} for the parameters.
   *
   * @throws IllegalStateException if Bouncy Castle is missing; the message says what to add
   */
  public static NativeEncoder aesGcmSiv(
      Supplier<KeyRing> keys, String purpose, SecureRandom random) {
    check(keys, purpose, random);
    return NativeEncoder.sealed(
        keys, purpose, linked("aesGcmSiv", () -> BouncyCastleAead.aesGcmSiv(random)));
  }

  private static void check(Supplier<KeyRing> keys, String purpose, SecureRandom random) {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(random, "random");
  }

  /** The sealer, or what to do when its class does not link. */
  private static Sealer linked(String name, Supplier<Sealer> sealer) {
    try {
      return sealer.get();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "Encrypted.%s needs org.bouncycastle:bcprov-jdk18on (tested with 1.86), which is missing or too old: add it as a dependency (on the module path, also resolve the module org.bouncycastle.provider), or use NativeEncoder.encrypted, which needs the JDK alone"
              .formatted(name),
          e);
    }
  }
}
