package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import java.util.Map;
import java.util.Optional;

/** One way to carry a session as signed text. */
interface SignedText {
  /** The text of this session. Measured. */
  String encode(SessionSnapshot session);

  /**
   * Whatever the library hands to an application for this text, whole, so that no part of the work
   * can be optimized away. Measured, with good texts only.
   */
  Object decode(String text);

  /** The attributes of this text, or empty if it is refused. Not measured. */
  Optional<Map<String, Object>> attributes(String text);
}
