package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void givesBackWhatWasGiven() {
    AtomicInteger made = new AtomicInteger();
    Pool<Integer> pool = new Pool<>(made::incrementAndGet);
    pool.give(pool.take());

    assertThat(pool.take()).isEqualTo(1);
    assertThat(pool.take()).as("the first is still in use").isEqualTo(2);
  }

  @Test
  void forgetsWhatIsNotGivenBack() {
    AtomicInteger made = new AtomicInteger();
    Pool<Integer> pool = new Pool<>(made::incrementAndGet);
    for (int i = 1; i <= 1000; i++) {
      assertThat(pool.take()).isEqualTo(i);
    }
  }

  @Test
  void neverHandsOneObjectToTwoThreads() throws Exception {
    Pool<AtomicBoolean> pool = new Pool<>(AtomicBoolean::new);
    int threads = 8;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(threads);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      results.add(
          workers.submit(
              () -> {
                start.countDown();
                start.await();
                boolean alone = true;
                for (int use = 0; use < 20_000; use++) {
                  AtomicBoolean inUse = pool.take();
                  alone &= inUse.compareAndSet(false, true);
                  inUse.set(false);
                  pool.give(inUse);
                }
                return alone;
              }));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
    workers.shutdown();
  }
}
