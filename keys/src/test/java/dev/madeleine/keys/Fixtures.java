package dev.madeleine.keys;

import dev.madeleine.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keys and times that the tests share. Nothing here is random. */
final class Fixtures {
  static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  static final Duration LIFE = Duration.ofHours(12);
  static final String ONE = secret("one");
  static final String TWO = secret("two");
  static final String THREE = secret("three");

  /** Kept, because the JDK forgets loggers that nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("dev.madeleine");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private Fixtures() {}

  /** The text of a key that looks random and is always the same for one name. */
  static String secret(String name) {
    return "base64:" + Base64.getEncoder().encodeToString(bytes(name));
  }

  static byte[] bytes(String name) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(("madeleine test key " + name).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // Every JDK has SHA-256.
    }
  }

  static String id(String secret) {
    return MasterKey.parse(secret).id();
  }

  /** A source of "random" bytes that differ at each use and are the same in each run. */
  static SecureRandom counting() {
    return new SecureRandom() {
      private int next;

      @Override
      public void nextBytes(byte[] bytes) {
        byte[] made = Fixtures.bytes("made " + next++);
        System.arraycopy(made, 0, bytes, 0, bytes.length);
      }
    };
  }

  /** A document with these entries. */
  static String document(String... entries) {
    return "{\n  \"version\": 1,\n  \"longestSession\": \"PT12H\",\n  \"keys\": [\n"
        + String.join(",\n", entries)
        + "\n  ]\n}\n";
  }

  /** An entry of a document, on one line. */
  static String entry(String secret, String signsFrom) {
    return "{\"id\": \"%s\", \"secret\": \"%s\", \"created\": \"2026-01-01T00:00:00Z\", \"signsFrom\": \"%s\", \"state\": \"live\"}"
        .formatted(id(secret), secret, signsFrom);
  }
}
