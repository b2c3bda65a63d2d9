package dev.madeleine.encoders;

import dev.madeleine.CheckReturnValue;
import dev.madeleine.MasterKey;
import dev.madeleine.internal.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of another framework, as they stand in its configuration: one signs, all verify.
 *
 * <p>They are no {@link MasterKey}: the other side chose them, so they may be short, published or
 * empty, and nothing is derived from them that the framework does not derive. What is wrong with
 * them is reported, not refused (see RATIONALE, "Why are foreign secrets a type of their own?").
 *
 * <pre>{@code
 * ForeignSecrets.signingWith(System.getenv("COOKIE_KEY")).alsoAccepting(System.getenv("OLD_COOKIE_KEY"))
 * }</pre>
 */
public final class ForeignSecrets {
  private static final int SHORT = 16;

  private final List<byte[]> secrets;

  private ForeignSecrets(List<byte[]> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** A secret that signs and verifies, as text; it counts as its UTF-8 bytes. */
  public static ForeignSecrets signingWith(String secret) {
    return signingWith(Utf8.bytesLikeNode(Objects.requireNonNull(secret, "secret")));
  }

  /** A secret that signs and verifies, as raw bytes, which are copied. */
  public static ForeignSecrets signingWith(byte[] secret) {
    return new ForeignSecrets(List.of(secret.clone()));
  }

  /** These secrets and older ones, as text, that only verify; in this order behind the others. */
  @CheckReturnValue
  public ForeignSecrets alsoAccepting(String... older) {
    return alsoAccepting(Arrays.stream(older).map(Utf8::bytesLikeNode).toArray(byte[][]::new));
  }

  /** These secrets and older ones, as raw bytes, that only verify. The bytes are copied. */
  @CheckReturnValue
  public ForeignSecrets alsoAccepting(byte[]... older) {
    List<byte[]> all = new ArrayList<>(secrets);
    for (byte[] secret : older) {
      all.add(secret.clone());
    }
    return new ForeignSecrets(all);
  }

  /** How many there are, at least 1. */
  int size() {
    return secrets.size();
  }

  /** Something for each secret, the signing one first. The function keeps and changes no array. */
  <T> List<T> each(Function<byte[], T> made) {
    return secrets.stream().map(made).toList();
  }

  /** What an operator should know of them, each named by its position, or null. */
  @Nullable String weakness() {
    List<String> weak = new ArrayList<>(0);
    for (int i = 0; i < secrets.size(); i++) {
      byte[] secret = secrets.get(i);
      String which = "secret %s of %s ".formatted(i + 1, secrets.size());
      if (MasterKey.isPublished(secret)) {
        weak.add(which + "is published in documentation, so anybody can forge sessions with it");
      } else if (secret.length < SHORT) {
        weak.add(
            which
                + "is short, %s of at least %s random bytes, so it can be guessed"
                    .formatted(secret.length, SHORT));
      }
    }
    return weak.isEmpty() ? null : String.join("; ", weak);
  }

  /** Their number only. */
  @Override
  public String toString() {
    return "ForeignSecrets[" + secrets.size() + "]";
  }
}
