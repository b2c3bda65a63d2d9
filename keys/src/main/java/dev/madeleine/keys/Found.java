package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.internal.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the looks at a source have found so far. Immutable, replaced as a whole.
 *
 * @param source where it was found
 * @param ring the keys in use
 * @param rings what the source said when it was in order last
 * @param digest of the content that said so
 * @param loaded when that content was read first
 * @param confirmed when the source was in order last
 * @param failure what was wrong at the last look, or null
 */
record Found(
    KeySource source,
    KeyRing ring,
    RingOverTime rings,
    String digest,
    Instant loaded,
    Instant confirmed,
    ReloadingKeys.@Nullable Failure failure) {

  static Found first(KeySource source, byte[] content, Instant now) {
    RingOverTime rings = source.rings(content);
    return new Found(source, ring(source, rings, now), rings, digest(content), now, now, null);
  }

  /** The same content, by the clock. */
  Found at(Instant now) {
    return new Found(source, sameOr(ring(source, rings, now)), rings, digest, loaded, now, null);
  }

  /**
   * What a look found.
   *
   * @throws IllegalArgumentException if it is not to be used
   */
  Found replacedBy(byte[] content, boolean allowOrphaning, Instant now) {
    if (digest(content).equals(digest)) {
      return at(now);
    }
    Found next = first(source, content, now);
    if (!allowOrphaning && orphans(next.ring)) {
      throw new IllegalArgumentException(
          "%s does not know key %s, which signs at present, so its sessions would be lost; leave the key in it, revoke it in it, or allow that: ReloadingKeys.from(…).allowOrphaning()"
              .formatted(source, ring.signingKey().id()));
    }
    return new Found(
        source, sameOr(next.ring), next.rings, next.digest, next.loaded, next.confirmed, null);
  }

  /** The keys of before, by the clock as long as one of them signs. */
  Found failing(ReloadingKeys.Failure reason, Instant now) {
    KeyRing kept;
    try {
      kept = sameOr(rings.ring(now));
    } catch (IllegalArgumentException e) {
      kept = ring; // No key of it signs any more: better an old key than no sessions.
    }
    return new Found(source, kept, rings, digest, loaded, confirmed, reason);
  }

  /** What each key does; with its dates if the source has any. */
  List<KeyStatus> status(Instant now) {
    List<KeyStatus> status = new ArrayList<>();
    if (rings instanceof KeySchedule schedule) {
      for (ScheduledKey key : schedule.keys()) {
        status.add(KeyStatus.of(key, ring, now));
      }
      return List.copyOf(status);
    }
    status.add(KeyStatus.withoutDates(ring.signingKey().id(), KeyState.ACTIVE));
    ring.olderKeys().forEach(key -> status.add(KeyStatus.withoutDates(key.id(), KeyState.OLDER)));
    ring.revokedIds().stream()
        .sorted()
        .forEach(id -> status.add(KeyStatus.withoutDates(id, KeyState.REVOKED)));
    return List.copyOf(status);
  }

  /** The old object as long as nothing changed, because subkeys are derived for each object. */
  private KeyRing sameOr(KeyRing next) {
    return ring.equals(next) ? ring : next;
  }

  /** Whether the sessions that are sealed now would not be known, not even as revoked. */
  private boolean orphans(KeyRing next) {
    Set<String> known = new HashSet<>(next.revokedIds());
    next.olderKeys().forEach(key -> known.add(key.id()));
    known.add(next.signingKey().id());
    return !known.contains(ring.signingKey().id());
  }

  private static KeyRing ring(KeySource source, RingOverTime rings, Instant now) {
    try {
      return rings.ring(now);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ", " + e.getMessage(), e);
    }
  }

  private static String digest(byte[] content) {
    return HexFormat.of().formatHex(Sha256.of(content));
  }
}
