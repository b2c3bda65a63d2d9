package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.SessionPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** How keys come into a schedule, and when they leave it. */
final class Rotation {
  private static final int SECRET_BYTES = 32;
  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private Rotation() {}

  /** A schedule of keys that had no times; the first goes on signing. */
  static KeySchedule ofList(String text, Duration longestSession, Instant now) {
    String list = KeyList.withCommas(text);
    KeyRing.parse(list); // Its messages say which key of the list is bad.
    Instant signsFrom = now.truncatedTo(ChronoUnit.SECONDS);
    List<ScheduledKey> keys = new ArrayList<>();
    for (String secret : list.split(",", -1)) {
      keys.add(ScheduledKey.live(secret, signsFrom, signsFrom, null));
      signsFrom = signsFrom.minusSeconds(1);
    }
    return ending(new KeySchedule(longestSession, keys));
  }

  /** A schedule with one new key more; see {@link KeySchedule#rotate}. */
  static KeySchedule of(
      KeySchedule schedule, Duration propagation, Instant now, SecureRandom random) {
    if (propagation.isNegative() || propagation.compareTo(SessionPolicy.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "propagation is %s; it must be zero to %s".formatted(propagation, SessionPolicy.LONGEST));
    }
    if (schedule.keys().size() == KeySchedule.MAX_KEYS) {
      throw new IllegalArgumentException(
          "there are %s keys, and no more can be added; drop those that have ended: madeleine keys prune"
              .formatted(KeySchedule.MAX_KEYS));
    }
    Instant signsFrom = signingTime(schedule, propagation, now);
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    Instant created = second.isAfter(signsFrom) ? signsFrom : second;
    List<ScheduledKey> all = new ArrayList<>(schedule.keys());
    all.add(ScheduledKey.live(newSecret(random), created, signsFrom, null));
    return ending(schedule.with(all));
  }

  /**
   * Whole seconds if possible, after the active key's time, and no other key's. A key that is to
   * wait never waits less than it should; one that is not to wait signs in this second already.
   */
  private static Instant signingTime(KeySchedule schedule, Duration propagation, Instant now) {
    ScheduledKey active = schedule.active(now);
    Instant moment = now.plus(propagation);
    Instant time = moment.truncatedTo(ChronoUnit.SECONDS);
    if (!propagation.isZero() && time.isBefore(moment)) {
      time = time.plusSeconds(1);
    }
    if (active != null && !time.isAfter(active.signsFrom())) {
      time = moment.truncatedTo(ChronoUnit.MICROS);
    }
    if (active != null && !time.isAfter(active.signsFrom())) {
      time = active.signsFrom().plus(TICK);
    }
    List<Instant> taken = schedule.keys().stream().map(ScheduledKey::signsFrom).toList();
    while (taken.contains(time)) {
      time = time.plus(TICK);
    }
    return time;
  }

  /** A schedule with a key revoked; see {@link KeySchedule#revoke}. */
  static KeySchedule revoke(KeySchedule schedule, ScheduledKey key, Instant now) {
    if (key.isRevoked()) {
      throw new IllegalArgumentException("key " + key.id() + " is revoked already");
    }
    Instant last = now.isAfter(key.signsFrom()) ? now : key.signsFrom();
    Instant end = last.plus(schedule.longestSession()).truncatedTo(ChronoUnit.SECONDS);
    ScheduledKey revoked = key.revoked(end.plusSeconds(1));
    KeySchedule rest =
        schedule.with(
            schedule.keys().stream().map(one -> one.equals(key) ? revoked : one).toList());
    ScheduledKey active = rest.active(now);
    if (active == null || active.signsFrom().isAfter(last.plusSeconds(1))) {
      throw new IllegalArgumentException(
          "no key would sign without %s; let a new one take its place at once: madeleine keys revoke --replace %s"
              .formatted(key.id(), key.id()));
    }
    return reopened(schedule, rest, active);
  }

  /**
   * A schedule whose active key and those after it end only when another signs in their place: the
   * revoked key may have been the one for which their end was set.
   */
  private static KeySchedule reopened(KeySchedule before, KeySchedule rest, ScheduledKey active) {
    List<ScheduledKey> keys = new ArrayList<>();
    for (ScheduledKey key : rest.keys()) {
      Instant stops = rest.signsUntil(key);
      boolean asBefore = stops != null && stops.equals(before.signsUntil(key));
      if (key.isRevoked() || key.signsFrom().isBefore(active.signsFrom()) || asBefore) {
        keys.add(key);
      } else {
        Instant lateFrom = rest.lateFrom(key);
        keys.add(key.until(lateFrom == null ? null : lateFrom.plus(rest.longestSession())));
      }
    }
    return rest.with(keys);
  }

  /** A schedule with an end for every key that has a successor and no end. */
  static KeySchedule ending(KeySchedule schedule) {
    List<ScheduledKey> keys = new ArrayList<>();
    for (ScheduledKey key : schedule.keys()) {
      Instant lateFrom = schedule.lateFrom(key);
      if (lateFrom == null || key.verifiesUntil() != null) {
        keys.add(key);
      } else {
        keys.add(key.until(lateFrom.plus(schedule.longestSession())));
      }
    }
    return schedule.with(keys);
  }

  /** A new secret as text. */
  static String newSecret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    try {
      return "base64:" + Base64.getEncoder().encodeToString(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
