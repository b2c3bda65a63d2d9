package dev.madeleine.demo;

import dev.madeleine.KeyRing;
import dev.madeleine.SessionPolicy;
import dev.madeleine.keys.KeyEvent;
import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The keys of the demo in a key ring file that several processes may share.
 *
 * <p>A server with many users leaves looking at the file to the background, and an operator lets a
 * new key sign only when every process knows it; {@code KEY_POLL_MS} makes the demo such a server.
 * Without it each use looks, so that a click on "rotate" holds at once in every process.
 */
final class KeyFile implements Supplier<KeyRing> {
  private static final int KEPT = 3;
  private static final InstantSource CLOCK = InstantSource.system();

  private final KeyRingFile file;
  private final ReloadingKeys keys;
  private final boolean looksAtEachUse;
  private final boolean created;
  private final SecureRandom random;

  private KeyFile(KeyRingFile file, Duration poll, boolean created, SecureRandom random) {
    this.file = file;
    looksAtEachUse = poll.isZero();
    this.created = created;
    this.random = random;
    keys =
        ReloadingKeys.from(KeySource.file(file.path()))
            .every(looksAtEachUse ? Duration.ofDays(1) : poll)
            .clock(CLOCK)
            .listener(KeyFile::report)
            .start();
  }

  /**
   * The keys in this file, looked at when they are used.
   *
   * @see #open(Path, Duration)
   */
  static KeyFile open(Path path) throws IOException {
    return open(path, Duration.ZERO);
  }

  /**
   * The keys in this file. A file that is missing is made, with one new key that nobody else can
   * read; of several processes that start at once, one makes it.
   *
   * @param poll how long to wait between two looks in the background; zero to look at each use
   * @throws IOException if there is no file and none can be made, or everybody can read it; the
   *     message is for the user
   * @throws IllegalArgumentException if the file holds no good keys
   */
  static KeyFile open(Path path, Duration poll) throws IOException {
    SecureRandom random = new SecureRandom();
    KeyRingFile file = KeyRingFile.at(path.toAbsolutePath(), CLOCK);
    try {
      return new KeyFile(file, poll, !file.exists() && create(file, random), random);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("key file %s cannot be used: %s".formatted(path, e), e);
    }
  }

  private static boolean create(KeyRingFile file, SecureRandom random) throws IOException {
    Path folder = file.path().getParent();
    if (folder != null) {
      makeFolder(folder);
    }
    Duration life = SessionPolicy.defaults().longestLife();
    try {
      file.create(KeySchedule.startingWith(life, CLOCK.instant(), random));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false; // Another process was faster.
    }
  }

  /** Makes the folder, which nobody else can enter, unless it is there. */
  private static void makeFolder(Path folder) throws IOException {
    FileAttribute<?> onlyOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(
        folder, posix ? new FileAttribute<?>[] {onlyOwner} : new FileAttribute<?>[0]);
  }

  /** Where the keys are. */
  Path path() {
    return file.path();
  }

  /** Whether this process made the file. */
  boolean wasCreated() {
    return created;
  }

  /** Today's keys. A file that has become unreadable or wrong leaves those that were read last. */
  @Override
  public KeyRing get() {
    if (looksAtEachUse) {
      keys.refresh();
    }
    return keys.get();
  }

  /**
   * Lets a new key sign. The two before it are accepted from now on; cookies of any older one are
   * not.
   *
   * @return the new keys
   * @throws IOException if the file cannot be read or replaced; everything stays as it was
   * @throws IllegalArgumentException if it holds no good keys; everything stays as it was
   */
  KeyRing rotate() throws IOException {
    file.edit(
        schedule -> {
          KeySchedule after = schedule.rotate(Duration.ZERO, CLOCK.instant(), random);
          while (after.keys().size() > KEPT) {
            after = after.without(after.keys().get(KEPT).id());
          }
          return after;
        });
    keys.refresh();
    return keys.get();
  }

  private static void report(KeyEvent event) {
    if (event instanceof KeyEvent.Failed failed) {
      System.err.println(failed.reason() + ". The keys in memory stay in use");
    } else if (event instanceof KeyEvent.Recovered) {
      System.err.println(event.source() + " is well again");
    }
  }
}
