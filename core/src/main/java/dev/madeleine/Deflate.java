package dev.madeleine;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Raw deflate (RFC 1951) of payloads up to 16 KiB that shrink to a hundredth at most. Both limits
 * hold for writing and reading, so what is written can be read.
 */
final class Deflate {
  /** Most bytes before compression. */
  static final int MAX = 16 * 1024;

  /** Most bytes that one compressed byte may stand for. */
  static final int RATIO = 100;

  /** Flushed that often, no input shrinks to a hundredth: each flush takes 5 bytes or more. */
  private static final int PIECE = 256;

  private Deflate() {}

  /** The bytes compressed, or null if that does not make them fewer or there are too many. */
  static byte @Nullable [] deflate(byte[] bytes, int offset, int length) {
    if (length > MAX) {
      return null;
    }
    byte[] deflated = deflate(bytes, offset, length, length);
    boolean tooSmall = deflated != null && length > RATIO * deflated.length;
    return tooSmall ? deflate(bytes, offset, length, PIECE) : deflated;
  }

  /** The same, flushed behind each piece. */
  private static byte @Nullable [] deflate(byte[] bytes, int offset, int length, int piece) {
    byte[] deflated = new byte[length];
    int size = 0;
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      for (int at = 0; at < length; at += piece) {
        boolean last = length - at <= piece;
        deflater.setInput(bytes, offset + at, last ? length - at : piece);
        if (last) {
          deflater.finish();
        }
        int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
        size += deflater.deflate(deflated, size, length - size, flush);
      }
      return deflater.finished() && size < length ? Arrays.copyOf(deflated, size) : null;
    } finally {
      deflater.end();
    }
  }

  /**
   * The bytes that these were compressed from.
   *
   * @throws DataFormatException if these are not one whole deflate stream and nothing else, or it
   *     holds nothing, or more than the limits allow
   */
  static byte[] inflate(byte[] bytes, int offset, int length) throws DataFormatException {
    int limit = Math.min(MAX, RATIO * length);
    byte[] inflated = new byte[Math.min(4 * length, limit) + 1];
    int size = 0;
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, offset, length);
      while (!inflater.finished() && size <= limit) {
        if (size == inflated.length) {
          inflated = Arrays.copyOf(inflated, Math.min(2 * size, limit + 1));
        }
        int more = inflater.inflate(inflated, size, inflated.length - size);
        if (more == 0 && !inflater.finished()) {
          throw new DataFormatException("a deflate stream without an end");
        }
        size += more;
      }
      if (size == 0 || size > limit || inflater.getRemaining() > 0) {
        throw new DataFormatException("nothing, too much, or more behind the deflate stream");
      }
      return Arrays.copyOf(inflated, size);
    } finally {
      inflater.end();
    }
  }
}
