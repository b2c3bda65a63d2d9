package dev.madeleine.cli;

import dev.madeleine.Decoded.Accepted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the session in a request.
 *
 * @param reason why there is none, a name of {@code RejectionReason} or {@link #ABSENT}, or null
 * @param sealed what the seal vouches for, also when it has expired, or null
 * @param text what was decoded, from all cookies that hold it; empty if it came to nothing
 * @param reissue why the session would be written again although nothing in it has changed
 * @param warnings what an operator should know of the keys, or of the session
 */
record Verdict(
    @Nullable String reason,
    @Nullable Accepted sealed,
    String text,
    List<String> reissue,
    List<String> warnings) {
  /** The reason when no cookie of the name was received, or an empty one. */
  static final String ABSENT = "ABSENT";

  boolean accepted() {
    return reason == null;
  }
}
