package dev.madeleine;

import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.format.EncodedAttributes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DataFormatException;

/**
 * What a native token holds behind its metadata, before it is encrypted:
 *
 * <pre>
 * serialized                    the attributes as the serializer writes them
 * raw deflate (serialized)      flag deflated: RFC 1951, if that makes the token shorter
 * either || 80 || 00 … 00       flag padded: filled up as in ISO/IEC 7816-4
 * </pre>
 *
 * <p>Every reader takes all four forms; which are written is an option. The padding makes metadata
 * and payload together a multiple, otherwise the length would tell whether there is a subject.
 *
 * @param serializer attributes to bytes and back
 * @param deflateFrom fewest serialized bytes that are compressed
 * @param multiple what the padded length is a multiple of, in bytes; 1 for no padding
 */
record Payload(Serializer serializer, int deflateFrom, int multiple) {
  /** Default of the fewest bytes that are compressed (see RATIONALE). */
  static final int DEFLATE_FROM = 512;

  private static final int NEVER = Integer.MAX_VALUE;

  /** Checks the options. */
  Payload {
    Objects.requireNonNull(serializer, "serializer");
    if (deflateFrom < 0 || (deflateFrom > Deflate.MAX && deflateFrom < NEVER)) {
      throw new IllegalArgumentException(
          "compression from %s bytes on; it must be 0 to %s".formatted(deflateFrom, Deflate.MAX));
    }
    if (multiple < 1 || multiple > Deflate.MAX) {
      throw new IllegalArgumentException(
          "padding to multiples of %s bytes; it must be 1 to %s".formatted(multiple, Deflate.MAX));
    }
  }

  /** Neither compressed nor padded. */
  static Payload plain(Serializer serializer) {
    return new Payload(serializer, NEVER, 1);
  }

  /**
   * Writes the payload behind the metadata.
   *
   * @param metadata where the metadata begins, from which on the padding counts
   * @param end where the payload has to end so that the token still fits
   * @return the flags of {@link Version2} that say which form it has
   */
  int write(SessionSnapshot session, TokenBuffer token, int metadata, int end) {
    int start = token.size();
    serialize(session, token);
    int flags = 0;
    if (token.size() - start >= deflateFrom && deflate(token, start, metadata, end)) {
      flags |= Version2.DEFLATED;
    }
    if (multiple > 1) {
      pad(token, metadata, end);
      flags |= Version2.PADDED;
    }
    return flags;
  }

  /** Reads the payload of an authentic token: what {@link #write} does, backwards. */
  SessionSnapshot read(byte[] token, int flags, int start, int end)
      throws IOException, DataFormatException {
    boolean padded = (flags & Version2.PADDED) != 0;
    int unpadded = padded ? withoutPadding(token, start, end) : end;
    boolean deflated = (flags & Version2.DEFLATED) != 0;
    byte[] encoded = deflated ? Deflate.inflate(token, start, unpadded - start) : token;
    int from = deflated ? 0 : start;
    int length = deflated ? encoded.length : unpadded - start;
    LocatedAttributes attributes = serializer.read(encoded, from, length);
    return SessionSnapshot.EMPTY.withAttributes(
        attributes,
        serializer,
        attributes instanceof EncodedAttributes text && text.areBy(serializer)
            ? null // They have their bytes.
            : Arrays.copyOfRange(encoded, from, from + length));
  }

  private void serialize(SessionSnapshot session, TokenBuffer token) {
    byte[] encoded = session.freshlyEncodedBy(serializer);
    if (encoded != null) {
      token.write(encoded, 0, encoded.length);
      return;
    }
    try {
      serializer.write(session.attributes(), token);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
  }

  /** Compresses if that makes the token shorter, after padding. Returns whether it did. */
  private boolean deflate(TokenBuffer token, int start, int metadata, int end) {
    int length = token.size() - start;
    int before = start - metadata;
    byte[] deflated = Deflate.deflate(token.array(), start, length);
    if (deflated == null
        || padded(before + deflated.length, end - metadata)
            >= padded(before + length, end - metadata)) {
      return false;
    }
    token.truncate(start);
    token.write(deflated, 0, deflated.length);
    return true;
  }

  private void pad(TokenBuffer token, int metadata, int end) {
    int padded = metadata + padded(token.size() - metadata, end - metadata);
    token.write(0x80);
    while (token.size() < padded) {
      token.write(0);
    }
  }

  /**
   * The padded length: the next multiple, capped at the limit, and at least one byte longer than
   * what is padded.
   */
  private int padded(int length, int limit) {
    int next = (length / multiple + 1) * multiple;
    return multiple > 1 ? Math.max(length + 1, Math.min(next, limit)) : length;
  }

  private static int withoutPadding(byte[] token, int start, int end) throws DataFormatException {
    int last = end - 1;
    while (last > start && token[last] == 0) {
      last--;
    }
    if (last < start || token[last] != (byte) 0x80) {
      throw new DataFormatException("no padding where there must be some");
    }
    return last;
  }

  /** What a debugger shows: the steps. */
  @Override
  public String toString() {
    return serializer.name()
        + (deflateFrom < NEVER ? " deflated from " + deflateFrom + " bytes" : "")
        + (multiple > 1 ? " padded to " + multiple + " bytes" : "");
  }
}
