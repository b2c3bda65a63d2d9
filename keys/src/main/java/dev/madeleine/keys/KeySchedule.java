package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.SessionPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys with their times: what a key ring file says. At any moment the newest key whose signing time
 * has come signs, and all that were published and have not ended are accepted. So one edit
 * publishes a key and promotes it later, by the clock of each node. While no time has come, the
 * first key signs: the clock is behind that of the machine on which the key was made.
 *
 * <p>Immutable; the changes that an operator makes give a new one. Nothing that follows from the
 * times is stored, so a schedule cannot contradict itself.
 */
public final class KeySchedule implements RingOverTime {
  /** Most keys of a schedule. */
  static final int MAX_KEYS = 100;

  private final Duration longestSession;
  private final List<ScheduledKey> keys;

  /** A schedule of at least one key. */
  KeySchedule(Duration longestSession, List<ScheduledKey> keys) {
    this.longestSession = checkedLife(longestSession);
    this.keys =
        keys.stream().sorted(Comparator.comparing(ScheduledKey::signsFrom).reversed()).toList();
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "%s keys; there must be 1 to %s".formatted(keys.size(), MAX_KEYS));
    }
    Set<String> ids = new HashSet<>();
    Set<Instant> times = new HashSet<>();
    for (ScheduledKey key : keys) {
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException(
            "two keys have the id " + key.id() + "; leave one of them out");
      }
      if (!times.add(key.signsFrom())) {
        throw new IllegalArgumentException(
            "key %s signs from the same moment as another, so neither is the newer; change one"
                .formatted(key.id()));
      }
    }
  }

  private static Duration checkedLife(Duration life) {
    if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(SessionPolicy.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "longestSession is %s; it must be 1 second to %s (400 days)"
              .formatted(life, SessionPolicy.LONGEST));
    }
    return life;
  }

  /**
   * A schedule of one new key, which signs at once.
   *
   * @param longestSession how long a session may live in all, as the policy says; 1 second to 400
   *     days
   */
  public static KeySchedule startingWith(
      Duration longestSession, Instant now, SecureRandom random) {
    Objects.requireNonNull(longestSession, "longestSession");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(random, "random");
    return Rotation.ofList(Rotation.newSecret(random), longestSession, now);
  }

  /**
   * A schedule of keys that had no times: a list as {@link KeyRing#parse} reads it, of which the
   * first goes on signing.
   *
   * @throws IllegalArgumentException if there is no key in it, or a bad one
   */
  public static KeySchedule ofList(String list, Duration longestSession, Instant now) {
    Objects.requireNonNull(list, "list");
    Objects.requireNonNull(longestSession, "longestSession");
    Objects.requireNonNull(now, "now");
    return Rotation.ofList(list, longestSession, now);
  }

  /**
   * A schedule from the JSON document of a key ring file.
   *
   * @throws IllegalArgumentException naming line and field, never a secret
   */
  public static KeySchedule parse(String document) {
    return KeyRingDocument.read(Objects.requireNonNull(document, "document"));
  }

  /** The JSON document of a key ring file, secrets included. */
  public String toJson() {
    return KeyRingDocument.write(this);
  }

  /** The keys, newest first. */
  public List<ScheduledKey> keys() {
    return keys;
  }

  /** How long a session may live in all. */
  public Duration longestSession() {
    return longestSession;
  }

  @Override
  public KeyRing ring(Instant now) {
    ScheduledKey active = active(now);
    if (active == null) {
      throw new IllegalArgumentException(
          "no key signs now: each is revoked or has ended. Make one with: madeleine keys rotate --propagation 0s");
    }
    KeyRing ring = KeyRing.signingWith(active.key());
    for (ScheduledKey key : keys) {
      if (key.isRevoked()) {
        ring = ring.revoking(key.id());
      } else if (!key.equals(active) && key.isAccepted(now)) {
        Instant lateFrom = lateFrom(key);
        boolean late = lateFrom != null && !now.isBefore(lateFrom);
        ring = late ? ring.alsoAcceptingLate(key.key()) : ring.alsoAccepting(key.key());
      }
    }
    return ring;
  }

  @Override
  public @Nullable Instant changesAfter(Instant now) {
    return keys.stream()
        .flatMap(key -> Stream.of(key.signsFrom(), lateFrom(key), key.verifiesUntil()))
        .filter(time -> time != null && time.isAfter(now))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** What a key of this schedule does at some moment. */
  public KeyState state(ScheduledKey key, Instant now) {
    if (key.isRevoked()) {
      return KeyState.REVOKED;
    }
    if (!key.isAccepted(now)) {
      return KeyState.EXPIRED;
    }
    if (key.equals(active(now))) {
      return KeyState.ACTIVE;
    }
    return key.signsFrom().isAfter(now) ? KeyState.CREATED : KeyState.OLDER;
  }

  /**
   * The key that signs at some moment: of those in use the newest whose time has come, or the first
   * while none has. Null if each is revoked or has ended.
   */
  public @Nullable ScheduledKey active(Instant now) {
    ScheduledKey first = null;
    for (ScheduledKey key : keys) {
      if (key.isAccepted(now)) {
        if (!key.signsFrom().isAfter(now)) {
          return key;
        }
        first = key; // The order is falling.
      }
    }
    return first;
  }

  /**
   * When a newer key signs in the place of this one, or null if none is planned. A revoked key is
   * nobody's successor.
   */
  public @Nullable Instant signsUntil(ScheduledKey key) {
    return keys.stream()
        .filter(other -> !other.isRevoked())
        .map(ScheduledKey::signsFrom)
        .filter(time -> time.isAfter(key.signsFrom()))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * From when on no session of this key should be left, because each has been sealed again or has
   * expired; null if no newer key is planned.
   */
  public @Nullable Instant lateFrom(ScheduledKey key) {
    Instant stops = signsUntil(key);
    return stops == null || key.isRevoked() ? null : stops.plus(longestSession);
  }

  /**
   * This schedule with a new key that is accepted at once and signs when every node knows it. Keys
   * whose end is open are accepted for twice the longest session from then on: once because of
   * their sessions, once more to notice who still uses them.
   *
   * @param propagation how long it takes until every node has the new file; zero only when there is
   *     one node
   */
  public KeySchedule rotate(Duration propagation, Instant now, SecureRandom random) {
    Objects.requireNonNull(propagation, "propagation");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(random, "random");
    return Rotation.of(this, propagation, now, random);
  }

  /**
   * This schedule with a key revoked: its sessions are rejected wherever the schedule arrives, and
   * its secret is not kept.
   *
   * @throws IllegalArgumentException if there is no such key in use, or no other would sign now
   */
  public KeySchedule revoke(String id, Instant now) {
    Objects.requireNonNull(now, "now");
    return Rotation.revoke(this, find(id), now);
  }

  /** This schedule without the keys whose sessions are not accepted any more. */
  public KeySchedule prune(Instant now) {
    Objects.requireNonNull(now, "now");
    return with(
        keys.stream()
            .filter(key -> key.verifiesUntil() == null || now.isBefore(key.verifiesUntil()))
            .toList());
  }

  /**
   * This schedule without a key; its sessions are of an unknown key.
   *
   * @throws IllegalArgumentException if there is no such key, or no other
   */
  public KeySchedule without(String id) {
    ScheduledKey dropped = find(id);
    return with(keys.stream().filter(key -> !key.equals(dropped)).toList());
  }

  /** The key with this id. */
  private ScheduledKey find(String id) {
    Objects.requireNonNull(id, "id");
    return keys.stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no key with this id; there are "
                        + keys.stream().map(ScheduledKey::id).toList()));
  }

  KeySchedule with(List<ScheduledKey> newKeys) {
    return new KeySchedule(longestSession, newKeys);
  }

  /** Ids and times only. */
  @Override
  public String toString() {
    return "KeySchedule[sessions live %s, %s]".formatted(longestSession, keys);
  }
}
