package dev.madeleine.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream as bytes, each as soon as it has come, so that a program can wait for the
 * answer to one before it sends the next.
 */
final class LineReader {
  /** Most bytes of a line. */
  static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int next;
  private int end;
  private boolean tooLong;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line without its end, or null when there is none; of one too long the beginning. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean came = false;
    tooLong = false;
    while (next < end || fill()) {
      came = true;
      int start = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      int length = Math.min(next - start, LONGEST - line.size());
      tooLong |= length < next - start;
      line.write(buffer, start, length);
      if (next < end) {
        next++;
        return line.toByteArray();
      }
    }
    return came ? line.toByteArray() : null;
  }

  /** Whether the last line was longer than a line may be. */
  boolean isTooLong() {
    return tooLong;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
