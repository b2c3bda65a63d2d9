package dev.madeleine.encoders;

import dev.madeleine.internal.Hmac;
import java.util.Arrays;
import java.util.Locale;

/** The hash function under another framework's HMAC (FIPS 180-4). */
public enum Digest {
  /** SHA-1, the default of keygrip. Good enough under HMAC, but choose no other format for it. */
  SHA1("SHA-1", 64, 20),
  /** SHA-256. */
  SHA256("SHA-256", 64, 32),
  /** SHA-384. */
  SHA384("SHA-384", 128, 48),
  /** SHA-512. */
  SHA512("SHA-512", 128, 64);

  private final String jdkName;

  /** Bytes that are compressed at a time. */
  private final int blockLength;

  private final int length;

  Digest(String jdkName, int blockLength, int length) {
    this.jdkName = jdkName;
    this.blockLength = blockLength;
    this.length = length;
  }

  /**
   * The digest of this name in another framework's configuration, for example {@code sha256},
   * {@code SHA-256} or {@code SHA256}.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static Digest named(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replace("-", "");
    return Arrays.stream(values())
        .filter(digest -> digest.name().equals(plain))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no digest \"%s\" here; there are %s"
                        .formatted(name, Arrays.toString(values()))));
  }

  /** HMAC with this digest under a key of any length. */
  Hmac hmac(byte[] key) {
    return new Hmac(jdkName, blockLength, key);
  }

  /** Bytes of a result. */
  int length() {
    return length;
  }
}
