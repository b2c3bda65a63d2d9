package dev.madeleine;

import dev.madeleine.internal.Hkdf;
import dev.madeleine.internal.Sha256;
import dev.madeleine.internal.StrayCharacter;
import dev.madeleine.internal.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A secret of at least 32 random bytes from which every other key is derived, with an id that is
 * derived from it too.
 *
 * <p>Only the extracted key (HKDF, RFC 5869) is kept, never the secret itself. Nothing of either
 * appears in {@link #toString} or in a message.
 */
public final class MasterKey {
  /** The command that makes a good key; every message about a bad one ends with it. */
  static final String ONE_LINER = "echo \"base64:$(openssl rand -base64 32)\"";

  /** Fewest bytes of a secret. */
  static final int MIN_BYTES = 32;

  /**
   * Fewest different bytes in a secret. 32 random ones have 30 on average; that they have fewer
   * than 16 happens once in 10^16 times.
   */
  private static final int MIN_DISTINCT_BYTES = 16;

  private static final int SUBKEY_BYTES = 32;
  private static final int PUBLISHED_HASH_BYTES = 8;
  private static final Set<String> PUBLISHED = published();
  private static final byte[] SALT = "madeleine/v1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_ID_INFO = "kid".getBytes(StandardCharsets.US_ASCII);

  private final byte[] extracted;
  private final int id;

  private MasterKey(byte[] secret) {
    extracted = Hkdf.extract(SALT, secret);
    byte[] idBytes = Hkdf.expand(extracted, KEY_ID_INFO, Integer.BYTES);
    id = ByteBuffer.wrap(idBytes).getInt();
  }

  /**
   * A key from raw bytes.
   *
   * @param secret at least 32 random bytes; copied, the caller may wipe it
   * @throws IllegalArgumentException if the secret is short, published, or plainly not random
   */
  public static MasterKey of(byte[] secret) {
    Objects.requireNonNull(secret, "secret");
    byte[] copy = secret.clone();
    try {
      check(copy);
      return new MasterKey(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** A new key from this source of randomness. */
  public static MasterKey generate(SecureRandom random) {
    Objects.requireNonNull(random, "random");
    byte[] secret = new byte[MIN_BYTES];
    random.nextBytes(secret);
    return of(secret);
  }

  /**
   * A key from text with an explicit form, {@code base64:…} (either alphabet, padded or not) or
   * {@code hex:…}. Text without a form is refused: nobody can tell whether it is a passphrase.
   *
   * @throws IllegalArgumentException if there is no key in it, or none that is good enough
   */
  public static MasterKey parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          "no key: the text is missing or empty. Make one with: " + ONE_LINER);
    }
    String trimmed = text.strip();
    byte[] secret;
    try {
      if (trimmed.startsWith("base64:")) {
        String standard = trimmed.substring(7).replace('-', '+').replace('_', '/');
        secret = Base64.getDecoder().decode(standard);
      } else if (trimmed.startsWith("hex:")) {
        secret = HexFormat.of().parseHex(trimmed.substring(4));
      } else {
        refusePublished(trimmed.getBytes(StandardCharsets.UTF_8));
        throw unreadable(trimmed, "has no form; write base64:… or hex:…");
      }
    } catch (IllegalArgumentException e) {
      if (e.getMessage() != null && e.getMessage().endsWith(ONE_LINER)) {
        throw e;
      }
      // The cause is not kept: it may quote a character of the key.
      String form = trimmed.substring(0, trimmed.indexOf(':') + 1);
      throw unreadable(trimmed, "does not decode as its form, %s, says".formatted(form));
    }
    try {
      return of(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What is wrong with a text: rather what has strayed into it than what follows from that. */
  private static IllegalArgumentException unreadable(String text, String problem) {
    String stray = StrayCharacter.in(text);
    return new IllegalArgumentException(
        "a key of %s characters %s. Make one with: %s"
            .formatted(
                text.length(),
                stray == null ? problem : stray + ", which is not part of a key; remove it",
                ONE_LINER));
  }

  /**
   * Whether this secret stands in the documentation of a well-known framework, so that anybody can
   * forge with it.
   *
   * @param secret a secret of any length, for example another framework's
   */
  public static boolean isPublished(byte[] secret) {
    return PUBLISHED.contains(HexFormat.of().formatHex(Sha256.of(secret), 0, PUBLISHED_HASH_BYTES));
  }

  private static void refusePublished(byte[] secret) {
    if (isPublished(secret)) {
      throw new IllegalArgumentException(
          "this key is published in documentation, so anybody can forge sessions with it."
              + " Make one with: "
              + ONE_LINER);
    }
  }

  private static Set<String> published() {
    try (InputStream list = MasterKey.class.getResourceAsStream("published-secrets.txt")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new AssertionError(e); // The file lies beside this class.
    }
  }

  private static void check(byte[] secret) {
    refusePublished(secret);
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a key has %s bytes, it needs at least %s random ones. Make one with: %s"
              .formatted(secret.length, MIN_BYTES, ONE_LINER));
    }
    String weakness = weakness(secret);
    if (weakness != null) {
      throw new IllegalArgumentException(
          "a key of %s bytes is not random: %s. Make one with: %s"
              .formatted(secret.length, weakness, ONE_LINER));
    }
  }

  /** Why these bytes cannot have come out of a source of randomness, or null. */
  private static @Nullable String weakness(byte[] secret) {
    boolean[] seen = new boolean[256];
    int distinct = 0;
    boolean sequence = true;
    int printable = 0;
    for (int i = 0; i < secret.length; i++) {
      int b = secret[i] & 0xff;
      distinct += seen[b] ? 0 : 1;
      seen[b] = true;
      sequence &= i < 2 || (byte) (secret[i] - secret[i - 1]) == (byte) (secret[1] - secret[0]);
      printable += isPrintable(b) ? 1 : 0;
    }
    if (sequence) {
      return "its bytes are a sequence";
    }
    if (distinct < MIN_DISTINCT_BYTES) {
      return "only " + distinct + " of them differ";
    }
    if (printable * 10 >= secret.length * 9 || isText(secret)) {
      return "its bytes are printable text. If they are a key in hex or base64, decode them";
    }
    return repeats(secret) ? "its beginning is repeated to its end" : null;
  }

  /**
   * Whether this byte occurs in text: in ASCII, or in UTF-16, where every other byte is zero. Of 32
   * random ones, nine in ten are such bytes once in 10^9 times.
   */
  private static boolean isPrintable(int b) {
    return (b >= ' ' && b <= '~') || b == '\t' || b == '\n' || b == '\r' || b == 0;
  }

  /** Whether these bytes are text in UTF-8: 32 random ones are once in 10^11 times. */
  private static boolean isText(byte[] secret) {
    String text = Utf8.text(secret);
    return text != null
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) && !isPrintable(c));
  }

  private static boolean repeats(byte[] secret) {
    for (int period = 1; period <= secret.length / 2; period++) {
      int i = period;
      while (i < secret.length && secret[i] == secret[i - period]) {
        i++;
      }
      if (i == secret.length) {
        return true;
      }
    }
    return false;
  }

  /**
   * The key's id, 8 lower-case hex digits. It names the key in tokens and logs and tells nothing.
   */
  public String id() {
    return HexFormat.of().toHexDigits(id);
  }

  /** The key's id as it stands in a token. */
  int idBits() {
    return id;
  }

  /** A key of 32 bytes for the one use that these texts describe. */
  byte[] derive(String... context) {
    return Hkdf.expand(extracted, Hkdf.lengthPrefixed(context), SUBKEY_BYTES);
  }

  /** The id only. */
  @Override
  public String toString() {
    return "MasterKey[" + id() + "]";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MasterKey key && MessageDigest.isEqual(extracted, key.extracted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extracted);
  }
}
