package dev.madeleine;

import dev.madeleine.internal.TokenBuffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Version 2 of the native token, frozen.
 *
 * <pre>
 * signed:     prefix 6 | metadata | payload | tag
 * encrypted:  prefix 6 | nonce | ciphertext( metadata | payload [| padding] ) | tag
 *
 * prefix      version, 2: 1 | form: 1, 0 signed, 1 encrypted | key id 4
 * metadata    flags 2 | session id 16 | created, ms 6 | refreshed - created, ms 5 | max idle, s 4
 *             with a subject: hash 8 | generation 4
 *             for each key of the application: hash 9, ascending, no two equal
 * flags       0001 subject  0002 deflated  0004 remembered  0008 padded (form 1 only)
 *             0010 beside a shared place  0700 number of keys, 0 to 4
 * </pre>
 *
 * <p>Numbers are big-endian and unsigned, times since 1970-01-01T00:00:00Z. Max idle 0 means never.
 * Prefix and metadata are a multiple of 3 bytes, so the payload of a signed token begins at a whole
 * group of base64 characters.
 */
final class Version2 implements TokenVersion {
  static final int NUMBER = 2;
  static final int PREFIX_LENGTH = 6;
  static final int SUBJECT = 0x0001;
  static final int DEFLATED = 0x0002;
  static final int REMEMBERED = 0x0004;
  static final int PADDED = 0x0008;
  static final int SHARED = 0x0010;

  private static final int SIGNED = 0;
  private static final int ENCRYPTED = 1;
  private static final int KEYS = 0x0700;
  private static final int KEYS_SHIFT = 8;
  private static final int KNOWN_FLAGS = SUBJECT | DEFLATED | REMEMBERED | PADDED | SHARED | KEYS;

  private static final int METADATA_LENGTH = 33;
  private static final int SUBJECT_LENGTH = 12;
  private static final int MILLIS_LENGTH = 6;
  private static final int SPAN_LENGTH = 5;
  private static final long MAX_MILLIS = (1L << 48) - 1;
  private static final HexFormat HEX = HexFormat.of();

  @Override
  public String name() {
    return "2";
  }

  @Override
  public int prefixLength() {
    return PREFIX_LENGTH;
  }

  @Override
  public int minLength() {
    return METADATA_LENGTH;
  }

  @Override
  public void writePrefix(boolean encrypted, int keyId, TokenBuffer out) {
    out.write(NUMBER);
    out.write(encrypted ? ENCRYPTED : SIGNED);
    out.writeLong(keyId, Integer.BYTES);
  }

  @Override
  public boolean hasForm(boolean encrypted, byte[] token) {
    return token[1] == (encrypted ? ENCRYPTED : SIGNED);
  }

  @Override
  public int keyId(byte[] token) {
    return (int) readLong(token, 2, Integer.BYTES);
  }

  @Override
  public void write(SessionSnapshot session, Payload payload, TokenBuffer out, int end) {
    int start = out.size();
    int flags = writeMetadata(session, out);
    flags |= payload.write(session, out, start, end);
    out.array()[start + 1] |= (byte) flags; // Those of the payload are in the second byte.
  }

  private static int writeMetadata(SessionSnapshot session, TokenBuffer out) {
    Subject subject = session.subject();
    List<ApplicationKey> keys = session.keys();
    int flags =
        (subject == null ? 0 : SUBJECT)
            | (session.remembered() ? REMEMBERED : 0)
            | (session.shared() ? SHARED : 0)
            | keys.size() << KEYS_SHIFT;
    out.writeLong(flags, Short.BYTES);
    out.write(id(session.sessionId()), 0, SessionId.BYTES);
    long created = millis("created", session.created());
    long refreshed = millis("refreshed", session.refreshed());
    out.writeLong(inRange("created", created, MAX_MILLIS), MILLIS_LENGTH);
    long longest = SessionPolicy.LONGEST.toMillis();
    out.writeLong(inRange("refreshed - created", refreshed - created, longest), SPAN_LENGTH);
    out.writeLong(maxIdle(session.maxIdle()).toSeconds(), Integer.BYTES);
    if (subject != null) {
      out.writeLong(HexFormat.fromHexDigitsToLong(subject.hash()), 8);
      out.writeLong(subject.generation(), Integer.BYTES);
    }
    for (ApplicationKey key : keys) {
      out.writeLong(HexFormat.fromHexDigitsToLong(key.hash(), 0, 16), 8);
      out.write(HexFormat.fromHexDigits(key.hash(), 16, 18));
    }
    return flags;
  }

  @Override
  public @Nullable SessionSnapshot read(
      boolean encrypted, byte[] token, int start, int end, Payload payload)
      throws IOException, DataFormatException {
    int flags = flags(token, start);
    if (!isKnown(flags, encrypted)) {
      return null;
    }
    int metadataEnd = start + metadataLength(flags);
    if (metadataEnd > end) {
      throw new DataFormatException("the metadata is longer than the token");
    }
    return readMetadata(token, start, payload.read(token, flags, metadataEnd, end));
  }

  static int flags(byte[] token, int start) {
    return (int) readLong(token, start, Short.BYTES);
  }

  /** Whether this release knows all of these flags, in this form. */
  static boolean isKnown(int flags, boolean encrypted) {
    return (flags & ~KNOWN_FLAGS) == 0
        && keys(flags) <= ApplicationKey.MOST
        && (encrypted || (flags & PADDED) == 0);
  }

  static int metadataLength(int flags) {
    return METADATA_LENGTH
        + ((flags & SUBJECT) == 0 ? 0 : SUBJECT_LENGTH)
        + keys(flags) * ApplicationKey.BYTES;
  }

  private static int keys(int flags) {
    return (flags & KEYS) >>> KEYS_SHIFT;
  }

  /**
   * What the metadata says, added to the attributes that follow it.
   *
   * @throws DataFormatException if the keys are not in their order
   */
  static SessionSnapshot readMetadata(byte[] token, int start, SessionSnapshot content)
      throws DataFormatException {
    int flags = flags(token, start);
    int at = start + Short.BYTES;
    SessionId id = SessionId.of(Arrays.copyOfRange(token, at, at + SessionId.BYTES));
    at += SessionId.BYTES;
    long created = readLong(token, at, MILLIS_LENGTH);
    at += MILLIS_LENGTH;
    long refreshed = created + readLong(token, at, SPAN_LENGTH);
    at += SPAN_LENGTH;
    Duration maxIdle = Duration.ofSeconds(readLong(token, at, Integer.BYTES));
    at += Integer.BYTES;
    Subject subject = null;
    if ((flags & SUBJECT) != 0) {
      int generation = (int) readLong(token, at + 8, Integer.BYTES);
      subject = new Subject(HEX.formatHex(token, at, at + 8), generation);
      at += SUBJECT_LENGTH;
    }
    return content.withMetadata(
        id,
        Instant.ofEpochMilli(created),
        Instant.ofEpochMilli(refreshed),
        maxIdle,
        subject,
        readKeys(token, at, keys(flags)),
        (flags & REMEMBERED) != 0,
        (flags & SHARED) != 0);
  }

  private static List<ApplicationKey> readKeys(byte[] token, int start, int count)
      throws DataFormatException {
    if (count == 0) {
      return List.of();
    }
    List<ApplicationKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = start + i * ApplicationKey.BYTES;
      ApplicationKey key = new ApplicationKey(HEX.formatHex(token, at, at + ApplicationKey.BYTES));
      if (i > 0 && key.compareTo(keys.get(i - 1)) <= 0) {
        throw new DataFormatException("keys that are not in their order");
      }
      keys.add(key);
    }
    return List.copyOf(keys);
  }

  static long readLong(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static byte[] id(@Nullable SessionId id) {
    byte[] bytes = id == null ? null : id.bytes();
    if (bytes == null) {
      throw new IllegalArgumentException(
          "a native token seals a session id of 32 lower-case hex digits, the snapshot has "
              + (id == null ? "none" : id.text().length() + " characters")
              + ": SessionSnapshot.withId");
    }
    return bytes;
  }

  private static long millis(String field, @Nullable Instant time) {
    if (time == null) {
      throw new IllegalArgumentException(
          "a native token seals the time %s, the snapshot has none: SessionSnapshot.withTimes"
              .formatted(field));
    }
    return time.toEpochMilli();
  }

  private static Duration maxIdle(@Nullable Duration maxIdle) {
    if (maxIdle == null) {
      throw new IllegalArgumentException(
          "a native token seals the idle timeout, the snapshot has none: SessionSnapshot.withMaxIdle");
    }
    return SessionPolicy.checked("max idle", maxIdle, Duration.ZERO);
  }

  private static long inRange(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "%s is %s ms, a native token holds 0 to %s ms".formatted(field, value, max));
    }
    return value;
  }
}
