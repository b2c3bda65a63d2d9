package dev.madeleine.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A small file that nobody but its user and group may read. */
final class SecretFile {
  /** Most bytes of a file with keys: a hundred keys have about 30,000. */
  static final int MAX_BYTES = 65_536;

  private SecretFile() {}

  /**
   * The content of the file that a path leads to now. A path through a folder that is being swapped
   * (a mounted Kubernetes secret) is followed again, once.
   *
   * @param worldReadable whether the file may be read by every user of the machine
   * @throws IOException with a message for the operator
   */
  static byte[] read(Path path, boolean worldReadable) throws IOException {
    try {
      try {
        return readReal(path.toRealPath(), worldReadable);
      } catch (NoSuchFileException swapped) {
        // Gone between following the link and reading, or not there at all: the next line tells.
        return readReal(path.toRealPath(), worldReadable);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("is missing", e);
    } catch (AccessDeniedException e) {
      throw new IOException("cannot be read: this process' user has no permission", e);
    }
  }

  /** The content of a file that a path was found to lead to; it may be gone by now. */
  static byte[] readReal(Path file, boolean worldReadable) throws IOException {
    if (!Files.isRegularFile(file)) {
      if (Files.exists(file)) {
        throw new IOException("is no regular file");
      }
      throw new NoSuchFileException(file.toString());
    }
    if (!worldReadable && isOpenToOthers(file)) {
      throw new IOException(
          "can be used by every user of this machine; chmod 600 it (640 for a group; in Kubernetes defaultMode: 0440), or allow it: KeySource.withWorldReadable()");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("has more than " + MAX_BYTES + " bytes, so it holds no keys of ours");
      }
      return content;
    }
  }

  /** Whether users who are neither the owner nor of the group can read or write it. */
  static boolean isOpenToOthers(Path file) throws IOException {
    if (!isPosix(file)) {
      return false; // Its permissions are not of this kind.
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
