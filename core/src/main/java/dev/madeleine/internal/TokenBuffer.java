package dev.madeleine.internal;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array that a token is built in, from the header to the tag, without copies. Behind
 * what was written there are zeros.
 */
public final class TokenBuffer extends OutputStream {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int INITIAL = 512;

  /** Most bytes of a buffer that is kept for the next token: that of the longest token is. */
  private static final int MOST_KEPT = 65_536;

  private static final Pool<TokenBuffer> SPARES = new Pool<>(TokenBuffer::new);

  private byte[] bytes = new byte[INITIAL];
  private byte[] text = new byte[0];
  private int size;
  private int textSize;

  TokenBuffer() {}

  /** An empty buffer, to be {@link #release}d. */
  public static TokenBuffer take() {
    return SPARES.take();
  }

  /** Gives this buffer back, with nothing of its session left in it. */
  public void release() {
    if (bytes.length <= MOST_KEPT) {
      truncate(0);
      Arrays.fill(text, 0, textSize, (byte) 0);
      textSize = 0;
      SPARES.give(this);
    }
  }

  @Override
  public void write(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Writes the last bytes of a number, big-endian. */
  public void writeLong(long value, int length) {
    ensure(Long.BYTES);
    LONG.set(bytes, size, value << (Long.SIZE - Byte.SIZE * length));
    size += length;
  }

  /** Leaves space for bytes that are filled in later. */
  public void skip(int length) {
    ensure(length);
    size += length;
  }

  /** Forgets what was written from here on. */
  public void truncate(int newSize) {
    Arrays.fill(bytes, newSize, size, (byte) 0);
    size = newSize;
  }

  /**
   * The array with space for more bytes behind those written so far; whoever fills them in says so
   * by {@link #skip}.
   *
   * @param more how many
   */
  public byte[] space(int more) {
    ensure(more);
    return bytes;
  }

  /** The bytes written so far, at the start of an array that may be longer. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** A copy of the bytes from this one on. */
  public byte[] copyFrom(int start) {
    return Arrays.copyOfRange(bytes, start, size);
  }

  /**
   * The bytes written so far as base64url. The whole array is encoded, since the JDK writes into
   * arrays only what it reads from whole ones. What follows is zero, as if there were nothing, so
   * the text of the first bytes is the beginning of that. An array much too large is not.
   */
  public String toBase64Url() {
    ensure(2);
    byte[] whole = bytes.length > 2 * size + INITIAL ? Arrays.copyOf(bytes, size + 2) : bytes;
    textSize = (whole.length + 2) / 3 * 4;
    if (text.length < textSize) {
      text = new byte[textSize];
    }
    return Base64Url.encode(whole, size, text);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
