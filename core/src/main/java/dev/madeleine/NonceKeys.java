package dev.madeleine;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivation of XAES-256-GCM: for the first 12 bytes of each nonce a key, by CMAC with AES
 * (NIST SP 800-108r1, section 4.1) of two counters.
 */
class NonceKeys {
  private static final int BLOCK = 16;

  private final SecretKey key;
  private final byte[] k1;

  NonceKeys(byte[] subkey) {
    key = new SecretKeySpec(subkey, "AES");
    k1 = doubled(blocks(new byte[BLOCK]));
  }

  /** The key for a nonce that begins here. */
  SecretKey derive(byte[] nonce, int offset) {
    byte[] input = new byte[2 * BLOCK];
    for (int half = 0; half < 2; half++) {
      int at = half * BLOCK;
      input[at + 1] = (byte) (half + 1);
      input[at + 2] = 'X';
      System.arraycopy(nonce, offset, input, at + 4, DerivedGcm.HALF);
      for (int i = 0; i < BLOCK; i++) {
        input[at + i] ^= k1[i];
      }
    }
    byte[] derived = blocks(input);
    try {
      return new SecretKeySpec(derived, "AES");
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
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
