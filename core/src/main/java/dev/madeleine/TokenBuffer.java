package dev.madeleine;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing byte array that a token is built in, from the header to the tag, without copies. */
final class TokenBuffer extends OutputStream {
  private static final int INITIAL = 512;

  private byte[] bytes = new byte[INITIAL];
  private int size;

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

  /** Leaves room for bytes that are filled in later. */
  void skip(int length) {
    ensure(length);
    size += length;
  }

  /** Forgets what was written from here on. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** The bytes written so far, at the start of an array that may be longer. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
