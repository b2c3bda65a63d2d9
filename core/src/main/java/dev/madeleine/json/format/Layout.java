package dev.madeleine.json.format;

import java.io.IOException;

/** How the bytes of a session lie in a binary format: a head, then its attributes. */
public interface Layout {
  /**
   * Looks at the bytes of one session, written by somebody with a key, before the parser does, and
   * refuses what the parser would bend: text that is not strict UTF-8, above all.
   *
   * @throws IOException if the parser is not to see them; the message quotes nothing of them
   */
  Members locate(byte[] bytes, int offset, int length) throws IOException;

  /** Bytes of the head of a session of so many attributes. */
  int headLength(int attributes);

  /** Writes the head of a session of so many attributes to the start of an array. */
  void writeHead(int attributes, byte[] target);
}
