package dev.madeleine.frameworks;

import dev.madeleine.KeyRing;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys that all nodes hold. */
final class Keys {
  /** The key as a setting. */
  static final String TEXT = "base64:" + random();

  static final KeyRing RING = KeyRing.parse(TEXT);

  private Keys() {}

  private static String random() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
