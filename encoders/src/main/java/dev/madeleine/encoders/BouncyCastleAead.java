package dev.madeleine.encoders;

import dev.madeleine.Sealer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A cipher that the JDK lacks, by Bouncy Castle's lightweight API: no security provider, and a new
 * cipher object for each token, as these objects have state.
 *
 * <p>Without the jar this class does not link.
 */
final class BouncyCastleAead implements Sealer {
  private static final int TAG = 16;

  private final String algorithm;
  private final int nonceLength;
  private final Supplier<AEADCipher> cipher;
  private final SecureRandom random;

  private BouncyCastleAead(
      String algorithm, int nonceLength, Supplier<AEADCipher> cipher, SecureRandom random) {
    this.algorithm = algorithm;
    this.nonceLength = nonceLength;
    this.cipher = cipher;
    this.random = random;
    Objects.requireNonNull(cipher.get()); // A missing jar is found here, not by the first session.
  }

  /** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with random nonces of 24 bytes. */
  static Sealer xChaCha20Poly1305(SecureRandom random) {
    return new BouncyCastleAead("XChaCha20-Poly1305", 24, XChaCha20Poly1305::new, random);
  }

  /**
   * AES-256-GCM-SIV (RFC 8452) with random nonces of 12 bytes. The multiplier is the one without
   * tables: none to fill for each token, none that the cache could tell the key from.
   */
  static Sealer aesGcmSiv(SecureRandom random) {
    return new BouncyCastleAead(
        "AES-256-GCM-SIV",
        12,
        () -> new GCMSIVBlockCipher(AESEngine.newInstance(), new BasicGCMMultiplier()),
        random);
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public boolean encrypts() {
    return true;
  }

  @Override
  public int nonceLength() {
    return nonceLength;
  }

  @Override
  public int tagLength() {
    return TAG;
  }

  @Override
  public Keyed keyed(byte[] subkey) {
    return new Key(new KeyParameter(subkey));
  }

  @Override
  public String toString() {
    return algorithm;
  }

  private final class Key implements Keyed {
    private final KeyParameter key;

    Key(KeyParameter key) {
      this.key = key;
    }

    @Override
    public void seal(byte[] token, int headerLength, int length) {
      byte[] nonce = new byte[nonceLength];
      random.nextBytes(nonce);
      System.arraycopy(nonce, 0, token, headerLength, nonceLength);
      try {
        run(true, token, headerLength, length - TAG);
      } catch (InvalidCipherTextException e) {
        throw new AssertionError(e); // Thrown by a check of a tag, and there is none yet.
      }
    }

    @Override
    public boolean unseal(byte[] token, int headerLength, int length) {
      try {
        run(false, token, headerLength, length);
        return true;
      } catch (InvalidCipherTextException e) {
        // XChaCha20 writes before it has seen the tag; what nobody vouches for is wiped.
        Arrays.fill(token, headerLength + nonceLength, length, (byte) 0);
        return false;
      }
    }

    /** Runs a new cipher in place, from behind the nonce up to {@code end}. */
    private void run(boolean sealing, byte[] token, int headerLength, int end)
        throws InvalidCipherTextException {
      int start = headerLength + nonceLength;
      byte[] nonce = Arrays.copyOfRange(token, headerLength, start);
      AEADCipher aead = cipher.get();
      aead.init(sealing, new AEADParameters(key, 8 * TAG, nonce));
      aead.processAADBytes(token, 0, headerLength);
      int done = aead.processBytes(token, start, end - start, token, start);
      aead.doFinal(token, start + done);
    }
  }
}
