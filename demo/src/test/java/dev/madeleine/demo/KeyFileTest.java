package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.keys.KeySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final String BROKEN = "base64:broken";

  @TempDir Path folder;

  @Test
  void makesAFileThatNobodyElseCanRead() throws Exception {
    Path file = folder.resolve("a/b/demo.keys");

    KeyFile keys = KeyFile.open(file);

    assertThat(keys.wasCreated()).isTrue();
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(KeySchedule.parse(Files.readString(file)).ring(Instant.now())).isEqualTo(keys.get());
  }

  @Test
  void takesAFileThatIsThere() throws Exception {
    KeyRing first = KeyFile.open(folder.resolve("keys")).get();
    KeyFile again = KeyFile.open(folder.resolve("keys"));

    assertThat(again.wasCreated()).isFalse();
    assertThat(again.get().signingKey()).isEqualTo(first.signingKey());
  }

  @Test
  void answersWithTheSameRingUntilTheFileChanges() throws Exception {
    KeyFile keys = KeyFile.open(folder.resolve("keys"));
    KeyRing before = keys.get();

    assertThat(keys.get()).isSameAs(before);
    keys.rotate();
    assertThat(keys.get()).isNotSameAs(before).isSameAs(keys.get());
  }

  @Test
  void rotationIsSeenAtOnceByAnother() throws Exception {
    KeyFile one = KeyFile.open(folder.resolve("keys"));
    KeyFile other = KeyFile.open(folder.resolve("keys"));
    MasterKey old = one.get().signingKey();
    for (int i = 0; i < 200; i++) {
      MasterKey signing = (i % 2 == 0 ? one : other).rotate().signingKey();

      assertThat(other.get().signingKey()).isEqualTo(signing);
      assertThat(one.get().signingKey()).isEqualTo(signing);
      assertThat(one.get().olderKeys()).startsWith(old).hasSizeLessThanOrEqualTo(2);
      old = signing;
    }
    assertThat(permissions(folder.resolve("keys"))).isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys", "keys.lock");
  }

  @Test
  void looksInTheBackgroundWhenTold() throws Exception {
    KeyFile other = KeyFile.open(folder.resolve("keys"));
    KeyFile never = KeyFile.open(folder.resolve("keys"), Duration.ofDays(1));
    KeyFile polling = KeyFile.open(folder.resolve("keys"), Duration.ofMillis(10));
    MasterKey old = never.get().signingKey();

    MasterKey signing = other.rotate().signingKey();

    Instant until = Instant.now().plusSeconds(60);
    while (!polling.get().signingKey().equals(signing) && Instant.now().isBefore(until)) {
      Thread.sleep(5);
    }
    assertThat(polling.get().signingKey()).isEqualTo(signing);
    assertThat(never.get().signingKey()).isEqualTo(old);
    assertThat(never.rotate().signingKey()).isNotIn(old, signing);
  }

  @Test
  void concurrentRotationsLoseNone() throws Exception {
    KeyFile first = KeyFile.open(folder.resolve("keys"));
    List<Callable<MasterKey>> rotations = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      KeyFile keys = KeyFile.open(folder.resolve("keys"));
      rotations.add(() -> keys.rotate().signingKey());
    }
    ExecutorService threads = Executors.newFixedThreadPool(rotations.size());
    try {
      for (Future<MasterKey> made : threads.invokeAll(rotations)) {
        List<MasterKey> all = new ArrayList<>(first.get().olderKeys());
        all.add(first.get().signingKey());
        assertThat(all).contains(made.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFileThatBreaksLeavesTheKeysInMemory() throws Exception {
    Path file = folder.resolve("keys");
    KeyFile keys = KeyFile.open(file);
    KeyRing before = keys.get();
    String good = Files.readString(file);

    Files.writeString(file, BROKEN);
    assertThat(keys.get()).isSameAs(before);
    assertThatThrownBy(keys::rotate).isInstanceOf(IllegalArgumentException.class);
    assertThat(Files.readString(file)).isEqualTo(BROKEN);

    Files.delete(file);
    assertThat(keys.get()).isSameAs(before);
    assertThatThrownBy(keys::rotate).isInstanceOf(IOException.class);

    Files.writeString(file, good);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(keys.get()).isSameAs(before);
    keys.rotate();
    assertThat(keys.get().olderKeys()).containsExactly(before.signingKey());
  }

  @Test
  void aBadFileIsSaidAtTheStartWithoutItsContent() throws Exception {
    Path file = folder.resolve("keys");
    write(file, BROKEN, "rw-------");

    assertThatThrownBy(() -> KeyFile.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("broken");
  }

  @Test
  void aFileThatEverybodyCanReadIsRefused() throws Exception {
    Path file = folder.resolve("keys");
    KeyFile.open(file);
    write(file, Files.readString(file), "rw-r--r--");

    assertThatThrownBy(() -> KeyFile.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aPlainListOfKeysIsTakenAndBecomesAKeyRing() throws Exception {
    Path file = folder.resolve("keys");
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String list = "base64:" + Base64.getEncoder().encodeToString(secret) + "\n";
    write(file, list, "rw-------");
    KeyFile keys = KeyFile.open(file);
    assertThat(keys.get()).isEqualTo(KeyRing.parse(list));

    keys.rotate();

    assertThat(keys.get().olderKeys()).containsExactly(KeyRing.parse(list).signingKey());
    assertThat(Files.readString(file)).startsWith("{");
  }

  private static void write(Path file, String text, String permissions) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aLinkIsFollowedAndStaysALink() throws Exception {
    Path link = folder.resolve("link");
    KeyFile.open(folder.resolve("keys"));
    Files.createSymbolicLink(link, folder.resolve("keys"));

    KeyFile.open(link).rotate();

    assertThat(link).isSymbolicLink();
    assertThat(KeyFile.open(folder.resolve("keys")).get().olderKeys()).hasSize(1);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
