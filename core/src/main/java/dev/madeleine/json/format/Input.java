package dev.madeleine.json.format;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads values one after another, of whatever format. */
public interface Input extends Closeable {
  /** What a value is. */
  enum Kind {
    /** {@link Input#text} says which. */
    TEXT,
    /** {@link Input#integer} says which. */
    INTEGER,
    /** {@link Input#fraction} says which. */
    FRACTION,
    /** The truth value true. */
    TRUE,
    /** The truth value false. */
    FALSE,
    /** Null. */
    NULL,
    /** {@link Input#bytes} says which. */
    BYTES,
    /** Values follow, up to {@link #END}. */
    LIST,
    /** Names follow, each with a value, up to the end: {@link Input#name}. */
    MAP,
    /** The end of a list. */
    END
  }

  /** Goes to the next value. */
  Kind next() throws IOException;

  /** Goes to the next name of a map; null at its end. */
  @Nullable String name() throws IOException;

  /** Goes over the next value, whatever it is. */
  void skip() throws IOException;

  /** The text on which this stands. */
  String text() throws IOException;

  /** The integer on which this stands. */
  long integer() throws IOException;

  /** The number on which this stands, an integer too. */
  double fraction() throws IOException;

  /** Whether the format has byte strings. */
  boolean hasBytes();

  /** The bytes on which this stands, a new array. */
  byte[] bytes() throws IOException;

  /** Gives back what reading has taken. */
  @Override
  void close() throws IOException;
}
