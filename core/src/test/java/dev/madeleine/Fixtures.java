package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keys, times and sessions that the tests share. Nothing here is random. */
public final class Fixtures {
  public static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  static final String ID = "000102030405060708090a0b0c0d0e0f";

  static final MasterKey KEY = key("one");
  static final MasterKey OLD_KEY = key("two");
  static final MasterKey STRANGE_KEY = key("three");
  static final KeyRing RING = KeyRing.signingWith(KEY);

  /** Kept, because the JDK forgets loggers that nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("dev.madeleine");

  static {
    LOGGER.setLevel(Level.OFF); // A line for each server that a test makes; LogCapture turns it on.
  }

  private Fixtures() {}

  /** 32 bytes that look random and are always the same for one text. */
  public static byte[] secret(String text) {
    return Sha256.of(utf8("madeleine test key " + text));
  }

  static MasterKey key(String text) {
    return MasterKey.of(secret(text));
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A session with these attributes that began and was used at noon. */
  static SessionSnapshot session(Map<String, ?> attributes) {
    return SessionSnapshot.of(attributes)
        .withId(ID)
        .withTimes(NOON, NOON)
        .withMaxIdle(Duration.ofMinutes(30));
  }

  /** A source of "random" bytes that counts: the first id is 0101…, the second 0202…. */
  static SecureRandom counting() {
    return new SecureRandom() {
      private byte next = 1;

      @Override
      public void nextBytes(byte[] bytes) {
        java.util.Arrays.fill(bytes, next++);
      }
    };
  }

  /** A source of one prepared answer, the nonce of a test. */
  static SecureRandom answering(byte[] answer) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        assertThat(bytes).hasSameSizeAs(answer);
        System.arraycopy(answer, 0, bytes, 0, bytes.length);
      }
    };
  }

  /** The id that {@link #counting} gives at its n-th use. */
  static String countedId(int n) {
    return "%02x".formatted(n).repeat(16);
  }
}
