package dev.madeleine.encoders;

import dev.madeleine.KeyRing;
import dev.madeleine.NativeEncoder;
import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Encoders whose tokens hide the attributes from everybody without a key. The header, with session
 * id and times, stays readable.
 *
 * <pre>{@code
 * Sessions sessions = Sessions.with(Encrypted.encoder(() -> keys, "session", new SecureRandom()));
 * }</pre>
 */
public final class Encrypted {
  private Encrypted() {}

  /**
   * The native format under XAES-256-GCM (C2SP): AES-GCM of the JDK with random 24-byte nonces,
   * good for 2<sup>80</sup> tokens per key.
   *
   * @param keys asked at each use; an answer that is another object than the last replaces all keys
   * @param purpose what the tokens are for, for example {@code session}; tokens of another purpose
   *     do not open
   * @param random where nonces come from
   */
  public static NativeEncoder encoder(Supplier<KeyRing> keys, String purpose, SecureRandom random) {
    return NativeEncoder.sealed(keys, purpose, new XaesGcm(random));
  }
}
