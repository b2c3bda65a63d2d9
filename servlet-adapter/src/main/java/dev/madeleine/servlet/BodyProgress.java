package dev.madeleine.servlet;

/**
 * How far the body of a response has come, to tell which write may commit it: the first, one that
 * reaches the declared length or fills the buffer, and a large one, which some containers send at
 * once. Kept for requests that hold a value that can change in place.
 */
final class BodyProgress {
  /** Jetty sends a write of a quarter of its buffer at once, or less if it is told to. */
  private static final int LARGE = 1024;

  /** How many bytes have been written at most. */
  private long written;

  /**
   * Progress from here on.
   *
   * @param begun whether some of the body has been written already; it is not known how much
   */
  BodyProgress(boolean begun) {
    written = begun ? Integer.MAX_VALUE : 0;
  }

  /**
   * Counts a write and tells whether it may commit the response.
   *
   * @param most how many bytes it has at most
   * @param declared the declared length of the body, negative if there is none
   * @param buffer the size of the container's buffer
   */
  boolean mayCommit(long most, long declared, int buffer) {
    boolean first = written == 0;
    written += most;
    return first || most >= LARGE || written >= buffer || (declared >= 0 && written >= declared);
  }

  /** The body begins anew. */
  void restart() {
    written = 0;
  }
}
