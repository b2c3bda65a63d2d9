package dev.madeleine.json.format;

import java.io.IOException;

/**
 * Looks at the bytes before the parser does, and refuses what the parser would bend: text that is
 * not strict UTF-8, above all.
 */
@FunctionalInterface
public interface Guard {
  /**
   * Looks at the bytes of one session, written by somebody with a key.
   *
   * @throws IOException if the parser is not to see them; the message quotes nothing of them
   */
  void check(byte[] bytes, int offset, int length) throws IOException;
}
