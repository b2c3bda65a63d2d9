package dev.madeleine.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced in one step: whoever reads it, and whatever interrupts the writer, there
 * is the old content or the new one.
 */
final class AtomicFile {
  private static final String ONLY_OWNER = "rw-------";
  private static final int BLOCK = 512;

  /** What the file lock, which holds between processes, is within this one. */
  private static final Object IN_PROCESS = new Object();

  /** The steps of a replacement, in order. */
  enum Step {
    CREATE,
    WRITE,
    PROTECT,
    SYNC,
    RENAME,
    SYNC_FOLDER
  }

  /** Is called before each step; what it throws is what the disk would throw. */
  interface Disk {
    void before(Step step) throws IOException;
  }

  /** What is done under the lock. */
  interface Locked<T> {
    T run() throws IOException;
  }

  private final Path path;
  private final Path folder;
  private final Disk disk;

  /** A file that is there or will be. A link is followed: what is replaced is what it leads to. */
  AtomicFile(Path path, Disk disk) throws IOException {
    this.path = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path parent = this.path.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such folder");
    }
    this.folder = parent;
    this.disk = disk;
  }

  Path path() {
    return path;
  }

  /** Runs something while no other thread and no other process does so with this file. */
  <T> T locked(Locked<T> action) throws IOException {
    Path lock = folder.resolve(path.getFileName() + ".lock");
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    synchronized (IN_PROCESS) {
      try (FileChannel channel = opened(lock, options)) {
        channel.lock(); // Until the channel is closed.
        return action.run();
      }
    }
  }

  private FileChannel opened(Path lock, Set<StandardOpenOption> options) throws IOException {
    try {
      return FileChannel.open(lock, options, likeTheFile());
    } catch (AccessDeniedException e) {
      throw noLock(lock, e);
    }
  }

  static IOException noLock(Path lock, AccessDeniedException e) {
    return new IOException(
        Files.exists(lock)
            ? "cannot lock %s, it belongs to somebody else; remove it or run as its owner"
                .formatted(lock)
            : "cannot lock %s, this user may not write in its folder".formatted(lock),
        e);
  }

  /** The permissions of the file, for whoever may edit it may lock it; its owner always may. */
  private FileAttribute<?>[] likeTheFile() throws IOException {
    if (!SecretFile.isPosix(path) || !Files.exists(path)) {
      return onlyOwner();
    }
    Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_WRITE);
    permissions.addAll(Files.getPosixFilePermissions(path));
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  /**
   * Replaces the content, under the lock. A new file is the owner's alone; one that is replaced
   * passes on its owner, group and permissions. What an interrupted writer left is overwritten.
   *
   * @param before the content that is replaced, null if there is no file
   * @throws IOException if the content is another one now, or the disk fails; the file is as it
   *     was, unless the message says otherwise
   */
  void replace(byte @Nullable [] before, byte[] content) throws IOException {
    Path next = folder.resolve("." + path.getFileName() + ".new");
    disk.before(Step.CREATE);
    Files.deleteIfExists(next);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      try (FileChannel out = FileChannel.open(next, options, onlyOwner())) {
        write(content, out);
        disk.before(Step.PROTECT);
        protect(next);
        disk.before(Step.SYNC);
        out.force(true);
      }
      disk.before(Step.RENAME);
      if (!Arrays.equals(before, Files.exists(path) ? Files.readAllBytes(path) : null)) {
        throw new IOException("was changed by somebody else meanwhile; look at it and retry");
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
    syncFolder();
  }

  private void syncFolder() throws IOException {
    try {
      disk.before(Step.SYNC_FOLDER);
      if (SecretFile.isPosix(path)) { // Windows opens no folders, and needs no such thing.
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
          names.force(true);
        }
      }
    } catch (IOException e) {
      throw new IOException("is replaced, but a power cut may undo that: " + e.getMessage(), e);
    }
  }

  private void write(byte[] content, FileChannel out) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.position() < content.length) {
      disk.before(Step.WRITE);
      bytes.limit(Math.min(content.length, bytes.position() + BLOCK));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }

  /** Gives the new file what the old one has; a server must still be able to read it. */
  private void protect(Path next) throws IOException {
    if (!SecretFile.isPosix(path) || !Files.exists(path)) {
      return;
    }
    PosixFileAttributes old = attributes(path).readAttributes();
    PosixFileAttributes mine = attributes(next).readAttributes();
    try {
      if (!old.group().equals(mine.group())) {
        attributes(next).setGroup(old.group());
      }
      if (!old.owner().equals(mine.owner())) {
        attributes(next).setOwner(old.owner());
      }
    } catch (FileSystemException e) {
      throw new IOException(
          "belongs to %s and group %s, and a file of %s cannot be given to them; edit it as its owner"
              .formatted(old.owner(), old.group(), mine.owner()),
          e);
    }
    attributes(next).setPermissions(old.permissions());
  }

  private static PosixFileAttributeView attributes(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private FileAttribute<?>[] onlyOwner() {
    return SecretFile.isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ONLY_OWNER))
        }
        : new FileAttribute<?>[0];
  }
}
