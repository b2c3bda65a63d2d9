package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as an operator sees it, without its secret. A list of keys and a key store have no dates.
 *
 * @param id its id, 8 hex digits
 * @param state what it does in the ring in use
 * @param created when it was made, or null
 * @param signsFrom when it begins to sign, or null
 * @param acceptedUntil when its sessions are accepted no longer, or null if that is not settled
 */
public record KeyStatus(
    String id,
    KeyState state,
    @Nullable Instant created,
    @Nullable Instant signsFrom,
    @Nullable Instant acceptedUntil) {

  static KeyStatus withoutDates(String id, KeyState state) {
    return new KeyStatus(id, state, null, null, null);
  }

  static KeyStatus of(ScheduledKey key, KeyRing ring, Instant now) {
    return new KeyStatus(
        key.id(), state(key, ring, now), key.created(), key.signsFrom(), key.verifiesUntil());
  }

  /** By the ring rather than by the dates: when no key signs any more, the last one goes on. */
  private static KeyState state(ScheduledKey key, KeyRing ring, Instant now) {
    if (key.isRevoked()) {
      return KeyState.REVOKED;
    }
    if (ring.signingKey().id().equals(key.id())) {
      return KeyState.ACTIVE;
    }
    if (ring.olderKeys().stream().map(MasterKey::id).noneMatch(key.id()::equals)) {
      return KeyState.EXPIRED;
    }
    return now.isBefore(key.signsFrom()) ? KeyState.CREATED : KeyState.OLDER;
  }
}
