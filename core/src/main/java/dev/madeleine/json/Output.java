package dev.madeleine.json;

import java.io.IOException;

/** Writes values one after another, in whatever format. */
interface Output {
  void startMap(int size) throws IOException;

  void endMap() throws IOException;

  void startList(int size) throws IOException;

  void endList() throws IOException;

  /** Writes a name; nothing, and false, if {@link JsonLimits#refusal} refuses it. */
  boolean name(String name) throws IOException;

  void text(String text) throws IOException;

  void integer(long number) throws IOException;

  /** A finite number. */
  void fraction(double number) throws IOException;

  void truth(boolean truth) throws IOException;

  void nothing() throws IOException;

  /** Whether the format has byte strings. */
  boolean hasBytes();

  void bytes(byte[] bytes) throws IOException;

  /** Bytes that have been written since this output was made, once it is finished. */
  int size();

  /** Ends what is written, so that it is where it goes. */
  void finish() throws IOException;
}
