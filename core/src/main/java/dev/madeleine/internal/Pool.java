package dev.madeleine.internal;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spare objects that are costly to make, up to four for each processor and 64 in all. They are
 * found without a lock, and belong to no thread: a server with a million virtual threads keeps as
 * many as one with four.
 *
 * <p>Who takes an object owns it until they give it back. After an exception they do not: the
 * object may be in any state, and another will be made. Safe for use by several threads.
 *
 * @param <T> the type of the objects, whose use must leave nothing that harms the next
 */
public final class Pool<T> {
  private static final int SLOTS =
      Math.min(64, Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors()));

  /** References between two slots, which in one cache line would slow each other down. */
  private static final int DISTANCE = 16;

  private final Supplier<? extends T> factory;
  private final AtomicReferenceArray<@Nullable T> slots =
      new AtomicReferenceArray<>(SLOTS * DISTANCE);

  /**
   * An empty pool.
   *
   * @param factory makes an object when there is no spare one
   */
  public Pool(Supplier<? extends T> factory) {
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  /** A spare object, or a new one. */
  public T take() {
    int slot = slot();
    T spare = slots.getAndSet(slot, null);
    if (spare == null) {
      spare = slots.getAndSet(slot ^ DISTANCE, null);
    }
    return spare == null ? factory.get() : spare;
  }

  /** Keeps an object for the next who takes one. */
  public void give(T spare) {
    slots.setRelease(slot(), Objects.requireNonNull(spare, "spare"));
  }

  /** Where this thread looks first. Threads that come one after another look elsewhere. */
  private static int slot() {
    return ((int) Thread.currentThread().getId() & (SLOTS - 1)) * DISTANCE;
  }

  @Override
  public String toString() {
    return "Pool[up to %s]".formatted(SLOTS);
  }
}
