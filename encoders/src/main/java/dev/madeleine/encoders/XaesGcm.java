package dev.madeleine.encoders;

import dev.madeleine.Sealer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * XAES-256-GCM (C2SP.org/XAES-256-GCM): AES-256-GCM under a key that is derived from the first half
 * of a 24-byte nonce, so that random nonces never run out.
 */
final class XaesGcm implements Sealer {
  private static final int NONCE = 24;
  private static final int TAG = 16;
  private static final int BLOCK = 16;

  private final SecureRandom random;

  XaesGcm(SecureRandom random) {
    this.random = random;
  }

  @Override
  public String algorithm() {
    return "XAES-256-GCM";
  }

  @Override
  public boolean encrypts() {
    return true;
  }

  @Override
  public int nonceLength() {
    return NONCE;
  }

  @Override
  public int tagLength() {
    return TAG;
  }

  @Override
  public Keyed keyed(byte[] subkey) {
    return new Key(subkey);
  }

  @Override
  public String toString() {
    return algorithm();
  }

  private final class Key implements Keyed {
    private final SecretKeySpec key;
    private final byte[] k1;

    Key(byte[] subkey) {
      key = new SecretKeySpec(subkey, "AES");
      k1 = doubled(blocks(new byte[BLOCK]));
    }

    @Override
    public void seal(byte[] token, int headerLength, int length) {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      System.arraycopy(nonce, 0, token, headerLength, NONCE);
      int start = headerLength + NONCE;
      try {
        cipher(Cipher.ENCRYPT_MODE, token, headerLength)
            .doFinal(token, start, length - start - TAG, token, start);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM of this Java platform failed", e);
      }
    }

    @Override
    public boolean unseal(byte[] token, int headerLength, int length) {
      int start = headerLength + NONCE;
      try {
        cipher(Cipher.DECRYPT_MODE, token, headerLength)
            .doFinal(token, start, length - start, token, start);
        return true;
      } catch (AEADBadTagException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM of this Java platform failed", e);
      }
    }

    /** AES-GCM for the nonce in this token, with the header as associated data. */
    private Cipher cipher(int mode, byte[] token, int headerLength)
        throws GeneralSecurityException {
      byte[] input = new byte[2 * BLOCK];
      for (int half = 0; half < 2; half++) {
        int at = half * BLOCK;
        input[at + 1] = (byte) (half + 1);
        input[at + 2] = 'X';
        System.arraycopy(token, headerLength, input, at + 4, 12);
        for (int i = 0; i < BLOCK; i++) {
          input[at + i] ^= k1[i];
        }
      }
      byte[] derived = blocks(input);
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          mode,
          new SecretKeySpec(derived, "AES"),
          new GCMParameterSpec(8 * TAG, token, headerLength + 12, 12));
      Arrays.fill(derived, (byte) 0);
      gcm.updateAAD(token, 0, headerLength);
      return gcm;
    }

    /** AES of single blocks. */
    private byte[] blocks(byte[] input) {
      try {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, key);
        return aes.doFinal(input);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e); // Every JDK has AES, and the input is whole blocks.
      }
    }

    /** The block times x in GF(2^128), as CMAC (NIST SP 800-38B) makes its first subkey. */
    private static byte[] doubled(byte[] block) {
      byte[] result = new byte[BLOCK];
      int carry = 0;
      for (int i = BLOCK - 1; i >= 0; i--) {
        int shifted = (block[i] & 0xff) << 1 | carry;
        result[i] = (byte) shifted;
        carry = shifted >>> 8;
      }
      result[BLOCK - 1] ^= (byte) (carry * 0x87);
      return result;
    }
  }
}
