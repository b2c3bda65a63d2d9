package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.THREE;
import static dev.madeleine.keys.Fixtures.TWO;
import static dev.madeleine.keys.Fixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.madeleine.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingKeysTest {
  private final MovingClock clock = new MovingClock();
  private final List<KeyEvent> events = new ArrayList<>();
  private final AtomicReference<Callable<String>> vault = new AtomicReference<>(() -> ONE);
  private final List<ReloadingKeys> open = new ArrayList<>();

  private ReloadingKeysBuilder builder() {
    return ReloadingKeys.from(KeySource.answering("vault", () -> vault.get().call()))
        .every(Duration.ofDays(1)) // The tests look themselves.
        .clock(clock)
        .listener(events::add);
  }

  private ReloadingKeys start(ReloadingKeysBuilder builder) {
    ReloadingKeys keys = builder.start();
    open.add(keys);
    events.clear();
    return keys;
  }

  @AfterEach
  void close() {
    open.forEach(ReloadingKeys::close);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 60 s").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static String signing(ReloadingKeys keys) {
    return keys.get().signingKey().id();
  }

  @Test
  void handsOutOneObjectUntilTheKeysChange() {
    ReloadingKeys keys = start(builder());
    KeyRing first = keys.get();
    keys.refresh();
    assertThat(keys.get()).isSameAs(first);
    vault.set(() -> " " + ONE + "\n");
    keys.refresh();
    assertThat(keys.get()).as("the same keys, written otherwise").isSameAs(first);
    assertThat(events).isEmpty();

    clock.forward(Duration.ofSeconds(9));
    vault.set(() -> TWO + "," + ONE);
    keys.refresh();

    assertThat(keys.get()).isEqualTo(KeyRing.parse(TWO + "," + ONE));
    assertThat(events)
        .containsExactly(
            new KeyEvent.Replaced("vault", id(TWO), List.of(id(ONE)), java.util.Set.of()));
    assertThat(keys.loadedAt()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void aSourceThatFailsLeavesTheKeysOfBefore() {
    ReloadingKeys keys = start(builder());
    KeyRing first = keys.get();
    List<Callable<String>> failures =
        List.of(
            () -> "",
            () -> "{\"version\": 1, \"longestSession\": \"PT12H\", \"ke",
            () -> ONE.substring(0, 20),
            () -> null,
            () -> {
              throw new IOException("down");
            },
            () -> {
              throw new StackOverflowError();
            });
    for (Callable<String> failure : failures) {
      events.clear();
      vault.set(failure);
      keys.refresh();
      assertThat(keys.get()).isSameAs(first);
      assertThat(events).hasSize(1);
      assertThat(events.get(0)).isInstanceOf(KeyEvent.Failed.class);
    }
    assertThat(keys.loadedAt()).isEqualTo(NOON);
  }

  @Test
  void reportsAFailureWhenItsReasonChangesAndHourly() {
    ReloadingKeys keys = start(builder());
    vault.set(() -> "");
    for (int minute = 0; minute < 125; minute++) {
      clock.forward(Duration.ofMinutes(1));
      keys.refresh();
    }
    assertThat(events).hasSize(3).allMatch(KeyEvent.Failed.class::isInstance);
    KeyEvent.Failed first = (KeyEvent.Failed) events.get(0);
    assertThat(first.since()).isEqualTo(NOON.plusSeconds(60));
    assertThat(first.confirmed()).isEqualTo(NOON);
    assertThat(first.reason()).startsWith("vault, no keys");
    assertThat(keys.confirmedAt()).isEqualTo(NOON);
    assertThat(keys.lastFailure().since()).isEqualTo(NOON.plusSeconds(60));
    assertThat(keys.lastFailure().latest()).isEqualTo(NOON.plusSeconds(125 * 60));

    events.clear();
    vault.set(() -> "short");
    keys.refresh();
    assertThat(events).hasSize(1);

    vault.set(() -> ONE);
    clock.forward(Duration.ofMinutes(1));
    keys.refresh();
    assertThat(events.get(1)).isEqualTo(new KeyEvent.Recovered("vault", NOON.plusSeconds(60)));
    assertThat(keys.lastFailure()).isNull();
    assertThat(keys.confirmedAt()).isEqualTo(clock.instant());
    assertThat(keys.loadedAt()).isEqualTo(NOON);
  }

  @Test
  void saysHowLongItsSourceIsOverdue() {
    ReloadingKeys keys = start(builder().every(Duration.ofMinutes(1)));
    clock.forward(Duration.ofSeconds(59));
    assertThat(keys.unconfirmedFor()).isZero();
    vault.set(() -> "");
    clock.forward(Duration.ofMinutes(10));
    keys.refresh();
    assertThat(keys.unconfirmedFor()).isEqualTo(Duration.ofSeconds(9 * 60 + 59));
    vault.set(() -> ONE);
    keys.refresh();
    assertThat(keys.unconfirmedFor()).isZero();
  }

  @Test
  void saysWhatEachKeyDoes() {
    KeySchedule schedule =
        KeySchedule.ofList(ONE, Duration.ofHours(12), NOON)
            .rotate(Duration.ofMinutes(5), NOON, new SecureRandom());
    String old = schedule.keys().get(1).id();
    String young = schedule.keys().get(0).id();
    vault.set(schedule::toJson);
    ReloadingKeys keys = start(builder());
    assertThat(keys.status())
        .extracting(KeyStatus::id, KeyStatus::state, KeyStatus::created)
        .containsExactly(tuple(young, KeyState.CREATED, NOON), tuple(old, KeyState.ACTIVE, NOON));

    clock.forward(Duration.ofMinutes(6));
    keys.refresh();
    assertThat(keys.status())
        .extracting(KeyStatus::state)
        .containsExactly(KeyState.ACTIVE, KeyState.OLDER);

    clock.forward(Duration.ofDays(2));
    keys.refresh();
    assertThat(keys.status())
        .extracting(KeyStatus::state)
        .containsExactly(KeyState.ACTIVE, KeyState.EXPIRED);

    vault.set(() -> schedule.revoke(old, clock.instant()).toJson());
    keys.refresh();
    assertThat(keys.status())
        .extracting(KeyStatus::state)
        .containsExactly(KeyState.ACTIVE, KeyState.REVOKED);
  }

  @Test
  void keysOfAListHaveNoDates() {
    vault.set(() -> ONE + "," + TWO);
    assertThat(start(builder()).status())
        .containsExactly(
            new KeyStatus(id(ONE), KeyState.ACTIVE, null, null, null),
            new KeyStatus(id(TWO), KeyState.OLDER, null, null, null));
  }

  @Test
  void refusesARingThatSharesNoKeyUnlessAllowed() {
    ReloadingKeys keys = start(builder());
    vault.set(() -> TWO);
    keys.refresh();
    assertThat(signing(keys)).isEqualTo(id(ONE));
    assertThat(keys.lastFailure().reason()).startsWith("vault does not know key " + id(ONE));

    ReloadingKeys careless = start(builder().allowOrphaning());
    vault.set(() -> THREE);
    careless.refresh();
    assertThat(signing(careless)).isEqualTo(id(THREE));
  }

  @Test
  void takesARingThatRevokesTheKeysInUse() {
    KeySchedule schedule = KeySchedule.ofList(ONE, LIFE, NOON);
    vault.set(schedule::toJson);
    ReloadingKeys keys = start(builder());
    KeySchedule replaced =
        schedule
            .rotate(Duration.ZERO, NOON, Fixtures.counting())
            .revoke(id(ONE), NOON.plusSeconds(1));
    clock.forward(Duration.ofSeconds(1));
    vault.set(replaced::toJson);
    keys.refresh();

    assertThat(keys.lastFailure()).isNull();
    assertThat(keys.get().revokedIds()).containsExactly(id(ONE));
    assertThat(keys.get().olderKeys()).isEmpty();
  }

  @Test
  void promotesByTheClockEvenWhenTheSourceHasGone() {
    KeySchedule schedule =
        KeySchedule.ofList(ONE, LIFE, NOON)
            .rotate(Duration.ofMinutes(10), NOON, Fixtures.counting());
    vault.set(schedule::toJson);
    ReloadingKeys keys = start(builder());
    String next = schedule.keys().get(0).id();
    assertThat(signing(keys)).isEqualTo(id(ONE));
    vault.set(() -> "");
    clock.forward(Duration.ofMinutes(9));
    keys.refresh();
    assertThat(signing(keys)).isEqualTo(id(ONE));
    events.clear();

    clock.forward(Duration.ofMinutes(1));
    keys.refresh();

    assertThat(signing(keys)).isEqualTo(next);
    assertThat(events)
        .containsExactly(
            new KeyEvent.Replaced("vault", next, List.of(id(ONE)), java.util.Set.of()));
    clock.forward(LIFE);
    keys.refresh();
    assertThat(keys.get().isLate(keys.get().olderKeys().get(0))).isTrue();
    clock.forward(LIFE);
    keys.refresh();
    assertThat(keys.get().olderKeys()).isEmpty();
  }

  @Test
  void goesOnWithTheLastKeyWhenAllHaveEnded() {
    String document =
        Fixtures.document(
            Fixtures.entry(ONE, "2026-06-01T00:00:00Z")
                .replace("}", ", \"verifiesUntil\": \"2026-07-01T12:00:05Z\"}"));
    vault.set(() -> document);
    ReloadingKeys keys = start(builder());
    for (int i = 0; i < 9; i++) {
      clock.forward(Duration.ofSeconds(5));
      keys.refresh();
    }
    assertThat(signing(keys)).isEqualTo(id(ONE));
    assertThat(events).hasSize(1);
    assertThat(keys.lastFailure().reason()).startsWith("vault, no key signs now");
  }

  @Test
  void sleepsUntilTheNextKeysTimeIfThatComesFirst() {
    KeySchedule schedule =
        KeySchedule.ofList(ONE, LIFE, NOON)
            .rotate(Duration.ofSeconds(20), NOON, Fixtures.counting());
    vault.set(schedule::toJson);
    ReloadingKeys keys = start(builder().every(Duration.ofSeconds(30)));

    assertThat(keys.pause()).isEqualTo(Duration.ofMillis(20_001));
    clock.forward(Duration.ofSeconds(20));
    assertThat(keys.pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aBadStartIsAnException() {
    vault.set(() -> "");
    assertThatThrownBy(() -> builder().start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("vault, no keys");
    assertThatThrownBy(() -> ReloadingKeys.from(KeySource.file(Path.of("none"))).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("key file none is missing");
    for (Duration interval : new Duration[] {Duration.ZERO, Duration.ofDays(2)}) {
      assertThatThrownBy(() -> builder().every(interval)).hasMessageContaining(interval.toString());
    }
  }

  @Test
  void aListenerThatThrowsCostsNothing() {
    ReloadingKeys keys =
        start(
            builder()
                .listener(
                    event -> {
                      throw new IllegalStateException("mine");
                    }));
    vault.set(() -> TWO + "," + ONE);
    keys.refresh();
    assertThat(signing(keys)).isEqualTo(id(TWO));
  }

  @Test
  void aThreadFindsTheChange(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), ONE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (ReloadingKeys keys =
        ReloadingKeys.from(KeySource.file(file)).every(Duration.ofMillis(10)).start()) {
      Files.writeString(file, TWO + "," + ONE + "\n");
      await(() -> signing(keys).equals(id(TWO)));
    }
  }

  @Test
  void askingDoesNotWaitForASourceThatHangs() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ReloadingKeys keys = start(builder().every(Duration.ofMillis(10)));
    vault.set(
        () -> {
          asked.countDown();
          never.await();
          return TWO;
        });
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(signing(keys)).isEqualTo(id(ONE));
    assertThat(keys.lastFailure()).isNull();
    keys.close();
    await(() -> threads() == 0);
  }

  @Test
  void theThreadEndsWhenClosed() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    vault.set(
        () -> {
          looks.incrementAndGet();
          return ONE;
        });
    ReloadingKeys keys = start(builder().every(Duration.ofMillis(10)));
    await(() -> looks.get() > 2);
    keys.close();
    await(() -> threads() == 0);
    assertThat(signing(keys)).isEqualTo(id(ONE));
  }

  @Test
  void theThreadEndsThoughTheSourceSwallowsItsInterruption() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ReloadingKeys keys = start(builder().every(Duration.ofMillis(10)));
    vault.set(
        () -> {
          asked.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
          } catch (InterruptedException e) {
            return TWO; // As if nothing had been.
          }
          return ONE;
        });
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

    keys.close();

    await(() -> threads() == 0);
    assertThat(events).doesNotHaveAnyElementsOfTypes(KeyEvent.Replaced.class);
  }

  @Test
  void theThreadEndsWhenNobodyHoldsTheKeys() throws Exception {
    WeakReference<ReloadingKeys> forgotten =
        new WeakReference<>(builder().every(Duration.ofMillis(10)).start());
    await(
        () -> {
          System.gc();
          return forgotten.get() == null;
        });
    await(() -> threads() == 0);
  }

  @Test
  void keysThatCannotChangeNeedNoThread() throws Exception {
    String name = "madeleine.test.reloading";
    System.setProperty(name, ONE);
    await(() -> threads() == 0); // Those of other tests.
    try (ReloadingKeys keys = ReloadingKeys.from(KeySource.variable(name)).start()) {
      assertThat(threads()).isZero();
      System.setProperty(name, TWO);
      keys.refresh();
      assertThat(signing(keys)).isEqualTo(id(ONE));
    } finally {
      System.clearProperty(name);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("madeleine-keys"))
        .count();
  }

  @Test
  void theThreadOutlivesWhateverASourceThrows() throws Exception {
    List<Callable<String>> failures =
        List.of(
            () -> {
              throw new InterruptedException("not by us");
            },
            () -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("was interrupted");
            },
            () -> {
              Thread.currentThread().interrupt();
              return ONE;
            },
            () -> {
              throw new OutOfMemoryError("of the client");
            },
            () -> {
              throw new AssertionError("of the client");
            });
    for (Callable<String> failure : failures) {
      vault.set(() -> ONE);
      ReloadingKeys keys = start(builder().listener(event -> {}).every(Duration.ofMillis(10)));
      AtomicInteger looks = new AtomicInteger();
      vault.set(
          () -> {
            looks.incrementAndGet();
            return failure.call();
          });
      await(() -> looks.get() > 2);

      vault.set(() -> TWO + "," + ONE);

      await(() -> signing(keys).equals(id(TWO)));
      keys.close();
    }
    await(() -> threads() == 0);
  }

  @Test
  void anInterruptionByAnybodyElseDoesNotEndTheThread() throws Exception {
    await(() -> threads() == 0); // Those of other tests.
    ReloadingKeys keys = start(builder());
    vault.set(() -> TWO + "," + ONE);

    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("madeleine-keys"))
        .forEach(Thread::interrupt);

    await(() -> signing(keys).equals(id(TWO)));
    assertThat(threads()).isEqualTo(1);
    keys.close();
    await(() -> threads() == 0);
  }

  @Test
  void anErrorOfTheListenerCostsNothing() {
    ReloadingKeys keys =
        start(
            builder()
                .listener(
                    event -> {
                      throw new AssertionError("mine");
                    }));
    vault.set(() -> TWO + "," + ONE);
    keys.refresh();
    assertThat(signing(keys)).isEqualTo(id(TWO));
  }

  @Test
  void aRingThatKnowsOnlyOtherKeysIsRefused() {
    vault.set(() -> ONE + "," + TWO);
    ReloadingKeys keys = start(builder());
    KeySchedule revoking = KeySchedule.ofList(THREE + "," + TWO, LIFE, NOON).revoke(id(TWO), NOON);
    for (String stranger : List.of(revoking.toJson(), THREE + "," + TWO)) {
      vault.set(() -> stranger);
      keys.refresh();
      assertThat(signing(keys)).isEqualTo(id(ONE));
      assertThat(keys.lastFailure().reason()).startsWith("vault does not know key " + id(ONE));
    }

    vault.set(() -> THREE + "," + ONE);
    keys.refresh();
    assertThat(signing(keys)).isEqualTo(id(THREE));
  }
}
