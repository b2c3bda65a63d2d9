package dev.madeleine.benchmarks;

import java.util.Locale;

/**
 * The irreducible parts of a signed session: no code does without them, whatever its format.
 *
 * <p>All but {@link #HANDWRITTEN} together are the sum of parts with Jackson; with it in the place
 * of {@link #JACKSON} they are the sum of parts with handwritten JSON.
 */
public enum Part {
  /** HMAC-SHA-256 over header and JSON, from digests that hold the key pads already. */
  HMAC,
  /** Base64url from array to array. */
  BASE64,
  /** From ASCII bytes to a string and back. */
  TEXT,
  /** Comparing two tags in constant time. */
  COMPARE,
  /** JSON, by Jackson's streaming interface. */
  JACKSON,
  /** JSON, by code for just the types of these sessions. */
  HANDWRITTEN;

  /** Whether this operation needs the part. */
  boolean takesPartIn(String operation) {
    return this != COMPARE || operation.equals("decode");
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
