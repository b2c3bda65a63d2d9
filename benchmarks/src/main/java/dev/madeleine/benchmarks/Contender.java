package dev.madeleine.benchmarks;

import java.util.Locale;
import java.util.function.Function;

/** Who takes part. Each benchmark measures one of them in a JVM of its own. */
public enum Contender {
  /** Ours: the native format, signed. */
  MADELEINE(MadeleineText::new),
  /** The JWT library with the most users. */
  JJWT(JjwtText::new),
  /** What one writes without a library. */
  NAIVE(NaiveText::new);

  @SuppressWarnings("ImmutableEnumChecker") // Constructor references hold no state.
  private final Function<byte[], SignedText> signingWith;

  Contender(Function<byte[], SignedText> signingWith) {
    this.signingWith = signingWith;
  }

  /** This contender with a key of 32 bytes. */
  SignedText signingWith(byte[] secret) {
    return signingWith.apply(secret);
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
