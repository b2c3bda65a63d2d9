package dev.madeleine;

/**
 * An algorithm that makes bytes trustworthy: a MAC, or authenticated encryption. An expert's seam;
 * an application chooses one by name and never implements it.
 *
 * <p>A token is {@code header || nonce || payload || tag} in one array, sealed and unsealed in
 * place. The header is authenticated and stays readable; a MAC leaves the payload readable too.
 *
 * <p><b>Security guarantees.</b> Unsealing succeeds only for a token that somebody with the same
 * subkey sealed, byte for byte, with the same header. Tags have one fixed length. Comparisons take
 * the same time whatever the bytes.
 */
public interface Sealer {
  /** The algorithm's name, for example {@code HMAC-SHA-256}: part of the key derivation. */
  String algorithm();

  /** Whether the payload is hidden from a reader without the key. */
  boolean encrypts();

  /** Bytes between header and payload; 0 for a MAC. */
  int nonceLength();

  /** Bytes after the payload. */
  int tagLength();

  /**
   * This algorithm with a key, safe for use by several threads.
   *
   * @param subkey 32 bytes that serve this algorithm and this use alone; copied
   */
  Keyed keyed(byte[] subkey);

  /** A sealer with its key. */
  interface Keyed {
    /**
     * Fills in nonce and tag, and encrypts the payload if the algorithm does. Keeps no reference to
     * the array, which serves the next session too, and writes nothing beyond its length.
     *
     * @param token {@code header || space for the nonce || payload || space for the tag}
     * @param headerLength bytes of the header
     * @param length bytes of the token; the array may be longer
     */
    void seal(byte[] token, int headerLength, int length);

    /**
     * Checks the seal and decrypts the payload in place.
     *
     * @param token a token of at least header, nonce and tag
     * @param headerLength bytes of the header
     * @param length bytes of the token; the array may be longer
     * @return whether the seal fits; if not, the payload must not be looked at
     */
    boolean unseal(byte[] token, int headerLength, int length);
  }
}
