package dev.madeleine;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The id of a session: 16 bytes in the native format, any text in others. Most requests never ask
 * for it, so a new one is drawn, and the text of one that was received is made, when somebody does.
 */
final class SessionId {
  /** Bytes of a native id. */
  static final int BYTES = 16;

  private static final HexFormat HEX = HexFormat.of();

  /** What a new id is drawn from. */
  private final @Nullable SecureRandom random;

  private volatile byte @Nullable [] bytes;
  private @Nullable String text;

  private SessionId(@Nullable SecureRandom random, byte @Nullable [] bytes, @Nullable String text) {
    this.random = random;
    this.bytes = bytes;
    this.text = text;
  }

  /** A new id. */
  static SessionId drawnFrom(SecureRandom random) {
    return new SessionId(random, null, null);
  }

  /** The id of these bytes, which are not copied. */
  static SessionId of(byte[] bytes) {
    return new SessionId(null, bytes, null);
  }

  /** The id of this text, in the native format 32 lower-case hex digits. */
  static SessionId of(String text) {
    return new SessionId(null, null, text);
  }

  /** The text: 32 hex digits, or what another format has. */
  String text() {
    String known = text;
    if (known == null) {
      known = HEX.formatHex(Objects.requireNonNull(bytes()));
      text = known;
    }
    return known;
  }

  /** The 16 bytes, not to be changed, or null if the text is not one of the native format. */
  byte @Nullable [] bytes() {
    byte[] known = bytes;
    return known == null ? bytesOnce() : known;
  }

  private synchronized byte @Nullable [] bytesOnce() {
    if (bytes == null && random != null) {
      byte[] drawn = new byte[BYTES];
      random.nextBytes(drawn);
      bytes = drawn;
    } else if (bytes == null && text != null && SessionSnapshot.isHex(text, 2 * BYTES)) {
      bytes = HEX.parseHex(text);
    }
    return bytes;
  }

  /** Whether they have the same text. One that was drawn here is equal to no other. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SessionId id
            && random == null
            && id.random == null
            && text().equals(id.text()));
  }

  @Override
  public int hashCode() {
    return random == null ? text().hashCode() : System.identityHashCode(this);
  }

  /** The class alone: an id is nobody's business. */
  @Override
  public String toString() {
    return "SessionId";
  }
}
