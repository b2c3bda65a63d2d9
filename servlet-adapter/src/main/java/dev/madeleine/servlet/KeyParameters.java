package dev.madeleine.servlet;

import dev.madeleine.TextSettings;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.keys.ReloadingKeysBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The init-params that say where the keys are. */
final class KeyParameters {
  private static final String FILE = "keyFile";
  private static final String VARIABLE = "keyVariable";
  private static final String WORLD_READABLE = "keyFileWorldReadable";
  private static final String INTERVAL = "keyInterval";
  private static final String DEFAULT_VARIABLE = "MADELEINE_KEY";

  static final List<String> NAMES = List.of(FILE, VARIABLE, WORLD_READABLE, INTERVAL);

  private KeyParameters() {}

  /**
   * The keys that the parameters name, and whatever becomes of them; to be closed.
   *
   * @throws IllegalArgumentException which begins with the name of the wrong parameter
   */
  static ReloadingKeys start(TextSettings settings) {
    settings.exclude(FILE, VARIABLE);
    String file = settings.text(FILE);
    String given = settings.text(VARIABLE);
    String variable = given == null ? DEFAULT_VARIABLE : given;
    KeySource[] source = {file == null ? KeySource.variable(variable) : source(Path.of(file))};
    settings.use(
        WORLD_READABLE,
        value -> source[0] = TextSettings.flag(value) ? source[0].withWorldReadable() : source[0]);
    ReloadingKeysBuilder keys = ReloadingKeys.from(source[0]);
    settings.use(INTERVAL, value -> keys.every(TextSettings.duration(value)));
    try {
      return keys.start();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" names no good keys: %s".formatted(file == null ? VARIABLE : FILE, e.getMessage()),
          e);
    }
  }

  private static KeySource source(Path path) {
    return Files.isDirectory(path) ? KeySource.directory(path) : KeySource.file(path);
  }
}
