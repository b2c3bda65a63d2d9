package dev.madeleine.keys;

import dev.madeleine.keys.AtomicFile.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A file with keys as an operator edits it. An edit is one step: a server that reads the file, or a
 * power cut, sees the old content or the new one. Edits through this class wait for each other; one
 * by another program is noticed, and this one refused.
 *
 * <p>A plain list of keys, as {@link dev.madeleine.KeyRing#parse} reads it, is taken too; the first
 * edit makes a key ring of it.
 */
public final class KeyRingFile {
  /**
   * How long the sessions of a plain list may live, which does not say it: the policy's default.
   */
  private static final Duration LIST_SESSION = Duration.ofHours(12);

  private final Path path;
  private final InstantSource clock;
  private final Disk disk;

  private KeyRingFile(Path path, InstantSource clock, Disk disk) {
    this.path = Objects.requireNonNull(path, "path");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.disk = disk;
  }

  /**
   * A file that is there or will be created.
   *
   * @param clock gives the keys of a plain list their times
   */
  public static KeyRingFile at(Path path, InstantSource clock) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(clock, "clock");
    return new KeyRingFile(path, clock, step -> {});
  }

  /** The same file on a disk that may fail. */
  KeyRingFile withDisk(Disk newDisk) {
    return new KeyRingFile(path, clock, newDisk);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Whether it is there. */
  public boolean exists() {
    return Files.exists(path);
  }

  /** Whether users who are neither its owner nor of its group can read or write it. */
  public boolean isOpenToOthers() throws IOException {
    return SecretFile.isOpenToOthers(path);
  }

  /**
   * What it says. Its permissions are not judged: see {@link #isOpenToOthers}.
   *
   * @throws IOException if it cannot be read; the message is for the operator
   * @throws IllegalArgumentException if it holds no good keys; the message names line and field
   */
  public KeySchedule read() throws IOException {
    return schedule(content());
  }

  private byte[] content() throws IOException {
    try {
      return SecretFile.read(path, true);
    } catch (IOException e) {
      throw named(e);
    }
  }

  private KeySchedule schedule(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    try {
      return KeyRingDocument.isMeant(text)
          ? KeySchedule.parse(text)
          : KeySchedule.ofList(text, LIST_SESSION, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key file %s, %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * Creates it, for its owner alone.
   *
   * @throws FileAlreadyExistsException if it is there
   */
  public void create(KeySchedule schedule) throws IOException {
    AtomicFile file = new AtomicFile(path, disk);
    file.locked(
        () -> {
          if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
          }
          file.replace(null, bytes(schedule));
          return schedule;
        });
  }

  /**
   * Changes it in one step. Owner, group and permissions stay.
   *
   * @return what it says now
   * @throws IOException if it cannot be read or replaced, or was changed meanwhile; it is as it
   *     was, unless the message says otherwise
   * @throws IllegalArgumentException if it holds no good keys, or the change refuses; it is as it
   *     was
   */
  public KeySchedule edit(UnaryOperator<KeySchedule> change) throws IOException {
    try {
      AtomicFile file = new AtomicFile(path, disk);
      return file.locked(
          () -> {
            byte[] before = content();
            KeySchedule after = change.apply(schedule(before));
            byte[] text = bytes(after);
            if (text.length > SecretFile.MAX_BYTES) {
              throw new IOException("would be larger than " + SecretFile.MAX_BYTES + " bytes");
            }
            file.replace(before, text);
            return after;
          });
    } catch (IOException e) {
      throw named(e);
    }
  }

  private static byte[] bytes(KeySchedule schedule) {
    return schedule.toJson().getBytes(StandardCharsets.UTF_8);
  }

  private IOException named(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("key file ")
        ? e
        : new IOException("key file %s %s".formatted(path, message), e);
  }

  /** Where it is. */
  @Override
  public String toString() {
    return "key file " + path;
  }
}
