package dev.madeleine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subkeys of one key ring for one use of the native format: derived when the ring is loaded,
 * found by key id.
 */
final class DerivedKeys {
  /**
   * One of them.
   *
   * @param id the key id as a token holds it
   * @param name the key id as people read it
   * @param late see {@link KeyRing#isLate}
   * @param sealer what seals and unseals with it
   */
  record Subkey(int id, String name, boolean late, Sealer.Keyed sealer) {}

  private final KeyRing ring;
  private final Subkey signing;
  private final Map<Integer, Subkey> older = new HashMap<>();

  /**
   * Derives them.
   *
   * @param version the version of the tokens, each of which has its own keys
   * @param use serializer, purpose, name and audience: tokens of another use do not verify
   */
  DerivedKeys(KeyRing ring, Sealer sealer, TokenVersion version, String... use) {
    String[] info = new String[3 + use.length];
    info[0] = "madeleine";
    info[1] = version.name();
    info[2] = sealer.algorithm();
    System.arraycopy(use, 0, info, 3, use.length);
    this.ring = ring;
    signing = derive(ring.signingKey(), sealer, info);
    ring.olderKeys().forEach(key -> older.put(key.idBits(), derive(key, sealer, info)));
  }

  private Subkey derive(MasterKey key, Sealer sealer, String[] info) {
    return new Subkey(key.idBits(), key.id(), ring.isLate(key), sealer.keyed(key.derive(info)));
  }

  KeyRing ring() {
    return ring;
  }

  /** Whether they are derived from this ring, and not from another that says the same. */
  @SuppressWarnings("ReferenceEquality") // Asked by every request; comparing keys would take time.
  boolean areOf(KeyRing other) {
    return ring == other;
  }

  Subkey signing() {
    return signing;
  }

  @Nullable Subkey find(int keyId) {
    return signing.id == keyId ? signing : older.get(keyId);
  }
}
