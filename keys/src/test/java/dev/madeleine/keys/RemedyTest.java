package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a message advises is done here to the letter, and helps. */
class RemedyTest {
  private static final char[] PASSWORD = "not very secret".toCharArray();

  @TempDir Path folder;

  private static KeyRing ring(KeySource source) throws IOException {
    return source.rings(source.content()).ring(NOON);
  }

  private Path write(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFileThatEverybodyCanReadIsProtectedOrAllowed() throws Exception {
    KeySource file = KeySource.file(write(ONE, "rw-r--r--"));

    assertThatThrownBy(() -> ring(file))
        .hasMessageContaining("chmod 600 it (640 for a group")
        .hasMessageContaining("KeySource.withWorldReadable()");
    assertThat(ring(file.withWorldReadable())).isNotNull();
    for (String mode : List.of("600", "640")) {
      assertThat(new ProcessBuilder("chmod", mode, folder + "/keys").start().waitFor()).isZero();
      assertThat(ring(file)).isNotNull();
    }
  }

  @Test
  void aHalfWrittenListIsEndedByALineBreak() throws IOException {
    KeySource file = KeySource.file(write(ONE + "\n" + TWO, "rw-------"));

    assertThatThrownBy(() -> ring(file)).hasMessageContaining("must end with a line break");
    write(ONE + "\n" + TWO + "\n", "rw-------");
    assertThat(ring(file).olderKeys()).hasSize(1);
  }

  @Test
  void aKeyStoreWithoutKeysTakesTheOneThatTheCommandMakes() throws Exception {
    Path file = folder.resolve("keys.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    KeySource source = KeySource.keyStore(file, PASSWORD::clone);
    AtomicReference<String> advice = new AtomicReference<>("");

    assertThatThrownBy(() -> ring(source))
        .satisfies(problem -> advice.set(String.valueOf(problem.getMessage())))
        .hasMessageContaining("Make one with: keytool -genseckey");
    String command = advice.get().substring(advice.get().indexOf("keytool"));
    List<String> words = new ArrayList<>(List.of(command.replace("…", file.toString()).split(" ")));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(List.of("-storepass", String.valueOf(PASSWORD)));
    Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
    assertThat(keytool.waitFor())
        .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    assertThat(ring(source)).isNotNull();
  }

  @Test
  void aRingWithoutTheSigningKeyIsTakenByTheWordOrWithTheKey() throws IOException {
    AtomicReference<String> text = new AtomicReference<>(ONE);
    KeySource vault = KeySource.answering("vault", text::get);
    ReloadingKeysBuilder builder = ReloadingKeys.from(vault).listener(event -> {});
    ReloadingKeys strict = builder.every(Duration.ofDays(1)).start();
    ReloadingKeys allowing = ReloadingKeys.from(vault).allowOrphaning().start();
    try (strict;
        allowing) {
      text.set(TWO);
      strict.refresh();
      allowing.refresh();

      assertThat(String.valueOf(strict.lastFailure()))
          .contains("leave the key in it")
          .contains("ReloadingKeys.from(…).allowOrphaning()");
      assertThat(allowing.get()).isEqualTo(KeyRing.parse(TWO));
      text.set(TWO + "," + ONE);
      strict.refresh();
      assertThat(strict.lastFailure()).isNull();
      assertThat(strict.get()).isEqualTo(KeyRing.parse(TWO + "," + ONE));
    }
  }

  @Test
  void aFullScheduleTakesAKeyAfterPruning() {
    SecureRandom random = Fixtures.counting();
    KeySchedule schedule = KeySchedule.startingWith(LIFE, NOON, random);
    for (int i = 1; i < 100; i++) {
      schedule = schedule.rotate(Duration.ZERO, NOON.plusSeconds(i), random);
    }
    KeySchedule full = schedule;
    Instant later = NOON.plusSeconds(100).plus(LIFE).plus(LIFE);

    assertThatThrownBy(() -> full.rotate(Duration.ZERO, later, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("madeleine keys prune");
    assertThat(full.prune(later).rotate(Duration.ZERO, later, random).keys()).hasSize(2);
  }

  @Test
  void aScheduleInWhichNoKeySignsGetsOneAtOnce() {
    SecureRandom random = Fixtures.counting();
    KeySchedule two =
        KeySchedule.startingWith(LIFE, NOON, random)
            .rotate(Duration.ZERO, NOON.plusSeconds(1), random);
    KeySchedule ended = two.without(two.keys().get(0).id());
    Instant later = NOON.plusSeconds(2).plus(LIFE).plus(LIFE);

    assertThatThrownBy(() -> ended.ring(later))
        .hasMessageEndingWith("madeleine keys rotate --propagation 0s");
    assertThat(ended.rotate(Duration.ZERO, later, random).ring(later)).isNotNull();
  }

  @Test
  void aKeyThatStandsTwiceIsLeftOutOnce() {
    KeySchedule one = KeySchedule.startingWith(LIFE, NOON, Fixtures.counting());
    String document = one.toJson();
    int begin = document.indexOf('{', document.indexOf('['));
    String key = document.substring(begin, document.indexOf('}', begin) + 1);
    String twice = document.replace(key, key + "," + key);

    assertThatThrownBy(() -> KeySchedule.parse(twice))
        .hasMessageContaining("leave one of them out");
    assertThat(KeySchedule.parse(twice.replace(key + "," + key, key)).toJson()).isEqualTo(document);
  }
}
