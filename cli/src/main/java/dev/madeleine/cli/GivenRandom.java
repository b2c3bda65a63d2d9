package dev.madeleine.cli;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Random bytes: those that were given, in their order, otherwise real ones. */
final class GivenRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private final SecureRandom real;
  private transient byte @Nullable [] given;
  private transient int used;

  GivenRandom(SecureRandom real) {
    super(null, null); // It has no source of its own.
    this.real = real;
  }

  /** Takes these bytes from now on, or real ones. */
  void give(byte @Nullable [] bytes) {
    given = bytes == null ? null : bytes.clone();
    used = 0;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    if (given == null) {
      real.nextBytes(bytes);
      return;
    }
    if (given.length - used < bytes.length) {
      throw new UsageProblem(
          "random",
          "%s bytes, and %s more are needed"
              .formatted(given.length, used + bytes.length - given.length));
    }
    System.arraycopy(given, used, bytes, 0, bytes.length);
    used += bytes.length;
  }
}
