package dev.madeleine.json;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import dev.madeleine.internal.Pool;

/** Jackson's buffers in a {@link Pool}: neither tied to threads nor queued. */
final class JsonBuffers implements RecyclerPool<BufferRecycler> {
  private static final long serialVersionUID = 1;

  private final transient Pool<BufferRecycler> spares = new Pool<>(BufferRecycler::new);

  @Override
  public BufferRecycler acquirePooled() {
    return spares.take();
  }

  @Override
  public void releasePooled(BufferRecycler buffers) {
    spares.give(buffers);
  }
}
