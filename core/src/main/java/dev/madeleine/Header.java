package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixed-length head of a native token: what is known of a session besides its attributes.
 *
 * <pre>
 * version 1 | flags 1 | key id 4 | session id 16 | created, s 5 | refreshed - created, s 3 | max idle, s 3
 * flag 1, subject:    + subject hash 8 | generation 4
 * flag 2, deflated:   the payload is compressed, see Payload; no more bytes here
 * flag 4, remembered: the cookie outlives the browser session; no more bytes
 * flag 8, padded:     the payload is filled up, see Payload; no more bytes here
 * </pre>
 *
 * <p>Numbers are big-endian and unsigned, seconds since 1970. Max idle 0 means never. 33 and 45 are
 * multiples of 3, so the payload of a signed token begins at a whole base64 character.
 */
final class Header {
  static final int VERSION = 1;
  static final int MIN_LENGTH = 33;

  /** Longest span between created and refreshed that fits, about 194 days. */
  static final long MAX_SPAN = (1L << 24) - 1;

  static final int DEFLATED = 2;
  static final int PADDED = 8;

  private static final int SUBJECT = 1;
  private static final int REMEMBERED = 4;
  private static final int KNOWN_FLAGS = SUBJECT | DEFLATED | REMEMBERED | PADDED;
  private static final int SUBJECT_LENGTH = 12;
  private static final long MAX_CREATED = (1L << 40) - 1;
  private static final HexFormat HEX = HexFormat.of();

  private Header() {}

  /** The length of the header that begins here, or -1 if this release does not know its form. */
  static int length(byte[] token) {
    if (token[0] != VERSION || (token[1] & ~KNOWN_FLAGS) != 0) {
      return -1;
    }
    return length(has(SUBJECT, token));
  }

  private static int length(boolean subject) {
    return subject ? MIN_LENGTH + SUBJECT_LENGTH : MIN_LENGTH;
  }

  /** Whether the header that begins here says so of its payload. */
  static boolean has(int flag, byte[] token) {
    return (token[1] & flag) != 0;
  }

  /** Says so of the payload in the header that begins here. */
  static void add(int flag, byte[] token) {
    token[1] |= (byte) flag;
  }

  static int keyId(byte[] token) {
    return readInt(token, 2);
  }

  /**
   * Writes the header of a session and returns its length.
   *
   * @throws IllegalArgumentException if the snapshot lacks id or times, or one does not fit
   */
  static int write(SessionSnapshot session, int keyId, TokenBuffer out) {
    Subject subject = session.subject();
    long created = seconds("created", session.created());
    long refreshed = seconds("refreshed", session.refreshed());
    Duration maxIdle = session.maxIdle();
    if (maxIdle == null) {
      throw new IllegalArgumentException(
          "a native token seals the idle timeout, the snapshot has none: SessionSnapshot.withMaxIdle");
    }
    out.write(VERSION);
    out.write((subject == null ? 0 : SUBJECT) | (session.remembered() ? REMEMBERED : 0));
    out.writeLong(keyId, 4);
    String id = id(session.id());
    out.writeLong(HexFormat.fromHexDigitsToLong(id, 0, 16), 8);
    out.writeLong(HexFormat.fromHexDigitsToLong(id, 16, 32), 8);
    out.writeLong(inRange("created", created, MAX_CREATED), 5);
    out.writeLong(inRange("refreshed - created", refreshed - created, MAX_SPAN), 3);
    out.writeLong(SessionPolicy.checked("max idle", maxIdle, Duration.ZERO).toSeconds(), 3);
    if (subject != null) {
      out.writeLong(HexFormat.fromHexDigitsToLong(subject.hash()), 8);
      out.writeLong(subject.generation(), 4);
    }
    return length(subject != null);
  }

  /** What an authentic header says, added to the attributes that follow it. */
  static SessionSnapshot read(byte[] token, SessionSnapshot content) {
    long created = readLong(token, 22, 5);
    long refreshed = created + readLong(token, 27, 3);
    Subject subject =
        has(SUBJECT, token) ? new Subject(HEX.formatHex(token, 33, 41), readInt(token, 41)) : null;
    return content.withHeader(
        HEX.formatHex(token, 6, 22),
        Instant.ofEpochSecond(created),
        Instant.ofEpochSecond(refreshed),
        Duration.ofSeconds(readLong(token, 30, 3)),
        subject,
        List.of(),
        has(REMEMBERED, token));
  }

  static int readInt(byte[] bytes, int offset) {
    return (int) readLong(bytes, offset, Integer.BYTES);
  }

  private static long readLong(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static String id(@Nullable String id) {
    if (id == null || !SessionSnapshot.isNativeId(id)) {
      throw new IllegalArgumentException(
          "a native token seals a session id of 32 lower-case hex digits, the snapshot has "
              + (id == null ? "none" : id.length() + " characters")
              + ": SessionSnapshot.withId");
    }
    return id;
  }

  private static long seconds(String field, @Nullable Instant time) {
    if (time == null) {
      throw new IllegalArgumentException(
          "a native token seals the time "
              + field
              + ", the snapshot has none:"
              + " SessionSnapshot.withTimes");
    }
    return time.getEpochSecond();
  }

  private static long inRange(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "%s is %s s, a native token holds 0 to %s s".formatted(field, value, max));
    }
    return value;
  }
}
