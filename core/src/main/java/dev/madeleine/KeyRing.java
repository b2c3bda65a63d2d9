package dev.madeleine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one moment: one signs, all are accepted. Immutable; rotation replaces the whole ring.
 *
 * <p>The signing key is named, never guessed from a position. A token names its key by id, so a
 * read costs the same whatever the number of keys. A ring knows no time: whoever hands it out
 * leaves a key away, or marks it as late, when its time has come.
 */
public final class KeyRing {
  private final MasterKey signing;
  private final List<MasterKey> older;
  private final Set<Integer> late;
  private final Set<Integer> revoked;

  private KeyRing(
      MasterKey signing, List<MasterKey> older, Set<Integer> late, Set<Integer> revoked) {
    this.signing = signing;
    this.older = List.copyOf(older);
    this.late = Set.copyOf(late);
    this.revoked = Set.copyOf(revoked);
    Map<Integer, MasterKey> byId = new HashMap<>();
    byId.put(signing.idBits(), signing);
    for (MasterKey key : older) {
      MasterKey twin = byId.put(key.idBits(), key);
      if (twin != null) {
        throw new IllegalArgumentException(
            twin.equals(key)
                ? "key " + key.id() + " is in the ring twice; leave one out"
                : "two different keys have the id " + key.id() + "; replace one of them");
      }
    }
    for (int id : revoked) {
      if (byId.containsKey(id)) {
        throw new IllegalArgumentException(
            "key %s is revoked, so it cannot be in the ring; leave it out"
                .formatted(HexFormat.of().toHexDigits(id)));
      }
    }
  }

  /** A ring of one key, which signs. */
  public static KeyRing signingWith(MasterKey key) {
    Objects.requireNonNull(key, "key");
    return new KeyRing(key, List.of(), Set.of(), Set.of());
  }

  /**
   * This ring with more keys that are accepted but do not sign. A session read with one of them is
   * sealed again with the signing key.
   *
   * @throws IllegalArgumentException if a key is in the ring already
   */
  @CheckReturnValue
  public KeyRing alsoAccepting(MasterKey... olderKeys) {
    Arrays.asList(olderKeys).forEach(one -> Objects.requireNonNull(one, "olderKeys"));
    List<MasterKey> all = new ArrayList<>(older);
    all.addAll(Arrays.asList(olderKeys));
    return new KeyRing(signing, all, late, revoked);
  }

  /**
   * This ring with more keys that are accepted although no session of theirs should be left: each
   * has been sealed again or has expired. One that is received is accepted as {@link
   * Decoded.Accepted#late}, so that it can be looked into: a node still signs with the key, or
   * somebody else does.
   *
   * @throws IllegalArgumentException if a key is in the ring already
   */
  @CheckReturnValue
  public KeyRing alsoAcceptingLate(MasterKey... lateKeys) {
    Arrays.asList(lateKeys).forEach(one -> Objects.requireNonNull(one, "lateKeys"));
    Set<Integer> all = new HashSet<>(late);
    for (MasterKey key : lateKeys) {
      all.add(key.idBits());
    }
    return new KeyRing(signing, alsoAccepting(lateKeys).older, all, revoked);
  }

  /**
   * This ring with keys that were revoked: sessions that name one of them are rejected as {@link
   * RejectionReason#REVOKED_KEY}, where those of a key that is not in the ring are of an unknown
   * key.
   *
   * @param keyIds as {@link MasterKey#id} gives them: 8 lower-case hex digits each
   * @throws IllegalArgumentException if one is no key id, or is a key of this ring
   */
  @CheckReturnValue
  public KeyRing revoking(String... keyIds) {
    Arrays.asList(keyIds).forEach(one -> Objects.requireNonNull(one, "keyIds"));
    Set<Integer> all = new HashSet<>(revoked);
    for (String id : keyIds) {
      if (!id.matches("[0-9a-f]{8}")) {
        throw new IllegalArgumentException(
            "a key id of %s characters; it must be 8 lower-case hex digits".formatted(id.length()));
      }
      all.add(HexFormat.fromHexDigits(id));
    }
    return new KeyRing(signing, older, late, all);
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
        boolean several = parts[i].strip().codePoints().anyMatch(Character::isWhitespace);
        throw new IllegalArgumentException(
            "key %s of %s%s: %s"
                .formatted(
                    i + 1,
                    parts.length,
                    several ? " (keys are separated by commas)" : "",
                    e.getMessage()),
            e);
      }
    }
    return signingWith(keys.get(0))
        .alsoAccepting(keys.subList(1, keys.size()).toArray(MasterKey[]::new));
  }

  /** The key that signs. */
  public MasterKey signingKey() {
    return signing;
  }

  /** The keys that are accepted besides the signing key, late ones among them. */
  public List<MasterKey> olderKeys() {
    return older;
  }

  /** Whether this is a key of which no session should be left. */
  public boolean isLate(MasterKey key) {
    return late.contains(key.idBits());
  }

  /** The ids of the revoked keys. */
  public Set<String> revokedIds() {
    Set<String> ids = new HashSet<>();
    revoked.forEach(id -> ids.add(HexFormat.of().toHexDigits(id)));
    return ids;
  }

  /** Why a token of a key that this ring does not accept is rejected. */
  RejectionReason refusal(int keyId) {
    return revoked.contains(keyId) ? RejectionReason.REVOKED_KEY : RejectionReason.UNKNOWN_KEY;
  }

  /**
   * Whether the other ring does the same: signs, accepts, doubts and rejects with the same keys.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof KeyRing ring
        && signing.equals(ring.signing)
        && older.equals(ring.older)
        && late.equals(ring.late)
        && revoked.equals(ring.revoked);
  }

  @Override
  public int hashCode() {
    return Objects.hash(signing, older, late, revoked);
  }

  /** Key ids only. */
  @Override
  public String toString() {
    return "KeyRing[signing %s, accepting %s older%s%s]"
        .formatted(
            signing.id(),
            older.size(),
            late.isEmpty() ? "" : ", of which " + late.size() + " late",
            revoked.isEmpty() ? "" : ", " + revoked.size() + " revoked");
  }
}
