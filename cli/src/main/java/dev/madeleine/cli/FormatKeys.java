package dev.madeleine.cli;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.encoders.ForeignSecrets;
import dev.madeleine.internal.Utf8;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys that were handed to the command: texts, the newest first, or a finished ring. */
final class FormatKeys {
  private static final String HEX = "hex:";
  private static final String BASE64 = "base64:";

  private final List<String> texts;
  private final @Nullable KeyRing ring;

  private FormatKeys(List<String> texts, @Nullable KeyRing ring) {
    this.texts = List.copyOf(texts);
    this.ring = ring;
  }

  static FormatKeys of(List<String> texts) {
    if (texts.isEmpty()) {
      throw new UsageProblem("keys", "there are none; give at least one, the newest first");
    }
    return new FormatKeys(texts, null);
  }

  static FormatKeys of(KeyRing ring) {
    return new FormatKeys(List.of(), Objects.requireNonNull(ring, "ring"));
  }

  /** Keys of our own formats: {@code hex:…} or {@code base64:…}. */
  KeyRing ring() {
    if (ring != null) {
      return ring;
    }
    MasterKey[] keys = new MasterKey[texts.size()];
    for (int i = 0; i < keys.length; i++) {
      try {
        keys[i] = MasterKey.parse(texts.get(i));
      } catch (IllegalArgumentException e) {
        throw new UsageProblem("keys[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return KeyRing.signingWith(keys[0]).alsoAccepting(Arrays.copyOfRange(keys, 1, keys.length));
  }

  /**
   * Secrets of another framework: UTF-8 text as it stands, or bytes after a prefix. Weak ones are
   * taken: the commands that use them print a warning.
   */
  ForeignSecrets foreign() {
    if (ring != null) {
      throw new UsageProblem(
          "keys", "a key ring of ours was given, this format has secrets of another framework");
    }
    byte[][] secrets = new byte[texts.size()][];
    for (int i = 0; i < secrets.length; i++) {
      secrets[i] = bytes(i);
    }
    return ForeignSecrets.signingWithWeak(secrets[0])
        .alsoAcceptingWeak(Arrays.copyOfRange(secrets, 1, secrets.length));
  }

  private byte[] bytes(int index) {
    String text = texts.get(index);
    try {
      if (text.startsWith(HEX)) {
        return HexFormat.of().parseHex(text.substring(HEX.length()));
      }
      if (text.startsWith(BASE64)) {
        return Base64.getDecoder().decode(text.substring(BASE64.length()));
      }
    } catch (IllegalArgumentException e) { // It quotes the secret.
      throw new UsageProblem(
          "keys[" + index + "]", "begins with hex: or base64:, but is none; digits are wrong");
    }
    byte[] bytes = Utf8.bytes(text);
    if (bytes == null) {
      throw UsageProblem.halfACharacter("keys[" + index + "]");
    }
    return bytes;
  }

  /** Their number only. */
  @Override
  public String toString() {
    return "FormatKeys[" + (ring == null ? texts.size() : ring) + "]";
  }
}
