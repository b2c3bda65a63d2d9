package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.madeleine.Mark.Kind;
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
  /** A unit of time in which marks expire, in milliseconds. */
  private static final long UNIT = 65_536;

  private static boolean add(MarkTable table, long session, long notBefore, long until, long now) {
    return table.add(new Mark(Kind.SESSION, hash(session), notBefore, until), now);
  }

  /** Never 0, which is 1 to a table. */
  private static long hash(long session) {
    return session + 1;
  }

  private static boolean has(MarkTable table, long session) {
    return table.has(Kind.SESSION, hash(session));
  }

  private static boolean ended(MarkTable table, long session, long created) {
    return (table.mayHaveSession(created) && table.ends(Kind.SESSION, hash(session), created))
        || table.endsAll(created);
  }

  @Test
  void marksOfDifferentKindsAreDifferent() {
    MarkTable table = new MarkTable(10);
    table.add(new Mark(Kind.SUBJECT, 7, 100, 1000), 0);
    assertThat(table.ends(Kind.SUBJECT, 7, 100)).isTrue();
    assertThat(table.ends(Kind.SUBJECT, 7, 101)).isFalse();
    assertThat(table.ends(Kind.KEY, 7, 100)).isFalse();
    assertThat(table.has(Kind.SESSION, 7)).isFalse();
    table.add(new Mark(Kind.KEY, 7, 50, 1000), 0);
    assertThat(table.ends(Kind.KEY, 7, 50)).isTrue();
    assertThat(table.notBefore(Kind.SUBJECT, 7)).isEqualTo(100);
    assertThat(table.notBefore(Kind.SESSION, 7)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aHashOfZeroIsOneLikeOthers() {
    MarkTable table = new MarkTable(10);
    assertThat(table.ends(Kind.SUBJECT, 0, 1)).isFalse();
    table.add(new Mark(Kind.SUBJECT, 0, 100, 1000), 0);
    assertThat(table.ends(Kind.SUBJECT, 0, 100)).isTrue();
  }

  @Test
  void theLaterOfTwoMarksHoldsInWhateverOrder() {
    MarkTable table = new MarkTable(10);
    add(table, 1, 200, 2000, 0);
    add(table, 1, 100, 1000, 0);
    assertThat(table.ends(Kind.SESSION, hash(1), 200)).isTrue();
    add(table, 1, 300, 3000, 0);
    assertThat(table.ends(Kind.SESSION, hash(1), 300)).isTrue();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void theLaterEndOfTwoMarksHoldsInWhateverOrder() {
    MarkTable table = new MarkTable(1);
    add(table, 1, 10, 5 * UNIT, 0);
    add(table, 1, 20, 2 * UNIT, 0);
    assertThat(add(table, 2, 30, 9 * UNIT, 4 * UNIT)).as("full").isTrue();
    assertThat(table.date()).isEqualTo(20);
  }

  @Test
  void aMarkThatWasMadeAgainIsNotTheOldest() {
    MarkTable table = new MarkTable(2);
    add(table, 1, 10, 5 * UNIT, 0);
    add(table, 2, 20, 5 * UNIT, 0);
    add(table, 1, 30, 5 * UNIT, 0);
    assertThat(add(table, 3, 40, 5 * UNIT, 0)).as("full").isTrue();
    assertThat(table.date()).isEqualTo(20);
    assertThat(has(table, 1)).isTrue();
    assertThat(has(table, 2)).isFalse();
  }

  @Test
  void marksThatLiveLongDoNotHoldUpTheOthers() {
    MarkTable table = new MarkTable(2);
    add(table, 1, 10, 100 * UNIT, 0);
    add(table, 2, 20, UNIT, 0);
    assertThat(add(table, 3, 2 * UNIT - 1, 3 * UNIT, 2 * UNIT)).as("full").isFalse();
    assertThat(has(table, 1)).isTrue();
    assertThat(has(table, 2)).isFalse();
    assertThat(table.endsAll(10)).isFalse();
  }

  @Test
  void aMarkLastsUntilItSays() {
    MarkTable table = new MarkTable(1);
    add(table, 1, 10, 2 * UNIT + 1, 0);
    assertThat(add(table, 2, 20, 9 * UNIT, 2 * UNIT)).as("full").isTrue();
    table = new MarkTable(1);
    add(table, 1, 10, 2 * UNIT + 1, 0);
    assertThat(add(table, 2, 20, 9 * UNIT, 3 * UNIT)).as("full").isFalse();
  }

  @Test
  void whatADateCoversNeedsNoMark() {
    MarkTable table = new MarkTable(2);
    table.endAll(500, 0);
    assertThat(add(table, 1, 500, 5000, 0)).isFalse();
    assertThat(table.size()).isZero();
    assertThat(ended(table, 1, 500)).isTrue();
    add(table, 2, 501, 5000, 0);
    table.endAll(501, 0);
    assertThat(table.size()).isZero();
    table.endAll(100, 0);
    assertThat(table.date()).isEqualTo(501);
  }

  @Test
  void aMarkTakesAtMost34Bytes() {
    MarkTable table = new MarkTable(500_000);
    Random random = new Random(1);
    for (int i = 1; i <= 500_000; i++) {
      add(table, random.nextLong(), i, UNIT, 0);
      if (i >= 1000) {
        assertThat(table.bytes()).isLessThanOrEqualTo(34L * i);
      }
    }
    assertThat(table.size()).isEqualTo(500_000);
  }

  @Test
  void theMemoryOfWhatExpiredIsGivenBack() {
    MarkTable table = new MarkTable(100_000);
    for (int i = 0; i < 100_000; i++) {
      add(table, i, i, UNIT, 0);
    }
    add(table, -7, 9 * UNIT, 10 * UNIT, 9 * UNIT);
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.bytes()).isLessThan(5_000);
  }

  @Test
  void theFilterKnowsEverySessionAndFewOthers() {
    MarkTable table = new MarkTable(10_000);
    for (int i = 0; i < 10_000; i++) {
      add(table, i, 1000L * i, 10_000_000, 0);
    }
    int others = 0;
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.mayHaveSession(1000L * i)).isTrue();
      others += table.mayHaveSession(1000L * i + 1) ? 1 : 0;
    }
    assertThat(others).isLessThan(250);
  }

  @Test
  void allMarksOfUseAreVisited() {
    MarkTable table = new MarkTable(100);
    add(table, 1, 10, UNIT, 0);
    add(table, 2, 20, 5 * UNIT, 0);
    table.add(new Mark(Kind.KEY, 2, 3 * UNIT, 5 * UNIT), 0);
    List<Mark> marks = new ArrayList<>();
    table.forEach(2 * UNIT, marks::add);
    assertThat(marks)
        .containsExactlyInAnyOrder(
            new Mark(Kind.SESSION, hash(2), 20, 5 * UNIT),
            new Mark(Kind.KEY, 2, 3 * UNIT, 5 * UNIT));
  }

  @Test
  void addingDoesNotLookAtEveryMark() {
    MarkTable table = new MarkTable(100_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), // A look at every mark each time takes an hour.
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            add(table, i, i, Long.MAX_VALUE, 0);
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
    long now = 1_000_000_000;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(2000);
      int one = random.nextInt(ended.length);
      long notBefore = now - random.nextInt(3000);
      long lasts = one % 5 == 0 ? 50 * UNIT : 5 * UNIT;
      add(table, one, notBefore, notBefore + lasts, now);
      ended[one] = Math.max(ended[one], notBefore);
      assertThat(table.size()).isLessThanOrEqualTo(40);
      int other = random.nextInt(ended.length);
      long life = other % 5 == 0 ? 50 * UNIT : 5 * UNIT;
      if (ended[other] + life > now) {
        assertThat(has(table, other) || table.endsAll(ended[other]))
            .as("%s at %s", other, i)
            .isTrue();
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
                    all = last < 0 || ended(table, one, one);
                  }
                  return all;
                }));
      }
      for (long i = 0; i < 300_000; i++) {
        add(table, i, i, Long.MAX_VALUE, 0);
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
    add(table, 123_456_789, 1, 2, 0);
    assertThat(table).hasToString("MarkTable[1 of at most 10]");
  }
}
