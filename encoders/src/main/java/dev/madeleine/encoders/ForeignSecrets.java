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
 * <p>They are no {@link MasterKey}: the other side chose them, and nothing is derived from them
 * that the framework does not derive. An empty one is refused, because anybody can sign with it.
 * One that is short or published is refused too, unless the method says {@code Weak}; then it is
 * reported once as {@link dev.madeleine.SessionEvent.WeakKeyUsed} (see RATIONALE, "Why are foreign
 * secrets a type of their own?").
 *
 * <pre>{@code
 * ForeignSecrets.signingWith(System.getenv("COOKIE_KEY")).alsoAccepting(System.getenv("OLD_COOKIE_KEY"))
 * }</pre>
 */
public final class ForeignSecrets {
  private static final int SHORT = 16;
  private static final String SECRET = "secret";

  private final List<byte[]> secrets;

  private ForeignSecrets(List<byte[]> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /**
   * A secret that signs and verifies, as text; it counts as its UTF-8 bytes.
   *
   * @throws IllegalArgumentException if it is empty, shorter than 16 bytes, or published in
   *     documentation
   */
  public static ForeignSecrets signingWith(String secret) {
    return signingWith(bytes(secret));
  }

  /**
   * A secret that signs and verifies, as raw bytes, which are copied.
   *
   * @throws IllegalArgumentException if it is empty, shorter than 16 bytes, or published in
   *     documentation
   */
  public static ForeignSecrets signingWith(byte[] secret) {
    return signingWithWeak(refuseWeak(secret, "signingWithWeak"));
  }

  /**
   * The same for a secret that is short or published, because users hold cookies that it signed:
   * whoever guesses or knows it can forge them.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static ForeignSecrets signingWithWeak(String secret) {
    return signingWithWeak(bytes(secret));
  }

  /**
   * The same as raw bytes, which are copied.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static ForeignSecrets signingWithWeak(byte[] secret) {
    return new ForeignSecrets(List.of(refuseEmpty(secret).clone()));
  }

  /**
   * These secrets and older ones, as text, that only verify; in this order behind the others.
   *
   * @throws IllegalArgumentException if one is empty, shorter than 16 bytes, or published in
   *     documentation
   */
  @CheckReturnValue
  public ForeignSecrets alsoAccepting(String... older) {
    return alsoAccepting(allBytes(older));
  }

  /**
   * These secrets and older ones, as raw bytes, that only verify. The bytes are copied.
   *
   * @throws IllegalArgumentException if one is empty, shorter than 16 bytes, or published in
   *     documentation
   */
  @CheckReturnValue
  public ForeignSecrets alsoAccepting(byte[]... older) {
    for (byte[] secret : older) {
      refuseWeak(secret, "alsoAcceptingWeak");
    }
    return alsoAcceptingWeak(older);
  }

  /**
   * The same for older secrets that are short or published: whoever guesses or knows one of them
   * can forge cookies.
   *
   * @throws IllegalArgumentException if one is empty
   */
  @CheckReturnValue
  public ForeignSecrets alsoAcceptingWeak(String... older) {
    return alsoAcceptingWeak(allBytes(older));
  }

  /**
   * The same as raw bytes, which are copied.
   *
   * @throws IllegalArgumentException if one is empty
   */
  @CheckReturnValue
  public ForeignSecrets alsoAcceptingWeak(byte[]... older) {
    List<byte[]> all = new ArrayList<>(secrets);
    for (byte[] secret : older) {
      all.add(refuseEmpty(secret).clone());
    }
    return new ForeignSecrets(all);
  }

  private static byte[] bytes(String secret) {
    return Utf8.bytesLikeNode(Objects.requireNonNull(secret, SECRET));
  }

  private static byte[][] allBytes(String... secrets) {
    return Arrays.stream(secrets).map(ForeignSecrets::bytes).toArray(byte[][]::new);
  }

  private static byte[] refuseEmpty(byte[] secret) {
    if (Objects.requireNonNull(secret, SECRET).length == 0) {
      throw new IllegalArgumentException(
          "a secret is empty, so anybody could forge sessions with it; set the variable or setting that"
              + " it is read from");
    }
    return secret;
  }

  private static byte[] refuseWeak(byte[] secret, String method) {
    String weakness = weakness(refuseEmpty(secret));
    if (weakness != null) {
      throw new IllegalArgumentException(
          "a secret %s; replace it where it comes from, or accept that with %s"
              .formatted(weakness, method));
    }
    return secret;
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
      String weakness = weakness(secrets.get(i));
      if (weakness != null) {
        weak.add("secret %s of %s %s".formatted(i + 1, secrets.size(), weakness));
      }
    }
    return weak.isEmpty() ? null : String.join("; ", weak);
  }

  private static @Nullable String weakness(byte[] secret) {
    if (MasterKey.isPublished(secret)) {
      return "is published in documentation, so anybody can forge sessions with it";
    }
    return secret.length < SHORT
        ? "is short, %s of at least %s random bytes, so it can be guessed"
            .formatted(secret.length, SHORT)
        : null;
  }

  /** Their number only. */
  @Override
  public String toString() {
    return "ForeignSecrets[" + secrets.size() + "]";
  }
}
