package dev.madeleine.demo;

import dev.madeleine.KeyRing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the demo in a file that several processes may share, as {@link KeyRing#parse} reads
 * them.
 *
 * <p>Each use reads the file, some hundred bytes, so that a rotation holds at once in every process
 * that shares it.
 */
final class KeyFile implements Supplier<KeyRing> {
  private static final int KEY_BYTES = 32;
  private static final int KEPT = 3;

  /** A ring and the text that it was read from. */
  private record Loaded(String text, KeyRing ring) {}

  private final SharedFile file;
  private final boolean created;
  private volatile Loaded loaded;
  private volatile @Nullable String complaint;

  private KeyFile(SharedFile file, boolean created) throws IOException {
    this.file = file;
    this.created = created;
    String text = file.read();
    loaded = new Loaded(text, KeyRing.parse(text));
  }

  /**
   * The keys in this file. A file that is missing is made, with one new key that nobody else can
   * read; of several processes that start at once, one makes it.
   *
   * @throws IOException if there is no file and none can be made; the message is for the user
   * @throws IllegalArgumentException if the file holds no good keys
   */
  static KeyFile open(Path path) throws IOException {
    try {
      SharedFile file = new SharedFile(path);
      KeyFile keys = new KeyFile(file, !file.exists() && create(file));
      if (file.isOpenToOthers()) {
        System.err.printf("key file %s is open to other users: chmod 600 it%n", path);
      }
      return keys;
    } catch (IOException e) {
      throw new IOException("key file %s cannot be used: %s".formatted(path, e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key file %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean create(SharedFile file) throws IOException {
    file.makeFolder();
    return file.locked(
        () -> {
          if (file.exists()) {
            return false;
          }
          file.replace(newKey() + "\n");
          return true;
        });
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
    Loaded last = loaded;
    try {
      String text = file.read();
      if (!text.equals(last.text())) {
        last = new Loaded(text, KeyRing.parse(text));
        loaded = last;
      }
      complain(null);
    } catch (IOException e) {
      complain(reason(e));
    } catch (IllegalArgumentException e) {
      complain("holds no good keys: " + e.getMessage());
    }
    return last.ring();
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
    return file.locked(
        () -> {
          String before = file.read();
          KeyRing.parse(before);
          String after =
              Stream.concat(Stream.of(newKey()), Arrays.stream(before.split(",", -1)))
                  .map(String::strip)
                  .limit(KEPT)
                  .collect(Collectors.joining(",", "", "\n"));
          file.replace(after);
          return KeyRing.parse(after);
        });
  }

  private static String newKey() {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return "base64:" + Base64.getEncoder().encodeToString(secret);
  }

  /** Says on stderr what is wrong, once; null says that it is well again. */
  private void complain(@Nullable String wrong) {
    String before = complaint;
    complaint = wrong;
    if (wrong != null && !wrong.equals(before)) {
      System.err.printf("key file %s %s. The keys in memory stay in use%n", file.path(), wrong);
    } else if (wrong == null && before != null) {
      System.err.printf("key file %s is well again%n", file.path());
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "is missing" : "cannot be used: " + e;
  }
}
