package dev.madeleine.servlet;

import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.keys.ReloadingKeysBuilder;
import jakarta.servlet.ServletException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The init-params that say where the keys are. */
final class KeyParameters {
  private static final String FILE = "keyFile";
  private static final String VARIABLE = "keyVariable";
  private static final String WORLD_READABLE = "keyFileWorldReadable";
  private static final String INTERVAL = "keyInterval";
  private static final String DEFAULT_VARIABLE = "MADELEINE_KEY";

  private KeyParameters() {}

  /** The keys that the parameters name, and whatever becomes of them; to be closed. */
  static ReloadingKeys start(InitParameters parameters) throws ServletException {
    parameters.exclude(FILE, VARIABLE);
    String file = parameters.text(FILE);
    String given = parameters.text(VARIABLE);
    String variable = given == null ? DEFAULT_VARIABLE : given;
    KeySource[] source = {file == null ? KeySource.variable(variable) : source(Path.of(file))};
    parameters.with(
        WORLD_READABLE,
        value ->
            source[0] = ParameterText.isTrue(value) ? source[0].allowWorldReadable() : source[0]);
    ReloadingKeysBuilder keys = ReloadingKeys.from(source[0]);
    parameters.with(INTERVAL, value -> keys.every(ParameterText.duration(value)));
    try {
      return keys.start();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw parameters.wrong(
          file == null ? VARIABLE : FILE, "names no good keys: " + e.getMessage(), e);
    }
  }

  private static KeySource source(Path path) {
    return Files.isDirectory(path) ? KeySource.directory(path) : KeySource.file(path);
  }
}
