package dev.madeleine;

import dev.madeleine.internal.Pool;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM (C2SP.org/XAES-256-GCM): AES-256-GCM under a key that is derived from the first half
 * of a 24-byte nonce, so that random nonces are enough for 2<sup>48</sup> tokens.
 *
 * <p>Deriving a key costs more than all the rest, so a first half stays for 65,536 tokens on
 * average, each with a second half of its own: both are random.
 */
final class XaesGcm implements Sealer {
  private static final int TAG = 16;

  private final SecureRandom random;

  XaesGcm(SecureRandom random) {
    this.random = Objects.requireNonNull(random, "random");
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
    return 2 * DerivedGcm.HALF;
  }

  @Override
  public int tagLength() {
    return TAG;
  }

  @Override
  public Keyed keyed(byte[] subkey) {
    return keyed(new NonceKeys(subkey));
  }

  Keyed keyed(NonceKeys keys) {
    return new Key(keys);
  }

  @Override
  public String toString() {
    return algorithm();
  }

  private final class Key implements Keyed {
    private final Pool<DerivedGcm> sealing;
    private final Opening opening;

    /** The first half of the nonces that are made now. */
    private volatile byte @Nullable [] half;

    Key(NonceKeys keys) {
      sealing = new Pool<>(() -> new DerivedGcm(keys));
      opening = new Opening(keys);
    }

    @Override
    public void seal(byte[] token, int headerLength, int length) {
      byte[] nonce = nonce();
      System.arraycopy(nonce, 0, token, headerLength, nonce.length);
      DerivedGcm gcm = sealing.take();
      gcm.seal(token, headerLength, length - TAG);
      sealing.give(gcm);
    }

    /** The next nonce; a second half that begins with two zeros is the last of its first half. */
    private byte[] nonce() {
      byte[] first = half;
      if (first == null) {
        byte[] nonce = new byte[2 * DerivedGcm.HALF];
        random.nextBytes(nonce);
        half = Arrays.copyOf(nonce, DerivedGcm.HALF);
        return nonce;
      }
      byte[] second = new byte[DerivedGcm.HALF];
      random.nextBytes(second);
      if (second[0] == 0 && second[1] == 0) {
        half = null;
      }
      byte[] nonce = Arrays.copyOf(first, 2 * DerivedGcm.HALF);
      System.arraycopy(second, 0, nonce, DerivedGcm.HALF, second.length);
      return nonce;
    }

    @Override
    public boolean unseal(byte[] token, int headerLength, int length) {
      return opening.unseal(token, headerLength, length);
    }
  }

  /**
   * Ciphers that have opened tokens, found by the first byte of a nonce and by thread. A token of
   * another first half takes the place of one only when it was authentic: forged ones cost what a
   * first half costs that comes for the first time, and nobody else.
   */
  private static final class Opening {
    private static final int NONCES = 64;
    private static final int THREADS = 8;

    private final Pool<DerivedGcm> spare;
    private final AtomicReferenceArray<@Nullable DerivedGcm> ciphers =
        new AtomicReferenceArray<>(NONCES * THREADS);

    Opening(NonceKeys keys) {
      spare = new Pool<>(() -> new DerivedGcm(keys));
    }

    boolean unseal(byte[] token, int headerLength, int length) {
      int thread = (int) Thread.currentThread().getId() & (THREADS - 1);
      int slot = thread * NONCES + (token[headerLength] & (NONCES - 1));
      DerivedGcm kept = ciphers.getAndSet(slot, null);
      boolean known = kept != null && kept.isOf(token, headerLength);
      DerivedGcm gcm = known ? kept : spare.take();
      boolean fits = gcm.unseal(token, headerLength, length);
      DerivedGcm stays = fits ? gcm : kept;
      DerivedGcm goes = fits ? kept : gcm;
      if (stays != null) {
        ciphers.setRelease(slot, stays);
      }
      if (goes != null && !known) {
        spare.give(goes);
      }
      return fits;
    }
  }
}
