package dev.madeleine.keys;

import dev.madeleine.MasterKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key with its times. It is accepted from when it is published to {@link #verifiesUntil}, and
 * signs from {@link #signsFrom} until a newer one does. Immutable; shows its secret to nobody.
 */
public final class ScheduledKey {
  private final String id;
  private final @Nullable String secret;
  private final @Nullable MasterKey key;
  private final Instant created;
  private final Instant signsFrom;
  private final @Nullable Instant verifiesUntil;

  private ScheduledKey(
      String id,
      @Nullable String secret,
      @Nullable MasterKey key,
      Instant created,
      Instant signsFrom,
      @Nullable Instant verifiesUntil) {
    this.id = id;
    this.secret = secret;
    this.key = key;
    this.created = Objects.requireNonNull(created, "created");
    this.signsFrom = Objects.requireNonNull(signsFrom, "signsFrom");
    this.verifiesUntil = verifiesUntil;
    if (signsFrom.isBefore(created)
        || (verifiesUntil != null && !verifiesUntil.isAfter(signsFrom))) {
      throw new IllegalArgumentException(
          "the times of key %s are not in order: created %s, signsFrom %s, verifiesUntil %s"
              .formatted(id, created, signsFrom, verifiesUntil));
    }
  }

  /**
   * A key in use.
   *
   * @param secret the key as {@link MasterKey#parse} reads it
   */
  static ScheduledKey live(
      String secret, Instant created, Instant signsFrom, @Nullable Instant verifiesUntil) {
    MasterKey key = MasterKey.parse(secret);
    return new ScheduledKey(key.id(), secret.strip(), key, created, signsFrom, verifiesUntil);
  }

  /** A key that was taken out of use; nobody needs its secret any more. */
  static ScheduledKey revoked(
      String id, Instant created, Instant signsFrom, @Nullable Instant verifiesUntil) {
    return new ScheduledKey(id, null, null, created, signsFrom, verifiesUntil);
  }

  ScheduledKey until(@Nullable Instant newVerifiesUntil) {
    return new ScheduledKey(id, secret, key, created, signsFrom, newVerifiesUntil);
  }

  ScheduledKey revoked(Instant until) {
    return revoked(id, created, signsFrom, until);
  }

  /** The key's id, 8 lower-case hex digits. */
  public String id() {
    return id;
  }

  /** When it was made. */
  public Instant created() {
    return created;
  }

  /** From when on it signs, if no newer one does. */
  public Instant signsFrom() {
    return signsFrom;
  }

  /** From when on its sessions are not accepted any more, or null if no end is set. */
  public @Nullable Instant verifiesUntil() {
    return verifiesUntil;
  }

  /** Whether it was revoked. */
  public boolean isRevoked() {
    return key == null;
  }

  /** Whether its sessions are accepted then. */
  boolean isAccepted(Instant now) {
    return !isRevoked() && (verifiesUntil == null || now.isBefore(verifiesUntil));
  }

  /** The key, unless it is revoked. */
  MasterKey key() {
    return Objects.requireNonNull(key, "a revoked key is not used");
  }

  /** The key as text, or null if it is revoked. */
  @Nullable String secret() {
    return secret;
  }

  /** Id and times only. */
  @Override
  public String toString() {
    return "ScheduledKey[%s, created %s, signs from %s, verifies until %s%s]"
        .formatted(id, created, signsFrom, verifiesUntil, isRevoked() ? ", revoked" : "");
  }
}
