package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.TWO;
import static dev.madeleine.keys.Fixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.keys.AtomicFile.Step;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingFileTest {
  private final SecureRandom random = Fixtures.counting();
  @TempDir Path folder;
  private Path path;
  private KeyRingFile file;

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("keys.json");
    file = KeyRingFile.at(path, () -> NOON);
    file.create(KeySchedule.startingWith(LIFE, NOON, random));
  }

  private KeySchedule rotated(KeySchedule schedule) {
    return schedule.rotate(Duration.ofMinutes(10), NOON, random);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names() {
    return List.of(folder.toFile().list());
  }

  @Test
  void aNewFileIsItsOwnersAlone() throws IOException {
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("keys.json.lock"))).isEqualTo("rw-------");
    assertThat(names()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    assertThat(file.read().keys()).hasSize(1);
    assertThatThrownBy(() -> file.create(file.read()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void anEditKeepsGroupAndPermissions() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    boolean root = view.readAttributes().owner().getName().equals("root");
    if (root) { // Only root can give a file away.
      var names = path.getFileSystem().getUserPrincipalLookupService();
      view.setOwner(names.lookupPrincipalByName("daemon"));
      view.setGroup(names.lookupPrincipalByGroupName("daemon"));
    }
    file.edit(this::rotated);

    assertThat(permissions(path)).isEqualTo("rw-r-----");
    assertThat(view.readAttributes().owner().getName())
        .isEqualTo(root ? "daemon" : System.getProperty("user.name"));
    assertThat(view.readAttributes().group().getName()).isNotEqualTo(root ? "root" : "");
    assertThat(file.isOpenToOthers()).isFalse();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    file.edit(this::rotated);
    assertThat(file.isOpenToOthers()).isTrue();
  }

  @Test
  void aLinkIsFollowedAndStaysALink() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path link = Files.createSymbolicLink(other.resolve("link"), path);

    KeyRingFile.at(link, () -> NOON).edit(this::rotated);

    assertThat(link).isSymbolicLink();
    assertThat(file.read().keys()).hasSize(2);
    assertThat(other.toFile().list()).containsExactly("link");
  }

  @Test
  void aPlainListBecomesAKeyRingByItsFirstEdit() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), ONE + "," + TWO + "\n");
    KeyRingFile keys = KeyRingFile.at(list, () -> NOON);

    KeySchedule after = keys.edit(this::rotated);

    assertThat(after.ring(NOON).signingKey().id()).isEqualTo(id(ONE));
    assertThat(Files.readString(list)).startsWith("{").isEqualTo(after.toJson());
    assertThat(after.keys()).hasSize(3);
  }

  @Test
  void aBadFileIsNamedAndLeftAlone() throws IOException {
    Files.writeString(path, "{\n");

    assertThatThrownBy(() -> file.edit(this::rotated))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key file %s, line 2", path);
    assertThat(Files.readString(path)).isEqualTo("{\n");
    Files.delete(path);
    assertThatThrownBy(() -> file.edit(this::rotated)).hasMessage("key file %s is missing", path);
    assertThatThrownBy(
            () -> KeyRingFile.at(folder.resolve("no/keys"), () -> NOON).edit(this::rotated))
        .hasMessageContaining("no such folder");
  }

  @Test
  void aChangeByAnotherProgramIsNoticed() throws IOException {
    String theirs = KeySchedule.ofList(ONE, LIFE, NOON).toJson();
    KeyRingFile racing =
        file.withDisk(
            step -> {
              if (step == Step.RENAME) {
                Files.writeString(path, theirs);
              }
            });

    assertThatThrownBy(() -> racing.edit(this::rotated))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed by somebody else");
    assertThat(Files.readString(path)).isEqualTo(theirs);
    assertThat(names()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
  }

  @Test
  void editsWaitForEachOther() throws Exception {
    List<Callable<KeySchedule>> edits = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SecureRandom own = new SecureRandom();
      edits.add(
          () ->
              KeyRingFile.at(path, () -> NOON)
                  .edit(schedule -> schedule.rotate(Duration.ZERO, NOON, own)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<KeySchedule> edit : threads.invokeAll(edits)) {
        edit.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(file.read().keys()).hasSize(41);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aDiskThatFailsAtAnyStepLeavesTheOldFileOrTheNew(Step failing) throws IOException {
    String old = Files.readString(path);
    for (int nth = 1; nth <= 4; nth++) {
      int[] left = {nth};
      boolean[] failed = {false};
      KeyRingFile broken =
          file.withDisk(
              step -> {
                if (step == failing && --left[0] == 0) {
                  failed[0] = true;
                  throw new IOException("No space left on device");
                }
              });
      String message = null;
      try {
        broken.edit(this::rotated);
      } catch (IOException e) {
        message = e.getMessage();
      }
      if (!failed[0]) {
        break; // The step happens less often than that.
      }
      assertThat(message).contains("No space left").contains(path.toString());
      if (failing == Step.SYNC_FOLDER) {
        assertThat(message).contains("is replaced");
        assertThat(file.read().keys()).hasSize(2);
      } else {
        assertThat(Files.readString(path)).isEqualTo(old);
      }
      assertThat(names()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    }
    assertThat(file.edit(this::rotated).keys()).hasSizeGreaterThan(1);
  }

  @Test
  void theLockHasThePermissionsOfTheFile() throws IOException {
    Path lock = folder.resolve("keys.json.lock");
    Files.delete(lock);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r-----"));
    file.edit(this::rotated);
    assertThat(permissions(lock)).isEqualTo("rw-r-----");
  }

  @Test
  void aLockOfSomebodyElseIsNamed() {
    Path lock = folder.resolve("keys.json.lock");
    var refusal = new java.nio.file.AccessDeniedException(lock.toString());

    assertThat(AtomicFile.noLock(lock, refusal))
        .hasMessage(
            "cannot lock %s, it belongs to somebody else; remove it or run as its owner", lock);
    assertThat(AtomicFile.noLock(folder.resolve("none.lock"), refusal))
        .hasMessageContaining("may not write in its folder");
  }
}
