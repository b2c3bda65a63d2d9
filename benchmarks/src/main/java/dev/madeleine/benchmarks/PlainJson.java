package dev.madeleine.benchmarks;

import java.io.IOException;
import java.util.Map;

/** JSON of the sample sessions and nothing more: a measure, with no limits and few checks. */
interface PlainJson {
  /** Writes the attributes to the beginning of the array, and says how many bytes they are. */
  int write(Map<String, Object> attributes, byte[] target) throws IOException;

  /** The attributes of these bytes. */
  Map<String, Object> read(byte[] json) throws IOException;
}
