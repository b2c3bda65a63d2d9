package dev.madeleine.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A small file of one user that several processes read and replace. It is replaced by renaming: a
 * reader sees the old text or the new one, never half of it.
 */
final class SharedFile {
  /** What the file lock, which holds between processes, is within this one. */
  private static final Object IN_PROCESS = new Object();

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  /** What is done under the lock. */
  interface Step<T> {
    T run() throws IOException;
  }

  private final Path path;
  private final Path folder;

  /** A file that is there or will be. A link is followed: what is replaced is what it leads to. */
  SharedFile(Path path) throws IOException {
    this.path = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path parent = this.path.getParent();
    if (parent == null) {
      throw new NoSuchFileException(path.toString());
    }
    folder = parent;
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return Files.exists(path);
  }

  String read() throws IOException {
    return Files.readString(path);
  }

  /** Whether the file system lets anybody but the owner at it. */
  boolean isOpenToOthers() throws IOException {
    if (!isPosix()) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return OTHERS.stream().anyMatch(permissions::contains);
  }

  /** Makes the folder, which nobody else can enter, unless it is there. */
  void makeFolder() throws IOException {
    Files.createDirectories(folder, only("rwx------"));
  }

  /** Replaces the text in one step that survives a power cut. Nobody else can read the new file. */
  void replace(String text) throws IOException {
    Path next = Files.createTempFile(folder, ".keys", ".new", only("rw-------"));
    try {
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (FileSystemException e) {
      // Windows opens no folders, and its file system needs no such thing.
      return;
    }
  }

  /** Runs a step while no other thread and no other process runs one on this file. */
  <T> T locked(Step<T> step) throws IOException {
    Path lock = folder.resolve(path.getFileName() + ".lock");
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    synchronized (IN_PROCESS) {
      try (FileChannel channel = FileChannel.open(lock, options, only("rw-------"))) {
        channel.lock(); // Until the channel is closed.
        return step.run();
      }
    }
  }

  /** These permissions, where the file system knows them. */
  private FileAttribute<?>[] only(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
