package dev.madeleine.keys;

import dev.madeleine.CheckReturnValue;
import dev.madeleine.KeyRing;
import dev.madeleine.internal.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A place where keys are. It is read at the start and then again and again by {@link
 * ReloadingKeys}. Immutable.
 *
 * <p>A text is either the JSON document of a {@link KeyRingFile}, or a list of keys as {@link
 * dev.madeleine.MasterKey#parse} reads them, separated by commas or line breaks, of which the first
 * signs.
 */
public final class KeySource {
  /** The file that a directory of keys holds. */
  static final String FILE_NAME = "keys.json";

  /** How the content is got; may take its time. */
  private interface Fetch {
    byte[] content(boolean worldReadable) throws IOException;
  }

  /** What the content says. */
  private interface Interpretation {
    RingOverTime of(byte[] content);
  }

  private final String name;
  private final Fetch fetch;
  private final Interpretation interpretation;
  private final boolean constant;
  private final boolean worldReadable;

  private KeySource(
      String name,
      Fetch fetch,
      Interpretation interpretation,
      boolean constant,
      boolean worldReadable) {
    this.name = Objects.requireNonNull(name, "name");
    this.fetch = fetch;
    this.interpretation = interpretation;
    this.constant = constant;
    this.worldReadable = worldReadable;
  }

  /**
   * The text in an environment variable, or in the system property of this name if there is one. It
   * is read once: neither changes while a process runs. Times in it do their work, though.
   */
  public static KeySource variable(String name) {
    Objects.requireNonNull(name, "name");
    return new KeySource(
        "variable " + name,
        worldReadable -> {
          String text = System.getProperty(name, System.getenv(name));
          return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        },
        KeySource::text,
        true,
        false);
  }

  /**
   * The text in a file of at most 64 KiB that others than its user and group cannot read. A list of
   * several keys must end with a line break: without one it is taken for half-written. A list that
   * is cut off at the end of a line looks like a whole one, so replace it in one step ({@code mv}),
   * or use a key ring file: a JSON document that is cut off anywhere is refused.
   */
  public static KeySource file(Path path) {
    Objects.requireNonNull(path, "path");
    return new KeySource(
        "key file " + path,
        worldReadable -> SecretFile.read(path, worldReadable),
        content -> rings(KeyList::whole, content),
        false,
        false);
  }

  /**
   * The file {@code keys.json} in a directory whose content is swapped as a whole, as Kubernetes
   * does it with a mounted secret. (Mount the directory, not the file: a {@code subPath} is never
   * updated.)
   */
  public static KeySource directory(Path path) {
    return file(Objects.requireNonNull(path, "path").resolve(FILE_NAME));
  }

  /**
   * The secret keys in a PKCS#12 key store. The alias of each says from when on it signs: {@code
   * 2026-07-01} (midnight UTC) or {@code 2026-07-01T12:00:00Z}. All keys are accepted while they
   * are in the store.
   *
   * @param password of the store and its entries, asked for at each look; its answer is wiped
   */
  public static KeySource keyStore(Path path, Supplier<char[]> password) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(password, "password");
    return new KeySource(
        "key store " + path,
        worldReadable -> SecretFile.read(path, worldReadable),
        content -> new KeyStoreKeys(content, asked(password)),
        false,
        false);
  }

  /**
   * The text that something else answers with, such as a client of a secret store. It may block: it
   * is asked in the background, except at the start.
   *
   * @param name what to call it in events and messages
   * @param text asked at each look; what it throws is reported by its type, without its message,
   *     which might quote a secret
   */
  public static KeySource answering(String name, Callable<String> text) {
    Objects.requireNonNull(text, "text");
    return new KeySource(
        name,
        worldReadable -> {
          try {
            return Objects.requireNonNull(text.call(), "no text").getBytes(StandardCharsets.UTF_8);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was interrupted", e);
          } catch (Exception e) {
            throw new IOException("failed with " + e.getClass().getName(), e);
          }
        },
        KeySource::text,
        false,
        false);
  }

  private static char[] asked(Supplier<char[]> password) {
    char[] answer = password.get();
    if (answer == null) {
      throw new IllegalArgumentException("there is no password for it");
    }
    return answer;
  }

  /** This source even if every user of the machine can read its file. */
  @CheckReturnValue
  public KeySource withWorldReadable() {
    return new KeySource(name, fetch, interpretation, constant, true);
  }

  private static RingOverTime text(byte[] content) {
    return rings(list -> list, content);
  }

  /** Keys from text; a list passes the check first. */
  private static RingOverTime rings(UnaryOperator<String> check, byte[] content) {
    String text = Utf8.text(content);
    if (text == null) {
      throw new IllegalArgumentException("is no UTF-8 text, so it holds no keys of ours");
    }
    return KeyRingDocument.isMeant(text)
        ? KeySchedule.parse(text)
        : RingOverTime.always(KeyRing.parse(KeyList.withCommas(check.apply(text))));
  }

  /** What it holds now. */
  byte[] content() throws IOException {
    try {
      return fetch.content(worldReadable);
    } catch (IOException e) {
      throw new IOException(name + " " + reason(e), e);
    }
  }

  /**
   * What a content of it says.
   *
   * @throws IllegalArgumentException if it says no good keys; names line and field, never a secret
   */
  RingOverTime rings(byte[] content) {
    try {
      return interpretation.of(content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ", " + e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "failed with " + e.getClass().getName() : e.getMessage();
  }

  /** Whether looking again will find nothing else. */
  boolean isConstant() {
    return constant;
  }

  /** Where the keys are. */
  @Override
  public String toString() {
    return name;
  }
}
