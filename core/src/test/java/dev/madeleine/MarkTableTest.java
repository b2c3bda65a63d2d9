package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.madeleine.MarkTable.Kind;
import dev.madeleine.MarkTable.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MarkTableTest {
  private static Target session(long hash) {
    return new Target(Kind.SESSION, hash);
  }

  private static boolean ended(MarkTable table, Target target, long created) {
    return table.ends(target, created) || table.endsAll(created);
  }

  @Test
  void marksOfDifferentKindsAreDifferent() {
    MarkTable table = new MarkTable(10);
    table.add(new Target(Kind.SUBJECT, 7), 100, 1000, false, 0);
    assertThat(table.ends(new Target(Kind.SUBJECT, 7), 100)).isTrue();
    assertThat(table.ends(new Target(Kind.SUBJECT, 7), 101)).isFalse();
    assertThat(table.ends(new Target(Kind.KEY, 7), 100)).isFalse();
    assertThat(table.has(session(7))).isFalse();
  }

  @Test
  void theLaterOfTwoMarksHoldsInWhateverOrder() {
    MarkTable table = new MarkTable(10);
    table.add(session(1), 200, 2000, false, 0);
    table.add(session(1), 100, 1000, false, 0);
    assertThat(table.ends(session(1), 200)).isTrue();
    table.add(session(1), 300, 3000, false, 0);
    assertThat(table.ends(session(1), 300)).isTrue();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aMarkThatWasMadeAgainIsNotTheOldest() {
    MarkTable table = new MarkTable(2);
    table.add(session(1), 10, 5000, false, 0);
    table.add(session(2), 20, 5000, false, 0);
    table.add(session(1), 30, 5000, false, 0);
    assertThat(table.add(session(3), 40, 5000, false, 0)).as("full").isTrue();
    assertThat(table.date()).isEqualTo(20);
    assertThat(table.has(session(1))).isTrue();
    assertThat(table.has(session(2))).isFalse();
  }

  @Test
  void marksThatLiveLongDoNotHoldUpTheOthers() {
    MarkTable table = new MarkTable(2);
    table.add(session(1), 10, 100_000, true, 0);
    table.add(session(2), 20, 1000, false, 0);
    assertThat(table.add(session(3), 1990, 3000, false, 2000)).as("full").isFalse();
    assertThat(table.has(session(1))).isTrue();
    assertThat(table.has(session(2))).isFalse();
    assertThat(table.endsAll(10)).isFalse();
  }

  @Test
  void whatADateCoversNeedsNoMark() {
    MarkTable table = new MarkTable(2);
    table.endAll(500);
    assertThat(table.add(session(1), 500, 5000, false, 0)).isFalse();
    assertThat(table.size()).isZero();
    assertThat(ended(table, session(1), 500)).isTrue();
    table.add(session(2), 501, 5000, false, 0);
    table.endAll(501);
    assertThat(table.size()).isZero();
    table.endAll(100);
    assertThat(table.date()).isEqualTo(501);
  }

  @Test
  void addingDoesNotLookAtEveryMark() {
    MarkTable table = new MarkTable(100_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), // A look at every mark each time takes an hour.
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            table.add(session(i), i, Long.MAX_VALUE, i % 3 == 0, 0);
          }
        });
    assertThat(table.size()).isLessThanOrEqualTo(100_000);
    assertThat(table.date()).isBetween(800_000L, 910_000L);
  }

  @Test
  void nothingThatWasEndedComesBack() {
    Random random = new Random(5);
    MarkTable table = new MarkTable(40);
    long[] ended = new long[200];
    long now = 1_000_000;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(20);
      int one = random.nextInt(ended.length);
      long notBefore = now - random.nextInt(3000);
      boolean longer = one % 5 == 0;
      table.add(session(one), notBefore, notBefore + (longer ? 50_000 : 5000), longer, now);
      ended[one] = Math.max(ended[one], notBefore);
      assertThat(table.size()).isLessThanOrEqualTo(40);
      int other = random.nextInt(ended.length);
      long life = other % 5 == 0 ? 50_000 : 5000;
      if (ended[other] + life > now) {
        assertThat(ended(table, session(other), ended[other])).as("%s at %s", other, i).isTrue();
      }
    }
  }

  @Test
  void atNoMomentSomethingEndedIsNeitherMarkedNorDated() throws Exception {
    MarkTable table = new MarkTable(64);
    AtomicLong added = new AtomicLong(-1);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Random random = new Random(i);
        results.add(
            readers.submit(
                () -> {
                  boolean all = true;
                  while (all && !done.get()) {
                    long last = added.get();
                    long one = Math.max(0, last - random.nextInt(80));
                    all = last < 0 || ended(table, session(one), one);
                  }
                  return all;
                }));
      }
      for (long i = 0; i < 300_000; i++) {
        table.add(session(i), i, Long.MAX_VALUE, false, 0);
        added.set(i);
      }
      done.set(true);
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      done.set(true);
      readers.shutdownNow();
    }
  }

  @Test
  void showsNoHashes() {
    MarkTable table = new MarkTable(10);
    table.add(session(123_456_789), 1, 2, false, 0);
    assertThat(table).hasToString("MarkTable[1 of at most 10]");
  }
}
