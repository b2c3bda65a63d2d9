package dev.madeleine;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM of the JDK under the key of one nonce's first half, which it keeps until a token
 * comes with another: the JDK takes longer to set up a key than to seal a small session. For one
 * thread at a time.
 */
final class DerivedGcm {
  /** Bytes of each half of the nonce. */
  static final int HALF = 12;

  private static final int TAG_BITS = 128;

  private final NonceKeys keys;
  private final Cipher gcm = cipher();
  private final byte[] half = new byte[HALF];
  private @Nullable SecretKey key;

  DerivedGcm(NonceKeys keys) {
    this.keys = keys;
  }

  /** Whether it has the key of the first half that begins here. */
  boolean isOf(byte[] bytes, int offset) {
    return key != null && Arrays.equals(half, 0, HALF, bytes, offset, offset + HALF);
  }

  /** Encrypts in place {@code header || nonce || payload} and adds the tag. */
  void seal(byte[] token, int headerLength, int end) {
    int start = headerLength + 2 * HALF;
    try {
      begin(Cipher.ENCRYPT_MODE, token, headerLength);
      gcm.doFinal(token, start, end - start, token, start);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM of this Java platform failed", e);
    }
  }

  /** Decrypts in place {@code header || nonce || ciphertext || tag} if the tag fits. */
  boolean unseal(byte[] token, int headerLength, int end) {
    int start = headerLength + 2 * HALF;
    try {
      begin(Cipher.DECRYPT_MODE, token, headerLength);
      gcm.doFinal(token, start, end - start, token, start);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM of this Java platform failed", e);
    }
  }

  private void begin(int mode, byte[] token, int headerLength) throws GeneralSecurityException {
    SecretKey present = key;
    if (present == null || !isOf(token, headerLength)) {
      present = keys.derive(token, headerLength);
      System.arraycopy(token, headerLength, half, 0, HALF);
      key = present;
    }
    gcm.init(mode, present, new GCMParameterSpec(TAG_BITS, token, headerLength + HALF, HALF));
    gcm.updateAAD(token, 0, headerLength);
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // Every JDK has AES-GCM.
    }
  }
}
