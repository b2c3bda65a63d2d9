package dev.madeleine.spring;

import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.keys.ReloadingKeysBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The keys that the properties name. */
final class ConfiguredKeys {
  private static final System.Logger LOG = System.getLogger(ConfiguredKeys.class.getName());
  private static final String KEYS = "madeleine.keys";

  /** What other ways to start read. */
  private static final String SINGULAR = "MADELEINE_KEY";

  private static final String DEVTOOLS =
      "org.springframework.boot.devtools.restart.RestartApplicationListener";

  private ConfiguredKeys() {}

  /**
   * Starts to read the keys; what is wrong with them ends the start.
   *
   * @throws KeysException if there are none, two sources of them, or bad ones
   */
  static ReloadingKeys start(MadeleineProperties properties, Environment environment) {
    KeySource source = source(properties, environment);
    if (source == null) {
      source = developmentKey(properties, environment);
    }
    ReloadingKeysBuilder keys = ReloadingKeys.from(source);
    if (properties.keyInterval() != null) {
      keys.every(properties.keyInterval());
    }
    try {
      return keys.start();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new KeysException(
          "%s: %s"
              .formatted(
                  properties.keyFile() == null ? KEYS : "madeleine.key-file", e.getMessage()),
          e);
    }
  }

  private static @Nullable KeySource source(
      MadeleineProperties properties, Environment environment) {
    String file = properties.keyFile();
    boolean given = properties.keys() != null && !properties.keys().isBlank();
    if (file != null && given) {
      throw new KeysException("madeleine.keys and madeleine.key-file are both set", null);
    }
    if (file != null) {
      Path path = Path.of(file);
      KeySource source = Files.isDirectory(path) ? KeySource.directory(path) : KeySource.file(path);
      return properties.keyFileWorldReadable() ? source.withWorldReadable() : source;
    }
    // Asked again, as a refreshed environment may hold others.
    return given ? KeySource.answering(KEYS, () -> environment.getProperty(KEYS, "")) : null;
  }

  private static KeySource developmentKey(MadeleineProperties properties, Environment environment) {
    boolean devtools = ClassUtils.isPresent(DEVTOOLS, ConfiguredKeys.class.getClassLoader());
    Boolean asked = properties.developmentKey();
    if (asked == null ? !devtools : !asked) {
      throw new KeysException(
          environment.getProperty(SINGULAR) == null
              ? "no key is set"
              : "no key is set; the starter reads MADELEINE_KEYS, and " + SINGULAR + " is set",
          null);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "sessions are signed with a key made for this run, as {0}: all sessions end with this process"
            + " and no other node reads them. Set madeleine.keys",
        asked == null
            ? "spring-boot-devtools is on the class path"
            : "madeleine.development-key is true");
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    String text = "base64:" + Base64.getEncoder().encodeToString(key);
    return KeySource.answering("a key made for this run", () -> text);
  }
}
