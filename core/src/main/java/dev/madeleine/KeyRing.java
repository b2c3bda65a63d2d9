package dev.madeleine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one moment: one signs, all are accepted. Immutable; rotation replaces the whole ring.
 *
 * <p>The signing key is named, never guessed from a position. A token names its key by id, so a
 * read costs the same whatever the number of keys.
 */
public final class KeyRing {
  private final MasterKey signing;
  private final List<MasterKey> older;

  private KeyRing(MasterKey signing, List<MasterKey> older) {
    this.signing = signing;
    this.older = List.copyOf(older);
    Map<String, MasterKey> byId = new HashMap<>();
    byId.put(signing.id(), signing);
    for (MasterKey key : older) {
      MasterKey twin = byId.put(key.id(), key);
      if (twin != null) {
        throw new IllegalArgumentException(
            twin.equals(key)
                ? "key " + key.id() + " is in the ring twice; leave one out"
                : "two different keys have the id " + key.id() + "; replace one of them");
      }
    }
  }

  /** A ring of one key, which signs. */
  public static KeyRing signingWith(MasterKey key) {
    return new KeyRing(key, List.of());
  }

  /**
   * This ring with more keys that are accepted but do not sign. A session read with one of them is
   * sealed again with the signing key.
   *
   * @throws IllegalArgumentException if a key is in the ring already
   */
  public KeyRing alsoAccepting(MasterKey... olderKeys) {
    List<MasterKey> all = new ArrayList<>(older);
    all.addAll(Arrays.asList(olderKeys));
    return new KeyRing(signing, all);
  }

  /**
   * A ring from text: keys as {@link MasterKey#parse} reads them, separated by commas. The first
   * signs, the others are accepted.
   *
   * @param text for example the value of an environment variable
   * @throws IllegalArgumentException if there is no key in it, or a bad one
   */
  public static KeyRing parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          "no keys: the text is missing or empty, so no session could be sealed. Make a key with: "
              + MasterKey.ONE_LINER);
    }
    String[] parts = text.split(",", -1);
    List<MasterKey> keys = new ArrayList<>(parts.length);
    for (int i = 0; i < parts.length; i++) {
      try {
        keys.add(MasterKey.parse(parts[i]));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "key %s of %s: %s".formatted(i + 1, parts.length, e.getMessage()), e);
      }
    }
    return new KeyRing(keys.get(0), keys.subList(1, keys.size()));
  }

  /** The key that signs. */
  public MasterKey signingKey() {
    return signing;
  }

  /** The keys that are accepted besides the signing key. */
  public List<MasterKey> olderKeys() {
    return older;
  }

  /** Key ids only. */
  @Override
  public String toString() {
    return "KeyRing[signing " + signing.id() + ", accepting " + older.size() + " older]";
  }
}
