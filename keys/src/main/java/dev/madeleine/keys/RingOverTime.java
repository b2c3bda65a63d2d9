package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rings that some keys make as time goes by. */
interface RingOverTime {
  /**
   * The ring of this moment.
   *
   * @throws IllegalArgumentException if no key signs then
   */
  KeyRing ring(Instant now);

  /** The first moment after this one at which the ring is another, or null if it stays. */
  @Nullable Instant changesAfter(Instant now);

  /** One ring for ever. */
  static RingOverTime always(KeyRing ring) {
    return new RingOverTime() {
      @Override
      public KeyRing ring(Instant now) {
        return ring;
      }

      @Override
      public @Nullable Instant changesAfter(Instant now) {
        return null;
      }
    };
  }
}
